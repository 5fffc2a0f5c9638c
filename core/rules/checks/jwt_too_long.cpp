#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

constexpr int usualTokenLifeS = 900;

std::vector<Finding> checkJwtTooLong(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double longest = evidence.threshold(jwt_too_long, "access_ttl_s");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!isType(node, "auth_provider")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        const double life = view.value("access_ttl_s").number();
        if (view.value("token") != Value("jwt") || view.value("revocation") != Value("none") || !(life > longest))
            continue;
        Finding finding{jwt_too_long.id, jwt_too_long.severity};
        finding.components = {node.id};
        finding.message =
            fill("Tokens of {} are good for {} and cannot be called back: a stolen one opens the door until then",
                 {node.name, duration(life * 1000)});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "access_ttl_s", std::min<double>(usualTokenLifeS, longest));
        finding.fix =
            fix.titled("Let tokens expire after " + duration(std::min<double>(usualTokenLifeS, longest) * 1000));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule jwt_too_long{
    "jwt-too-long",
    "Access tokens live too long",
    "A signed token is checked without asking anyone, so it stays valid until it expires: nobody can call it back when "
    "it is stolen, when the user logs out or when rights are taken away. Short access tokens with a refresh token keep "
    "that window small; a list of revoked tokens closes it.",
    "RFC 8725 (JSON Web Token best current practices); OAuth 2.0 Security, RFC 9700",
    Severity::warning,
    checkJwtTooLong,
    {{"access_ttl_s", 3600, 1, 31536000, "access tokens that cannot be revoked live longer than this"}},
};

}  // namespace loadpath::checks
