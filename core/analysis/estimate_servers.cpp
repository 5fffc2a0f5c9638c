// Memory of caches, connections, bandwidth, machines and shards, ids.
#include "analysis/estimate_builder.h"

#include "model/keys.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

/// Bytes that one request of the flows of `op` carries from or to its client, weighted by rate.
struct Payload {
    double bytes = 1000;
    bool isStated = false;
};
Payload payloadOf(const EstimateBuilder& sheet, Op op) {
    double bytes = 0, rate = 0;
    Payload payload;
    for (const FlowPath& flow : sheet.graph().flows) {
        if (flow.derived || flow.op != op || !(flow.averageRps > 0)) continue;
        const Visit* entry = flow.visit(flow.entry);
        if (!entry) continue;
        double perRequest = 0;
        for (const Call& call : entry->calls) {
            if (call.kind != Call::Kind::request) continue;
            const Connection& connection = sheet.snapshot().design().connections[static_cast<std::size_t>(call.link)];
            const ParameterView view = sheet.snapshot().parameters(connection);
            payload.isStated = payload.isStated || view.isStated("payload_kb");
            perRequest += call.mean() * view.value("payload_kb").number(1) * 1000;
        }
        bytes += flow.averageRps * perRequest;
        rate += flow.averageRps;
    }
    if (rate > 0 && std::isfinite(bytes / rate)) payload.bytes = bytes / rate;
    return payload;
}

/// How many keys there are and how unevenly they are asked for: of the first client that says so.
struct Keys {
    int client = -1;
};
Keys keysOf(const EstimateBuilder& sheet) {
    for (std::size_t i = 0; i < sheet.graph().nodes.size(); ++i)
        if (sheet.graph().nodes[i].behaviour == Behaviour::client &&
            sheet.parameters(static_cast<int>(i)).isSet("key_space"))
            return {static_cast<int>(i)};
    return {};
}

}  // namespace

void addBandwidth(EstimateBuilder& sheet) {
    sheet.section("bandwidth", "Bandwidth");
    const Payload response = payloadOf(sheet, Op::read), request = payloadOf(sheet, Op::write);
    const auto origin = [](const Payload& payload) {
        return payload.isStated ? InputOrigin::connection : InputOrigin::assumption;
    };
    const char* usual = "1 kB; state the payload on the client's connections";
    sheet.input("response_bytes", "Bytes an answer carries", "B", response.bytes, origin(response),
                response.isStated ? "" : usual);
    sheet.input("request_bytes", "Bytes a write carries", "B", request.bytes, origin(request),
                request.isStated ? "" : usual);
    sheet.figure("out_bytes", "bandwidth", "Out, average", "B/s", "reads_rps * response_bytes");
    sheet.figure("out_peak_bits", "bandwidth", "Out, peak", "bit/s", "peak_reads_rps * response_bytes * 8");
    sheet.figure("out_month", "bandwidth", "Out, in 30 days", "B", "out_bytes * month", {},
                 "What providers charge for.");
    sheet.figure("in_bytes", "bandwidth", "In, average", "B/s", "writes_rps * request_bytes");
    sheet.figure("in_peak_bits", "bandwidth", "In, peak", "bit/s", "peak_writes_rps * request_bytes * 8");

    int busiest = -1;
    double most = 0;
    const FlowGraph& graph = sheet.graph();
    std::vector<double> bits(graph.nodes.size(), 0);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.managed || node.behaviour == Behaviour::client || node.type->elastic == ComponentType::Elastic::always)
            continue;
        double in = 0, out = 0;
        const auto add = [&](const std::vector<int>& links, double& sum) {
            for (const int link : links) {
                const double rate = sheet.peak().linkRps[static_cast<std::size_t>(link)];
                if (!std::isfinite(rate)) continue;
                sum += rate *
                       sheet.snapshot()
                           .parameters(sheet.snapshot().design().connections[static_cast<std::size_t>(link)])
                           .value("payload_kb")
                           .number(1) *
                       8000;
            }
        };
        add(graph.incoming[i], in);
        add(graph.outgoing[i], out);
        bits[i] = std::max(in, out) / std::max(1, node.instances);
        if (bits[i] > most) {
            most = bits[i];
            busiest = static_cast<int>(i);
        }
    }
    if (busiest < 0) return;
    const std::string& id = sheet.id(busiest);
    sheet
        .input("nic_bits", "Peak traffic of one instance · " + sheet.nameOf(busiest), "bit/s", most,
               InputOrigin::canvas)
        .line.components = {id};
    sheet
        .figure("busiest_nic", "bandwidth", "Busiest network card", "bit/s", "nic_bits",
                {spelled(id + ".nic_gbps") + " * giga * 70%", true},
                "Sent or received by one instance; more than 70 % of a card queues.")
        .line.components = {id};
}

