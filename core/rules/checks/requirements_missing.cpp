#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool anyStates(const Snapshot& snapshot, std::initializer_list<std::string_view> keys) {
    for (const Component& component : snapshot.design().components)
        for (const std::string_view key : keys)
            if (component.properties.contains(key)) return true;
    return false;
}

/// In the requirements, on a component, or in the estimation sheet.
bool knowsDataSize(const Snapshot& snapshot) {
    if (!snapshot.design().estimates.empty()) return true;
    if (anyStates(snapshot, {"storage_gb", "tables", "item_bytes", "doc_bytes", "value_bytes", "topics", "input_gb"}))
        return true;
    for (const Connection& connection : snapshot.design().connections)
        if (connection.properties.contains("payload_kb")) return true;
    return false;
}

bool knowsWhereUsersAre(const Snapshot& snapshot) {
    if (anyStates(snapshot, {"geo"})) return true;
    for (const Zone& zone : snapshot.design().zones)
        if (zone.kind == "region" || zone.properties.contains("geo")) return true;
    return false;
}

bool knowsReadsAndWrites(const Snapshot& snapshot) {
    return !snapshot.design().flows.empty() || anyStates(snapshot, {"read_share"});
}

std::vector<Finding> checkRequirementsMissing(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const bool servesAnybody = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                                           [](const Node& node) { return node.behaviour == Behaviour::client; });
    if (!servesAnybody) return {};  // a fragment of a design
    const Requirements& needs = snapshot.design().header.requirements;
    const auto& flows = graph.flows;
    const auto anyFlow = [&flows](auto isStated) { return std::any_of(flows.begin(), flows.end(), isStated); };
    std::vector<std::string> missing;
    if (!needs.dau && !anyStates(snapshot, {"dau"})) missing.push_back("daily users");
    if (!knowsReadsAndWrites(snapshot)) missing.push_back("reads against writes");
    if (!knowsDataSize(snapshot)) missing.push_back("size of the data");
    if (!knowsWhereUsersAre(snapshot)) missing.push_back("where the users are");
    if (!needs.availabilitySlo && !anyFlow([](const FlowPath& flow) { return flow.availabilitySlo > 0; }))
        missing.push_back("availability");
    if (!needs.p99Ms && !anyFlow([](const FlowPath& flow) { return flow.p99Ms > 0; })) missing.push_back("latency");
    if (missing.empty()) return {};
    Finding finding{requirements_missing.id, requirements_missing.severity};
    finding.message = fill("Not said yet: {}. Without it nobody can tell whether the design is enough, or too much",
                           {listed(missing, 6)});
    return {std::move(finding)};
}

}  // namespace

const Rule requirements_missing{
    "requirements-missing",
    "Requirements are not stated",
    "A design can only be judged against what is asked of it: how many users, how they read and write, how much data, "
    "from where, how fast and how available. Guessing them silently is how systems come out ten times too large or too "
    "small; writing a guess down lets others correct it.",
    "Software Architecture in Practice (Bass, Clements, Kazman): quality attribute scenarios",
    Severity::info,
    checkRequirementsMissing,
};

}  // namespace loadpath::checks
