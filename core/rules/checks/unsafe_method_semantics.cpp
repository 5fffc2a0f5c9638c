#include "rules/api_paths.h"
#include "rules/checks.h"
#include "rules/endpoint_check.h"

namespace loadpath::checks {
namespace {

/// "/users/{id}/delete" without its end; empty where the path says nothing of deleting.
std::string withoutDeleteVerb(const Endpoint& endpoint) {
    for (const std::string_view verb : {"/delete", "/remove"})
        if (endpoint.path.size() > verb.size() && endpoint.path.ends_with(verb))
            return endpoint.path.substr(0, endpoint.path.size() - verb.size());
    return {};
}

std::optional<EndpointFault> semanticsFault(const Endpoint& endpoint) {
    if ((endpoint.method == "GET" || endpoint.method == "HEAD") && endpoint.op == Op::write) {
        EndpointFault fault{endpoint.shown() + " changes data, though whoever fetches ahead, retries or caches takes " +
                                endpoint.method + " for safe",
                            unsafe_method_semantics.severity};
        const std::string kept = withoutDeleteVerb(endpoint);
        if (!kept.empty() && endpoint.idempotent != false)
            fault.changes = {{"method", "DELETE"}, {"path", kept}};
        else
            fault.changes = {{"method", "POST"}, {"idempotency_key", true}, {"cacheable", {}}};
        return fault;
    }
    if ((endpoint.method == "PUT" || endpoint.method == "DELETE") && endpoint.idempotent == false)
        return EndpointFault{
            endpoint.shown() + " does more when it is repeated, though callers may repeat a " + endpoint.method,
            unsafe_method_semantics.severity,
            {{"method", "POST"}, {"idempotency_key", true}}};
    return std::nullopt;
}

std::vector<Finding> checkUnsafeMethodSemantics(const Evidence& evidence) {
    return checkEndpoints(
        evidence, unsafe_method_semantics,
        {semanticsFault, "{}: {}", "Use the method that says what it does", "Use the methods that say what they do"});
}

}  // namespace

const Rule unsafe_method_semantics{
    "unsafe-method-semantics",
    "Method promises more than it keeps",
    "Browsers, crawlers, caches and retry logic act on the method alone. GET is fetched ahead and repeated at will, "
    "PUT "
    "and DELETE are repeated when an answer is lost. An endpoint that does not keep these promises loses or doubles "
    "data without anybody doing something wrong.",
    "RFC 9110, HTTP Semantics, 9.2",
    Severity::warning,
    checkUnsafeMethodSemantics,
};

}  // namespace loadpath::checks
