#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

void findManyComparisons(StoreCase& store) {
    if (!store.isType("cassandra")) return;
    const double most = store.evidence.threshold(cassandra_lwt_heavy, "share");
    for (const StoreTable& table : store.tables) {
        if (!(table.lightweightShare > most + 1e-12)) continue;
        store.cases.push_back(fill("{} of the writes to {} compare first (IF …): four round trips each instead of one",
                                   {percent(table.lightweightShare, 0), table.shown()}));
        tableIn(store, table)["lwt_share"] = 0;
    }
    store.fixTitle = "Append rows instead of comparing";
}

std::vector<Finding> checkCassandraLwtHeavy(const Evidence& evidence) {
    return eachStore(evidence, cassandra_lwt_heavy, findManyComparisons);
}

}  // namespace

const Rule cassandra_lwt_heavy{
    "cassandra-lwt-heavy",
    "Many lightweight transactions",
    "A write with IF is a round of Paxos among the replicas: four round trips, and two that meet on one partition make "
    "each other start again. A few, to claim a name, are fine; as the usual way to write they cost most of what the "
    "store is good for. Appending facts and resolving on read needs none.",
    "Apache Cassandra documentation, lightweight transactions",
    Severity::warning,
    checkCassandraLwtHeavy,
    {{"share", 0.1, 0, 1, "more of the writes than this"}},
};

}  // namespace loadpath::checks
