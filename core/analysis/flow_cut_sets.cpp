// Cut sets of a flow over its units: those of the diagram, whose levels count units, for every small
// set of zones that is down, spelled out unit by unit.
#include "analysis/cut_sets.h"
#include "analysis/flow_figures.h"
#include "support/index.h"

#include <algorithm>
#include <bit>
#include <set>

namespace loadpath {

namespace {

constexpr std::size_t mostSets = 20'000;
constexpr int largestOrder = 8;
/// Calls `use` with every choice of `count` of the items until it has had enough.
template <class Use>
bool forChoices(const std::vector<int>& items, std::size_t count, std::vector<int>& chosen, std::size_t from,
                const Use& use) {
    if (count == 0) return use();
    for (std::size_t i = from; i + count <= items.size(); ++i) {
        chosen.push_back(items[i]);
        const bool goesOn = forChoices(items, count - 1, chosen, i + 1, use);
        chosen.pop_back();
        if (!goesOn) return false;
    }
    return true;
}

bool hasCutInside(const std::set<std::vector<int>>& known, const std::vector<int>& set) {
    for (std::uint32_t part = 1; part + 1 < 1u << set.size(); ++part) {
        std::vector<int> subset;
        for (std::size_t i = 0; i < set.size(); ++i)
            if (part >> i & 1u) subset.push_back(set[i]);
        if (known.contains(subset)) return true;
    }
    return false;
}

}  // namespace

std::vector<int> FigureMaker::costs(const std::vector<char>& isPlaceUp) const {
    std::vector<int> cost(m_variables.levels.size(), cannotFail);
    for (const Block& block : m_variables.blocks) {
        const int present = m_variables.present(block, isPlaceUp);
        for (std::size_t i = 0; i < block.needs.size(); ++i) {
            const int missing = std::max(0, present - block.needs[i] + 1);
            cost[block.firstLevel + i] = missing > 0 && m_variables.availability(block) >= 1 ? cannotFail : missing;
        }
    }
    for (std::size_t i = 0; i < cost.size(); ++i) {
        const Level& level = m_variables.levels[i];
        if (level.kind == Level::Kind::coin) cost[i] = 0;
        if (level.kind == Level::Kind::takeover && m_variables.takeoverProbability(level.index) < 1) cost[i] = 1;
        if (level.kind == Level::Kind::domain && m_variables.domainAvailability(level.index) < 1) cost[i] = 1;
    }
    return cost;
}

FigureMaker::CutSets FigureMaker::cutSets(const BddFunction& function, int order) const {
    CutSets result;
    order = std::clamp(order, 0, largestOrder);
    // Order by order, so that what is listed is complete as far as it goes.
    for (int next = std::min(order, 2); next <= order; ++next) {
        std::vector<std::vector<int>> sets;
        const bool isComplete = cutSetsOf(function, next, sets);
        if (isComplete) {
            result = {std::move(sets), next};
            continue;
        }
        if (next == 2) {
            sets.clear();
            const bool hasSingle = cutSetsOf(function, 1, sets);
            result = {std::move(sets), hasSingle ? 1 : 0};
        } else if (next < 2) {
            result = {std::move(sets), next - 1};
        }
        break;
    }
    return result;
}

/// False: not all of them.
bool FigureMaker::cutSetsOf(const BddFunction& function, int order, std::vector<std::vector<int>>& minimal) const {
    const auto& levels = m_variables.levels;
    const auto& domains = m_variables.domains;
    bool isComplete = true;
    // Units of windows and zones by level or position.
    std::vector<int> unitOfLevel(levels.size(), -1);
    int unit = 0;
    for (const Block& block : m_variables.blocks)
        for (const UnitClass& c : block.classes) unit += c.count;
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (levels[i].kind == Level::Kind::takeover) unitOfLevel[i] = unit++;
    const int firstDomain = unit;
    unit += static_cast<int>(domains.size());
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (levels[i].kind == Level::Kind::domain) unitOfLevel[i] = unit++;

    const auto all = static_cast<std::uint32_t>(m_variables.contextOf.size()) - 1;
    std::vector<std::uint32_t> downs;  // sets of zones, small ones first
    for (std::uint32_t down = 0; down <= all; ++down) {
        bool canFail = std::popcount(down) <= order;
        for (std::size_t d = 0; d < domains.size(); ++d)
            if ((down >> d & 1u) && m_variables.domainAvailability(domains[d]) >= 1) canFail = false;
        if (canFail) downs.push_back(down);
    }
    std::stable_sort(downs.begin(), downs.end(),
                     [](std::uint32_t a, std::uint32_t b) { return std::popcount(a) < std::popcount(b); });

    std::vector<std::vector<int>> found;
    std::vector<std::uint32_t> fatal;  // zones alone
    for (const std::uint32_t down : downs) {
        if (std::any_of(fatal.begin(), fatal.end(), [down](std::uint32_t f) { return (f & down) == f; })) continue;
        const auto isPlaceUp = m_variables.placesUp(all & ~down);
        const LevelCutSets ofLevels = minimalCutSets(function, costs(isPlaceUp), order - std::popcount(down), mostSets);
        isComplete = isComplete && ofLevels.isComplete;
        std::vector<int> zones;
        for (std::size_t d = 0; d < domains.size(); ++d)
            if (down >> d & 1u) zones.push_back(firstDomain + static_cast<int>(d));
        for (const auto& set : ofLevels.sets) {
            if (set.empty()) fatal.push_back(down);
            // Spell out: of every counted level so many units that too few are left.
            std::vector<std::vector<int>> spelled{zones};
            for (const std::uint32_t level : set) {
                std::vector<int> candidates{unitOfLevel[level]};
                std::size_t missing = 1;
                if (levels[level].kind == Level::Kind::units) {
                    const Block& block = m_variables.blocks[at(levels[level].index)];
                    const bool isManaged = m_variables.isManaged(block);
                    candidates.clear();
                    for (const UnitClass& c : block.classes)
                        for (int i = 0; i < c.count; ++i)
                            if (isManaged || c.place < 0 || isPlaceUp[at(c.place)]) candidates.push_back(c.unitAt + i);
                    missing = at(m_variables.present(block, isPlaceUp) - block.needs[level - block.firstLevel] + 1);
                }
                std::vector<std::vector<int>> longer;
                std::vector<int> chosen;
                for (const auto& begun : spelled)
                    forChoices(candidates, missing, chosen, 0, [&] {
                        if (longer.size() + found.size() >= mostSets) return isComplete = false;
                        longer.push_back(begun);
                        longer.back().insert(longer.back().end(), chosen.begin(), chosen.end());
                        return true;
                    });
                spelled = std::move(longer);
            }
            for (auto& cut : spelled) {
                if (found.size() >= mostSets) {
                    isComplete = false;
                    break;
                }
                std::sort(cut.begin(), cut.end());
                cut.erase(std::unique(cut.begin(), cut.end()), cut.end());
                found.push_back(std::move(cut));
            }
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const std::vector<int>& a, const std::vector<int>& b) { return a.size() < b.size(); });
    std::set<std::vector<int>> known;
    for (auto& cut : found)
        if (!hasCutInside(known, cut) && known.insert(cut).second) minimal.push_back(cut);
    return isComplete;
}

}  // namespace loadpath
