#include "rules/api_paths.h"
#include "rules/checks.h"
#include "rules/endpoint_check.h"
#include "rules/lookup.h"

#include <map>

namespace loadpath::checks {
namespace {

bool hasCode(const std::vector<int>& codes, std::initializer_list<int> wanted) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&codes](int code) { return std::find(codes.begin(), codes.end(), code) != codes.end(); });
}

/// It refuses callers that come too often, by itself.
bool answersTooManyRequests(const Snapshot& snapshot, int node) {
    const ParameterView view = viewOf(snapshot, node);
    const Value limits = view.value("rate_limits"), features = view.value("features");
    if (limits.list() && !limits.list()->empty()) return true;
    return features.list() &&
           std::find(features.list()->begin(), features.list()->end(), Value("rate_limit")) != features.list()->end();
}

/// What a POST to a collection makes: POST /users, but not POST /login or POST /orders/{id}/cancel.
bool creates(const Endpoint& endpoint) {
    if (endpoint.method != "POST" || endpoint.op != Op::write || endpoint.isGraphQl()) return false;
    const auto segments = pathSegments(endpoint.path);
    return !segments.empty() && !segments.back().isTemplate && namesMany(segments.back().text);
}

std::vector<int> missingErrors(const Endpoint& endpoint, bool isLimited) {
    std::vector<int> wanted;
    if (!endpoint.statesErrors) return wanted;
    if (endpoint.hasAuth()) wanted.push_back(401);
    if (endpoint.hasAuth() && !endpoint.roles.empty()) wanted.push_back(403);
    if (endpoint.method == "GET" && endsInTemplate(endpoint.path)) wanted.push_back(404);
    if (endpoint.op == Op::write && endpoint.refusesDuplicates) wanted.push_back(409);
    if (isLimited) wanted.push_back(429);
    std::erase_if(wanted, [&endpoint](int code) { return endpoint.mayFailWith(code); });
    return wanted;
}

std::string codeList(const std::vector<int>& codes) {
    std::string text;
    for (const int code : codes) text += (text.empty() ? "" : ", ") + std::to_string(code);
    return text;
}

Value codeValues(const std::vector<int>& codes) {
    Value::List list;
    for (const int code : codes) list.emplace_back(code);
    return list;
}

std::optional<EndpointFault> statusFault(const Endpoint& endpoint, bool isLimited) {
    EndpointFault fault{{}, status_code_mismatch.severity};
    std::vector<int> success = endpoint.success;
    if (!success.empty() && creates(endpoint) && !hasCode(success, {201, 202})) {
        fault.what = " creates and never says 201";
        std::erase(success, 200);
        success.push_back(201);
    }
    if (!success.empty() && endpoint.method == "DELETE" && !hasCode(success, {200, 202, 204})) {
        fault.what = " deletes and says neither 200 nor 204";
        success.push_back(204);
    }
    if (success != endpoint.success) fault.changes.emplace_back("success", codeValues(success));
    if (const std::vector<int> missing = missingErrors(endpoint, isLimited); !missing.empty()) {
        fault.what += (fault.what.empty() ? " leaves out " : "; leaves out ") + codeList(missing);
        std::vector<int> errors = endpoint.errors;
        errors.insert(errors.end(), missing.begin(), missing.end());
        std::sort(errors.begin(), errors.end());
        fault.changes.emplace_back("errors", codeValues(errors));
    }
    if (fault.changes.empty()) return std::nullopt;
    fault.what = endpoint.shown() + fault.what;
    return fault;
}

std::vector<Finding> checkStatusCodeMismatch(const Evidence& evidence) {
    std::map<int, bool> limited;
    const auto fault = [&](const Endpoint& endpoint) {
        const auto [it, isNew] = limited.try_emplace(endpoint.node, false);
        if (isNew) it->second = answersTooManyRequests(evidence.snapshot, endpoint.node);
        return statusFault(endpoint, it->second);
    };
    return checkEndpoints(evidence, status_code_mismatch,
                          {fault, "{}: {}", "Add the missing status codes", "Add the missing status codes"});
}

}  // namespace

const Rule status_code_mismatch{
    "status-code-mismatch",
    "Status codes do not tell what happens",
    "Callers decide by the status code whether to retry, to log in again, to slow down or to give up. What is not in "
    "the list gets no code of its own and comes out as a bare 400 or 500, and they can only guess.",
    "RFC 9110, HTTP Semantics, 15; RFC 6585 (429)",
    Severity::info,
    checkStatusCodeMismatch,
};

}  // namespace loadpath::checks
