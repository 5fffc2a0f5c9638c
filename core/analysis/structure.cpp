#include "analysis/structure.h"
#include "support/index.h"

#include <algorithm>

namespace loadpath {

namespace {

class StructureBuilder {
public:
    StructureBuilder(const FlowGraph& graph, const FlowPath& flow, Structure& out)
        : m_graph(graph), m_flow(flow), m_out(out), m_visits(graph.nodes.size(), nullptr) {
        for (const Visit& visit : flow.visits) m_visits[at(visit.node)] = &visit;
    }

    void build() {
        orderAtoms();
        m_out.parts.emplace_back();
        const bool isClient = m_graph.nodes[at(m_flow.entry)].behaviour == Behaviour::client;
        if (m_flow.subscription >= 0) {
            const Subscription& s = m_graph.subscriptions[at(m_flow.subscription)];
            m_out.parts[0].asks.push_back({s.broker, Purpose::consume, std::max(0, s.topic)});
        }
        if (m_flow.feed >= 0) m_out.parts[0].asks.push_back({m_graph.feeds[at(m_flow.feed)].source, Purpose::read, 0});
        if (!isClient) m_out.parts[0].asks.push_back({m_flow.entry, entryPurpose(), 0});
        flatten(0, m_flow.entry);
        for (std::size_t part = 1; part < m_partNodes.size() + 1; ++part) flatten(part, m_partNodes[part - 1]);
        collectServings();
    }

private:
    Purpose entryPurpose() const { return m_flow.op == Op::read ? Purpose::read : Purpose::write; }
    static bool counts(const Call& call) { return call.inPhi && !call.optional; }

    /// Depth first, so that what works together stands together.
    void orderAtoms() {
        struct Frame {
            int node;
            std::size_t next;
        };
        const std::size_t nodes = m_graph.nodes.size();
        std::vector<char> placed(nodes, 0), taken(nodes, 0), walked(nodes, 0), coins(m_graph.coins.size(), 0);
        const auto component = [&](int node) {
            if (placed[at(node)]) return;
            placed[at(node)] = 1;
            m_out.atoms.push_back({Atom::Kind::component, node});
        };
        const auto place = [&](int node) {
            component(node);
            const auto& standbys = m_graph.nodes[at(node)].standbys;
            if (standbys.empty() || taken[at(node)]) return;
            taken[at(node)] = 1;
            m_out.atoms.push_back({Atom::Kind::takeover, node});
            for (const Standby& standby : standbys) component(standby.node);
        };
        std::vector<Frame> frames;
        const auto enter = [&](int node) {
            place(node);
            if (walked[at(node)] || !m_visits[at(node)]) return;
            walked[at(node)] = 1;
            frames.push_back({node, 0});
        };
        if (m_flow.subscription >= 0) place(m_graph.subscriptions[at(m_flow.subscription)].broker);
        if (m_flow.feed >= 0) place(m_graph.feeds[at(m_flow.feed)].source);
        enter(m_flow.entry);
        while (!frames.empty()) {
            const Visit& visit = *m_visits[at(frames.back().node)];
            if (frames.back().next == visit.calls.size()) {
                frames.pop_back();
                continue;
            }
            const Call& call = visit.calls[frames.back().next++];
            if (!counts(call)) continue;
            if (call.coin >= 0 && !coins[at(call.coin)]) {
                coins[at(call.coin)] = 1;
                m_out.atoms.push_back({Atom::Kind::coin, call.coin});
            }
            if (const int cache = missOf(call); cache >= 0) component(cache);
            if (call.endsAtTarget())
                place(call.target);
            else
                enter(call.target);
        }
    }

    int missOf(const Call& call) const {
        if (call.coin < 0) return -1;
        return call.missOf >= 0 ? call.missOf : m_graph.coins[at(call.coin)].missOf;
    }

    int partOf(int node) {
        const Visit* visit = m_visits[at(node)];
        if (!visit || std::none_of(visit->calls.begin(), visit->calls.end(), counts)) return -1;
        const auto [it, isNew] = m_partOf.try_emplace(node, static_cast<int>(m_partNodes.size()) + 1);
        if (isNew) {
            m_partNodes.push_back(node);
            m_out.parts.emplace_back();
        }
        return it->second;
    }

    /// Scattering over one partition is no more than asking it.
    Ask askOf(const Call& call) const {
        Ask ask{call.target, call.purpose, call.topic, false};
        if (!call.scatter) return ask;
        ask.scatter = hasPartitions(m_graph, call.target, call.purpose, call.topic);
        for (const Standby& s : m_graph.nodes[at(call.target)].standbys)
            ask.scatter = ask.scatter || hasPartitions(m_graph, s.node, call.purpose, 0);
        return ask;
    }

    Term termOf(const Call& call) {
        Term term;
        term.ask = askOf(call);
        term.part = call.endsAtTarget() ? -1 : partOf(call.target);
        term.coin = call.coin;
        term.missOf = missOf(call);
        return term;
    }

