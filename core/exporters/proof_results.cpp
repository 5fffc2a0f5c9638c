#include "exporters/proof_results.h"

#include "exporters/result_parts.h"
#include "support/format.h"

#include <algorithm>
#include <array>

namespace loadpath {
namespace {

double highestOf(const ProofCurve& curve) {
    double highest = 0;
    for (const double value : curve.values)
        if (std::isfinite(value)) highest = std::max(highest, value);
    return highest;
}

std::string endOf(const ProofCurve& curve, ProofMeasure measure) {
    const double value = curve.values.empty() ? 0 : curve.values.back();
    return measure == ProofMeasure::p99         ? duration(value)
           : measure == ProofMeasure::completed ? rate(value)
                                                : compact(value);
}

JsonNode proofCurveTree(const ProofCurve& curve) {
    json::Object tree;
    JsonNode values = json::list();
    for (const double value : curve.values) values.items.push_back(json::leaf(figure(value)));
    tree.add("offered", Value(curve.offered)).add("completed", Value(curve.completed));
    tree.add("failed", Value(curve.failed)).add("failed_share", figure(curve.failedShare()));
    tree.add("p99_ms", figure(curve.p99Ms)).add("values", std::move(values));
    return tree.take();
}

}  // namespace

std::string sparkline(const std::vector<double>& values, double highest) {
    static constexpr std::array<std::string_view, 8> bars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::string text;
    for (const double value : values) {
        const double share = highest > 0 && std::isfinite(value) ? std::clamp(value / highest, 0.0, 1.0) : 0;
        text += bars[static_cast<std::size_t>(std::lround(share * 7))];
    }
    return text;
}

std::string proofText(const Finding& finding, const ProofPlan& plan, const ProofResult& result, Colours colours) {
    const double highest = std::max(highestOf(result.before), highestOf(result.after));
    std::string text =
        inked(finding.message, Ink::strong, colours) + '\n' + plan.what + ".\n\n  " +
        inked(std::string(label(plan.measure)) + ", " + duration(plan.scenario.durationS * 1000) +
                  " in all; highest: " + (plan.measure == ProofMeasure::p99 ? duration(highest) : compact(highest)),
              Ink::faint, colours) +
        '\n';
    const auto line = [&](const char* title, const ProofCurve& curve, Ink ink) {
        text += std::string("  ") + title + "  " + inked(sparkline(curve.values, highest), ink, colours) + "  " +
                endOf(curve, plan.measure) + '\n';
    };
    line("as it is", result.before, Ink::error);
    line("mended  ", result.after, Ink::good);
    TextTable table({"", "answered", "failed", "99 % within"}, {TextTable::Align::left, TextTable::Align::right,
                                                                TextTable::Align::right, TextTable::Align::right});
    const auto row = [&table](const std::string& title, const ProofCurve& curve) {
        table.add({{title}, {compact(curve.completed)}, {percent(curve.failedShare())}, {duration(curve.p99Ms)}});
    };
    row("as it is", result.before);
    row(finding.fix ? finding.fix->title : "mended", result.after);
    return text + '\n' + table.text(colours);
}

std::string proofJson(const Finding& finding, const ProofPlan& plan, const ProofResult& result) {
    json::Object tree;
    JsonNode times = json::list();
    const std::vector<double>& longer =
        result.before.timeS.size() > result.after.timeS.size() ? result.before.timeS : result.after.timeS;
    for (const double time : longer) times.items.push_back(json::leaf(Value(time)));
    tree.add("key", Value(finding.key())).add("experiment", Value(plan.what));
    tree.add("measure", Value(std::string(label(plan.measure))));
    tree.add("duration_s", Value(plan.scenario.durationS));
    tree.add("starts_at_s", plan.startsAtS < 0 ? Value() : Value(plan.startsAtS));
    tree.add("fix", Value(finding.fix ? finding.fix->title : std::string()));
    tree.add("time_s", std::move(times));
    tree.add("before", proofCurveTree(result.before)).add("after", proofCurveTree(result.after));
    return writeJson(tree.take());
}

}  // namespace loadpath
