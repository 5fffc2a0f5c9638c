#include "collapse.h"

#include "model/edit.h"
#include "tokens.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace loadpath {
namespace {

constexpr std::string_view lineKey = "group_line";

/// The outermost collapsed zone around a zone; null for none.
const Zone* outermostCollapsed(const Design& design, const ZoneId& id) {
    const Zone* found = nullptr;
    const Zone* zone = design.zones.find(id);
    for (std::size_t steps = 0; zone && steps <= design.zones.size(); ++steps, zone = design.zones.find(zone->parent))
        if (zone->collapsed) found = zone;
    return found;
}

double instancesOf(const Component& component) {
    const auto it = component.properties.find("instances");
    return it == component.properties.end() ? 1 : std::max(1.0, it->second.number(1));
}

}  // namespace

bool hasCollapsed(const Design& design) {
    for (const Zone& zone : design.zones)
        if (zone.collapsed) return true;
    return false;
}

Collapsed collapsed(const Design& design) {
    Collapsed shown{design, {}};
    std::unordered_map<std::string, std::string> homeOf;  // component → zone whose card stands for it
    struct Sum {
        double left = 1e300, top = 1e300, instances = 0;
        std::string type;
    };
    std::unordered_map<std::string, Sum> sums;
    for (const Component& c : design.components) {
        // What stands in several zones belongs to a card only when all of them do.
        const Zone* home = c.zones.empty() ? nullptr : outermostCollapsed(design, c.zones.front());
        for (const ZoneId& zone : c.zones)
            if (outermostCollapsed(design, zone) != home) home = nullptr;
        if (!home) continue;
        homeOf[c.id.value] = home->id.value;
        shown.members[home->id.value].push_back(c.id);
        Sum& sum = sums[home->id.value];
        sum.left = std::min(sum.left, c.position.x), sum.top = std::min(sum.top, c.position.y);
        sum.instances += instancesOf(c);
        if (sum.type.empty()) sum.type = c.type;
    }
    Edits edits;
    for (const Zone& zone : design.zones) {
        const auto members = shown.members.find(zone.id.value);
        if (members == shown.members.end()) continue;
        const Sum& sum = sums[zone.id.value];
        Component card;
        card.id.value = zone.id.value;
        card.type = sum.type;
        card.name = zone.name.empty() ? zone.id.value : zone.name;
        card.position = zone.frame ? Point{zone.frame->x, zone.frame->y} : Point{sum.left, sum.top};
        const std::size_t count = members->second.size();
        card.extra[std::string(lineKey)] = std::to_string(count) + (count == 1 ? " component · " : " components · ") +
                                           std::to_string(int(sum.instances)) +
                                           (sum.instances == 1 ? " instance" : " instances");
        edits.push_back(Put<Component>{std::move(card), std::nullopt});
    }
    std::set<std::tuple<std::string, std::string, Mode>> drawn;
    for (const Connection& c : design.connections) {
        const auto from = homeOf.find(c.from.value), to = homeOf.find(c.to.value);
        if (from == homeOf.end() && to == homeOf.end()) continue;
        Connection line = c;
        if (from != homeOf.end()) line.from.value = from->second;
        if (to != homeOf.end()) line.to.value = to->second;
        line.bends.clear();
        if (line.from != line.to && drawn.insert({line.from.value, line.to.value, line.mode}).second)
            edits.push_back(Put<Connection>{std::move(line), std::nullopt});
        else
            edits.push_back(Drop<Connection>{c.id});
    }
    for (const auto& entry : homeOf) edits.push_back(Drop<Component>{{entry.first}});
    for (const Zone& zone : design.zones)
        if (outermostCollapsed(design, zone.id)) edits.push_back(Drop<Zone>{zone.id});
    applyEdits(shown.design, edits);
    return shown;
}

std::string groupLine(const Component& component) {
    const auto it = component.extra.find(lineKey);
    return it == component.extra.end() || !it->second.text() ? std::string() : *it->second.text();
}

}  // namespace loadpath
