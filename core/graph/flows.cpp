// What each flow makes every component do (model §2, §3, §4, §4b, §7.2).
#include "graph/compile.h"
#include "graph/node_types.h"
#include "model/keys.h"

#include <algorithm>
#include <deque>
#include <map>

namespace loadpath::compile {
namespace {

/// A connection's properties that only flows need, read once for all flows.
struct Wiring {
    enum class Ops { both, read, write, push } ops = Ops::both;
    std::vector<std::string> flows;
    std::optional<double> p;
    int missOf = -1;
    std::string coin, group;
    double calls = 1, weight = 1;
    int need = 1, order = 0;
    bool parallel = true, outbox = false, scatter = false;
};

Wiring::Ops opsNamed(const std::string& word) {
    if (word == "read") return Wiring::Ops::read;
    if (word == "write") return Wiring::Ops::write;
    if (word == "push") return Wiring::Ops::push;
    return Wiring::Ops::both;
}

Wiring wiringOf(const Connection& connection, const FlowGraph& graph, const Catalog& catalog) {
    const ParameterView view(catalog.connectionParameters, connection.properties);
    Wiring wiring;
    wiring.ops = opsNamed(view(keys::ops));
    if (const Value flows = view(keys::flows); flows.list())
        for (const Value& id : *flows.list())
            if (id.text()) wiring.flows.push_back(*id.text());
    if (view.isSet(keys::p.name)) wiring.p = std::clamp(view(keys::p), 0.0, 1.0);
    const std::string from = view(keys::pFrom);
    if (from.starts_with("miss:")) wiring.missOf = graph.node({from.substr(5)});
    wiring.coin = view(keys::coin);
    wiring.group = view(keys::group);
    wiring.calls = std::max(0.0, view(keys::calls));
    wiring.weight = std::max(0.0, view(keys::weight));
    wiring.need = std::max(1, view(keys::need));
    wiring.order = view(keys::order);
    wiring.parallel = view(keys::parallel);
    wiring.outbox = view(keys::outbox);
    wiring.scatter = view(keys::scatter);
    return wiring;
}

class FlowCompiler {
public:
    FlowCompiler(FlowGraph& graph, const Design& design, const Catalog& catalog)
        : m_graph(graph), m_design(design), m_catalog(catalog) {
        m_wiring.reserve(design.connections.size());
        for (const Connection& c : design.connections) m_wiring.push_back(wiringOf(c, graph, catalog));
    }

    void compile() {
        for (const Node& node : m_graph.nodes)
            if (node.behaviour == Behaviour::client) compileClient(m_graph.node(node.id));
        for (const Flow& flow : m_design.flows)  // entered elsewhere: walked, but without a rate
            if (const int entry = m_graph.node(flow.entry); node(entry).behaviour != Behaviour::client)
                m_graph.flows.push_back(path(flow.id, flow.name, entry, flow.op, 0, 1, &flow));
        orderAsInFile();
        for (FlowPath& flow : m_graph.flows) walk(flow);
        for (std::size_t i = 0; i < m_graph.subscriptions.size(); ++i) compileConsumer(static_cast<int>(i));
        for (std::size_t i = 0; i < m_graph.feeds.size(); ++i) compileFeed(static_cast<int>(i));
    }

private:
    Node& node(int index) { return m_graph.nodes[static_cast<std::size_t>(index)]; }
    ParameterView view(int index) const {
        const Component& c = m_design.components[static_cast<std::size_t>(index)];
        return {m_catalog.typeOf(c.type).parameters, c.properties};
    }

    FlowPath path(FlowId id, std::string name, int entry, Op op, double rate, double peakFactor,
                  const Flow* stated) const {
        FlowPath flow;
        flow.name = name.empty() ? id.value : std::move(name);
        flow.id = std::move(id);
        flow.entry = entry;
        flow.op = op;
        flow.rateRps = rate;
        flow.averageRps = rate / std::max(1.0, peakFactor);
        const Requirements& all = m_design.header.requirements;
        flow.availabilitySlo =
            stated && stated->availabilitySlo ? *stated->availabilitySlo : all.availabilitySlo.value_or(0);
        flow.p99Ms = stated && stated->p99Ms ? *stated->p99Ms : all.p99Ms.value_or(0);
        return flow;
    }

