#include "analysis/variables.h"
#include "support/index.h"

#include <algorithm>

namespace loadpath {

namespace {

bool isClient(const Node& node) { return node.behaviour == Behaviour::client; }

/// Units that any question about the node looks at.
int unitsAsked(const std::vector<Serving>& servings) {
    int units = 0;
    for (const Serving& s : servings) units = std::max(units, s.units);
    return units;
}

bool sameUnits(const std::vector<Serving>& servings) {
    return std::all_of(servings.begin(), servings.end(),
                       [&servings](const Serving& s) { return s.units == servings.front().units; });
}

}  // namespace

std::vector<int> Variables::domainsOf(const FlowGraph& graph, const Structure& structure) {
    std::vector<char> used(graph.domains.size(), 0);
    std::vector<int> domains;
    for (const auto& [index, servings] : structure.servings) {
        const Node& node = graph.nodes[at(index)];
        if (node.zones.empty() || isClient(node) || (node.managed && !node.zonal)) continue;
        const int count = static_cast<int>(node.zones.size());
        const int units = structure.scattered.contains(index) ? node.units : unitsAsked(servings);
        const int places = node.managed ? count : std::min(count, units);
        for (int unit = 0; unit < places; ++unit)
            for (const int domain : graph.domainsOfUnit(index, unit)) used[at(domain)] = 1;
    }
    for (std::size_t i = 0; i < used.size(); ++i)
        if (used[i]) domains.push_back(static_cast<int>(i));
    return domains;
}

Variables::Variables(const FlowGraph& graph, const Structure& structure, Bdd& bdd, ZoneTreatment treatment)
    : m_graph(graph), m_structure(structure), m_bdd(bdd), m_treatment(treatment) {
    if (treatment == ZoneTreatment::fixed) domains = domainsOf(graph, structure);
    std::vector<Atom> atoms = structure.atoms;
    if (treatment == ZoneTreatment::levels) {
        // Region by region: what shares zones then stands together, and regions do not multiply.
        std::vector<std::pair<int, Atom>> keyed;
        int region = -1;
        for (const Atom& atom : atoms) {
            if (atom.kind == Atom::Kind::component) {
                const Node& node = graph.nodes[at(atom.index)];
                region = node.zones.empty() ? -1 : node.zones.front();
                while (region >= 0 && graph.domains[at(region)].parent >= 0) region = graph.domains[at(region)].parent;
            }
            keyed.emplace_back(region, atom);
        }
        std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t i = 0; i < atoms.size(); ++i) atoms[i] = keyed[i].second;
    }
    for (const Atom& atom : atoms) {
        if (atom.kind == Atom::Kind::component) {
            addComponent(atom.index);
            continue;
        }
        const bool isCoin = atom.kind == Atom::Kind::coin;
        (isCoin ? m_coinLevel : m_takeoverLevel)[atom.index] = static_cast<std::uint32_t>(levels.size());
        levels.push_back({isCoin ? Level::Kind::coin : Level::Kind::takeover, atom.index});
    }
    makeContexts();
}

int Variables::placeOf(int node, int unit) {
    if (m_treatment == ZoneTreatment::levels) return -1;
    std::vector<int> chain;
    for (const int domain : m_graph.domainsOfUnit(node, unit))
        chain.push_back(static_cast<int>(std::lower_bound(domains.begin(), domains.end(), domain) - domains.begin()));
    if (chain.empty()) return -1;
    const auto [it, isNew] = m_placeIndex.try_emplace(chain, static_cast<int>(places.size()));
    if (isNew) places.push_back(chain);
    return it->second;
}

