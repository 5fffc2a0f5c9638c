#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<std::string> overloadedAt(const Evidence& evidence, double times, std::vector<ComponentId>& ids) {
    const FlowGraph& graph = evidence.snapshot.graph();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!(evidence.capacity.nodes[i].utilisation * times > 1 + 1e-9)) continue;
        names.push_back(graph.nodes[i].name);
        ids.push_back(graph.nodes[i].id);
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<Finding> checkGrowth10x(const Evidence& evidence) {
    std::vector<ComponentId> atTen, atHundred;
    const std::vector<std::string> ten = overloadedAt(evidence, 10, atTen);
    const std::vector<std::string> hundred = overloadedAt(evidence, 100, atHundred);
    if (hundred.empty()) return {};
    Finding finding{growth_10x.id, growth_10x.severity};
    finding.components = ten.empty() ? atHundred : atTen;
    if (ten.empty())
        finding.message =
            fill("Ten times the load is carried; at a hundred times {} would not keep up", {listed(hundred)});
    else if (ten.size() == hundred.size())
        finding.message = fill("At ten times the load {} would not keep up, nor at a hundred times", {listed(ten)});
    else
        finding.message = fill("At ten times the load {} would not keep up; at a hundred times {} in all: {}",
                               {listed(ten), inWords(static_cast<long long>(hundred.size())), listed(hundred)});
    return {std::move(finding)};
}

}  // namespace

const Rule growth_10x{
    "growth-10x",
    "What gives way as you grow",
    "Designs hold for about one order of magnitude and then need another idea, not only more machines. To know today "
    "which parts go first tells which of them must be able to grow by adding instances, and which, like a single "
    "writer, will have to be replaced and had better be easy to replace.",
    "Designs, Lessons and Advice from Building Large Distributed Systems (J. Dean): plan for ten times, not for a "
    "hundred",
    Severity::info,
    checkGrowth10x,
};

}  // namespace loadpath::checks
