// Words that designers put on components, connections, flows, topics and tables, and that checks look for.
#pragma once

#include "graph/snapshot.h"

#include <string_view>

namespace loadpath {

/// Whether a list of words, as "tags" holds them, has this one.
bool hasTag(const Value& tags, std::string_view tag);
/// Whether an object inside a property (a topic, a table, an endpoint) carries the tag.
bool isTagged(const Value& object, std::string_view tag);
bool componentHasTag(const Snapshot& snapshot, int node, std::string_view tag);
bool connectionHasTag(const Snapshot& snapshot, int link, std::string_view tag);
/// Flows made for a client that names none, and those of messages, have no tags.
bool flowHasTag(const Snapshot& snapshot, const FlowPath& flow, std::string_view tag);

}  // namespace loadpath
