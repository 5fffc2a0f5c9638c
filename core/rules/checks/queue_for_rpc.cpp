#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/redundancy.h"
#include "rules/text.h"
#include "rules/timeouts.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

constexpr ParameterKey<bool> waitsForReply{"reply"};

/// The connection that asks, or that of a consumer which answers.
bool waitsThroughBroker(const Snapshot& snapshot, const Call& call) {
    if (viewOfLink(snapshot, call.link)(waitsForReply)) return true;
    const FlowGraph& graph = snapshot.graph();
    const auto& out = at(graph.outgoing, call.target);
    return std::any_of(out.begin(), out.end(), [&](int link) {
        const Link& l = at(graph.links, link);
        const bool taken = l.topic.empty() || l.topic == at(at(graph.nodes, call.target).topics, call.topic).name;
        return l.mode == Mode::consume && taken && viewOfLink(snapshot, link)(waitsForReply);
    });
}

/// The caller asks the one consumer directly; a broker that served nothing else goes.
std::optional<Fix> askDirectly(const Evidence& evidence, Placement& placement, int publish) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Link& link = at(graph.links, publish);
    const int broker = link.to;
    std::vector<int> consumers, producers, others;
    int deadLetter = -1;
    for (const int out : at(graph.outgoing, broker)) {
        const Link& l = at(graph.links, out);
        if (l.mode == Mode::consume && at(graph.nodes, l.to).behaviour == Behaviour::dead_letter)
            deadLetter = l.to;
        else if (l.mode == Mode::consume)
            consumers.push_back(out);
        others.push_back(out);
    }
    for (const int in : at(graph.incoming, broker)) {
        if (at(graph.links, in).mode == Mode::publish) producers.push_back(in);
        if (in != publish) others.push_back(in);
    }
    if (consumers.size() != 1 || producers.size() != 1) return std::nullopt;
    const int answers = at(graph.links, consumers.front()).to;
    if (answers == link.from) return std::nullopt;
    const Legality pair =
        snapshot.catalog().legality(at(graph.nodes, link.from).type->id, Mode::sync, at(graph.nodes, answers).type->id);
    if (!pair.legal) return std::nullopt;
    // What it calls in turn would stand on the path of requests: whether it is fit for that, nobody said.
    for (const int out : at(graph.outgoing, answers))
        if (at(graph.links, out).mode != Mode::telemetry) return std::nullopt;
    FixBuilder fix(snapshot, placement);
    Connection& call = fix.edit(link.id);
    call.to = at(graph.nodes, answers).id;
    call.mode = Mode::sync;
    for (const std::string_view key : {keys::protocol.name, keys::topic.name, waitsForReply.name, keys::outbox.name})
        if (const auto it = call.properties.find(key); it != call.properties.end()) call.properties.erase(it);
    if (std::find(pair.protocols.begin(), pair.protocols.end(), "grpc") != pair.protocols.end())
        call.properties.insert_or_assign(std::string(keys::protocol.name), "grpc");
    TimeoutAdvice advice(evidence);
    if (!call.properties.contains(keys::timeoutMs.name))
        call.properties.insert_or_assign(std::string(keys::timeoutMs.name), advice.forTarget(answers));
    makeRedundant(fix, answers, Survive::unit);
    for (const int other : others) fix.drop(at(graph.links, other).id);
    fix.drop(at(graph.nodes, broker).id);
    if (deadLetter >= 0 && at(graph.incoming, deadLetter).size() == 1 && at(graph.outgoing, deadLetter).empty())
        fix.drop(at(graph.nodes, deadLetter).id);
    return fix.titled("Call " + snapshot.nameOf(answers) + " directly");
}

std::vector<Finding> checkQueueForRpc(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double target = evidence.threshold(queue_for_rpc, "p99_ms");
    std::map<ConnectionId, const FlowPath*> waiting;
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived || !(flow.p99Ms > 0) || flow.p99Ms >= target) continue;
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls) {
                if (call.kind != Call::Kind::publish || !waitsThroughBroker(snapshot, call)) continue;
                const FlowPath*& first = waiting[at(graph.links, call.link).id];
                if (!first || flow.id < first->id) first = &flow;
            }
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [id, flow] : waiting) {
        const int index = graph.linkById.at(id.value);
        const Link& link = at(graph.links, index);
        Finding finding{queue_for_rpc.id, queue_for_rpc.severity};
        finding.components = {at(graph.nodes, link.from).id, at(graph.nodes, link.to).id};
        finding.connections = {id};
        finding.message = fill("{} is to answer within {}, but waits for a reply through {}",
                               {shownFlow(snapshot, *flow), duration(flow->p99Ms), snapshot.nameOf(link.to)});
        finding.message.front() = static_cast<char>(finding.message.front() - 'a' + 'A');
        finding.fix = askDirectly(evidence, placement, index);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule queue_for_rpc{
    "queue-for-rpc",
    "Waiting for a reply through a queue",
    "A queue decouples those who need not wait for each other. A caller that waits for the reply is coupled all the "
    "same, with "
    "two more hops, a reply queue and correlation ids to look after, and waits behind everything else in the queue. "
    "What has "
    "to be answered at once is better asked directly.",
    "Enterprise Integration Patterns: Request-Reply",
    Severity::info,
    checkQueueForRpc,
    {{"p99_ms", 200, 1, 10000, "flows that are to answer sooner than this"}},
};

}  // namespace loadpath::checks
