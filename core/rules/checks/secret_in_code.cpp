#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkSecretInCode(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Value secrets = viewOf(snapshot, static_cast<int>(i)).value("secrets");
        const bool inCode = secrets == Value("code");
        if (!inCode && secrets != Value("env")) continue;
        const Node& node = graph.nodes[i];
        Finding finding{secret_in_code.id, inCode ? Severity::error : Severity::info};
        finding.components = {node.id};
        finding.message =
            inCode
                ? fill("{} keeps its secrets in the code: everybody who can read the repository has them", {node.name})
                : fill(
                      "{} takes its secrets from the environment: they show in process lists and crash reports, and "
                      "changing one needs a restart",
                      {node.name});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "secrets", "vault");
        finding.fix = fix.titled("Take secrets from a vault");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule secret_in_code{
    "secret-in-code",
    "Secrets outside a vault",
    "What is once committed stays in the history and in every copy of the repository; leaked keys are found and used "
    "within minutes. A secrets manager hands them out at run time to who may have them, writes down who took them, and "
    "exchanges them without a release.",
    "OWASP Secrets Management cheat sheet; The Twelve-Factor App, III (config)",
    Severity::error,
    checkSecretInCode,
};

}  // namespace loadpath::checks