    void compileClient(int client) {
        const ParameterView v = view(client);
        const double rate = peakRps(v), peak = v(keys::peakFactor);
        double sum = 0;
        std::vector<const Flow*> own;
        for (const Flow& flow : m_design.flows)
            if (flow.entry == node(client).id) {
                own.push_back(&flow);
                sum += std::max(0.0, flow.share);
            }
        for (const Flow* flow : own)
            m_graph.flows.push_back(path(flow->id, flow->name, client, flow->op,
                                         sum > 0 ? rate * std::max(0.0, flow->share) / sum : 0, peak, flow));
        if (!own.empty()) return;
        const double read = v.isSet(keys::readShare.name) ? std::clamp(v(keys::readShare), 0.0, 1.0) : 1;
        const std::string& id = node(client).id.value;
        if (read > 0) m_graph.flows.push_back(path({id + ".read"}, {}, client, Op::read, rate * read, peak, nullptr));
        if (read < 1)
            m_graph.flows.push_back(path({id + ".write"}, {}, client, Op::write, rate * (1 - read), peak, nullptr));
    }

    /// Flows of the file in its order, made ones after them.
    void orderAsInFile() {
        std::stable_sort(m_graph.flows.begin(), m_graph.flows.end(), [this](const FlowPath& a, const FlowPath& b) {
            const std::size_t last = m_design.flows.size();
            return m_design.flows.indexOf(a.id).value_or(last) < m_design.flows.indexOf(b.id).value_or(last);
        });
    }

    void compileConsumer(int index) {
        Subscription& subscription = m_graph.subscriptions[static_cast<std::size_t>(index)];
        const Node& broker = node(subscription.broker);
        const bool named = subscription.topic >= 0 && broker.topics.size() > 1;
        const std::string source =
            named ? broker.topics[static_cast<std::size_t>(subscription.topic)].name : broker.id.value;
        FlowPath flow = derived(source + '/' + subscription.group, subscription.consumer);
        flow.subscription = index;
        subscription.flow = add(std::move(flow));
    }

    /// What a reader of changes does with each of them.
    void compileFeed(int index) {
        ChangeFeed& feed = m_graph.feeds[static_cast<std::size_t>(index)];
        FlowPath flow = derived(node(feed.source).id.value + '/' + node(feed.consumer).id.value, feed.consumer);
        flow.feed = index;
        feed.flow = add(std::move(flow));
    }

    FlowPath derived(const std::string& name, int entry) const {
        FlowPath flow = path({"⇢" + name}, {}, entry, Op::write, 0, 1, nullptr);
        flow.derived = true;
        flow.availabilitySlo = flow.p99Ms = 0;
        return flow;
    }

    int add(FlowPath flow) {
        walk(flow);
        m_graph.flows.push_back(std::move(flow));
        return static_cast<int>(m_graph.flows.size()) - 1;
    }

    bool matches(int link, const FlowPath& flow) const {
        const Wiring& w = m_wiring[static_cast<std::size_t>(link)];
        if (!m_graph.links[static_cast<std::size_t>(link)].legal) return false;
        if (!w.flows.empty() && std::find(w.flows.begin(), w.flows.end(), flow.id.value) == w.flows.end()) return false;
        if (w.ops == Wiring::Ops::push) return flow.derived;
        if (flow.derived || w.ops == Wiring::Ops::both) return true;
        return (w.ops == Wiring::Ops::read) == (flow.op == Op::read);
    }

    int coin(const std::string& name, double probability, int missOf) {
        const auto [it, isNew] = m_coins.try_emplace(name, static_cast<int>(m_graph.coins.size()));
        if (isNew) m_graph.coins.push_back({name, probability, missOf});
        return it->second;
    }

    /// Whether and how often the call is made.
    void setProbability(Call& call, int link, int source) {
        const Wiring& w = m_wiring[static_cast<std::size_t>(link)];
        const Node& from = node(source);
        const std::string name =
            w.coin.empty() ? "connection:" + m_graph.links[static_cast<std::size_t>(link)].id.value : "coin:" + w.coin;
        if (w.missOf >= 0) {
            call.missOf = w.missOf;
            call.probability = 1 - node(w.missOf).hitRatio;
            call.coin = coin(name, call.probability, w.missOf);
            return;
        }
        if (w.p) {
            call.probability = *w.p;
            if (*w.p < 1) call.coin = coin(name, *w.p, -1);
            return;
        }
        // Onward connections of a CDN or a read-through cache carry its misses; writes pass.
        const bool passesMisses = from.behaviour == Behaviour::edge_cache ||
                                  (from.behaviour == Behaviour::cache && view(source)(keys::pattern) == "read_through");
        if (passesMisses && call.purpose == Purpose::read && from.hitRatio > 0) {
            call.probability = 1 - from.hitRatio;
            call.coin = coin("miss:" + from.id.value, call.probability, -1);
        }
    }