void addCaches(EstimateBuilder& sheet) {
    sheet.section("cache", "Cache");
    const FlowGraph& graph = sheet.graph();
    const Keys keys = keysOf(sheet);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int node = static_cast<int>(i);
        const double reads = sheet.average().nodes[i].readRps;
        const ParameterView view = sheet.parameters(node);
        if (graph.nodes[i].behaviour != Behaviour::cache || !(reads > 0) || !std::isfinite(reads) ||
            !numberIn(view, "value_bytes"))
            continue;
        const std::string& id = sheet.id(node);
        const std::string name = sheet.nameOf(node);
        const auto key = [&id](const char* what) { return id + '.' + what; };
        const auto ref = [&key](const char* what) { return spelled(key(what)); };
        const auto line = [&](const char* what, const std::string& words, const char* unit, const std::string& formula,
                              Comparison compare = {}, std::string note = {}) {
            sheet.figure(key(what), "cache", name + ": " + words, unit, formula, std::move(compare), std::move(note))
                .line.components = {id};
        };
        sheet.property(key("value_bytes"), node, "value_bytes", "Bytes a value · " + name, "B");
        DraftLine& share =
            sheet.input("cache_share", "Share of a day's reads kept in memory", "share", 0.2, InputOrigin::assumption,
                        "a fifth of the keys gets about four fifths of the requests");
        share.line.maximum = 1;
        line("reads_day", "reads a day", "1/day", spelled(id + ".average_read_rps") + " * day");
        std::string values = ref("reads_day") + " * cache_share";
        if (keys.client >= 0) {
            sheet.property("key_space", keys.client, "key_space", "Different keys", "");
            sheet.property("zipf_alpha", keys.client, "zipf_alpha", "Unevenness of keys (Zipf exponent)", "");
            values = "min(key_space, " + values + ')';
        }
        line("values", "values worth keeping", "", values, {},
             "A fifth of a day's reads, never more than there are keys.");
        const bool hasMemory = numberIn(view, "memory_gb").has_value();
        line("memory", "memory", "B", ref("values") + " * " + ref("value_bytes"),
             hasMemory ? Comparison{spelled(id + ".memory_gb") + " * GB * " + spelled(id + ".instances"), true}
                       : Comparison{},
             "Values alone; keys and bookkeeping take some 50 to 100 bytes each on top.");
        if (keys.client < 0 || !hasMemory) continue;
        line("fits", "values that fit on the canvas", "",
             spelled(id + ".memory_gb") + " * GB * " + spelled(id + ".instances") + " / " + ref("value_bytes"));
        line("ideal_hits", "hits if the most popular stay", "share", "zipf(" + ref("fits") + ", key_space, zipf_alpha)",
             numberIn(view, "hit_ratio") ? Comparison{spelled(id + ".hit_ratio"), false} : Comparison{},
             "What an ideal cache of that size keeps; it ignores expiry and new keys, so take it as the best case.");
    }
}