    void flatten(std::size_t index, int start) {
        if (m_stamp.empty()) m_stamp.assign(m_graph.nodes.size(), 0);
        const auto stamp = static_cast<int>(index) + 1;
        Part part = std::move(m_out.parts[index]);
        std::vector<int> waiting{start};
        m_stamp[at(start)] = stamp;
        while (!waiting.empty()) {
            const Visit* visit = m_visits[at(waiting.back())];
            waiting.pop_back();
            if (!visit) continue;
            std::vector<Condition> groups(visit->groups.size());
            for (const Call& call : visit->calls) {
                if (!counts(call)) continue;
                if (call.group >= 0) {
                    groups[at(call.group)].terms.push_back(termOf(call));
                } else if (call.coin >= 0) {
                    part.conditions.push_back({false, 1, {termOf(call)}});
                } else {
                    part.asks.push_back(askOf(call));
                    if (call.endsAtTarget() || m_stamp[at(call.target)] == stamp) continue;
                    m_stamp[at(call.target)] = stamp;
                    waiting.push_back(call.target);
                }
            }
            for (std::size_t g = 0; g < groups.size(); ++g) {
                if (groups[g].terms.empty()) continue;  // all members optional
                groups[g].isGroup = true;
                groups[g].need = visit->groups[g].need;
                part.conditions.push_back(std::move(groups[g]));
            }
        }
        std::sort(part.asks.begin(), part.asks.end());
        part.asks.erase(std::unique(part.asks.begin(), part.asks.end()), part.asks.end());
        m_out.parts[index] = std::move(part);
    }

    void collectServings() {
        const auto add = [this](int node, Serving serving) {
            if (m_graph.nodes[at(node)].managed) serving = {1, 1};
            auto& known = m_out.servings[node];
            const auto same = [serving](const Serving& s) {
                return s.units == serving.units && s.need == serving.need;
            };
            if (std::none_of(known.begin(), known.end(), same)) known.push_back(serving);
        };
        const auto addOwn = [&](int node, Purpose purpose, int topic, bool scatter) {
            add(node, m_graph.servingOf(node, purpose, topic));
            if (scatter && hasPartitions(m_graph, node, purpose, topic)) m_out.scattered.insert(node);
        };
        const auto addAsk = [&](const Ask& ask) {
            addOwn(ask.node, ask.purpose, ask.topic, ask.scatter);
            for (const Standby& s : m_graph.nodes[at(ask.node)].standbys) addOwn(s.node, ask.purpose, 0, ask.scatter);
        };
        for (const Part& part : m_out.parts) {
            for (const Ask& ask : part.asks) addAsk(ask);
            for (const Condition& condition : part.conditions)
                for (const Term& term : condition.terms) {
                    addAsk(term.ask);
                    if (term.missOf >= 0) add(term.missOf, m_graph.servingOf(term.missOf, Purpose::read, 0));
                }
        }
        for (auto& [node, servings] : m_out.servings)
            std::sort(servings.begin(), servings.end(), [](const Serving& a, const Serving& b) {
                return a.need != b.need ? a.need < b.need : a.units < b.units;
            });
    }

    const FlowGraph& m_graph;
    const FlowPath& m_flow;
    Structure& m_out;
    std::vector<const Visit*> m_visits;  // by node
    std::map<int, int> m_partOf;
    std::vector<int> m_partNodes;  // of parts 1, 2, …
    std::vector<int> m_stamp;
};

}  // namespace

bool hasPartitions(const FlowGraph& graph, int node, Purpose purpose, int topic) {
    const Node& store = graph.nodes[at(node)];
    if (store.managed || store.layout == Node::Layout::whole) return false;
    return graph.partitions(node, purpose, topic).size() > 1;
}

Bdd::Ref Leaves::asked(const FlowGraph& graph, const Ask& ask) {
    if (ask.scatter && hasPartitions(graph, ask.node, ask.purpose, ask.topic))
        return upEverywhere(ask.node, ask.purpose, ask.topic);
    return up(ask.node, graph.servingOf(ask.node, ask.purpose, ask.topic));
}

Structure::Structure(const FlowGraph& graph, const Ask& ask) {
    parts.push_back({{ask}, {}});
    atoms.push_back({Atom::Kind::component, ask.node});
    servings[ask.node] = {graph.nodes[at(ask.node)].managed ? Serving{1, 1}
                                                            : graph.servingOf(ask.node, ask.purpose, ask.topic)};
    if (ask.scatter && hasPartitions(graph, ask.node, ask.purpose, ask.topic)) scattered.insert(ask.node);
}

Structure::Structure(const FlowGraph& graph, const FlowPath& flow) { StructureBuilder(graph, flow, *this).build(); }

void Structure::add(const Structure& other) {
    const auto moved = static_cast<int>(parts.size());
    for (const Part& part : other.parts) {
        Part& copy = parts.emplace_back(part);
        for (Condition& condition : copy.conditions)
            for (Term& term : condition.terms)
                if (term.part >= 0) term.part += moved;
    }
    Part& whole = parts.front();
    const Part& further = parts[static_cast<std::size_t>(moved)];
    whole.asks.insert(whole.asks.end(), further.asks.begin(), further.asks.end());
    std::sort(whole.asks.begin(), whole.asks.end());
    whole.asks.erase(std::unique(whole.asks.begin(), whole.asks.end()), whole.asks.end());
    whole.conditions.insert(whole.conditions.end(), further.conditions.begin(), further.conditions.end());
    for (const Atom& atom : other.atoms)
        if (std::none_of(atoms.begin(), atoms.end(),
                         [&atom](const Atom& a) { return a.kind == atom.kind && a.index == atom.index; }))
            atoms.push_back(atom);
    scattered.insert(other.scattered.begin(), other.scattered.end());
    for (const auto& [node, more] : other.servings) {
        auto& known = servings[node];
        for (const Serving& s : more)
            if (std::none_of(known.begin(), known.end(),
                             [&s](const Serving& k) { return k.units == s.units && k.need == s.need; }))
                known.push_back(s);
        std::sort(known.begin(), known.end(), [](const Serving& a, const Serving& b) {
            return a.need != b.need ? a.need < b.need : a.units < b.units;
        });
    }
}

}  // namespace loadpath
