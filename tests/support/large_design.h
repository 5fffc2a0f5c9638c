// A design of any size that looks like a real one: cells of client → balancer → gateway → services,
// each service with a cache, a store with a standby, and every third one publishing to a log with a
// worker behind it; three zones shared by all. The same size gives the same design.
#pragma once

#include "support/draw.h"

namespace loadpath::test {

inline Design largeDesign(int components) {
    Drawing d;
    const std::vector<std::string> all{"z1", "z2", "z3"};
    for (const std::string& zone : all) d.zone(zone, 0.9999);
    const auto place = [&d](const std::string& id, int column, int row) {
        Component c = *d.design.components.find({id});
        c.position = {24.0 + column * 264, 24.0 + row * 120};
        applyEdits(d.design, {Put<Component>{c, std::nullopt}});
    };
    int made = 0;
    for (int cell = 0; made < components; ++cell) {
        const std::string suffix = std::to_string(cell);
        const int column = (cell % 12) * 7, row = (cell / 12) * 9;
        d.node("client" + suffix, "client", {{"rate_rps", 900}});
        d.node("lb" + suffix, "lb_l7").node("gw" + suffix, "api_gateway", {{"instances", 3}}, all);
        d.line("client" + suffix, "lb" + suffix).line("lb" + suffix, "gw" + suffix);
        place("client" + suffix, column, row);
        place("lb" + suffix, column + 1, row);
        place("gw" + suffix, column + 2, row);
        made += 3;
        for (int i = 0; i < 8 && made < components; ++i) {
            const std::string id = suffix + "-" + std::to_string(i);
            d.node("svc" + id, "service", {{"instances", 3}}, all)
                .line("gw" + suffix, "svc" + id, {{"timeout_ms", 500}});
            d.node("cache" + id, "redis", {{"hit_ratio", 0.9}, {"instances", 3}}, all);
            d.line("svc" + id, "cache" + id, {{"criticality", "optional"}, {"timeout_ms", 50}});
            d.node("db" + id, "postgres", {{"failover", "auto"}}, {"z1"});
            d.node("standby" + id, "postgres_replica", {}, {"z2"}).line("db" + id, "standby" + id, {}, Mode::standby);
            d.line("svc" + id, "db" + id, {{"p_from", "miss:cache" + id}, {"ops", "read"}, {"timeout_ms", 200}});
            d.line("svc" + id, "db" + id, {{"ops", "write"}, {"timeout_ms", 200}});
            place("svc" + id, column + 3, row + i);
            place("cache" + id, column + 4, row + i);
            place("db" + id, column + 5, row + i);
            place("standby" + id, column + 6, row + i);
            made += 4;
            if (i % 3 == 0 && made + 2 <= components) {
                d.node("log" + id, "kafka", {}, all).node("worker" + id, "worker", {{"instances", 3}}, all);
                d.line("svc" + id, "log" + id, {}, Mode::publish).line("log" + id, "worker" + id, {}, Mode::consume);
                place("log" + id, column, row + 1 + i);
                place("worker" + id, column + 1, row + 1 + i);
                made += 2;
            }
        }
    }
    return d.design;
}

}  // namespace loadpath::test
