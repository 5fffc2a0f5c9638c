// The Bernoulli variables of one flow and their levels in its diagram. The units of a component are
// counted, not named: one level for "at least k of them". Zones are either fixed from outside, one
// context for every combination that matters, or, where there are too many, levels themselves.
#pragma once

#include "analysis/structure.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace loadpath {

enum class ZoneTreatment { fixed, levels };

/// Equal units in one place: first, first + step, …
struct UnitClass {
    int first = 0, step = 1, count = 1;
    int place = -1;  // index into Variables::places; −1: nowhere, or its zones are levels
    int unitAt = 0;  // index of its first unit in the list of all units
    auto operator<=>(const UnitClass&) const = default;
};

/// Units of one component that are counted together.
struct Block {
    int node = 0;
    std::vector<UnitClass> classes;
    std::vector<int> needs;  // ascending; level firstLevel + i: at least needs[i], given at least needs[i−1]
    std::uint32_t firstLevel = 0;
    int profile = 0;  // blocks of one profile have the same probabilities
};

struct Level {
    enum class Kind { units, takeover, coin, domain } kind = Kind::units;
    int index = 0;  // block, primary, coin, or domain of the graph
};

/// A combination of zones up and down, as far as it matters.
struct Context {
    double weight = 1;            // its probability
    std::vector<char> isPlaceUp;  // by place
};

class Variables : public Leaves {
public:
    Variables(const FlowGraph& graph, const Structure& structure, Bdd& bdd, ZoneTreatment treatment);

    /// The domains with a variable that the flow depends on.
    static std::vector<int> domainsOf(const FlowGraph& graph, const Structure& structure);

    Bdd::Ref up(int node, Serving serving) override;
    Bdd::Ref upEverywhere(int node, Purpose purpose, int topic) override;
    /// By partition: it keeps enough of its units up.
    std::vector<Bdd::Ref> partitionsUp(int node, Purpose purpose, int topic);
    Bdd::Ref takesOver(int primary) override;
    Bdd::Ref notCalled(int coin) override;

    std::vector<Level> levels;
    std::vector<Block> blocks;
    std::vector<int> domains;              // fixed ones
    std::vector<std::vector<int>> places;  // chains of domains (indices into `domains`)
    std::vector<Context> contexts;
    std::vector<int> contextOf;  // by assignment: bit i = domains[i] is up
    std::vector<int> exampleOf;  // block of each profile

    const Bdd& diagram() const { return m_bdd; }
    std::vector<char> placesUp(std::uint32_t assignment) const;
    /// Units of the block that can be up.
    int present(const Block& block, const std::vector<char>& isPlaceUp) const;
    bool isManaged(const Block& block) const { return m_graph.nodes[static_cast<std::size_t>(block.node)].managed; }
    double availability(const Block& block) const {
        return block.node == m_changedNode ? m_changed
                                           : m_graph.nodes[static_cast<std::size_t>(block.node)].availability;
    }
    /// What `evaluate` gives while the units of one component have another availability.
    template <class Evaluate>
    double probabilityWith(int node, double availability, const Evaluate& evaluate) {
        m_changedNode = node;
        m_changed = availability;
        const auto profiles = exampleOf;
        std::vector<int> before;
        for (Block& block : blocks) {
            before.push_back(block.profile);
            if (block.node != node) {
                // The example of a profile may be the one that changes.
                int& example = exampleOf[static_cast<std::size_t>(block.profile)];
                if (blocks[static_cast<std::size_t>(example)].node == node)
                    example = static_cast<int>(&block - blocks.data());
                continue;
            }
            block.profile = static_cast<int>(exampleOf.size());
            exampleOf.push_back(static_cast<int>(&block - blocks.data()));
        }
        const double result = evaluate();
        for (std::size_t b = 0; b < blocks.size(); ++b) blocks[b].profile = before[b];
        exampleOf = profiles;
        m_changedNode = -1;
        return result;
    }
    double takeoverProbability(int primary) const;
    double domainAvailability(int domain) const {
        return m_graph.domains[static_cast<std::size_t>(domain)].availability;
    }

private:
    void addComponent(int node);
    void addBlock(Block block);
    int placeOf(int node, int unit);
    Bdd::Ref domainsUp(int node, int unit);
    void makeContexts();

    const FlowGraph& m_graph;
    const Structure& m_structure;
    Bdd& m_bdd;
    ZoneTreatment m_treatment;
    std::map<int, std::vector<int>> m_blocksOf;  // by node
    std::map<int, std::uint32_t> m_takeoverLevel, m_coinLevel, m_domainLevel;
    std::map<std::vector<int>, int> m_placeIndex;
    std::map<std::tuple<double, bool, bool, std::vector<int>, std::vector<std::pair<int, int>>>, int> m_profiles;
    int m_units = 0, m_changedNode = -1;
    double m_changed = 1;
};

}  // namespace loadpath
