// Identities as they stand in the file: short, stable, readable, [A-Za-z0-9_.-]+.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace loadpath {

template <class Tag>
struct Id {
    std::string value;

    bool empty() const { return value.empty(); }
    auto operator<=>(const Id&) const = default;
};

using ComponentId = Id<struct ComponentTag>;
using ConnectionId = Id<struct ConnectionTag>;
using ZoneId = Id<struct ZoneTag>;
using FlowId = Id<struct FlowTag>;
using NoteId = Id<struct NoteTag>;
using ScenarioId = Id<struct ScenarioTag>;
using QuantityId = Id<struct QuantityTag>;

/// True for a non-empty text of letters, digits, '_', '.' and '-'.
bool isWellFormedId(std::string_view text);

}  // namespace loadpath

template <class Tag>
struct std::hash<loadpath::Id<Tag>> {
    std::size_t operator()(const loadpath::Id<Tag>& id) const { return std::hash<std::string>{}(id.value); }
};
