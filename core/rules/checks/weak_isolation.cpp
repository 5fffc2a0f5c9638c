#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/table_checks.h"
#include "rules/tags.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool losesUpdates(const StoreCase& store, const TableQuery& query) {
    if (!query.readsThenWrites || !(query.lock.empty() || query.lock == "none")) return false;
    const std::string isolation = store.evidence.tables().isolationOf(store.node, query);
    return isolation == "read_committed" || isolation == "read_uncommitted";
}

std::vector<Finding> checkWeakIsolation(const Evidence& evidence) {
    const Passing passing(evidence.snapshot);
    return eachStore(evidence, weak_isolation, [&](StoreCase& store) {
        for (const StoreTable& table : store.tables)
            for (std::size_t i = 0; i < table.queries.size(); ++i) {
                const TableQuery& query = table.queries[i];
                if (!losesUpdates(store, query)) continue;
                std::string isolation = store.evidence.tables().isolationOf(store.node, query);
                std::replace(isolation.begin(), isolation.end(), '_', ' ');
                store.cases.push_back(
                    fill("{} {} is read, changed and written back at {} without a lock: of two that "
                         "do so at once, one update is lost",
                         {table.shown(), shownQuery(query), isolation}));
                queryIn(store, table, i)["lock"] = "row";
            }
        if (store.cases.empty()) return;
        if (dataHasTag(evidence, passing, store.node, "money")) store.severity = Severity::error;
        store.fixTitle = "Lock what is read (SELECT … FOR UPDATE)";
    });
}

}  // namespace

const Rule weak_isolation{
    "weak-isolation",
    "Lost update",
    "At read committed two transactions may both read the same value, both compute a new one, and the second write "
    "silently undoes the first: stock goes below zero, a balance gains money. A row lock, one atomic statement or "
    "serializable isolation makes the second wait or fail, so that it starts again from what is true.",
    "Kleppmann, Designing Data-Intensive Applications, ch. 7; PostgreSQL documentation, 13.2",
    Severity::warning,
    checkWeakIsolation,
};

}  // namespace loadpath::checks
