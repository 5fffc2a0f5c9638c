// What things cost: price classes with a range each, and which of them a component type is charged for.
// Orders of magnitude with a date, read from palette/prices.json; knows no design and no load.
#pragma once

#include "model/value.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loadpath {

/// What a price is paid for; the quantity follows from the component and its average load.
enum class PriceUnit {
    componentMonth,
    machineMonth,     // instances with their replicas and shards
    gbMemoryMonth,    // memory of every machine
    gbMonth,          // stored
    gbEgress,         // sent to clients
    gbLogs,           // taken in
    millionRequests,  // calls
    millionReads,     // read calls, in units of the store where it counts by size
    millionWrites,    // write calls, likewise
    millionMessages,  // published
    readUnitMonth,    // reserved
    writeUnitMonth,   // reserved
    busyHour,         // work in progress
    thousandUsers,    // of the clients
};
/// "GB and month", as in "0.1 USD per GB and month".
std::string_view name(PriceUnit unit);

struct PriceRange {
    double low = 0, typical = 0, high = 0;
    friend bool operator==(const PriceRange&, const PriceRange&) = default;
};

struct PriceClass {
    std::string id, name;
    PriceUnit unit = PriceUnit::machineMonth;
    PriceRange usd;
    std::string source;
};

/// One class that a type pays for, while all of `when` hold of its properties.
struct Charge {
    std::vector<std::pair<std::string, Value>> when;
    std::string count;  // property that says how many machines; empty: the component's own number
    int priceClass = 0;
};

struct PriceList {
    std::string asOf;  // "2024-12"
    std::vector<PriceClass> classes;
    std::map<std::string, std::vector<Charge>, std::less<>> charges;  // by type
    std::map<std::string, std::string, std::less<>> free;             // types that cost nothing of their own; why
    std::map<std::string, std::string, std::less<>> unpriced;         // types nobody can price; why

    const PriceClass* find(std::string_view id) const;
};

}  // namespace loadpath
