#include "rules/tables.h"

#include "rules/lookup.h"

#include <cmath>

namespace loadpath {
namespace {

/// Reads that its copies answer are asked of the same tables.
double operationsOnData(const Evidence& evidence, int node) {
    const FlowGraph& graph = evidence.snapshot.graph();
    const auto arrivals = [&evidence](int i) {
        const ComponentLoad& load = at(evidence.capacity.nodes, i);
        return load.readRps + load.writeRps;
    };
    double sum = arrivals(node);
    for (const int out : at(graph.outgoing, node)) {
        const Link& link = at(graph.links, out);
        if (link.legal && (link.mode == Mode::replicate || link.mode == Mode::standby) &&
            isIn(at(graph.nodes, link.to), "store"))
            sum += arrivals(link.to);
    }
    return sum;
}

}  // namespace

Tables::Tables(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const int node = static_cast<int>(i);
        if (!isKnown(snapshot.graph().nodes[i])) continue;
        const ParameterView view = viewOf(snapshot, node);
        if (!view.isStated("tables") && !view.isStated("collections")) continue;
        Store store;
        store.tables = readTables(view);
        if (store.tables.empty()) continue;
        double stated = 0;
        int silent = 0;
        for (const StoreTable& table : store.tables)
            for (const TableQuery& query : table.queries) {
                stated += query.share.value_or(0);
                silent += !query.share;
            }
        store.assumedShare = silent ? std::max(0.0, 1 - stated) / silent : 0;
        store.operationsRps = operationsOnData(evidence, node);
        const Value isolation = view.value("isolation");
        store.isolation = isolation.text() ? *isolation.text() : "read_committed";
        m_stores.push_back(node);
        m_byNode.emplace(node, std::move(store));
    }
}

const std::vector<StoreTable>& Tables::of(int node) const {
    static const std::vector<StoreTable> none;
    const auto it = m_byNode.find(node);
    return it == m_byNode.end() ? none : it->second.tables;
}

double Tables::operationsRps(int node) const {
    const auto it = m_byNode.find(node);
    return it == m_byNode.end() ? 0 : it->second.operationsRps;
}

double Tables::queryRps(int node, const TableQuery& query) const {
    const auto it = m_byNode.find(node);
    if (it == m_byNode.end()) return 0;
    const double share = query.share.value_or(it->second.assumedShare);
    return share > 0 ? share * it->second.operationsRps : 0;
}

std::string Tables::isolationOf(int node, const TableQuery& query) const {
    if (!query.isolation.empty()) return query.isolation;
    const auto it = m_byNode.find(node);
    return it == m_byNode.end() ? "read_committed" : it->second.isolation;
}

std::string shownColumns(const std::vector<std::string>& columns) {
    std::string text;
    for (const std::string& column : columns) text += (text.empty() ? "" : ", ") + column;
    return columns.size() == 1 ? text : "(" + text + ")";
}

std::string shownQuery(const TableQuery& query) {
    std::string text;
    if (!query.where.empty()) text = "where " + shownColumns(query.where);
    if (!query.order.empty()) text += (text.empty() ? "order by " : " order by ") + query.order;
    return text.empty() ? "without condition" : text;
}

bool holdsColumn(const std::vector<std::string>& columns, const std::string& column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

}  // namespace loadpath
