#include "rules/api_paths.h"
#include "rules/callers.h"
#include "rules/checks.h"
#include "rules/endpoints.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

bool lacksVersion(const Snapshot& snapshot, int node, std::span<const Endpoint> endpoints) {
    if (!isType(at(snapshot.graph().nodes, node), "api_gateway")) return false;
    if (viewOf(snapshot, node).value("versioning") != Value("none")) return false;
    // Paths that name a version have one, whatever the gateway knows of it.
    return std::any_of(endpoints.begin(), endpoints.end(), [](const Endpoint& endpoint) {
        return !hasVersionSegment(endpoint.path) && !endpoint.isGraphQl();
    });
}

std::vector<Finding> checkNoApiVersion(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    std::vector<char> reached;
    Placement placement(snapshot.design());
    for (const int node : evidence.endpoints().nodes()) {
        const auto endpoints = evidence.endpoints().of(node);
        if (!lacksVersion(snapshot, node, endpoints)) continue;
        if (reached.empty()) reached = reachedBy(snapshot, Callers::anyone);
        if (!at(reached, node)) continue;
        Finding finding{no_api_version.id, no_api_version.severity};
        finding.components = {at(snapshot.graph().nodes, node).id};
        finding.message =
            fill("{} offers {} without a version: an incompatible change would break every caller at once",
                 {snapshot.nameOf(node), plural(static_cast<long long>(endpoints.size()), "endpoint", "endpoints")});
        FixBuilder fix(snapshot, placement);
        fix.set(finding.components.front(), "versioning", "path");
        finding.fix = fix.titled("Put the version in the path (/v1)");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_api_version{
    "no-api-version",
    "Interface without a version",
    "Callers outside are not released together with the server. With a version in the path or a header the old and the "
    "new form can live side by side until the last caller has moved; without one every incompatible change breaks "
    "somebody, so nothing can be changed.",
    "Microsoft REST API Guidelines, versioning",
    Severity::info,
    checkNoApiVersion,
};

}  // namespace loadpath::checks