void Variables::addComponent(int index) {
    const auto asked = m_structure.servings.find(index);
    const Node& node = m_graph.nodes[at(index)];
    if (asked == m_structure.servings.end() || isClient(node) || m_blocksOf.contains(index)) return;
    const auto& servings = asked->second;
    const int zones = static_cast<int>(node.zones.size());
    if (m_treatment == ZoneTreatment::levels && (!node.managed || node.zonal))
        for (int unit = 0; unit < zones; ++unit) {
            auto chain = m_graph.domainsOfUnit(index, unit);
            std::reverse(chain.begin(), chain.end());
            for (const int domain : chain)
                if (m_domainLevel.try_emplace(domain, static_cast<std::uint32_t>(levels.size())).second)
                    levels.push_back({Level::Kind::domain, domain});
        }

    Block block;
    block.node = index;
    if (node.managed) {
        if (node.zonal)  // places it can live in; the first stands for the one variable
            for (int z = 0; z < zones; ++z) block.classes.push_back({0, 1, z == 0 ? 1 : 0, placeOf(index, z)});
        if (block.classes.empty()) block.classes.push_back({0, 1, 1, -1});
        block.needs = {1};
        addBlock(std::move(block));
        return;
    }
    const bool isScattered = m_structure.scattered.contains(index);
    const int units = isScattered ? node.units : unitsAsked(servings);
    if (isScattered || !sameUnits(servings)) {
        // Questions about different sets of units: each unit is counted alone.
        for (int unit = 0; unit < units; ++unit) addBlock({index, {{unit, 1, 1, placeOf(index, unit)}}, {1}});
        return;
    }
    const int classes = std::clamp(zones, 1, std::max(1, units));
    for (int c = 0; c < classes; ++c)
        block.classes.push_back({c, classes, (units - c + classes - 1) / classes, placeOf(index, c)});
    if (m_treatment == ZoneTreatment::fixed || classes == 1) {
        for (const Serving& s : servings)
            if (block.needs.empty() || block.needs.back() != s.need) block.needs.push_back(s.need);
        addBlock(std::move(block));
        return;
    }
    for (const UnitClass& c : block.classes) {
        Block part{index, {c}, {}};
        for (int need = 1; need <= std::min(c.count, servings.back().need); ++need) part.needs.push_back(need);
        addBlock(std::move(part));
    }
}

void Variables::addBlock(Block block) {
    block.firstLevel = static_cast<std::uint32_t>(levels.size());
    std::vector<std::pair<int, int>> shape;
    for (UnitClass& c : block.classes) {
        shape.emplace_back(c.count, c.place);
        c.unitAt = m_units;
        m_units += c.count;
    }
    const Node& node = m_graph.nodes[at(block.node)];
    const auto [it, isNew] = m_profiles.try_emplace({node.availability, node.managed, node.zonal, block.needs, shape},
                                                    static_cast<int>(exampleOf.size()));
    const int number = static_cast<int>(blocks.size());
    if (isNew) exampleOf.push_back(number);
    block.profile = it->second;
    for (std::size_t i = 0; i < block.needs.size(); ++i) levels.push_back({Level::Kind::units, number});
    m_blocksOf[block.node].push_back(number);
    blocks.push_back(std::move(block));
}

Bdd::Ref Variables::domainsUp(int node, int unit) {
    if (m_treatment == ZoneTreatment::fixed) return Bdd::yes;
    Bdd::Ref all = Bdd::yes;
    for (const int domain : m_graph.domainsOfUnit(node, unit))
        all = m_bdd.both(m_bdd.variable(m_domainLevel.at(domain)), all);
    return all;
}

Bdd::Ref Variables::up(int index, Serving serving) {
    const Node& node = m_graph.nodes[at(index)];
    if (isClient(node) || serving.need <= 0) return Bdd::yes;
    const auto& own = m_blocksOf.at(index);
    const auto counted = [this](const Block& block, int need) {  // at least `need` of the block
        const auto it = std::find(block.needs.begin(), block.needs.end(), need);
        if (it == block.needs.end()) return Bdd::no;
        Bdd::Ref all = Bdd::yes;
        for (auto i = static_cast<std::uint32_t>(it - block.needs.begin()) + 1; i-- > 0;)
            all = m_bdd.make(block.firstLevel + i, Bdd::no, all);
        return all;
    };
    if (node.managed) {
        Bdd::Ref place = Bdd::yes;
        if (node.zonal && m_treatment == ZoneTreatment::levels && !node.zones.empty()) {
            place = Bdd::no;
            for (std::size_t z = 0; z < node.zones.size(); ++z)
                place = m_bdd.either(domainsUp(index, static_cast<int>(z)), place);
        }
        return m_bdd.both(counted(blocks[at(own.front())], 1), place);
    }
    if (own.size() == 1) {
        const Block& block = blocks[at(own.front())];
        return m_bdd.both(counted(block, serving.need), domainsUp(index, block.classes.front().first));
    }
    std::vector<Bdd::Ref> reached(at(serving.need) + 1, Bdd::no);  // [j]: at least j so far
    reached[0] = Bdd::yes;
    for (auto it = own.rbegin(); it != own.rend(); ++it) {
        const Block& block = blocks[at(*it)];
        const UnitClass& c = block.classes.front();
        if (c.first >= serving.units) continue;
        const Bdd::Ref place = domainsUp(index, c.first);
        std::vector<Bdd::Ref> here{Bdd::yes};
        for (int j = 1; j <= std::min(c.count, serving.need); ++j) here.push_back(m_bdd.both(counted(block, j), place));
        for (std::size_t j = at(serving.need); j >= 1; --j)
            for (std::size_t i = 1; i < here.size() && i <= j; ++i)
                reached[j] = m_bdd.either(m_bdd.both(here[i], reached[j - i]), reached[j]);
    }
    return reached.back();
}

