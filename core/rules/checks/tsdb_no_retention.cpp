#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

constexpr double secondsOfDay = 86400;

std::vector<Finding> checkTsdbNoRetention(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double longDays = evidence.threshold(tsdb_no_retention, "days");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isType(graph.nodes[i], "timeseries_db")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        const double days = view.value("retention_d").number();
        const Value thinned = view.value("downsample");
        const bool isThinned = thinned.list() && !thinned.list()->empty();
        const bool forEver = !(days > 0);
        if (!forEver && (isThinned || days <= longDays)) continue;
        Finding finding{tsdb_no_retention.id, tsdb_no_retention.severity};
        finding.components = {graph.nodes[i].id};
        const double daily =
            view.value("points_per_s").number() * view.value("bytes_per_point").number() * secondsOfDay / 1e9;
        finding.message =
            forEver ? fill("{} keeps every point for ever: {} GB more each day", {graph.nodes[i].name, compact(daily)})
                    : fill("{} keeps every point for {} days at full resolution: {} GB",
                           {graph.nodes[i].name, compact(days), compact(daily * days)});
        FixBuilder fix(snapshot, placement);
        if (forEver) fix.set(graph.nodes[i].id, "retention_d", std::min(30.0, longDays));
        if (!isThinned) {
            Value::Object step;
            step["after_d"] = 7;
            step["interval_s"] = 300;
            fix.set(graph.nodes[i].id, "downsample", Value::List{Value(step)});
        }
        finding.fix = fix.titled(forEver ? "Keep 30 days, five-minute points after a week"
                                         : "Keep five-minute points after a week");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule tsdb_no_retention{
    "tsdb-no-retention",
    "Points are kept for ever",
    "Measurements come at a steady rate and lose their worth within days; kept at full resolution they fill the disk "
    "on "
    "a day that can be computed in advance, and every long query reads them all. Keep the raw points for weeks and "
    "coarser ones for years.",
    "Prometheus documentation (storage); InfluxDB documentation (retention policies, downsampling)",
    Severity::warning,
    checkTsdbNoRetention,
    {{"days", 30, 1, 36500, "kept at full resolution for longer than this"}},
};

}  // namespace loadpath::checks
