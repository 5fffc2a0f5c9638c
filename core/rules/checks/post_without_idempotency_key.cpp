#include "rules/callers.h"
#include "rules/checks.h"
#include "rules/endpoint_check.h"
#include "rules/lookup.h"
#include "rules/tags.h"

namespace loadpath::checks {
namespace {

bool isRetriedInto(const FlowGraph& graph, int node) {
    const auto& in = at(graph.incoming, node);
    return std::any_of(in.begin(), in.end(), [&graph](int link) {
        const Link& l = at(graph.links, link);
        return l.legal && l.mode == Mode::sync && l.retries > 0;
    });
}

std::vector<Finding> checkPostWithoutIdempotencyKey(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    if (evidence.endpoints().all().empty()) return {};
    const std::vector<char> byPeople = reachedBy(snapshot, Callers::people);
    const auto fault = [&](const Endpoint& endpoint) -> std::optional<EndpointFault> {
        const bool mayRepeat = endpoint.method == "POST" || endpoint.method == "PATCH";
        if (!mayRepeat || endpoint.op != Op::write || endpoint.hasIdempotencyKey || endpoint.idempotent == true)
            return std::nullopt;
        const bool isRetried = isRetriedInto(snapshot.graph(), endpoint.node);
        if (!isRetried && !at(byPeople, endpoint.node)) return std::nullopt;
        bool isCostly = false;
        for (const std::string_view tag : {"money", "payment", "order"})
            isCostly = isCostly || endpoint.hasTag(tag) || componentHasTag(snapshot, endpoint.node, tag);
        return EndpointFault{endpoint.shown() + (isRetried ? ", which is retried" : ", which people send again"),
                             isCostly ? Severity::error : Severity::warning,
                             {{"idempotency_key", true}}};
    };
    return checkEndpoints(evidence, post_without_idempotency_key,
                          {fault, "{} does it twice when a request is repeated, for want of an idempotency key: {}",
                           "Ask for an idempotency key", "Ask for idempotency keys"});
}

}  // namespace

const Rule post_without_idempotency_key{
    "post-without-idempotency-key",
    "Write without an idempotency key",
    "When an answer is lost, nobody knows whether the request was done. Callers and people send it again, and a POST "
    "or PATCH is done twice: two orders, two payments. A key chosen by the caller and kept with the answer for a day "
    "lets the server recognise the repetition and answer as it did before.",
    "Stripe API reference, idempotent requests; RFC 9110, 9.2.2",
    Severity::warning,
    checkPostWithoutIdempotencyKey,
};

}  // namespace loadpath::checks
