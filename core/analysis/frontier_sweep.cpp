// One level after the other over all states of the border.
#include "analysis/frontier.h"
#include "support/index.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace loadpath {

namespace {

using Mask = std::uint64_t;
constexpr Mask works = Mask{1} << 63;  // an end is reached
constexpr int slots = 63;
constexpr std::uint32_t dead = 0xffffffff, alive = 0xfffffffe, givenUp = 0xfffffffd;
/// The states of one level: `words` masks each, found by content.
struct Layer {
    std::size_t words = 0, count = 0;
    std::vector<Mask> masks;
    std::vector<double> mass;  // probability of being here
    std::vector<std::uint32_t> table = std::vector<std::uint32_t>(1024, dead);

    std::uint32_t find(const Mask* state, double arriving) {
        std::size_t slot = hashOf(state) & (table.size() - 1);
        for (; table[slot] != dead; slot = (slot + 1) & (table.size() - 1))
            if (std::equal(state, state + words, &masks[table[slot] * words])) {
                mass[table[slot]] += arriving;
                return table[slot];
            }
        const auto made = static_cast<std::uint32_t>(count++);
        table[slot] = made;
        masks.insert(masks.end(), state, state + words);
        mass.push_back(arriving);
        if (count * 2 > table.size()) grow();
        return made;
    }

private:
    std::size_t hashOf(const Mask* state) const {
        std::uint64_t h = 0x9e3779b97f4a7c15ull;
        for (std::size_t i = 0; i < words; ++i) {
            h = (h ^ state[i]) * 0xbf58476d1ce4e5b9ull;
            h ^= h >> 29;
        }
        return static_cast<std::size_t>(h ^ (h >> 32));
    }
    void grow() {
        table.assign(table.size() * 2, dead);
        for (std::size_t i = 0; i < count; ++i) {
            std::size_t slot = hashOf(&masks[i * words]) & (table.size() - 1);
            while (table[slot] != dead) slot = (slot + 1) & (table.size() - 1);
            table[slot] = static_cast<std::uint32_t>(i);
        }
    }
};

/// A vertex that becomes decided, in terms of places in the state.
struct Decided {
    Bdd::Ref needs = Bdd::yes, skips = Bdd::no;
    bool hasOnward = false;
    std::vector<std::size_t> places;  // decided vertices it leads to
    Mask open = 0;                    // undecided ones
    Mask own = 0;                     // its own slot while it was undecided
};

struct Step {
    std::uint32_t level = 0;
    std::vector<Decided> decided;
    std::vector<std::size_t> kept;  // places that stay in the border
    Mask forgotten = 0;             // remembered levels that nobody asks for any more
    std::size_t root = 0;           // place of the whole; past the end: not decided yet
};

}  // namespace

class FrontierSweep {
public:
    FrontierSweep(const AlternativesNetwork& network, const FlowGraph& graph, Bdd& bdd, Leaves& leaves)
        : m_network(network), m_graph(graph), m_bdd(bdd), m_leaves(leaves) {}

