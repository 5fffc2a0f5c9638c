#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/load_changes.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

constexpr double usualPeakFactor = 3;

std::vector<Finding> checkPeakFactorMissing(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double least = evidence.threshold(peak_factor_missing, "peak_factor");
    Finding finding{peak_factor_missing.id, peak_factor_missing.severity};
    Placement placement(snapshot.design());
    FixBuilder fix(snapshot, placement);
    double smallest = least, growth = 1;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].behaviour != Behaviour::client) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        const double factor = view(keys::peakFactor);
        if (!(factor < least)) continue;
        finding.components.push_back(graph.nodes[i].id);
        smallest = std::min(smallest, factor);
        if (!view.isSet(keys::rateRps.name)) growth = std::max(growth, usualPeakFactor / std::max(factor, 1.0));
        fix.set(graph.nodes[i].id, keys::peakFactor.name, std::max(usualPeakFactor, least));
    }
    const auto& stated = snapshot.design().header.requirements.peakFactor;
    const bool statedTooSmall = stated && *stated < least;
    if (finding.components.empty() && !statedTooSmall) return {};
    if (statedTooSmall) smallest = std::min(smallest, *stated);
    finding.message = fill(
        "The peak is taken as {} times the average: traffic of people is two to three times its daily mean in the "
        "evening, more on special days",
        {fixed(smallest, 1)});
    if (growth == 1 || holdsTimes(evidence.capacity, growth * std::max(1.0, least / usualPeakFactor))) {
        finding.fix = fix.titled("Plan for a peak of three times the average");
        if (statedTooSmall) {
            Header header = snapshot.design().header;
            header.requirements.peakFactor = std::max(usualPeakFactor, least);
            finding.fix->edits.push_back(std::move(header));
        }
    }
    return {std::move(finding)};
}

}  // namespace

const Rule peak_factor_missing{
    "peak-factor-missing",
    "No allowance for peaks",
    "Users sleep, so a day's requests come in fewer than 24 hours, and systems fall over at their peak, not at their "
    "mean. Two to three times the average is a usual peak for people, more around events; a factor near one fits only "
    "machines that spread their requests on purpose.",
    "Latency numbers and estimation in J. Dean's talks; Google SRE Workbook, ch. 12 (non-abstract large system design)",
    Severity::info,
    checkPeakFactorMissing,
    {{"peak_factor", 2, 1, 100, "a peak below so many times the average"}},
};

}  // namespace loadpath::checks
