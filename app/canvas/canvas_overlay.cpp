#include "canvas_overlay.h"

#include "analysis/capacity.h"
#include "analysis/cost.h"
#include "quantity.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

using Figures = std::unordered_map<std::string, double>;

/// The largest is as hot as can be; infinite ones are, too.
std::unordered_map<std::string, Heat> against(const Figures& figures, QString (*text)(double)) {
    double most = 0;
    for (const auto& f : figures)
        if (std::isfinite(f.second)) most = std::max(most, f.second);
    std::unordered_map<std::string, Heat> heat;
    for (const auto& f : figures) {
        if (std::isnan(f.second)) continue;
        heat[f.first] = {std::isinf(f.second) ? 1.0 : most > 0 ? f.second / most : 0.0, text(f.second)};
    }
    return heat;
}

QString dollars(double perMonth) {
    return QStringLiteral("$") + compactText(perMonth) + QCoreApplication::translate("CanvasOverlay", "/month");
}

}  // namespace

std::unordered_map<std::string, Heat> heatOf(const Report& report, const QString& what) {
    const FlowGraph& graph = report.snapshot->graph();
    Figures figures;
    if (what == u"utilisation") {
        std::unordered_map<std::string, Heat> heat;
        for (std::size_t i = 0; i < graph.nodes.size() && i < report.capacity.nodes.size(); ++i) {
            const double value = report.capacity.nodes[i].utilisation;
            if (!std::isnan(value)) heat[graph.nodes[i].id.value] = {std::min(1.0, value), percentText(value, 0)};
        }
        return heat;
    }
    if (what == u"latency") {
        for (std::size_t i = 0; i < graph.nodes.size() && i < report.capacity.nodes.size(); ++i)
            figures[graph.nodes[i].id.value] = report.capacity.nodes[i].responseMs;
        return against(figures, durationText);
    }
    if (what == u"availability") {
        // What a component takes from the flow that it takes most from.
        for (const FlowAvailability& flow : report.availability.flows) {
            Figures own;
            for (const UnitFigures& unit : flow.units)
                if (unit.node >= 0) own[graph.nodes[std::size_t(unit.node)].id.value] += unit.downtimeMinYear;
            for (const auto& f : own) figures[f.first] = std::max(figures[f.first], f.second);
        }
        return against(figures, downtimeText);
    }
    if (what == u"cost") {
        const CostReport cost = analyseCost(*report.snapshot);
        for (const ComponentCost& one : cost.components)
            if (one.usd.typical > 0) figures[graph.nodes[std::size_t(one.node)].id.value] = one.usd.typical;
        return against(figures, dollars);
    }
    return {};
}

std::unordered_set<std::string> wayOf(const Report& report, const QString& flowId) {
    std::unordered_set<std::string> ids;
    const FlowGraph& graph = report.snapshot->graph();
    for (const LoadShare& share : loadShares(graph, report.capacity)) {
        if (graph.flows[std::size_t(share.flow)].id.value != flowId.toStdString()) continue;
        ids.insert(graph.nodes[std::size_t(share.node)].id.value);
        if (share.link >= 0) {
            ids.insert(graph.links[std::size_t(share.link)].id.value);
            ids.insert(graph.nodes[std::size_t(graph.links[std::size_t(share.link)].from)].id.value);
        }
    }
    return ids;
}

std::unordered_set<std::string> surroundings(const Design& design, const QStringList& ids) {
    std::unordered_set<std::string> found;
    for (const bool downwards : {true, false}) {
        std::vector<std::string> open;
        std::unordered_set<std::string> seen;
        for (const QString& id : ids)
            if (design.components.contains({id.toStdString()}) && seen.insert(id.toStdString()).second)
                open.push_back(id.toStdString());
        while (!open.empty()) {
            const std::string at = open.back();
            open.pop_back();
            for (const Connection& c : design.connections) {
                if (c.mode == Mode::telemetry || (downwards ? c.from : c.to).value != at) continue;
                found.insert(c.id.value);
                const std::string& next = (downwards ? c.to : c.from).value;
                if (seen.insert(next).second) open.push_back(next);
            }
        }
        found.insert(seen.begin(), seen.end());
    }
    return found;
}

}  // namespace loadpath
