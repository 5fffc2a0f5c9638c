// Derivations of the rows that ask "what if": cut sets, improvements, stages, growth, loss, retries.
#include "analysis/what_if_explain.h"
#include "analysis_figures.h"
#include "qt_values.h"
#include "support/index.h"

namespace loadpath {
namespace {

template <class Item>
const Item* itemAt(const std::vector<Item>& items, const QString& index) {
    bool isNumber = false;
    const auto i = index.toUInt(&isNumber);
    return isNumber && i < items.size() ? &items[i] : nullptr;
}

int idOf(const std::unordered_map<std::string, int>& known, const QString& id) {
    const auto it = known.find(id.toStdString());
    return it == known.end() ? -1 : it->second;
}

Derivation lossOf(const Report& report, const Loss& loss) {
    const FlowGraph& graph = report.snapshot->graph();
    return explainLoss(graph, report.capacity, lossCase(graph, report.capacity, loss));
}

Derivation improvementOf(const Report& report, const FlowAvailability& flow, int kind, const std::string& component) {
    const FlowGraph& graph = report.snapshot->graph();
    for (const Improvement& one : improvementsOf(*report.snapshot, flow.flow))
        if (static_cast<int>(one.kind) == kind && graph.nodes[at(one.node)].id.value == component)
            return explainImprovement(graph, flow, one);
    return {};
}

}  // namespace

std::function<Derivation()> AnalysisFigures::whatIfJob(const QString& what, const QString& about) const {
    const auto report = m_report;
    const FlowGraph& graph = report->snapshot->graph();
    const FlowAvailability* flow = figuresOfFlow();
    if (what == u"cut" && flow) {
        std::vector<std::string> cut;
        for (const QString& unit : about.split(u'+')) cut.push_back(unit.toStdString());
        return [report, flow, cut] { return explainCutSet(report->snapshot->graph(), *flow, cut); };
    }
    if (what == u"improvement" && flow) {
        const int kind = about.section(u'/', 0, 0).toInt();
        return [report, flow, kind, id = about.section(u'/', 1).toStdString()] {
            return improvementOf(*report, *flow, kind, id);
        };
    }
    if (what == u"partitions") {
        if (const auto* store = itemAt(report->availability.partitions, about))
            return [report, store] { return explainPartitions(report->snapshot->graph(), *store); };
    }
    if (what == u"stage") {
        for (const AsyncAvailability& stage : report->availability.async)
            if (QString::number(stage.flow) == about)
                return [report, &stage] { return explainStage(report->snapshot->graph(), stage); };
    }
    if (what == u"chain") {
        if (const auto* chain = itemAt(report->availability.chains, about))
            return [report, chain] { return explainChain(report->snapshot->graph(), report->availability, *chain); };
    }
    if (what == u"growth") {
        const double factor = about.section(u'/', 0, 0).toDouble();
        return [report, factor, index = about.section(u'/', 1)]() -> Derivation {
            const LimitReport limits = analyseLimits(*report->snapshot, report->capacity);
            const Limit* limit = itemAt(limits.limits, index);
            return limit ? explainGrowth(report->snapshot->graph(), *limit, factor) : Derivation();
        };
    }
    if (what == u"loss-zone") {
        if (const int domain = idOf(graph.domainById, about); domain >= 0)
            return [report, domain] { return lossOf(*report, {domain, -1}); };
    }
    if (what == u"loss-node") {
        if (const int node = idOf(graph.nodeById, about); node >= 0)
            return [report, node] { return lossOf(*report, {-1, node}); };
    }
    if (what == u"retries") {
        return [report, index = about]() -> Derivation {
            const auto all = retryAmplification(report->snapshot->graph());
            const Amplification* retries = itemAt(all, index);
            return retries ? explainRetries(report->snapshot->graph(), *retries) : Derivation();
        };
    }
    return {};
}

}  // namespace loadpath
