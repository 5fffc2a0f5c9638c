#include "rules/api_paths.h"
#include "rules/checks.h"
#include "rules/endpoint_check.h"

namespace loadpath::checks {
namespace {

std::string namingFlaw(PathFlaw flaw) {
    switch (flaw) {
        case PathFlaw::verb:
            return "names an action where the method does";
        case PathFlaw::singular:
            return "has a collection in the singular";
        case PathFlaw::nesting:
            return "nests more than two collections";
        case PathFlaw::spelling:
            return "is not spelled in kebab-case";
    }
    return {};
}

std::optional<EndpointFault> namingFault(const Endpoint& endpoint) {
    if (endpoint.isGraphQl()) return std::nullopt;
    const bool isAction = endpoint.method == "POST";
    const std::vector<PathFlaw> flaws = pathFlaws(endpoint.path, isAction);
    if (flaws.empty()) return std::nullopt;
    EndpointFault fault{endpoint.shown(), rest_naming.severity};
    for (std::size_t i = 0; i < flaws.size(); ++i) fault.what += (i > 0 ? " and " : " ") + namingFlaw(flaws[i]);
    if (const std::string tidy = tidyPath(endpoint.path, isAction); tidy != endpoint.path) {
        fault.what += " (better " + tidy + ')';
        fault.changes.emplace_back("path", tidy);
    }
    return fault;
}

std::vector<Finding> checkRestNaming(const Evidence& evidence) {
    return checkEndpoints(
        evidence, rest_naming,
        {namingFault, "{}: {}", "Rename the path by the conventions", "Rename the paths by the conventions"});
}

}  // namespace

const Rule rest_naming{
    "rest-naming",
    "Path against the conventions",
    "Callers guess paths from those they know: plural nouns for collections, the method for the action, at most one "
    "collection inside another, words joined by dashes. Every exception has to be looked up, and once a client uses a "
    "name it can hardly be changed.",
    "Microsoft REST API Guidelines; Fielding, Architectural Styles (2000), ch. 5",
    Severity::warning,
    checkRestNaming,
};

}  // namespace loadpath::checks