    /// Which vertex is decided when, and how a state reads in between. False: too wide.
    bool plan() {
        const auto& vertices = m_network.m_vertices;
        const std::size_t count = vertices.size();
        std::vector<Bdd::Ref> needs(count), skips(count, Bdd::no);
        std::vector<std::uint32_t> decidedAt(count, 0);
        std::vector<std::vector<std::uint32_t>> support(count);
        for (std::size_t v = 0; v < count; ++v) {
            needs[v] = Bdd::yes;
            for (const Ask& ask : vertices[v].asks)
                needs[v] = m_bdd.both(needs[v], servingOf(m_graph, m_bdd, m_leaves, ask));
            if (vertices[v].coin >= 0) {
                skips[v] = m_leaves.notCalled(vertices[v].coin);
                if (vertices[v].missOf >= 0) skips[v] = m_bdd.both(skips[v], servingOfCache(vertices[v].missOf));
            }
            addSupport(needs[v], support[v]);
            addSupport(skips[v], support[v]);
            std::sort(support[v].begin(), support[v].end());
            support[v].erase(std::unique(support[v].begin(), support[v].end()), support[v].end());
            if (!support[v].empty()) decidedAt[v] = support[v].back();
        }
        if (m_bdd.isExhausted()) return false;
        std::vector<std::uint32_t> used;
        std::map<std::uint32_t, std::uint32_t> lastUse;  // of a level
        for (std::size_t v = 0; v < count; ++v)
            for (const std::uint32_t level : support[v]) {
                used.push_back(level);
                auto [it, isNew] = lastUse.try_emplace(level, decidedAt[v]);
                it->second = std::max(it->second, decidedAt[v]);
            }
        std::sort(used.begin(), used.end());
        used.erase(std::unique(used.begin(), used.end()), used.end());
        if (used.empty()) return false;
        // What depends on nothing is decided with what stands before it.
        std::uint32_t reached = used.front();
        for (const int v : m_network.m_order) {
            if (support[at(v)].empty()) decidedAt[at(v)] = reached;
            reached = std::max(reached, decidedAt[at(v)]);
        }

        std::vector<std::vector<int>> verticesAt(used.size());
        for (const int v : m_network.m_order) {
            const auto it = std::lower_bound(used.begin(), used.end(), decidedAt[at(v)]);
            verticesAt[static_cast<std::size_t>(it - used.begin())].push_back(v);
        }
        std::vector<int> slotOf(count, -1), undecidedReferrers(count);
        std::vector<char> isDecided(count, 0);
        for (std::size_t v = 0; v < count; ++v)
            undecidedReferrers[v] = static_cast<int>(m_network.m_referrers[v].size());
        Mask freeSlots = (Mask{1} << slots) - 1, freeLevels = ~Mask{0};
        std::map<std::uint32_t, Mask> bitOfLevel;
        std::vector<int> border;
        for (std::size_t s = 0; s < used.size(); ++s) {
            Step step;
            step.level = used[s];
            if (freeLevels == 0) return false;
            const Mask bit = freeLevels & (~freeLevels + 1);
            freeLevels &= ~bit;
            bitOfLevel[step.level] = bit;
            m_bits.resize(std::max<std::size_t>(m_bits.size(), step.level + 1), 0);
            m_bits[step.level] = bit;
            step.root = static_cast<std::size_t>(-1);
            for (const int v : verticesAt[s]) {
                const auto& vertex = vertices[at(v)];
                Decided decided;
                decided.needs = needs[at(v)];
                decided.skips = skips[at(v)];
                decided.hasOnward = vertex.hasOnward;
                for (const int to : vertex.onward) {
                    --undecidedReferrers[at(to)];
                    if (to == v) continue;
                    if (isDecided[at(to)]) {
                        const auto it = std::find(border.begin(), border.end(), to);
                        decided.places.push_back(static_cast<std::size_t>(it - border.begin()));
                        continue;
                    }
                    if (slotOf[at(to)] < 0) {
                        if (freeSlots == 0) return false;
                        slotOf[at(to)] = std::countr_zero(freeSlots);
                        freeSlots &= freeSlots - 1;
                    }
                    decided.open |= Mask{1} << slotOf[at(to)];
                }
                if (slotOf[at(v)] >= 0) decided.own = Mask{1} << slotOf[at(v)];
                isDecided[at(v)] = 1;
                border.push_back(v);
                step.decided.push_back(std::move(decided));
            }
            // Only now: two vertices of one step must not share a slot.
            for (const int v : verticesAt[s])
                if (slotOf[at(v)] >= 0) freeSlots |= Mask{1} << slotOf[at(v)];
            std::vector<int> next;
            for (std::size_t place = 0; place < border.size(); ++place) {
                const int v = border[place];
                if (v == 0) step.root = place;
                if (undecidedReferrers[at(v)] == 0 && v != 0) continue;
                step.kept.push_back(place);
                next.push_back(v);
            }
            border = std::move(next);
            for (auto it = bitOfLevel.begin(); it != bitOfLevel.end();) {
                const bool isDone = lastUse[it->first] <= step.level;
                if (isDone) {
                    step.forgotten |= it->second;
                    freeLevels |= it->second;
                }
                it = isDone ? bitOfLevel.erase(it) : std::next(it);
            }
            m_steps.push_back(std::move(step));
        }
        return true;
    }

    AlternativesNetwork::Diagram run(std::span<const double> likely, std::size_t mostStates, std::size_t widest) {
        std::vector<std::vector<std::uint32_t>> children;  // by step: low and high of every state
        Layer layer;
        layer.words = 1;
        const Mask start = 0;
        layer.find(&start, 1);
        std::size_t states = 0;
        bool isComplete = true;
        for (const Step& step : m_steps) {
            Layer next;
            next.words = step.kept.size() + 1;
            auto& made = children.emplace_back();
            made.reserve(layer.count * 2);
            const double p = likely[step.level];
            for (std::size_t i = 0; i < layer.count; ++i)
                for (const bool isUp : {false, true})
                    made.push_back(child(step, &layer.masks[i * layer.words], layer.words, isUp,
                                         layer.mass[i] * (isUp ? p : 1 - p), next));
            states += layer.count;
            if (states + next.count > mostStates) {
                if (widest == 0) return {};
                widest = std::min<std::size_t>(widest, 8);  // to the end with what is left
            }
            if (widest > 0 && next.count > widest) {
                prune(next, widest, made);
                isComplete = false;
            }
            layer = std::move(next);
        }
        AlternativesNetwork::Diagram diagram;
        diagram.isBuilt = true;
        diagram.isComplete = isComplete;
        diagram.lower = assembled(children, Bdd::no);
        diagram.upper = isComplete ? diagram.lower : assembled(children, Bdd::yes);
        return diagram;
    }

private:
    Bdd::Ref servingOfCache(int cache) { return m_leaves.up(cache, m_graph.servingOf(cache, Purpose::read, 0)); }

