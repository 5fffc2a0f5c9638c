#include "rules/endpoint_check.h"

#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath {

std::vector<Finding> checkEndpoints(const Evidence& evidence, const Rule& rule, const EndpointCheck& check) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const int node : evidence.endpoints().nodes()) {
        std::vector<std::string> faults;
        Severity severity = Severity::info;
        Value mended;
        bool isMended = true;
        for (const Endpoint& endpoint : evidence.endpoints().of(node)) {
            const std::optional<EndpointFault> fault = check.fault(endpoint);
            if (!fault) continue;
            if (faults.empty()) mended = viewOf(snapshot, node).value("endpoints");
            faults.push_back(fault->what);
            severity = std::min(severity, fault->severity);
            isMended = isMended && !fault->changes.empty();
            for (const auto& [field, value] : fault->changes)
                mended = withEndpointField(mended, endpoint.place, field, value);
        }
        if (faults.empty()) continue;
        Finding finding{rule.id, severity};
        finding.components = {at(snapshot.graph().nodes, node).id};
        finding.message = fill(check.pattern, {snapshot.nameOf(node), listed(faults)});
        if (isMended) {
            FixBuilder fix(snapshot, placement);
            fix.set(finding.components.front(), "endpoints", std::move(mended));
            finding.fix = fix.titled(std::string(faults.size() == 1 ? check.fixOne : check.fixSeveral));
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace loadpath
