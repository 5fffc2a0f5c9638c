#include "model/keys.h"
#include "rules/caches.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/timeouts.h"
#include "support/format.h"

#include <cmath>
#include <map>
#include <set>

namespace loadpath::checks {
namespace {

struct HotDemand {
    double hot = 0, all = 0;  // calls a second: of the hottest key, of all keys
    std::set<int> links;      // by which they come
};

/// By node: what comes to a Redis from callers that have no cache of their own in front.
std::map<int, HotDemand> unshieldedDemand(const FlowGraph& graph, const KeyDemand& demand) {
    std::map<int, HotDemand> byNode;
    for (const LoadShare& share : demand.shares) {
        if (share.link < 0 || !isType(at(graph.nodes, share.node), "redis")) continue;
        if (hasLocalCache(graph, at(graph.links, share.link).from)) continue;
        HotDemand& own = byNode[share.node];
        own.hot += demand.hottest(share);
        own.all += share.rps;
        own.links.insert(share.link);
    }
    return byNode;
}

double oneServerRps(const Node& node, const ComponentLoad& load) {
    return node.concurrency > 0 && load.serviceMs > 0 ? node.concurrency * 1000 / load.serviceMs : 0;
}

/// A cache in the processes of the callers, where they only read.
std::optional<Fix> withLocalCaches(const Snapshot& snapshot, Placement& placement, int redis, const HotDemand& demand) {
    const FlowGraph& graph = snapshot.graph();
    if (!snapshot.catalog().find("local_cache")) return std::nullopt;
    const Passing passing(snapshot);
    FixBuilder fix(snapshot, placement);
    for (const int link : demand.links) {
        const Link& l = at(graph.links, link);
        const ParameterView view = viewOfLink(snapshot, link);
        if (!passing.onlyReads(link) || !isIn(at(graph.nodes, l.from), "compute") || view.isSet(keys::p.name) ||
            view.isSet(keys::pFrom.name))
            return std::nullopt;
        const Component& caller = componentOf(snapshot, l.from);
        const ComponentId local =
            fix.add("local_cache", caller.id.value + "-local-cache", "Hot keys of " + snapshot.nameOf(l.from),
                    {caller.position.x, caller.position.y + 4 * Placement::grid}, caller.zones,
                    Parameters{{"coalescing", "lease"}});
        Parameters properties{{std::string(keys::criticality.name), "optional"}, {std::string(keys::ops.name), "read"}};
        if (const Value flows = view(keys::flows); flows.list() && !flows.list()->empty())
            properties.insert_or_assign(std::string(keys::flows.name), flows);
        fix.connect(caller.id, local, Mode::sync, std::move(properties));
        fix.set(l.id, keys::pFrom.name, "miss:" + local.value);
    }
    if (at(graph.nodes, redis).behaviour != Behaviour::cache) return std::nullopt;
    return fix.titled("Keep the hottest keys in the memory of the callers");
}

void addHotRedis(const Evidence& evidence, const KeyDemand& demand, std::vector<Finding>& findings) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double share = evidence.threshold(hot_key, "of_one_server");
    Placement placement(snapshot.design());
    for (const auto& [index, own] : unshieldedDemand(graph, demand)) {
        const Node& node = at(graph.nodes, index);
        const double each = oneServerRps(node, at(evidence.capacity.nodes, index));
        if (!(each > 0) || !(own.hot > share * each * (1 + 1e-9)) || !std::isfinite(own.hot)) continue;
        Finding finding{hot_key.id, hot_key.severity};
        finding.components = {node.id};
        finding.message = fill(
            "The most popular key of {} takes {} ({} of all) of the {} that one shard can serve; more shards do not "
            "help it",
            {node.name, rate(own.hot), percent(own.hot / own.all), rate(each)});
        if (at(evidence.capacity.nodes, index).utilisation < 1)
            finding.fix = withLocalCaches(snapshot, placement, index, own);
        findings.push_back(std::move(finding));
    }
}

/// Topics whose messages have a key, by broker.
bool isKeyedTopic(const Snapshot& snapshot, int broker, const std::string& topic) {
    const Value topics = viewOf(snapshot, broker)(keys::topics);
    return topics.list() && std::any_of(topics.list()->begin(), topics.list()->end(), [&topic](const Value& item) {
               const Value *name = item.find("name"), *key = item.find("key");
               const bool isIt = name && name->text() ? *name->text() == topic : topic == "default";
               return isIt && key && key->text() && !key->text()->empty();
           });
}

void addHotPartitions(const Evidence& evidence, const KeyDemand& demand, std::vector<Finding>& findings) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double share = evidence.threshold(hot_key, "of_one_server");
    std::set<std::string> told;
    for (const Subscription& subscription : graph.subscriptions) {
        const Node &broker = at(graph.nodes, subscription.broker), &consumer = at(graph.nodes, subscription.consumer);
        if (!isType(broker, "kafka") || subscription.flow < 0 || !consumer.hasUtilisation) continue;
        const std::size_t topic = subscription.topic >= 0 ? static_cast<std::size_t>(subscription.topic) : 0;
        if (topic >= broker.topics.size() || !isKeyedTopic(snapshot, subscription.broker, broker.topics[topic].name))
            continue;
        const double hot =
            at(evidence.capacity.flowRps, subscription.flow) * at(demand.popularity, subscription.flow).hottestShare;
        const double each = oneServerRps(consumer, at(evidence.capacity.nodes, subscription.consumer));
        if (!(each > 0) || !(hot > share * each * (1 + 1e-9)) || !std::isfinite(hot)) continue;
        Finding finding{hot_key.id, hot_key.severity};
        finding.components = {broker.id, consumer.id};
        finding.message = fill(
            "The most popular key of {} in {} takes {} of the {} that one instance of {} can process; "
            "all its messages are in one partition",
            {broker.topics[topic].name, broker.name, rate(hot), rate(each), consumer.name});
        if (told.insert(finding.key()).second) findings.push_back(std::move(finding));
    }
}

std::vector<Finding> checkHotKey(const Evidence& evidence) {
    const FlowGraph& graph = evidence.snapshot.graph();
    std::vector<Finding> findings;
    if (std::none_of(graph.nodes.begin(), graph.nodes.end(),
                     [](const Node& node) { return isType(node, "redis") || isType(node, "kafka"); }))
        return findings;
    const KeyDemand demand(evidence.snapshot, evidence.capacity);
    addHotRedis(evidence, demand, findings);
    addHotPartitions(evidence, demand, findings);
    return findings;
}

}  // namespace

const Rule hot_key{
    "hot-key",
    "One key is too hot",
    "A key lives on one shard or in one partition, so its traffic is bounded by one server, however many there are. "
    "Popularity is uneven: among a thousand keys the first may take a sixth of all requests. Copies in the memory of "
    "the callers, several copies under different names or a finer key spread it.",
    "Nishtala et al., Scaling Memcache at Facebook (NSDI 2013); Breslau et al., Web caching and Zipf-like "
    "distributions "
    "(1999)",
    Severity::warning,
    checkHotKey,
    {{"of_one_server", 0.5, 0.01, 1, "the most popular key takes more than this share of one server"}},
};

}  // namespace loadpath::checks
