#include "model/keys.h"
#include "rules/cdc.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <map>
#include <set>
#include <unordered_set>

namespace loadpath::checks {
namespace {

/// Where the truth is kept; poolers and routers stand before it.
bool isDatabase(const Node& node) {
    static constexpr std::string_view types[] = {"postgres",      "cassandra", "mongodb",      "dynamodb", "neo4j",
                                                 "timeseries_db", "pgbouncer", "shard_router", "dax"};
    return node.type && std::find(std::begin(types), std::end(types), node.type->id) != std::end(types);
}

/// A cache that is filled with what was written, rather than told to forget it.
bool keepsWrittenCopy(const Snapshot& snapshot, int cache) {
    const ParameterView view = viewOf(snapshot, cache);
    const Value role = view.value("role");
    if (role.list())
        for (const Value& word : *role.list())
            if (word == "lock" || word == "rate_limit" || word == "session" || word == "counter") return false;
    return !(view.value("invalidation") == "delete_on_write");
}

bool isSecondCopy(const Snapshot& snapshot, const Call& call) {
    const Node& to = at(snapshot.graph().nodes, call.target);
    if (viewOfLink(snapshot, call.link)(keys::outbox)) return false;
    if (call.kind == Call::Kind::publish) return to.isBroker();
    if (call.kind != Call::Kind::request || call.purpose != Purpose::write) return false;
    return isType(to, "elasticsearch") || isType(to, "data_warehouse") ||
           (isType(to, "redis") && keepsWrittenCopy(snapshot, call.target));
}

/// Components whose step is repeated as a whole, by somebody before them, until all of it is done.
std::unordered_set<int> redriven(const Snapshot& snapshot, const Passing& passing, const FlowPath& flow) {
    std::unordered_set<int> all;
    std::vector<int> waiting;
    const auto add = [&](int node) {
        if (all.insert(node).second) waiting.push_back(node);
    };
    for (const Visit& visit : flow.visits)
        for (const Call& call : visit.calls)
            if (call.kind == Call::Kind::request && at(snapshot.graph().links, call.link).retries >= 1 &&
                isIdempotent(snapshot, passing, call.link))
                add(call.target);
    for (std::size_t i = 0; i < waiting.size(); ++i)
        if (const Visit* visit = flow.visit(waiting[i]))
            for (const Call& call : visit->calls)
                if (call.kind == Call::Kind::request) add(call.target);
    return all;
}

struct TwoWrites {
    const FlowPath* flow = nullptr;
    std::set<int> databases, seconds;  // connections
};

void lookForTwoWrites(const Snapshot& snapshot, const Passing& passing, const FlowPath& flow,
                      std::map<ComponentId, TwoWrites>& byNode) {
    const FlowGraph& graph = snapshot.graph();
    std::optional<std::unordered_set<int>> repeated;
    for (const Visit& visit : flow.visits) {
        const Node& node = at(graph.nodes, visit.node);
        if (!isIn(node, "compute")) continue;
        std::vector<int> databases, seconds;
        for (const Call& call : visit.calls) {
            if (call.optional) continue;
            if (call.kind == Call::Kind::request && call.purpose == Purpose::write &&
                isDatabase(at(graph.nodes, call.target)))
                databases.push_back(call.link);
            else if (isSecondCopy(snapshot, call))
                seconds.push_back(call.link);
        }
        for (const int database : databases)
            for (const int second : seconds) {
                if (!repeated) repeated = redriven(snapshot, passing, flow);
                if (repeated->contains(visit.node) && isIdempotent(snapshot, passing, database) &&
                    isIdempotent(snapshot, passing, second))
                    continue;
                TwoWrites& found = byNode[node.id];
                if (!found.flow || flow.id < found.flow->id) found.flow = &flow;
                found.databases.insert(database);
                found.seconds.insert(second);
            }
    }
}

/// The database whose changes can be captured, behind a pooler where one is drawn.
int capturable(const Snapshot& snapshot, int node) {
    const FlowGraph& graph = snapshot.graph();
    const auto allowed = [&snapshot, &graph](int n) {
        return snapshot.catalog().legality(at(graph.nodes, n).type->id, Mode::replicate, "cdc_connector").legal;
    };
    if (allowed(node)) return node;
    for (const int out : at(graph.outgoing, node)) {
        const Link& link = at(graph.links, out);
        if (link.mode == Mode::sync && link.legal && isDatabase(at(graph.nodes, link.to)) && allowed(link.to))
            return link.to;
    }
    return -1;
}

/// Changes flow from the database to the copy by themselves.
bool captureInstead(FixBuilder& fix, int database, const std::set<int>& copies) {
    const Snapshot& snapshot = fix.snapshot();
    const FlowGraph& graph = snapshot.graph();
    const Catalog& catalog = snapshot.catalog();
    for (const char* type : {"cdc_connector", "kafka", "schema_registry"})
        if (!catalog.find(type)) return false;
    for (const int copy : copies)
        if (!catalog.legality("kafka", Mode::consume, at(graph.nodes, at(graph.links, copy).to).type->id).legal)
            return false;
    const Node& source = at(graph.nodes, database);
    const Point place = fix.positionOf(source.id);
    const double below = place.y + 5 * Placement::grid, step = 9 * Placement::grid;
    const std::string& id = source.id.value;
    const ComponentId connector =
        fix.add("cdc_connector", id + "-cdc", source.name + " changes", {place.x, below}, {}, {{"slot_alarm", true}});
    const ComponentId log = fix.add("kafka", id + "-changes", source.name + " change log", {place.x + step, below});
    const ComponentId registry = fix.add("schema_registry", "schemas", {}, {place.x, below + 4 * Placement::grid});
    fix.connect(source.id, connector, Mode::replicate);
    fix.connect(connector, log, Mode::publish);
    fix.connect(connector, registry, Mode::control);
    if (isType(source, "postgres")) boundSlots(fix, database);
    for (const int copy : copies) {
        const Link& link = at(graph.links, copy);
        fix.connect(log, at(graph.nodes, link.to).id, Mode::consume, {{"handles_delete", true}});
        if (viewOfLink(snapshot, copy)(keys::ops) == "write")
            fix.drop(link.id);
        else
            fix.set(link.id, keys::ops.name, "read");
    }
    return true;
}

std::optional<Fix> writtenOnce(const Snapshot& snapshot, Placement& placement, const TwoWrites& writes) {
    const FlowGraph& graph = snapshot.graph();
    FixBuilder fix(snapshot, placement);
    std::set<int> copies;
    for (const int second : writes.seconds)
        if (at(graph.links, second).mode == Mode::publish)
            fix.set(at(graph.links, second).id, keys::outbox.name, true);
        else
            copies.insert(second);
    if (copies.empty()) return fix.titled("Publish through an outbox");
    if (writes.databases.size() != 1) return std::nullopt;
    const int database = capturable(snapshot, at(graph.links, *writes.databases.begin()).to);
    if (database < 0 || !captureInstead(fix, database, copies)) return std::nullopt;
    return fix.titled("Feed it from the changes of " + at(graph.nodes, database).name);
}

std::vector<Finding> checkDualWrite(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Passing passing(snapshot);
    std::map<ComponentId, TwoWrites> byNode;
    for (const FlowPath& flow : graph.flows)
        if (!flow.derived && flow.op == Op::write) lookForTwoWrites(snapshot, passing, flow, byNode);

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [id, writes] : byNode) {
        Finding finding{dual_write.id, dual_write.severity};
        finding.components = {id};
        std::set<std::string> first, second;
        for (const int link : writes.databases) first.insert(snapshot.nameOf(at(graph.links, link).to));
        for (const int link : writes.seconds) second.insert(snapshot.nameOf(at(graph.links, link).to));
        for (const auto* links : {&writes.databases, &writes.seconds})
            for (const int link : *links) finding.connections.push_back(at(graph.links, link).id);
        finding.message = fill(
            "In {}, {} writes to {} and to {} one after the other: a crash between the two leaves "
            "them apart for good",
            {shownFlow(snapshot, *writes.flow), at(graph.nodes, graph.node(id)).name,
             listed({first.begin(), first.end()}), listed({second.begin(), second.end()})});
        finding.fix = writtenOnce(snapshot, placement, writes);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule dual_write{
    "dual-write",
    "Two writes that can come apart",
    "No transaction covers a database and a broker, a search index or a cache. When the process dies between the two "
    "writes, or the second fails, one side knows what the other does not, and nothing ever notices. Writing once, into "
    "the database, and deriving the rest from its outbox or its change log keeps them in step.",
    "Designing Data-Intensive Applications (Kleppmann), ch. 11; Microservices Patterns (Richardson): transactional "
    "outbox",
    Severity::error,
    checkDualWrite,
};

}  // namespace loadpath::checks
