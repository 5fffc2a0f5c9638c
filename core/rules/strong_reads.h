// Who states that it needs strong consistency, or goes on under a partition, and of which store. Knows
// no rule.
#pragma once

#include "rules/fix_builder.h"

#include <string>
#include <vector>

namespace loadpath {

class StrongReads {
public:
    explicit StrongReads(const Snapshot& snapshot);

    /// "flow Check out", "Orders → Ledger"; empty: nobody states it.
    const std::string& of(int store) const { return m_strong[static_cast<std::size_t>(store)]; }
    /// Nobody states it, but what passes is about money.
    const std::string& impliedOf(int store) const { return m_money[static_cast<std::size_t>(store)]; }
    /// Flows that must go on while the network is cut, and cannot do without the store.
    const std::string& availableOver(int store) const { return m_available[static_cast<std::size_t>(store)]; }

private:
    std::vector<std::string> m_strong, m_money, m_available;  // by node
};

/// Levels at which every read of a quorum store meets the last write.
void readAndWriteQuorums(FixBuilder& fix, const ComponentId& store);

}  // namespace loadpath