    Call callOver(int index, int source, const FlowPath& flow) {
        const Link& link = m_graph.links[static_cast<std::size_t>(index)];
        const Wiring& w = m_wiring[static_cast<std::size_t>(index)];
        Call call;
        call.link = index;
        call.target = link.to;
        call.optional = link.optional;
        call.inPhi = !link.optional;
        call.calls = w.calls;
        // Only where it is stated: what nobody decided about goes through, the harder case.
        if (isType(node(source), "waf") && view(source).isStated(keys::blockShare.name))
            call.calls *= 1 - std::clamp(view(source)(keys::blockShare), 0.0, 1.0);
        call.order = w.order;
        call.parallel = w.parallel;
        call.purpose = flow.op == Op::read ? Purpose::read : Purpose::write;
        if (w.ops == Wiring::Ops::read) call.purpose = Purpose::read;
        if (w.ops == Wiring::Ops::write) call.purpose = Purpose::write;
        if (w.ops == Wiring::Ops::push) call.kind = Call::Kind::push;
        call.scatter = w.scatter && link.mode == Mode::sync;
        if (link.mode == Mode::publish) {
            call.kind = Call::Kind::publish;
            call.purpose = Purpose::publish;
            const Node& broker = node(link.to);
            for (std::size_t t = 0; t < broker.topics.size(); ++t)
                if (broker.topics[t].name == link.topic) call.topic = static_cast<int>(t);
            if (w.outbox || (broker.behaviour == Behaviour::log && view(link.to)(keys::acks) == "0"))
                call.inPhi = false;
        }
        setProbability(call, index, source);
        return call;
    }

    /// Makes the given calls of a visit alternatives of each other.
    void group(Visit& visit, std::string name, int need, const std::vector<int>& members, bool firstOnly = false) {
        const int index = static_cast<int>(visit.groups.size());
        double sum = 0;
        for (const int member : members) {
            Call& call = visit.calls[static_cast<std::size_t>(member)];
            call.group = index;
            sum += m_wiring[static_cast<std::size_t>(call.link)].weight;
        }
        if (need <= 1)
            for (std::size_t i = 0; i < members.size(); ++i) {
                Call& call = visit.calls[static_cast<std::size_t>(members[i])];
                const double weight = m_wiring[static_cast<std::size_t>(call.link)].weight;
                if (firstOnly)
                    call.share = i == 0 ? 1 : 0;
                else
                    call.share = sum > 0 ? weight / sum : 1.0 / static_cast<double>(members.size());
            }
        visit.groups.push_back({std::move(name), need, members});
    }

    /// The client asks a resolver and then calls one of the targets itself (model §4b).
    void addResolver(Visit& visit, int link, const FlowPath& flow, bool resolvesOnly) {
        const int resolver = m_graph.links[static_cast<std::size_t>(link)].to;
        Call lookup = callOver(link, visit.node, flow);
        lookup.kind = Call::Kind::lookup;
        lookup.purpose = Purpose::read;
        const ParameterView client = view(flow.entry);
        const double users = client.isSet(keys::users.name) ? client(keys::users) : client(keys::dau);
        const double each = users > 0 ? peakRps(client) / users : 0;
        lookup.coin = -1;  // φ needs the resolver whether or not this request asks it
        lookup.probability = 1 / (1 + each * view(resolver)(keys::ttlS));
        visit.calls.push_back(lookup);
        if (resolvesOnly) return;
        std::vector<int> targets;
        for (const int onward : m_graph.outgoing[static_cast<std::size_t>(resolver)]) {
            const Mode mode = m_graph.links[static_cast<std::size_t>(onward)].mode;
            if (mode == Mode::telemetry || !matches(onward, flow)) continue;
            Call call = callOver(onward, resolver, flow);
            call.kind = Call::Kind::request;
            targets.push_back(static_cast<int>(visit.calls.size()));
            visit.calls.push_back(call);
        }
        if (targets.size() > 1) group(visit, {}, 1, targets, node(resolver).balancing == "failover");
    }

