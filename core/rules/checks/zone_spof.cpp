#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>
#include <set>
#include <unordered_map>

namespace loadpath::checks {
namespace {

/// Which components make a flow fail when one zone is lost and everything else is up.
class Culprits {
public:
    Culprits(const FlowGraph& graph, const FlowPath& flow, int domain)
        : m_graph(graph), m_flow(flow), m_domain(domain) {}

    std::set<int> find() {
        fails(m_flow.entry, 0);
        blame(m_flow.entry);
        return m_blamed;
    }

private:
    static constexpr int deepest = 2000;

    int unitsLeft(int index, int units) const {
        int left = 0;
        for (int unit = 0; unit < units; ++unit) {
            const auto chain = m_graph.domainsOfUnit(index, unit);
            left += std::find(chain.begin(), chain.end(), m_domain) == chain.end();
        }
        return left;
    }

    bool isDown(int index, Serving serving) const {
        const Node& node = at(m_graph.nodes, index);
        if (node.behaviour == Behaviour::client || node.zones.empty()) return false;
        if (node.managed) {
            if (!node.zonal) return false;
            return unitsLeft(index, static_cast<int>(node.zones.size())) == 0;
        }
        if (unitsLeft(index, serving.units) >= serving.need) return false;
        return std::none_of(node.standbys.begin(), node.standbys.end(), [this](const Standby& standby) {
            const Node& other = at(m_graph.nodes, standby.node);
            return !isDown(standby.node, other.serving[0]);
        });
    }

    static bool counts(const Call& call) { return call.inPhi && !(call.coin >= 0 && call.probability < 0.999); }

    bool callFails(const Call& call, int depth) {
        if (isDown(call.target, m_graph.servingOf(call))) return true;
        return !call.endsAtTarget() && fails(call.target, depth + 1);
    }

    /// Whether the calls of a component fail, itself left out.
    bool fails(int index, int depth) {
        if (const auto known = m_fails.find(index); known != m_fails.end()) return known->second;
        m_fails[index] = false;  // a cycle does not bring itself down
        const Visit* visit = m_flow.visit(index);
        if (!visit || depth > deepest) return false;
        bool failed = false;
        std::vector<int> working(visit->groups.size(), 0);
        for (const Call& call : visit->calls) {
            if (!counts(call)) continue;
            const bool lost = callFails(call, depth);
            if (call.group >= 0)
                at(working, call.group) += !lost;
            else
                failed |= lost;
        }
        for (std::size_t g = 0; g < working.size(); ++g) failed |= working[g] < visit->groups[g].need;
        return m_fails[index] = failed;
    }

    void blame(int start) {
        std::vector<int> waiting{start};
        std::set<int> seen{start};
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const Visit* visit = m_flow.visit(waiting[i]);
            if (!visit) continue;
            std::vector<int> working(visit->groups.size(), 0);
            for (const Call& call : visit->calls)
                if (call.group >= 0 && counts(call)) at(working, call.group) += !callFails(call, 0);
            for (const Call& call : visit->calls) {
                if (!counts(call) || !callFails(call, 0)) continue;
                if (call.group >= 0 &&
                    at(working, call.group) >= visit->groups[static_cast<std::size_t>(call.group)].need)
                    continue;
                if (isDown(call.target, m_graph.servingOf(call))) m_blamed.insert(call.target);
                if (!call.endsAtTarget() && seen.insert(call.target).second) waiting.push_back(call.target);
            }
        }
    }

    const FlowGraph& m_graph;
    const FlowPath& m_flow;
    int m_domain;
    std::unordered_map<int, bool> m_fails;
    std::set<int> m_blamed;
};

struct Loss {
    int domain = 0;
    std::vector<const FlowPath*> flows;  // it stops, busiest first
};

std::vector<Finding> checkZoneSpof(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<ZoneId, Loss> losses;
    for (const FlowAvailability& result : evidence.availability.flows)
        for (const int domain : result.spofDomains) {
            Loss& loss = losses[at(graph.domains, domain).id];
            loss.domain = domain;
            loss.flows.push_back(&at(graph.flows, result.flow));
        }
    int regions = 0;
    for (const Domain& domain : graph.domains) regions += domain.isRegion;

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (auto& [id, loss] : losses) {
        const Domain& domain = at(graph.domains, loss.domain);
        if (domain.isRegion && regions < 2) continue;
        std::sort(loss.flows.begin(), loss.flows.end(), [](const FlowPath* a, const FlowPath* b) {
            return a->rateRps != b->rateRps ? a->rateRps > b->rateRps : a->id < b->id;
        });
        std::map<ComponentId, int> culprits;
        for (const FlowPath* flow : loss.flows)
            for (const int node : Culprits(graph, *flow, loss.domain).find()) culprits[at(graph.nodes, node).id] = node;
        std::vector<std::string> names;
        for (const auto& [component, node] : culprits) names.push_back(at(graph.nodes, node).name);
        std::sort(names.begin(), names.end());

        Finding finding{zone_spof.id, domain.isRegion ? Severity::info : zone_spof.severity};
        const auto more = static_cast<long long>(loss.flows.size()) - 1;
        finding.message = fill(
            "Loss of {} {} stops {}{}{}",
            {domain.isRegion ? "region" : "zone", domain.name, shownFlow(snapshot, *loss.flows.front()),
             more > 0 ? " and " + plural(more, "other flow", "other flows") : "",
             names.empty() ? "" : ": " + listed(names) + (names.size() == 1 ? " does" : " do") + " not survive it"});
        finding.zones = {id};
        if (!domain.isRegion) {
            FixBuilder fix(snapshot, placement);
            std::string title;
            bool all = !culprits.empty();
            for (const auto& [component, node] : culprits) {
                title = makeRedundant(fix, node, Survive::zone);
                all = all && !title.empty();
            }
            if (all && !fix.empty())
                finding.fix = fix.titled(culprits.size() == 1 ? title : "Spread " + listed(names) + " over zones");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule zone_spof{
    "zone-spof",
    "Flow that hangs on one zone",
    "A zone is a building with its own power and network, and now and then one goes dark with all that is in it. "
    "Replicas side by side in the same zone do not help against that; the same number of them in two zones does, and "
    "what needs a majority needs three.",
    "Availability and Beyond (AWS whitepaper): availability zones",
    Severity::error,
    checkZoneSpof,
};

}  // namespace loadpath::checks