    void addSupport(Bdd::Ref f, std::vector<std::uint32_t>& levels) const {
        const BddFunction function(m_bdd, f);
        for (std::size_t i = 2; i < function.nodes().size(); ++i) levels.push_back(function.nodes()[i].level);
    }

    bool holds(Bdd::Ref f, Mask levels) const {
        while (f > Bdd::yes) {
            const Bdd::Node& n = m_bdd.node(f);
            f = levels & m_bits[n.level] ? n.high : n.low;
        }
        return f == Bdd::yes;
    }

    std::uint32_t child(const Step& step, const Mask* state, std::size_t words, bool isUp, double mass, Layer& next) {
        Mask levels = state[words - 1];
        if (isUp) levels |= m_bits[step.level];
        m_places.assign(state, state + words - 1);
        for (const Decided& vertex : step.decided) {
            Mask leads = 0;
            if (holds(vertex.skips, levels))
                leads = works;
            else if (holds(vertex.needs, levels)) {
                leads = vertex.hasOnward ? vertex.open : works;
                for (const std::size_t place : vertex.places) leads |= m_places[place];
                // What only leads back to itself is no support.
                leads &= ~vertex.own;
                if (leads & works) leads = works;
            }
            if (vertex.own != 0)
                for (Mask& other : m_places)
                    if (other & vertex.own) {
                        other = (other & ~vertex.own) | leads;
                        if (other & works) other = works;
                    }
            m_places.push_back(leads);
        }
        if (step.root < m_places.size()) {
            if (m_places[step.root] == 0) return dead;
            if (m_places[step.root] == works) return alive;
        }
        m_state.clear();
        for (const std::size_t place : step.kept) m_state.push_back(m_places[place]);
        m_state.push_back(levels & ~step.forgotten);
        return next.find(m_state.data(), mass);
    }

    static void prune(Layer& layer, std::size_t widest, std::vector<std::uint32_t>& children) {
        std::vector<std::uint32_t> heaviest(layer.count);
        std::iota(heaviest.begin(), heaviest.end(), 0u);
        std::nth_element(heaviest.begin(), heaviest.begin() + static_cast<std::ptrdiff_t>(widest), heaviest.end(),
                         [&layer](std::uint32_t a, std::uint32_t b) {
                             return layer.mass[a] != layer.mass[b] ? layer.mass[a] > layer.mass[b] : a < b;
                         });
        heaviest.resize(widest);
        std::sort(heaviest.begin(), heaviest.end());
        std::vector<std::uint32_t> now(layer.count, givenUp);
        Layer kept;
        kept.words = layer.words;
        for (const std::uint32_t i : heaviest) {
            now[i] = static_cast<std::uint32_t>(kept.count++);
            kept.masks.insert(kept.masks.end(), &layer.masks[i * layer.words],
                              &layer.masks[i * layer.words] + layer.words);
            kept.mass.push_back(layer.mass[i]);
        }
        for (std::uint32_t& c : children)
            if (c < givenUp) c = now[c];
        layer = std::move(kept);
    }

    Bdd::Ref assembled(const std::vector<std::vector<std::uint32_t>>& children, Bdd::Ref instead) {
        std::vector<Bdd::Ref> below, here;
        for (std::size_t s = children.size(); s-- > 0;) {
            const auto ref = [&](std::uint32_t c) {
                return c == dead ? Bdd::no : c == alive ? Bdd::yes : c == givenUp ? instead : below[c];
            };
            here.clear();
            for (std::size_t i = 0; i + 1 < children[s].size(); i += 2)
                here.push_back(m_bdd.make(m_steps[s].level, ref(children[s][i]), ref(children[s][i + 1])));
            below.swap(here);
        }
        return below.front();
    }

    const AlternativesNetwork& m_network;
    const FlowGraph& m_graph;
    Bdd& m_bdd;
    Leaves& m_leaves;
    std::vector<Step> m_steps;
    std::vector<Mask> m_bits;  // by level: where a state remembers it
    std::vector<Mask> m_places, m_state;
};

AlternativesNetwork::Diagram AlternativesNetwork::diagram(const FlowGraph& graph, Bdd& bdd, Leaves& leaves,
                                                          std::span<const double> likely, std::size_t mostStates,
                                                          std::size_t widest) const {
    FrontierSweep sweep(*this, graph, bdd, leaves);
    if (!sweep.plan()) return {};
    return sweep.run(likely, mostStates, widest);
}

}  // namespace loadpath
