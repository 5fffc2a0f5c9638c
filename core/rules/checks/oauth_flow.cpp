#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool hasUsersOnDevices(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].behaviour != Behaviour::client) continue;
        const Value kind = viewOf(snapshot, static_cast<int>(i)).value("kind");
        if (kind == Value("browser") || kind == Value("mobile")) return true;
    }
    return false;
}

std::vector<Finding> checkOauthFlow(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!isType(node, "auth_provider")) continue;
        const Value flow = viewOf(snapshot, static_cast<int>(i)).value("flow");
        std::string trouble;
        if (flow == Value("implicit"))
            trouble =
                "uses the implicit flow: tokens travel in the address, where histories, logs and scripts see them";
        else if (flow == Value("password"))
            trouble = "uses the password flow: the app sees the user's password, and no second factor is possible";
        else if (flow == Value("auth_code") && hasUsersOnDevices(snapshot))
            trouble = "gives codes to browsers or apps without PKCE: whoever catches one can turn it into a token";
        else
            continue;
        Finding finding{oauth_flow.id, oauth_flow.severity};
        finding.components = {node.id};
        finding.message = node.name + " " + trouble;
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "flow", "auth_code_pkce");
        finding.fix = fix.titled("Use the code flow with PKCE");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule oauth_flow{
    "oauth-flow",
    "Outdated way to sign in",
    "The implicit and the password flow were ways around limits of browsers that are long gone. The current advice is "
    "the authorisation code with PKCE for every app that runs on a user's device: a stolen code is worthless without "
    "the verifier that never left the app.",
    "OAuth 2.0 Security Best Current Practice, RFC 9700; PKCE, RFC 7636",
    Severity::warning,
    checkOauthFlow,
};

}  // namespace loadpath::checks
