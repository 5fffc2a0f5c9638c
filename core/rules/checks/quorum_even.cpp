#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

/// Members that vote, and the property that says how many there are.
struct Voters {
    int count = 0;
    const char* what = "members";
    std::string key{keys::instances.name};
};

int setCount(const ParameterView& view, const char* key) { return view.isSet(key) ? view(ParameterKey<int>{key}) : 0; }

bool hasQuorumQueue(const Snapshot& snapshot, int index) {
    const Value queues = viewOf(snapshot, index).value("queues");
    if (!queues.list() || queues.list()->empty()) return true;
    return std::any_of(queues.list()->begin(), queues.list()->end(), [](const Value& queue) {
        const Value* type = queue.find("type");
        return !type || !(*type == Value("classic"));
    });
}

Voters votersOf(const Snapshot& snapshot, int index) {
    const Node& node = at(snapshot.graph().nodes, index);
    const ParameterView view = viewOf(snapshot, index);
    if (isType(node, "coordination") || isType(node, "neo4j")) return {node.instances};
    if (isType(node, "mongodb")) return {setCount(view, "replica_set"), "members of each replica set", "replica_set"};
    if (isType(node, "redis") && view(keys::topology) == "sentinel")
        return {setCount(view, "sentinels"), "sentinels", "sentinels"};
    if (isType(node, "elasticsearch")) return {setCount(view, "master_nodes"), "master nodes", "master_nodes"};
    if (isType(node, "kafka") && view.value("controller") == Value("kraft"))
        return {setCount(view, "controllers"), "controllers", "controllers"};
    if (isType(node, "rabbitmq") && hasQuorumQueue(snapshot, index)) {
        const int replicas = setCount(view, "replicas");
        const bool isBounded = componentOf(snapshot, index).properties.contains(keys::instances.name);
        if (isBounded && node.instances < replicas) return {node.instances, "members of each queue"};
        return {replicas, "members of each queue", "replicas"};
    }
    return {};
}

std::vector<Finding> checkQuorumEven(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.managed) continue;
        const Voters voters = votersOf(snapshot, static_cast<int>(i));
        if (voters.count < 2 || voters.count % 2 != 0) continue;
        Finding finding{quorum_even.id, quorum_even.severity};
        const int tolerated = (voters.count + 1) / 2 - 1;
        finding.message = fill("{}: {} {} tolerate {} {}, the same as {}",
                               {node.name, std::to_string(voters.count), voters.what, inWords(tolerated),
                                tolerated == 1 ? "failure" : "failures", std::to_string(voters.count - 1)});
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, voters.key, voters.count + 1);
        // A queue has no more members than there are nodes to hold them.
        if (isType(node, "rabbitmq") && node.instances < voters.count + 1)
            fix.set(node.id, keys::instances.name, voters.count + 1);
        finding.fix = fix.titled("Make it " + inWords(voters.count + 1) + " " + voters.what);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule quorum_even{
    "quorum-even",
    "Even number of voters",
    "A majority of four is three, as it is of five: the fourth member costs money and adds one more machine that can "
    "fail, but the group survives no more failures than with three. An odd number gives the most for its size, and a "
    "network split leaves one side with a majority.",
    "etcd FAQ: why an odd number of cluster members; Raft (Ongaro, Ousterhout 2014)",
    Severity::warning,
    checkQuorumEven,
};

}  // namespace loadpath::checks