void addConnections(EstimateBuilder& sheet) {
    sheet.section("connections", "Connections");
    const FlowGraph& graph = sheet.graph();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int client = static_cast<int>(i);
        if (graph.nodes[i].behaviour != Behaviour::client || !sheet.parameters(client).isSet(keys::users.name))
            continue;
        const std::string& id = sheet.id(client);
        sheet.property(id + ".users_now", client, keys::users.name, "Users at a time · " + sheet.nameOf(client), "");
        sheet.property(id + ".connections_each", client, keys::connectionsPerUser.name,
                       "Connections per user · " + sheet.nameOf(client), "");
        sheet
            .figure(id + ".sockets", "connections", sheet.nameOf(client) + ": open sockets", "",
                    spelled(id + ".users_now") + " * " + spelled(id + ".connections_each"))
            .line.components = {id};
        for (std::size_t g = 0; g < graph.nodes.size(); ++g) {
            const int gateway = static_cast<int>(g);
            if (!numberIn(sheet.parameters(gateway), "max_connections_per_instance")) continue;
            const bool comesBy = std::any_of(graph.flows.begin(), graph.flows.end(), [&](const FlowPath& flow) {
                return !flow.derived && flow.entry == client && flow.visit(gateway);
            });
            if (!comesBy) continue;
            const std::string& other = sheet.id(gateway);
            sheet
                .figure(
                    other + ".gateways", "connections", sheet.nameOf(gateway) + ": instances for the sockets", "",
                    "ceil(" + spelled(id + ".sockets") + " / " + spelled(other + ".max_connections_per_instance") + ')',
                    {spelled(other + ".instances"), true})
                .line.components = {other};
            sheet
                .figure(other + ".gateways_zone", "connections",
                        sheet.nameOf(gateway) + ": instances to lose one of three zones", "",
                        "ceil(" + spelled(other + ".gateways") + " * 3 / 2)", {spelled(other + ".instances"), true})
                .line.components = {other};
        }
    }
    for (std::size_t i = 0; i < graph.flows.size(); ++i) {
        const FlowPath& flow = graph.flows[i];
        if (flow.derived || i >= sheet.peak().flowLatencyMs.size()) continue;
        const double latency = sheet.peak().flowLatencyMs[i];
        if (!(latency > 0) || !std::isfinite(latency)) continue;
        const std::string key = flow.id.value + ".latency_ms";
        sheet.input(key, "Mean latency · " + flow.name, "ms", latency, InputOrigin::canvas).line.components = {
            sheet.id(flow.entry)};
        sheet.figure(flow.id.value + ".in_flight", "connections", flow.name + ": requests in flight at peak", "",
                     spelled(flow.id.value + ".rate_rps") + " * " + spelled(key) + " / 1000", {},
                     "Little's law: how many there are = how many come × how long each stays.");
    }
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int store = static_cast<int>(i);
        if (graph.nodes[i].behaviour != Behaviour::store || graph.nodes[i].managed ||
            !numberIn(sheet.parameters(store), "max_connections"))
            continue;
        std::string sum;
        for (const int index : graph.incoming[i]) {
            const Link& link = graph.links[static_cast<std::size_t>(index)];
            if (link.mode != Mode::sync || link.poolSize <= 0) continue;
            const std::string key = link.id.value + ".pool";
            sheet.input(key, "Pool of each " + sheet.nameOf(link.from), "", link.poolSize, InputOrigin::canvas)
                .line.components = {sheet.id(link.from)};
            sum += (sum.empty() ? "" : " + ") + spelled(sheet.id(link.from) + ".instances") + " * " + spelled(key);
        }
        if (sum.empty()) continue;
        const std::string& id = sheet.id(store);
        sheet
            .figure(id + ".pools", "connections", sheet.nameOf(store) + ": connections of the pools", "", sum,
                    {spelled(id + ".max_connections"), true}, "Pools of all callers against what one server accepts.")
            .line.components = {id};
    }
}

