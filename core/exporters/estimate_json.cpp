#include "analysis/estimate_tables.h"
#include "exporters/estimate_results.h"
#include "exporters/result_parts.h"

namespace loadpath {
namespace {

using json::Object;

JsonNode figureTree(const EstimateSheet& sheet, std::size_t index) {
    const EstimateLine& line = sheet.lines[index];
    Object item;
    item.add("key", Value(line.key)).add("name", Value(line.name));
    item.add("value", figure(line.exact)).add("rounded", figure(line.rounded)).add("unit", Value(line.unit));
    item.add("text", Value(exactFigure(line.exact, line.unit)))
        .add("rounded_text", Value(roundFigure(line.rounded, line.unit)));
    if (!line.problem.empty()) item.add("problem", Value(line.problem));
    if (!line.note.empty()) item.add("note", Value(line.note));
    item.add("components", json::texts(line.components));
    if (line.agreement != Agreement::none) {
        Object canvas;
        canvas.add("value", figure(line.onCanvas)).add("agreement", Value(std::string(name(line.agreement))));
        canvas.add("components", json::texts(line.canvasComponents));
        item.add("canvas", std::move(canvas));
    }
    item.add("steps", stepsTree(explain(sheet, index)));
    return item.take();
}

JsonNode inputsTree(const EstimateSheet& sheet) {
    JsonNode inputs = json::list();
    for (const EstimateLine& line : sheet.lines) {
        if (!line.isInput || line.origin == InputOrigin::constant) continue;
        Object item;
        item.add("key", Value(line.key)).add("name", Value(line.name)).add("value", figure(line.exact));
        item.add("unit", Value(line.unit)).add("origin", Value(std::string(name(line.origin))));
        item.add("source", Value(sourceOf(sheet, line)));
        inputs.items.push_back(item.take());
    }
    return inputs;
}

}  // namespace

std::string estimateJson(const EstimateSheet& sheet, const Problems& warnings) {
    JsonNode sections = json::list(), latencies = json::list(), downtimes = json::list();
    for (const EstimateSection& section : sheet.sections) {
        JsonNode figures = json::list();
        for (std::size_t i = 0; i < sheet.lines.size(); ++i)
            if (sheet.lines[i].section == section.id) figures.items.push_back(figureTree(sheet, i));
        Object item;
        item.add("id", Value(section.id)).add("title", Value(section.title)).add("figures", std::move(figures));
        sections.items.push_back(item.take());
    }
    for (const LatencyRow& row : latencyTable()) {
        Object item;
        item.add("id", Value(std::string(row.id))).add("name", Value(std::string(row.name)));
        item.add("ns", Value(row.nanoseconds));
        if (row.upToNanoseconds > 0) item.add("up_to_ns", Value(row.upToNanoseconds));
        item.add("source", Value(std::string(row.source)));
        latencies.items.push_back(item.take());
    }
    for (const Downtime& row : ninesTable()) {
        Object item;
        item.add("availability", Value(row.availability)).add("year_s", Value(row.yearS));
        item.add("thirty_days_s", Value(row.thirtyDaysS)).add("day_s", Value(row.dayS));
        downtimes.items.push_back(item.take());
    }
    JsonNode fanOut = json::list(), attempts = json::list();
    for (const FanOut& row : fanOutTable()) {
        Object item;
        item.add("calls", Value(row.calls)).add("any_slow_share", Value(row.anySlow));
        item.add("slowest_over_mean", Value(row.slowestOfMean));
        fanOut.items.push_back(item.take());
    }
    for (const Attempts& row : attemptsTable()) {
        Object item;
        item.add("failure", Value(row.failure)).add("max_attempts", Value(row.most));
        item.add("mean_attempts", Value(row.mean)).add("given_up_share", Value(row.givenUp));
        attempts.items.push_back(item.take());
    }
    Object root;
    root.add("design", Value(sheet.design)).add("inputs", inputsTree(sheet)).add("sections", std::move(sections));
    root.add("latency", std::move(latencies)).add("downtime", std::move(downtimes));
    root.add("fan_out", std::move(fanOut)).add("attempts", std::move(attempts));
    if (!warnings.empty()) root.add("warnings", warningTree(warnings));
    return writeJson(root.take());
}

}  // namespace loadpath
