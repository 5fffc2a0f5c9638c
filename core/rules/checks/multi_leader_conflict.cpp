#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

class LeaderCheck {
public:
    explicit LeaderCheck(const Evidence& evidence)
        : m_evidence(evidence),
          m_snapshot(evidence.snapshot),
          m_graph(m_snapshot.graph()),
          m_passing(m_snapshot),
          m_placement(m_snapshot.design()) {}

    std::vector<Finding> run() {
        for (const LeaderGroup& group : leaderGroups(m_graph)) {
            std::vector<int> members;
            for (const int node : group.members)
                if (isWritable(node)) members.push_back(node);
            if (members.size() > 1) judge(members);
        }
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const int node = static_cast<int>(i);
            if (isType(m_graph.nodes[i], "dynamodb") && viewOf(m_snapshot, node).value("global_table") == Value(true) &&
                receivesWrites(m_graph, m_passing, node))
                judge({node});
        }
        return std::move(m_findings);
    }

private:
    bool isWritable(int node) const {
        const Node& store = at(m_graph.nodes, node);
        // Cassandra settles every cell by its own timestamps; a replica takes no writes.
        return !isType(store, "postgres_replica") && store.behaviour != Behaviour::quorum_store &&
               store.behaviour != Behaviour::cache;
    }

    std::string resolutionOf(const std::vector<int>& members) const {
        for (const int node : members)
            if (const Value how = viewOf(m_snapshot, node).value("conflict_resolution"); how.text()) return *how.text();
        return {};
    }

    bool tagged(const std::vector<int>& members, std::string_view tag) const {
        return std::any_of(members.begin(), members.end(),
                           [&](int node) { return dataHasTag(m_evidence, m_passing, node, tag); });
    }

    void judge(const std::vector<int>& members) {
        const std::string how = resolutionOf(members);
        const bool money = tagged(members, "money"), counter = tagged(members, "counter");
        if (!how.empty() && how != "unset" && !(how == "lww" && (money || counter))) return;
        Finding finding{multi_leader_conflict.id, Severity::error};
        std::vector<std::string> names;
        FixBuilder fix(m_snapshot, m_placement);
        const char* better = money ? "custom" : counter ? "merge" : "lww";
        for (const int node : members) {
            finding.components.push_back(at(m_graph.nodes, node).id);
            names.push_back(m_snapshot.nameOf(node));
            if (how.empty() || how == "unset" || m_snapshot.parameters(node).isStated("conflict_resolution"))
                fix.set(at(m_graph.nodes, node).id, "conflict_resolution", better);
        }
        std::sort(names.begin(), names.end());
        const std::string who = members.size() == 1 ? names.front() + " takes writes in every region"
                                                    : listed(names) + " take writes of the same data";
        if (how == "lww") {
            finding.severity = Severity::warning;
            finding.message = fill("{}, and of two at once the last one wins: the other {} is lost without a trace",
                                   {who, money ? "booking" : "increment"});
        } else {
            finding.message = fill("{}, and nothing says which of two concurrent ones counts", {who});
        }
        finding.fix = fix.titled(money     ? "Resolve conflicts by rules of your own"
                                 : counter ? "Merge concurrent writes"
                                           : "Let the last write win");
        m_findings.push_back(std::move(finding));
    }

    const Evidence& m_evidence;
    const Snapshot& m_snapshot;
    const FlowGraph& m_graph;
    const Passing m_passing;
    Placement m_placement;
    std::vector<Finding> m_findings;
};

std::vector<Finding> checkMultiLeaderConflict(const Evidence& evidence) { return LeaderCheck(evidence).run(); }

}  // namespace

const Rule multi_leader_conflict{
    "multi-leader-conflict",
    "Writes may conflict",
    "Where several leaders accept writes, two of them will one day change the same row at the same time, and both have "
    "been acknowledged when they find out. Somebody must decide in advance: the last one wins (and the other is lost), "
    "the values are merged, or a rule of your own settles it. For money and counters the last write winning is wrong.",
    "Kleppmann, Designing Data-Intensive Applications, ch. 5; DynamoDB developer guide: global tables",
    Severity::error,
    checkMultiLeaderConflict,
};

}  // namespace loadpath::checks