std::vector<Bdd::Ref> Variables::partitionsUp(int index, Purpose purpose, int topic) {
    const int need = m_graph.servingOf(index, purpose, topic).need;
    std::vector<Bdd::Ref> unitUp;
    for (const int number : m_blocksOf.at(index)) {  // one block for each unit
        const Block& block = blocks[at(number)];
        unitUp.push_back(m_bdd.both(m_bdd.variable(block.firstLevel), domainsUp(index, block.classes.front().first)));
    }
    std::vector<Bdd::Ref> result;
    for (const auto& units : m_graph.partitions(index, purpose, topic)) {
        std::vector<Bdd::Ref> held;
        for (const int unit : units) held.push_back(unitUp[at(unit)]);
        result.push_back(m_bdd.atLeast(need, std::move(held)));
        if (m_bdd.isExhausted()) break;
    }
    return result;
}

Bdd::Ref Variables::upEverywhere(int index, Purpose purpose, int topic) {
    auto partitions = partitionsUp(index, purpose, topic);
    if (m_bdd.isExhausted()) return Bdd::no;
    // Those that begin last first: what is then added stands on top and stays a few levels deep. Partitions
    // that close the ring reach from its end to its beginning.
    Bdd::Ref all = Bdd::yes;
    for (auto it = partitions.rbegin(); it != partitions.rend(); ++it) all = m_bdd.both(*it, all);
    return all;
}

Bdd::Ref Variables::takesOver(int primary) { return m_bdd.variable(m_takeoverLevel.at(primary)); }
Bdd::Ref Variables::notCalled(int coin) { return m_bdd.variable(m_coinLevel.at(coin)); }

double Variables::takeoverProbability(int primary) const {
    return 1 - m_graph.nodes[at(primary)].standbys.front().windowShare;
}

std::vector<char> Variables::placesUp(std::uint32_t assignment) const {
    std::vector<char> isUp(places.size(), 1);
    for (std::size_t p = 0; p < places.size(); ++p)
        for (const int domain : places[p]) isUp[p] = static_cast<char>(isUp[p] && (assignment >> domain & 1u));
    return isUp;
}

int Variables::present(const Block& block, const std::vector<char>& isPlaceUp) const {
    int units = 0;
    for (const UnitClass& c : block.classes) {
        const bool isUp = c.place < 0 || isPlaceUp[at(c.place)];
        if (isManaged(block) && isUp) return 1;  // one place is enough
        if (isUp) units += c.count;
    }
    return units;
}

void Variables::makeContexts() {
    const std::uint32_t assignments = 1u << domains.size();
    std::map<std::vector<char>, int> known;
    for (std::uint32_t assignment = 0; assignment < assignments; ++assignment) {
        double weight = 1;
        for (std::size_t d = 0; d < domains.size(); ++d) {
            const double a = domainAvailability(domains[d]);
            weight *= (assignment >> d & 1u) ? a : 1 - a;
        }
        auto isUp = placesUp(assignment);
        const auto [it, isNew] = known.try_emplace(isUp, static_cast<int>(contexts.size()));
        if (isNew) contexts.push_back({0, std::move(isUp)});
        contexts[at(it->second)].weight += weight;
        contextOf.push_back(it->second);
    }
}

}  // namespace loadpath
