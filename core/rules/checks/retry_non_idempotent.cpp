#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/endpoints.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

constexpr ParameterKey<bool> retriedIdempotent{"idempotent"};

/// Whether what changes data at the target can be repeated: by its method, or by a key. False where the
/// target says nothing of its endpoints; balancers are looked through.
bool endpointsTakeRepeats(const FlowGraph& graph, const EndpointTable& endpoints, int node, int depth = 0) {
    constexpr int deepest = 4;
    if (const auto own = endpoints.of(node); !own.empty())
        return std::all_of(own.begin(), own.end(), [](const Endpoint& endpoint) {
            const bool isUnsafe = endpoint.method == "POST" || endpoint.method == "PATCH";
            return endpoint.op == Op::read || endpoint.hasIdempotencyKey || endpoint.idempotent.value_or(!isUnsafe);
        });
    if (at(graph.nodes, node).behaviour != Behaviour::balancer || depth >= deepest) return false;
    bool any = false;
    for (const int out : at(graph.outgoing, node)) {
        const Link& link = at(graph.links, out);
        if (link.mode != Mode::sync || !link.legal) continue;
        if (!endpointsTakeRepeats(graph, endpoints, link.to, depth + 1)) return false;
        any = true;
    }
    return any;
}

/// Setting or removing the copy of a value twice is the same as once; counting is not.
bool isPlainCache(const Snapshot& snapshot, int node) {
    if (at(snapshot.graph().nodes, node).behaviour != Behaviour::cache) return false;
    const Value role = viewOf(snapshot, node).value("role");
    return !role.list() || std::all_of(role.list()->begin(), role.list()->end(),
                                       [](const Value& word) { return word == "cache" || word == "session"; });
}

/// The broker recognises what is sent twice, or nobody behind it minds.
bool publishTakesRepeats(const Snapshot& snapshot, int link) {
    const FlowGraph& graph = snapshot.graph();
    const int broker = at(graph.links, link).to;
    const ParameterView view = viewOf(snapshot, broker);
    if (view.value("idempotent_producer") == true || view.value("fifo") == true) return true;
    const int topic = publishedTopic(graph, link);
    bool any = false;
    for (const Subscription& s : graph.subscriptions) {
        if (s.broker != broker || !takes(s, topic) || !isIn(at(graph.nodes, s.consumer), "compute")) continue;
        const bool tolerates = viewOfLink(snapshot, s.link).value("idempotent_consumer") == true ||
                               viewOf(snapshot, s.consumer).value("idempotent") == true;
        if (!tolerates) return false;
        any = true;
    }
    return any;
}

bool repeatsWrites(const Snapshot& snapshot, const Passing& passing, const EndpointTable& endpoints, int index) {
    const Link& link = at(snapshot.graph().links, index);
    if (link.retries < 1 || !link.legal || (link.mode != Mode::sync && link.mode != Mode::publish)) return false;
    if (!passing.writes(index) || isIdempotent(snapshot, passing, index)) return false;
    if (!viewOfLink(snapshot, index).value(retriedIdempotent.name).isNull()) return true;  // stated: not idempotent
    if (link.mode == Mode::publish) return !publishTakesRepeats(snapshot, index);
    return !isPlainCache(snapshot, link.to) && !endpointsTakeRepeats(snapshot.graph(), endpoints, link.to);
}

std::vector<Finding> checkRetryNonIdempotent(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Passing passing(snapshot);
    const EndpointTable endpoints(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        Finding finding{retry_non_idempotent.id, retry_non_idempotent.severity};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> targets;
        bool pays = false;
        for (const int out : graph.outgoing[i]) {
            if (!repeatsWrites(snapshot, passing, endpoints, out)) continue;
            const Link& link = at(graph.links, out);
            finding.connections.push_back(link.id);
            targets.push_back(snapshot.nameOf(link.to));
            pays = pays || isType(at(graph.nodes, link.to), "payment_provider");
            fix.set(link.id, retriedIdempotent.name, true);
        }
        if (targets.empty()) continue;
        const Node& node = graph.nodes[i];
        finding.components = {node.id};
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        finding.message = fill("{} repeats writes to {} that are not safe to repeat: after a lost answer {}",
                               {node.name, listed(targets), pays ? "a customer pays twice" : "they happen twice"});
        finding.fix = fix.titled("Send an idempotency key with each write");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule retry_non_idempotent{
    "retry-non-idempotent",
    "Writes are repeated that must not be",
    "A timeout does not tell whether the write was lost or only its answer. Whoever repeats it then may do it twice: "
    "two charges, two orders, two mails. A key that the caller makes once and sends with every attempt lets the target "
    "recognise the repetition and answer as it did before.",
    "RFC 9110, section 9.2.2 (idempotent methods); Stripe documentation: idempotent requests",
    Severity::error,
    checkRetryNonIdempotent,
};

}  // namespace loadpath::checks
