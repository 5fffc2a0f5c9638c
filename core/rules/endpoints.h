// What a component offers to callers: its list of endpoints, read once and lenient about what is left
// out. Knows no rule.
#pragma once

#include "graph/snapshot.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

struct Endpoint {
    int node = 0;
    std::size_t place = 0;  // in the component's list
    std::string method;     // upper case; GET where unset
    std::string path;       // as written; may be empty
    std::string version, auth, pagination, cacheControl;
    Op op = Op::read;      // unset: by the method; a GraphQL POST counts as a read
    bool isPublic = true;  // unset: true for reads
    bool hasIdempotencyKey = false;
    std::optional<bool> idempotent;
    bool isCacheable = false;
    bool refusesDuplicates = false;
    double rows = 0;  // that its list can have; 0: not stated
    std::optional<double> share;
    double payloadKb = 1;
    std::vector<int> success, errors;
    bool statesErrors = false;  // false: nothing is said about them
    std::vector<std::string> roles, tags;

    bool hasAuth() const { return auth != "none"; }
    bool isGraphQl() const;
    bool hasTag(std::string_view tag) const;
    bool mayFailWith(int status) const;
    /// "POST /orders"
    std::string shown() const;
};

/// All endpoints of a design, by component in file order, then by place.
class EndpointTable {
public:
    explicit EndpointTable(const Snapshot& snapshot);

    std::span<const Endpoint> all() const { return m_endpoints; }
    std::span<const Endpoint> of(int node) const;
    /// Components that have any, in file order.
    const std::vector<int>& nodes() const { return m_nodes; }

private:
    std::vector<Endpoint> m_endpoints;
    std::vector<int> m_nodes;
    std::vector<std::size_t> m_first;  // by place in m_nodes, and the end
};

/// The property with one field of one endpoint set (null takes it away), for a fix. `list` is the property so far.
Value withEndpointField(const Value& list, std::size_t place, std::string_view field, Value value);

}  // namespace loadpath