    Visit visitOf(int index, const FlowPath& flow) {
        Visit visit;
        visit.node = index;
        std::vector<int> resolvers;
        bool callsDirectly = false;
        for (const int link : m_graph.outgoing[static_cast<std::size_t>(index)]) {
            const Link& l = m_graph.links[static_cast<std::size_t>(link)];
            if ((l.mode != Mode::sync && l.mode != Mode::publish) || !matches(link, flow)) continue;
            if (node(l.to).behaviour == Behaviour::resolver && l.mode == Mode::sync) {
                resolvers.push_back(link);
                continue;
            }
            callsDirectly |= l.mode == Mode::sync;
            visit.calls.push_back(callOver(link, index, flow));
        }
        const std::size_t own = visit.calls.size();
        for (const int link : resolvers) addResolver(visit, link, flow, callsDirectly);
        // Names are resolved before anything is called.
        std::rotate(visit.calls.begin(), visit.calls.begin() + static_cast<std::ptrdiff_t>(own), visit.calls.end());
        const auto moved = static_cast<int>(visit.calls.size() - own);
        for (CallGroup& g : visit.groups)
            for (int& call : g.calls) call -= static_cast<int>(own);
        groupOwnCalls(visit, moved);
        sortByOrder(visit);
        return visit;
    }

    void groupOwnCalls(Visit& visit, int first) {
        std::vector<std::string> names;  // in order of appearance
        std::map<std::string, std::vector<int>> drawn;
        std::vector<int> implied;
        const bool balances = node(visit.node).behaviour == Behaviour::balancer;
        for (int i = first; i < static_cast<int>(visit.calls.size()); ++i) {
            const Call& call = visit.calls[static_cast<std::size_t>(i)];
            const std::string& name = m_wiring[static_cast<std::size_t>(call.link)].group;
            if (!name.empty()) {
                if (drawn[name].empty()) names.push_back(name);
                drawn[name].push_back(i);
            } else if (balances && !call.optional && call.kind == Call::Kind::request) {
                implied.push_back(i);
            }
        }
        for (const std::string& name : names) {
            const Call& leader = visit.calls[static_cast<std::size_t>(drawn[name].front())];
            group(visit, name, m_wiring[static_cast<std::size_t>(leader.link)].need, drawn[name]);
        }
        if (implied.size() > 1) group(visit, {}, 1, implied);
    }

    static void sortByOrder(Visit& visit) {
        std::vector<int> place(visit.calls.size());
        for (std::size_t i = 0; i < place.size(); ++i) place[i] = static_cast<int>(i);
        std::stable_sort(place.begin(), place.end(), [&visit](int a, int b) {
            return visit.calls[static_cast<std::size_t>(a)].order < visit.calls[static_cast<std::size_t>(b)].order;
        });
        std::vector<Call> sorted;
        std::vector<int> now(place.size());
        for (std::size_t i = 0; i < place.size(); ++i) {
            now[static_cast<std::size_t>(place[i])] = static_cast<int>(i);
            sorted.push_back(visit.calls[static_cast<std::size_t>(place[i])]);
        }
        visit.calls = std::move(sorted);
        for (CallGroup& g : visit.groups) {
            for (int& call : g.calls) call = now[static_cast<std::size_t>(call)];
            std::sort(g.calls.begin(), g.calls.end());
        }
    }

    void walk(FlowPath& flow) {
        std::map<int, bool> seen;  // node → its own calls are walked
        std::deque<int> waiting{flow.entry};
        seen[flow.entry] = true;
        while (!waiting.empty()) {
            Visit visit = visitOf(waiting.front(), flow);
            waiting.pop_front();
            for (const Call& call : visit.calls) {
                bool& walked = seen[call.target];
                if (call.endsAtTarget() || walked) continue;
                walked = true;
                waiting.push_back(call.target);
            }
            flow.visits.push_back(std::move(visit));
        }
        for (const auto& [index, walked] : seen)
            if (!walked) flow.visits.push_back({index, {}, {}});
        std::sort(flow.visits.begin(), flow.visits.end(),
                  [](const Visit& a, const Visit& b) { return a.node < b.node; });
    }

    FlowGraph& m_graph;
    const Design& m_design;
    const Catalog& m_catalog;
    std::vector<Wiring> m_wiring;
    std::map<std::string, int> m_coins;
};

}  // namespace

double peakRps(const ParameterView& client) {
    if (client.isSet(keys::rateRps.name)) return std::max(0.0, client(keys::rateRps));
    return client(keys::dau) * client(keys::requestsPerUserDay) / 86400 * client(keys::peakFactor);
}

void flows(FlowGraph& graph, const Design& design, const Catalog& catalog) {
    FlowCompiler(graph, design, catalog).compile();
}

}  // namespace loadpath::compile
