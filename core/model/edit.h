// The only door through which a Design changes. Every change is a list of Puts and Drops, so undoing,
// previewing and applying a quick fix are the same operation.
#pragma once

#include "model/design.h"

#include <optional>
#include <variant>
#include <vector>

namespace loadpath {

/// Inserts the item, or replaces the one with the same id.
template <class T>
struct Put {
    T item;
    std::optional<std::size_t> at;  // its place; by default the end, or where the replaced one stands
    friend bool operator==(const Put&, const Put&) = default;
};

/// Removes the item and everything that cannot stand without it: with a component its connections and
/// the flows it enters; with a zone the placements in it (its children move to its parent). Removing
/// what is not there does nothing.
template <class T>
struct Drop {
    typename T::Id id;
    friend bool operator==(const Drop&, const Drop&) = default;
};

using Edit = std::variant<Put<Component>, Drop<Component>, Put<Connection>, Drop<Connection>, Put<Zone>, Drop<Zone>,
                          Put<Flow>, Drop<Flow>, Put<Note>, Drop<Note>, Put<ScenarioSpec>, Drop<ScenarioSpec>,
                          Put<Acknowledgement>, Drop<Acknowledgement>, Put<Quantity>, Drop<Quantity>, Header>;
using Edits = std::vector<Edit>;

/// Applies the edits in order; returns the edits that undo them, in undo order. An edit that would
/// leave a dangling reference (a connection to a component that is not there) is skipped.
Edits applyEdits(Design& design, const Edits& edits);

// Edits that come up everywhere. They read the item from `design`; nothing when it is not there.
Edits setProperty(const Design& design, const ComponentId& id, std::string_view key, std::optional<Value> value);
Edits setProperty(const Design& design, const ConnectionId& id, std::string_view key, std::optional<Value> value);
Edits setZones(const Design& design, const ComponentId& id, std::vector<ZoneId> zones);

}  // namespace loadpath
