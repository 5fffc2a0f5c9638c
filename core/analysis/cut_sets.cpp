#include "analysis/cut_sets.h"

#include <algorithm>
#include <unordered_map>

namespace loadpath {

namespace {

using Family = std::uint32_t;
constexpr Family none = 0;   // no set at all
constexpr Family empty = 1;  // the empty set alone
constexpr std::size_t mostEntries = 3'000'000;

class Families {
public:
    Families() : m_nodes{{Bdd::terminalLevel, none, none, false}, {Bdd::terminalLevel, none, none, true}} {}

    /// The sets of `without`, and those of `with` enlarged by `level`.
    Family make(std::uint32_t level, Family without, Family with) {
        if (with == none) return without;
        const auto [it, isNew] = m_unique.try_emplace(Key{level, without, with}, static_cast<Family>(m_nodes.size()));
        if (isNew) m_nodes.push_back({level, without, with, m_nodes[without].hasEmpty});
        return it->second;
    }

    /// The sets of `f` that contain no set of `g`.
    Family minimal(Family f, Family g) {
        if (m_nodes[g].hasEmpty || f == none) return none;
        if (g == none || f == empty) return f;
        const std::uint64_t key = (std::uint64_t{f} << 32) | g;
        if (const auto it = m_minimal.find(key); it != m_minimal.end()) return it->second;
        if (isTooLarge()) return none;  // the caller throws everything away
        const Node a = m_nodes[f], b = m_nodes[g];
        Family result = none;
        if (a.level < b.level)
            result = make(a.level, minimal(a.without, g), minimal(a.with, g));
        else if (a.level > b.level)
            result = minimal(f, b.without);
        else
            result = make(a.level, minimal(a.without, b.without), minimal(minimal(a.with, b.without), b.with));
        m_minimal.emplace(key, result);
        return result;
    }

    bool isTooLarge() const { return m_nodes.size() + m_minimal.size() > mostEntries; }

    /// False: there are more than `limit`.
    bool list(Family f, std::vector<std::vector<std::uint32_t>>& sets, std::size_t limit) const {
        // The way down is kept on a stack of its own: diagrams can be deeper than the machine's.
        struct Step {
            Family family;
            std::size_t length;
            std::uint32_t added;
        };
        std::vector<Step> stack{{f, 0, Bdd::terminalLevel}};
        std::vector<std::uint32_t> set;
        while (!stack.empty()) {
            const Step step = stack.back();
            stack.pop_back();
            set.resize(step.length);
            std::size_t length = step.length;
            if (step.added != Bdd::terminalLevel) {
                set.push_back(step.added);
                ++length;
            }
            if (step.family == empty) {
                if (sets.size() >= limit) return false;
                sets.push_back(set);
            }
            if (step.family <= empty) continue;
            const Node& n = m_nodes[step.family];
            stack.push_back({n.with, length, n.level});
            stack.push_back({n.without, length, Bdd::terminalLevel});
        }
        return true;
    }

private:
    struct Node {
        std::uint32_t level;
        Family without, with;
        bool hasEmpty;
    };
    struct Key {
        std::uint32_t level;
        Family without, with;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& k) const {
            std::uint64_t h = (std::uint64_t{k.without} << 32 | k.with) * 0x9e3779b97f4a7c15ull;
            h ^= (h >> 31) + k.level * 0xbf58476d1ce4e5b9ull;
            return static_cast<std::size_t>(h ^ (h >> 29));
        }
    };
    std::vector<Node> m_nodes;
    std::unordered_map<Key, Family, Hash> m_unique;
    std::unordered_map<std::uint64_t, Family> m_minimal;
};

}  // namespace

LevelCutSets minimalCutSets(const BddFunction& function, std::span<const int> costByLevel, int order,
                            std::size_t limit) {
    LevelCutSets result;
    if (order < 0) return result;
    Families families;
    const auto nodes = function.nodes();
    const std::size_t orders = static_cast<std::size_t>(order) + 1;
    std::vector<Family> cuts(nodes.size() * orders, none);  // by node and what may still be spent
    for (std::size_t b = 0; b < orders; ++b) cuts[b] = empty;
    for (std::size_t i = 2; i < nodes.size(); ++i) {
        const Bdd::Node& n = nodes[i];
        const int cost = costByLevel[n.level];
        for (std::size_t b = 0; b < orders; ++b) {
            Family& of = cuts[i * orders + b];
            if (cost == 0) {
                of = cuts[n.low * orders + b];
                continue;
            }
            const Family up = cuts[n.high * orders + b];
            const Family down =
                cost <= static_cast<int>(b) ? cuts[n.low * orders + b - static_cast<std::size_t>(cost)] : none;
            of = families.make(n.level, up, families.minimal(down, up));
        }
        if (families.isTooLarge()) return {{}, false};
    }
    result.isComplete = families.list(cuts[function.root() * orders + orders - 1], result.sets, limit);
    return result;
}

}  // namespace loadpath
