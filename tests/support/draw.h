// A few words to draw designs in tests, with the real palette:
//   Drawing d; d.node("c", "client").node("s", "service", {{"instances", 2}}).line("c", "s");
#pragma once

#include "graph/snapshot.h"
#include "model/edit.h"
#include "support/catalog.h"

namespace loadpath::test {

class Drawing {
public:
    Design design;

    Drawing& node(const std::string& id, const std::string& type, Parameters properties = {},
                  std::vector<std::string> zones = {}) {
        Component c;
        c.id = {id};
        c.type = type;
        c.properties = std::move(properties);
        for (std::string& zone : zones) c.zones.push_back({std::move(zone)});
        applyEdits(design, {Put<Component>{c, std::nullopt}});
        return *this;
    }
    /// The id is "from>to", with a number where that is taken.
    Drawing& line(const std::string& from, const std::string& to, Parameters properties = {}, Mode mode = Mode::sync) {
        Connection c;
        std::string id = from + "-" + to;
        for (int n = 2; design.connections.contains({id}); ++n) id = from + "-" + to + std::to_string(n);
        c.id = {id};
        c.from = {from};
        c.to = {to};
        c.mode = mode;
        c.properties = std::move(properties);
        applyEdits(design, {Put<Connection>{c, std::nullopt}});
        return *this;
    }
    Drawing& zone(const std::string& id, double availability, const std::string& parent = {},
                  const std::string& kind = "zone") {
        Zone z;
        z.id = {id};
        z.kind = kind;
        z.parent = {parent};
        if (kind != "boundary") z.properties["availability"] = availability;
        applyEdits(design, {Put<Zone>{z, std::nullopt}});
        return *this;
    }
    Drawing& flow(const std::string& id, const std::string& entry, double share, Op op) {
        Flow f;
        f.id = {id};
        f.entry = {entry};
        f.share = share;
        f.op = op;
        applyEdits(design, {Put<Flow>{f, std::nullopt}});
        return *this;
    }
    std::shared_ptr<const Snapshot> snapshot() const { return Snapshot::of(design, catalog()); }
};

}  // namespace loadpath::test
