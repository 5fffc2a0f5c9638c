#include "analysis/flow_figures.h"

#include "analysis/binomial.h"
#include "support/index.h"

namespace loadpath {

/// A block's levels in one context.
struct FigureMaker::Profile {
    std::vector<double> level;  // P(at least needs[i] | at least needs[i−1])
    std::vector<double> tail;   // P(at least needs[i])
    std::vector<double> slope;  // ∂tail/∂(one present unit)
};

FigureMaker::Profile FigureMaker::profileOf(const Block& block, const Context& context) const {
    Profile profile;
    const int present = m_variables.present(block, context.isPlaceUp);
    const double up = m_variables.availability(block);
    double before = 1;
    for (const int need : block.needs) {
        const double tail = binomialTail(present, need, up);
        profile.tail.push_back(tail);
        profile.slope.push_back(present > 0 ? binomialPoint(present - 1, need - 1, up) : 0);
        profile.level.push_back(before > 0 ? tail / before : 0);
        before = tail;
    }
    return profile;
}

std::vector<double> FigureMaker::probabilities(const Context& context, Coins coins) const {
    std::vector<double> result(m_variables.levels.size(), 1.0);
    std::vector<Profile> profiles;
    for (const int block : m_variables.exampleOf) profiles.push_back(profileOf(m_variables.blocks[at(block)], context));
    for (const Block& block : m_variables.blocks)
        for (std::size_t i = 0; i < block.needs.size(); ++i)
            result[block.firstLevel + i] = profiles[at(block.profile)].level[i];
    for (std::size_t i = 0; i < result.size(); ++i) {
        const Level& level = m_variables.levels[i];
        if (level.kind == Level::Kind::takeover) result[i] = m_variables.takeoverProbability(level.index);
        if (level.kind == Level::Kind::domain) result[i] = m_variables.domainAvailability(level.index);
        if (level.kind == Level::Kind::coin)
            result[i] = coins == Coins::called ? 0 : 1 - m_graph.coins[at(level.index)].probability;
    }
    return result;
}

double FigureMaker::probability(const BddFunction& function, Coins coins) const {
    double sum = 0;
    for (const Context& context : m_variables.contexts)
        if (context.weight > 0) sum += context.weight * function.probability(probabilities(context, coins));
    return sum;
}

void FigureMaker::listUnits(FlowFigures& figures) const {
    for (const Block& block : m_variables.blocks)
        for (const UnitClass& c : block.classes)
            for (int i = 0; i < c.count; ++i) {
                UnitFigures unit;
                const int number = c.first + i * c.step;
                unit.unit = m_graph.unitName(block.node, number);
                unit.node = block.node;
                unit.managed = m_variables.isManaged(block);
                unit.availability = m_variables.availability(block);
                figures.units.push_back(std::move(unit));
                figures.unitOrder.push_back(number);
            }
    for (const Level& level : m_variables.levels) {
        if (level.kind != Level::Kind::takeover) continue;
        UnitFigures unit;
        unit.unit = m_graph.nodes[at(level.index)].id.value + ":failover";
        unit.node = level.index;
        unit.window = true;
        unit.availability = m_variables.takeoverProbability(level.index);
        figures.units.push_back(std::move(unit));
        figures.unitOrder.push_back(-1);
    }
    const auto addDomain = [&](int domain) {
        UnitFigures unit;
        unit.unit = "zone:" + m_graph.domains[at(domain)].id.value;
        unit.domain = domain;
        unit.availability = m_variables.domainAvailability(domain);
        figures.units.push_back(std::move(unit));
        figures.unitOrder.push_back(-1);
    };
    for (const int domain : m_variables.domains) addDomain(domain);
    for (const Level& level : m_variables.levels)
        if (level.kind == Level::Kind::domain) addDomain(level.index);
}

FlowFigures FigureMaker::figures(const BddFunction& function) const {
    FlowFigures result;
    listUnits(result);
    const auto& levels = m_variables.levels;
    std::vector<double> slope(levels.size()), total(levels.size(), 0.0), byContext;
    // What a unit is worth depends on its class alone: summed there first.
    std::vector<double> ofClass;
    double sum = 0;
    for (const Context& context : m_variables.contexts) {
        const auto p = probabilities(context, Coins::random);
        const double value = function.probability(p, slope);
        byContext.push_back(value);
        if (context.weight <= 0) continue;
        sum += context.weight * value;
        for (std::size_t i = 0; i < levels.size(); ++i) total[i] += context.weight * slope[i];
        std::vector<Profile> profiles;
        for (const int block : m_variables.exampleOf)
            profiles.push_back(profileOf(m_variables.blocks[at(block)], context));
        std::size_t next = 0;
        for (const Block& block : m_variables.blocks) {
            const Profile& profile = profiles[at(block.profile)];
            double worth = 0, before = 1, slopeBefore = 0;
            for (std::size_t i = 0; i < block.needs.size(); ++i) {
                if (before > 0)
                    worth += slope[block.firstLevel + i] * (profile.slope[i] - profile.level[i] * slopeBefore) / before;
                before = profile.tail[i];
                slopeBefore = profile.slope[i];
            }
            const bool isSomewhere = m_variables.isManaged(block) && m_variables.present(block, context.isPlaceUp) > 0;
            for (const UnitClass& c : block.classes) {
                if (next == ofClass.size()) ofClass.push_back(0);
                if (isSomewhere || c.place < 0 || context.isPlaceUp[at(c.place)])
                    ofClass[next] += context.weight * worth;
                ++next;
            }
        }
    }
    result.availability = sum;
    result.strict = probability(function, Coins::called);

    std::size_t unit = 0, next = 0;
    for (const Block& block : m_variables.blocks)
        for (const UnitClass& c : block.classes) {
            for (int i = 0; i < c.count; ++i) result.units[unit++].birnbaum = ofClass.empty() ? 0 : ofClass[next];
            ++next;
        }
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (levels[i].kind == Level::Kind::takeover) result.units[unit++].birnbaum = total[i];
    const auto& domains = m_variables.domains;
    for (std::size_t d = 0; d < domains.size(); ++d) {
        double difference = 0;
        for (std::uint32_t assignment = 0; assignment < m_variables.contextOf.size(); ++assignment) {
            double weight = 1;
            for (std::size_t other = 0; other < domains.size(); ++other) {
                const double a = m_variables.domainAvailability(domains[other]);
                if (other != d) weight *= (assignment >> other & 1u) ? a : 1 - a;
            }
            const double value = byContext[at(m_variables.contextOf[assignment])];
            difference += (assignment >> d & 1u) ? weight * value : -weight * value;
        }
        result.units[unit++].birnbaum = difference;
    }
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (levels[i].kind == Level::Kind::domain) result.units[unit++].birnbaum = total[i];
    for (UnitFigures& u : result.units) u.downtimeMinYear = u.birnbaum.value_or(0) * (1 - u.availability) * 525600;
    return result;
}

std::vector<double> FigureMaker::certain(const std::vector<char>& isPlaceUp, int downDomain) const {
    std::vector<double> p(m_variables.levels.size(), 1.0);
    for (const Block& block : m_variables.blocks) {
        const int present = m_variables.present(block, isPlaceUp);
        for (std::size_t i = 0; i < block.needs.size(); ++i)
            p[block.firstLevel + i] = present >= block.needs[i] ? 1 : 0;
    }
    for (std::size_t i = 0; i < p.size(); ++i) {
        const Level& level = m_variables.levels[i];
        if (level.kind == Level::Kind::coin) p[i] = 1 - m_graph.coins[at(level.index)].probability;
        if (level.kind == Level::Kind::domain && level.index == downDomain) p[i] = 0;
    }
    return p;
}

void FigureMaker::addImpact(const BddFunction& function, FlowFigures& figures) const {
    const auto& levels = m_variables.levels;
    const std::uint32_t all = static_cast<std::uint32_t>(m_variables.contextOf.size()) - 1;
    std::vector<double> slope(levels.size());
    const double usual = function.probability(certain(m_variables.placesUp(all), -1), slope);
    std::size_t unit = 0;
    for (const Block& block : m_variables.blocks) {
        int units = 0;
        for (const UnitClass& c : block.classes) units += c.count;
        // Losing one unit is felt by those who need every one of them.
        double impact = 0;
        for (std::size_t i = 0; i < block.needs.size(); ++i)
            if (block.needs[i] == units) impact = slope[block.firstLevel + i];
        for (int i = 0; i < units; ++i) figures.units[unit++].impact = impact;
    }
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (levels[i].kind == Level::Kind::takeover) figures.units[unit++].impact = slope[i];
    for (std::size_t d = 0; d < m_variables.domains.size(); ++d) {
        const auto p = certain(m_variables.placesUp(all & ~(1u << d)), -1);
        figures.units[unit++].impact = usual - function.probability(p);
    }
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (levels[i].kind == Level::Kind::domain) figures.units[unit++].impact = slope[i];
}

}  // namespace loadpath
