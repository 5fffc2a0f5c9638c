// State that instances keep to themselves, which stands in the way of running several: sessions in memory,
// sockets of users. Knows no rule.
#pragma once

#include "rules/fix_builder.h"

namespace loadpath {

bool keepsStateInMemory(const Snapshot& snapshot, int node);
/// Something right in front sends a user to the same instance again.
bool hasStickyCaller(const Snapshot& snapshot, int node);
/// A gateway that holds sockets of users and passes on what one user sends to another.
bool needsBackplane(const Snapshot& snapshot, int node);
bool hasBackplane(const Snapshot& snapshot, int node);

/// The state moves to a Redis that several instances share: one that is called already, else a new one.
void moveStateOut(FixBuilder& fix, int node);
void addBackplane(FixBuilder& fix, int node);
/// What more than one instance needs to be right, where it is missing.
void letInstancesShare(FixBuilder& fix, int node);

}  // namespace loadpath
