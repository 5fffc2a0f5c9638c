#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

void findSequentialScans(StoreCase& store) {
    const double manyRows = store.evidence.threshold(seq_scan, "rows");
    const double often = store.evidence.threshold(seq_scan, "rate_rps");
    const Value fixed = viewOf(store.evidence.snapshot, store.node).value("seq_scan_ms");
    int missing = 0;
    for (const StoreTable& table : store.tables) {
        const double rows = table.rows.value_or(0);
        if (!(rows > manyRows)) continue;
        for (const TableQuery& query : table.queries) {
            const double rps = store.rps(query);
            if (!(rps > often) || isIndexed(table, query)) continue;
            const double scanMs = fixed.isNumber() ? fixed.number() : scanMsOf(rows);
            store.cases.push_back(
                fill("{} {} has no index it could use and reads all {} rows, about {}, {} times a second",
                     {table.shown(), shownQuery(query), compact(rows), duration(scanMs), compact(rps)}));
            addIndexFor(store, table, query);
            ++missing;
        }
    }
    store.fixTitle = missing == 1 ? "Create the index" : "Create " + inWords(missing) + " indexes";
}

std::vector<Finding> checkSeqScan(const Evidence& evidence) {
    return eachStore(evidence, seq_scan, findSequentialScans);
}

}  // namespace

const Rule seq_scan{
    "seq-scan",
    "Query reads the whole table",
    "Without an index that begins with what a query compares, the database looks at every row: the time grows with the "
    "table, the work drives everything else out of memory, and what was fast in the test is minutes in a year. An "
    "index "
    "finds the same rows in a few page reads.",
    "PostgreSQL documentation, ch. 11 (indexes) and ch. 14 (using EXPLAIN)",
    Severity::warning,
    checkSeqScan,
    {{"rows", 10000, 0, 1e15, "tables with more rows than this"},
     {"rate_rps", 1, 0, 1e9, "queries that run more often than this a second"}},
};

}  // namespace loadpath::checks
