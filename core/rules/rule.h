// A check: what it looks for, why it matters, and what would mend it. One file a rule in checks/,
// one line in rules.def. Rules read the snapshot and the analyses, never the simulator.
#pragma once

#include "analysis/availability.h"
#include "analysis/capacity.h"
#include "analysis/capacity_limits.h"
#include "analysis/consistency.h"
#include "analysis/estimate.h"
#include "model/edit.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

enum class Severity { error, warning, info };
std::string_view name(Severity severity);

struct Fix {
    std::string title;  // what the button says: "Run two instances"
    Edits edits;
};

struct Finding {
    std::string_view rule;
    Severity severity = Severity::error;
    std::string message;  // with the design's own numbers
    std::vector<ComponentId> components;
    std::vector<ConnectionId> connections;
    std::vector<ZoneId> zones;
    FlowId flow;  // empty: not about one flow
    std::optional<Fix> fix;
    bool acknowledged = false;

    /// Stable over edits elsewhere: rule, colon, sorted ids, and @flow.
    std::string key() const;
};

struct Rule;
class Tables;         // rules/tables.h
class EndpointTable;  // endpoints.h

/// What a rule may look at. Figures are computed once for all rules: those that few rules need, when the
/// first one asks. For one thread at a time.
class Evidence {
public:
    Evidence(const Snapshot& ofSnapshot, const AvailabilityReport& ofAvailability, const CapacityReport& ofCapacity)
        : snapshot(ofSnapshot), availability(ofAvailability), capacity(ofCapacity) {}

    const Snapshot& snapshot;
    const AvailabilityReport& availability;
    const CapacityReport& capacity;

    const ConsistencyReport& consistency() const;
    const EstimateSheet& estimates() const;
    const LimitReport& limits() const;
    /// Load with every client at its average rate: for what piles up.
    const CapacityReport& averageLoad() const;
    const Tables& tables() const;
    const EndpointTable& endpoints() const;
    /// A number of the rule: as the design sets it (the nearest legal value), else the rule's own. The rule
    /// must have it.
    double threshold(const Rule& rule, std::string_view key) const;

private:
    mutable std::optional<ConsistencyReport> m_consistency;
    mutable std::optional<EstimateSheet> m_estimates;
    mutable std::optional<LimitReport> m_limits;
    mutable std::optional<CapacityReport> m_averageLoad;
    mutable std::shared_ptr<const Tables> m_tables;
    mutable std::shared_ptr<const EndpointTable> m_endpoints;
};

/// A number on which a rule turns and that a design may set otherwise.
struct Threshold {
    std::string_view key;  // snake_case with the unit: "utilisation", "p99_ms"
    double value, least, most;
    std::string_view meaning;  // "busy above this share at peak"
};

/// The experiment that shows in a run what a rule warns of: on the design as it is and as mended.
enum class Proof {
    none,            // the simulator has no such behaviour, or nothing would be seen
    killInstance,    // one instance of the finding's component fails for good
    loseZone,        // the finding's zone is cut off
    peakLoad,        // the stated peak, and nothing else
    slowDependency,  // what the finding's connection leads to becomes slow
    poisonMessages,  // the finding's broker gets messages that fail every time
};

struct Rule {
    std::string_view id, title, why, source;
    Severity severity;
    std::vector<Finding> (*check)(const Evidence&);
    std::vector<Threshold> thresholds = {};
    Proof proof = Proof::none;
};

std::span<const Rule> allRules();
const Rule* findRule(std::string_view id);
/// What design files may set, for the catalogue.
std::vector<RuleFacts> ruleFacts();

struct HouseRules;

/// All findings by severity, rule, ids; interaction rules applied (which finding hides which),
/// acknowledged ones marked. `house`: rules of a file beside those of the program.
std::vector<Finding> checkDesign(const Evidence& evidence, const HouseRules* house = nullptr);

}  // namespace loadpath
