// Small questions that many checks ask of the compiled design. Knows no rule.
#pragma once

#include "graph/node_types.h"
#include "graph/snapshot.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace loadpath {

template <class Container>
auto& at(Container& items, int index) {
    return items[static_cast<std::size_t>(index)];
}

inline bool isKnown(const Node& node) { return node.behaviour != Behaviour::unknown; }

inline ParameterView viewOf(const Snapshot& snapshot, int node) { return snapshot.parameters(node); }
inline ParameterView viewOfLink(const Snapshot& snapshot, int link) {
    return snapshot.parameters(snapshot.design().connections[static_cast<std::size_t>(link)]);
}
inline const Component& componentOf(const Snapshot& snapshot, int node) {
    return snapshot.design().components[static_cast<std::size_t>(node)];
}
inline const Connection& connectionOf(const Snapshot& snapshot, int link) {
    return snapshot.design().connections[static_cast<std::size_t>(link)];
}

/// "Shop API → Orders"
inline std::string arrow(const Snapshot& snapshot, int link) {
    const Link& l = snapshot.graph().links[static_cast<std::size_t>(link)];
    return snapshot.nameOf(l.from) + " → " + snapshot.nameOf(l.to);
}

/// "flow Check out", or, where the file names none, "reads of Customers".
inline std::string shownFlow(const Snapshot& snapshot, const FlowPath& flow) {
    if (flow.derived || snapshot.design().flows.contains(flow.id)) return "flow " + flow.name;
    return (flow.op == Op::read ? "reads of " : "writes of ") + snapshot.nameOf(flow.entry);
}

}  // namespace loadpath
