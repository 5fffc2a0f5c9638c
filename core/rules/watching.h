// Who collects metrics, logs and traces of what, which alarms there are, and what gives a design all of
// that. Knows no rule.
#pragma once

#include "rules/fix_builder.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace loadpath {

struct Alarm {
    int watcher = 0;  // node
    std::string expression, route;
    bool isCause = false;      // on what may lead to trouble rather than on what users feel
    bool burnsBudget = false;  // names a burn rate and its window
    bool isTicket = false;     // goes to a list, wakes nobody
};

class Watching {
public:
    explicit Watching(const Snapshot& snapshot);

    /// Observability components, by id.
    const std::vector<int>& watchers() const { return m_watchers; }
    const std::vector<Alarm>& alarms() const { return m_alarms; }
    bool hasRole(int watcher, std::string_view role) const;
    bool anyHasRole(std::string_view role) const { return firstWith(role) >= 0; }
    int firstWith(std::string_view role) const;  // −1: none
    /// It sends to a watcher that has the role or passes on to one, or such a watcher says it covers it.
    bool isCollected(int node, std::string_view role) const;
    bool coversAll(std::string_view role) const;

private:
    const Snapshot* m_snapshot;
    std::vector<int> m_watchers;
    std::vector<int> m_coverAll;                                   // watchers of everything
    std::unordered_map<std::string, std::vector<int>> m_coverOne;  // watchers by what they name
    std::vector<Alarm> m_alarms;
};

/// The availability that is aimed at: of the design, else the strictest of its flows; 0: none.
double statedSlo(const Snapshot& snapshot);

/// Gives the first watcher with the role the wanted property, adds the role to the first watcher, or
/// adds one that covers everything. Returns its id.
ComponentId watcherWith(FixBuilder& fix, const Watching& watching, std::string_view role);

/// Alarms on the speed at which the error budget is spent: two that wake somebody, one for the morning.
Value burnRateAlarms();

}  // namespace loadpath