void addServers(EstimateBuilder& sheet) {
    sheet.section("servers", "Machines and shards");
    DraftLine& target = sheet.input("target_utilisation", "Load a machine should have", "share", 0.7,
                                    InputOrigin::assumption, "above 70 % waits grow quickly");
    target.line.minimum = 0.01;
    target.line.maximum = 1;
    const FlowGraph& graph = sheet.graph();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int node = static_cast<int>(i);
        const ComponentLoad& load = sheet.peak().nodes[i];
        if (!graph.nodes[i].hasUtilisation || !(load.arrivalRps > 0) || !(load.capacityRps > 0) ||
            !std::isfinite(load.arrivalRps) || !std::isfinite(load.capacityRps))
            continue;
        const std::string& id = sheet.id(node);
        sheet
            .figure(id + ".each_rps", "", "Capacity of one · " + sheet.nameOf(node), "1/s",
                    spelled(id + ".capacity_rps") + " / " + spelled(id + ".instances"))
            .line.components = {id};
        sheet
            .figure(
                id + ".machines", "servers", sheet.nameOf(node), "",
                "ceil(" + spelled(id + ".arrival_rps") + " / (" + spelled(id + ".each_rps") + " * target_utilisation))",
                {spelled(id + ".instances"), true},
                "For the load alone: surviving the loss of one needs one more, of a zone half as many again.")
            .line.components = {id};
    }
}

void addIds(EstimateBuilder& sheet) {
    sheet.section("ids", "Identifiers");
    sheet.figure("records", "ids", "Records over the years", "", "writes_rps * year * horizon_y");
    sheet.figure("id_bits", "ids", "Bits that number them", "bits", "bits(records)");
    DraftLine& length = sheet.input("code_length", "Characters of a short code", "", 7, InputOrigin::assumption,
                                    "seven, as short links have");
    length.line.maximum = 64;
    sheet.figure("code_digits", "ids", "Base-62 characters that number them", "", "digits(records, 62)");
    sheet.figure("code_space", "ids", "Different codes of that length", "", "62 ^ code_length");
    sheet.figure("code_collision", "ids", "A random code is taken, at the end", "share", "records / code_space", {},
                 "Per insert: write only if absent, and draw again.");
    sheet.figure("code_birthday", "ids", "Any two random codes agree", "share", "birthday(records, code_space)", {},
                 "The birthday problem: without a check, sooner or later two do.");
    sheet.figure("uuid_birthday", "ids", "Any two random UUIDs agree", "share", "birthday(records, 2 ^ 122)");
    for (std::size_t i = 0; i < sheet.graph().nodes.size(); ++i) {
        const int node = static_cast<int>(i);
        const ParameterView view = sheet.parameters(node);
        if (!numberIn(view, "machine_bits") || !numberIn(view, "seq_bits") ||
            view.value("scheme") != Value("snowflake"))
            continue;
        const std::string& id = sheet.id(node);
        const std::string name = sheet.nameOf(node);
        const auto line = [&](const char* what, const std::string& words, const char* unit, const std::string& formula,
                              Comparison compare = {}) {
            sheet.figure(id + '.' + what, "ids", name + ": " + words, unit, formula, std::move(compare))
                .line.components = {id};
        };
        sheet.property(id + ".machine", node, "machine_bits", "Bits for the machine · " + name, "bits");
        sheet.property(id + ".sequence", node, "seq_bits", "Bits for the sequence · " + name, "bits");
        const std::string machine = spelled(id + ".machine"), sequence = spelled(id + ".sequence");
        line("lifetime", "lifetime of the clock", "s", "2 ^ (63 - " + machine + " - " + sequence + ") / 1000");
        line("machines_possible", "machines", "", "2 ^ " + machine);
        line("ids_per_s", "ids a second and machine", "1/s", "2 ^ " + sequence + " * 1000");
    }
}

}  // namespace loadpath
