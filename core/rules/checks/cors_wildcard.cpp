#include "model/keys.h"
#include "rules/balancing.h"
#include "rules/checks.h"
#include "rules/endpoints.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool allowsAnyOrigin(const ParameterView& view) {
    const Value origins = view.value("cors_origins");
    return origins.list() &&
           std::find(origins.list()->begin(), origins.list()->end(), Value("*")) != origins.list()->end();
}

enum class Credentials { none, token, cookie };

/// The strongest that callers bring along: by its endpoints, those of what is right behind it, or on the
/// connections that lead to it.
Credentials credentialsAt(const Evidence& evidence, int index) {
    const FlowGraph& graph = evidence.snapshot.graph();
    Credentials found = Credentials::none;
    const auto take = [&found](const std::string& auth) {
        if (auth.empty() || auth == "none") return;
        found = auth == "session" ? Credentials::cookie : std::max(found, Credentials::token);
    };
    std::vector<int> owners = balancedTargets(graph, index);
    owners.push_back(index);
    for (const int owner : owners)
        for (const Endpoint& endpoint : evidence.endpoints().of(owner)) {
            take(endpoint.auth);
            if (found == Credentials::cookie) return found;
        }
    for (const int in : at(graph.incoming, index)) {
        const Value auth = viewOfLink(evidence.snapshot, in).value("auth");
        if (auth.text()) take(*auth.text());
        if (found == Credentials::cookie) return found;
    }
    return found;
}

std::vector<Finding> checkCorsWildcard(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!allowsAnyOrigin(viewOf(snapshot, static_cast<int>(i)))) continue;
        const Credentials credentials = credentialsAt(evidence, static_cast<int>(i));
        if (credentials == Credentials::none) continue;
        const bool cookie = credentials == Credentials::cookie;
        Finding finding{cors_wildcard.id, cookie ? Severity::error : Severity::warning};
        finding.message = fill(cookie ? "{} lets every web site call it, and browsers send the user's session along"
                                      : "{} lets every web site call it, although its callers have to sign in",
                               {node.name});
        finding.components = {node.id};
        const Value origins = viewOf(snapshot, static_cast<int>(i)).value("cors_origins");
        Value::List listedOrigins;
        for (const Value& origin : *origins.list())
            if (!(origin == Value("*"))) listedOrigins.push_back(origin);
        if (listedOrigins.empty()) listedOrigins.emplace_back("https://app.example.com");
        const std::string only = listedOrigins.front().text() ? *listedOrigins.front().text() : std::string();
        FixBuilder fix(snapshot, placement);
        const std::size_t count = listedOrigins.size();
        fix.set(node.id, "cors_origins", std::move(listedOrigins));
        finding.fix = fix.titled(count == 1 ? "Allow only " + only : "Allow only the origins that are listed");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cors_wildcard{
    "cors-wildcard",
    "Every web site may call",
    "The origin check is what keeps a page that a user happens to have open from acting in their name. Allowing every "
    "origin where callers are signed in gives that up: any site can read what the user may read, and with cookies it "
    "does not even need their help.",
    "Fetch Standard: CORS protocol and credentials; OWASP HTML5 Security Cheat Sheet",
    Severity::error,
    checkCorsWildcard,
};

}  // namespace loadpath::checks
