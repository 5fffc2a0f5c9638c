// The tables of every store of a design with how often their queries run, read once for all checks that ask.
// Knows no rule.
#pragma once

#include "graph/tables.h"
#include "rules/rule.h"

#include <unordered_map>
#include <vector>

namespace loadpath {

class Tables {
public:
    explicit Tables(const Evidence& evidence);

    /// Nodes that describe tables or collections, ascending.
    const std::vector<int>& stores() const { return m_stores; }
    /// Empty where nothing is described.
    const std::vector<StoreTable>& of(int node) const;
    /// Operations a second on the data at peak: its own and those of the copies that it feeds.
    double operationsRps(int node) const;
    /// A query without a share gets an even part of what the others of its store leave.
    double queryRps(int node, const TableQuery& query) const;
    /// Of the query, else of its store; "read_committed" where nothing says.
    std::string isolationOf(int node, const TableQuery& query) const;

private:
    struct Store {
        std::vector<StoreTable> tables;
        double operationsRps = 0, assumedShare = 0;
        std::string isolation;
    };
    std::vector<int> m_stores;
    std::unordered_map<int, Store> m_byNode;
};

/// "where email", "where (a, b)", "order by likes": how messages name a query.
std::string shownQuery(const TableQuery& query);
/// "a" or "(a, b)".
std::string shownColumns(const std::vector<std::string>& columns);
bool holdsColumn(const std::vector<std::string>& columns, const std::string& column);

}  // namespace loadpath
