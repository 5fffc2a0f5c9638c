// Sessions of users: who is shown them and where they are kept. Knows no rule.
#pragma once

#include "rules/fix_builder.h"

namespace loadpath {

bool asksForSession(const Snapshot& snapshot, int link);
/// Code of ours that can keep sessions in its memory.
bool canKeepSessions(const Node& node);
bool isSessionRedis(const Snapshot& snapshot, int node);
/// A store that is named and does not live in the process itself.
bool isKeptElsewhere(const Snapshot& snapshot, const Value& store);
/// Where sessions outlive an instance: as the service says, or as it is drawn.
bool sharesSessions(const Snapshot& snapshot, int service);
/// By its own endpoints, or by a connection that leads here without other code in between. Looks only at
/// what lies directly in front.
bool isShownSessions(const Snapshot& snapshot, int service);

/// Keeps sessions in the given Redis, or in a new one where that is −1.
void addSessionStore(FixBuilder& fix, int service, int redis);

}  // namespace loadpath
