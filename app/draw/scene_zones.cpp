// Containers of zones, and which zones a card must name itself.
#include "fonts.h"
#include "scene.h"
#include "tokens.h"

#include <QFontMetricsF>

#include <algorithm>
#include <unordered_map>

namespace loadpath {
namespace {

constexpr double padding = 24, titleHeight = 36;

struct Built {
    const Zone* zone = nullptr;
    int parent = -1, depth = 0;
    QRectF rect, members;
    bool framed = false;
};

/// Names that begin alike are told apart by their ends: us-east-1a, us-east-1b → 1a, 1b.
void shorten(QStringList& names) {
    if (names.size() < 2) return;
    qsizetype common = 0;
    const QString& first = names.front();
    const auto isShared = [&](qsizetype at) {
        return std::all_of(names.begin(), names.end(),
                           [&](const QString& n) { return at + 1 < n.size() && n[at] == first[at]; });
    };
    while (common < first.size() && isShared(common)) ++common;
    while (common > 0 && first[common - 1].isLetterOrNumber()) --common;
    for (QString& name : names) name = name.mid(common);
}

QRectF padded(const QRectF& members) {
    return members.isNull() ? QRectF() : members.adjusted(-padding, -titleHeight, padding, padding);
}

}  // namespace

void Scene::updateContainers(const Design& design) {
    std::vector<Built> built;
    std::unordered_map<std::string, int> byId;
    for (const Zone& zone : design.zones) {
        byId[zone.id.value] = int(built.size());
        built.push_back({&zone, -1, 0, {}, {}, zone.frame.has_value()});
        if (zone.frame) built.back().rect = QRectF(zone.frame->x, zone.frame->y, zone.frame->width, zone.frame->height);
    }
    for (Built& b : built)
        if (const auto it = byId.find(b.zone->parent.value); it != byId.end()) b.parent = it->second;
    int deepest = 0;
    for (Built& b : built) {
        for (int up = b.parent; up >= 0 && b.depth < int(built.size()); up = built[std::size_t(up)].parent) ++b.depth;
        deepest = std::max(deepest, b.depth);
    }
    const auto isInside = [&](int zone, int outer) {
        for (int steps = 0; zone >= 0 && steps <= int(built.size()); ++steps, zone = built[std::size_t(zone)].parent)
            if (zone == outer) return true;
        return false;
    };
    const auto zonesOf = [&](const Component& component) {
        std::vector<int> zones;
        for (const ZoneId& id : component.zones)
            if (const auto it = byId.find(id.value); it != byId.end()) zones.push_back(it->second);
        return zones;
    };

    // A container holds what is placed in it and nowhere outside of it.
    for (const Component& component : design.components) {
        const std::vector<int> zones = zonesOf(component);
        if (zones.empty()) continue;
        const QRectF& rect = m_cards[std::size_t(card(component.id))].rect;
        for (int outer = zones.front(), steps = 0; outer >= 0 && steps <= int(built.size());
             outer = built[std::size_t(outer)].parent, ++steps)
            if (std::all_of(zones.begin(), zones.end(), [&](int z) { return isInside(z, outer); }))
                built[std::size_t(outer)].members =
                    built[std::size_t(outer)].members.united(rect.adjusted(0, -8, 8, 0));
    }
    for (int depth = deepest; depth >= 0; --depth)
        for (Built& b : built) {
            if (b.depth != depth) continue;
            if (!b.framed) b.rect = padded(b.members);
            if (b.parent >= 0 && !b.rect.isNull())
                built[std::size_t(b.parent)].members = built[std::size_t(b.parent)].members.united(b.rect);
        }

    m_containers.clear();
    for (int depth = 0; depth <= deepest; ++depth)
        for (const Built& b : built)
            if (b.depth == depth && !b.rect.isNull())
                m_containers.push_back({b.zone->id,
                                        QString::fromStdString(b.zone->name.empty() ? b.zone->id.value : b.zone->name),
                                        QString::fromStdString(b.zone->kind), b.rect, depth, b.framed, false, false});

    std::vector<Wanted> titles;
    for (const Container& zone : m_containers) titles.push_back({zone.id.value, titleRect(zone)});
    setObstacles(m_titleBoxes, titles);

    // Chips name the zones whose container is not drawn around the card.
    for (const Component& component : design.components) {
        Card& shown = m_cards[std::size_t(card(component.id))];
        if (component.zones.empty() && shown.chips.isEmpty()) continue;
        QStringList chips;
        const std::vector<int> zones = zonesOf(component);
        for (const int z : zones) {
            const Built& b = built[std::size_t(z)];
            const bool inFrame = !b.rect.isNull() && b.rect.contains(shown.rect.center());
            if (!inFrame || zones.size() > 1)
                chips.push_back(QString::fromStdString(b.zone->name.empty() ? b.zone->id.value : b.zone->name));
        }
        shorten(chips);
        if (chips == shown.chips) continue;
        shown.chips = chips;
        ++shown.revision;
    }
}

QRectF Scene::titleRect(const Container& zone) {
    const double width = QFontMetricsF(uiFont(secondarySize, QFont::DemiBold)).horizontalAdvance(zone.name) + 28;
    return {zone.rect.left(), zone.rect.top(), std::min(width, zone.rect.width()), 28};
}

int Scene::framedZoneAt(QPointF at) const {
    int deepest = -1;
    for (std::size_t i = 0; i < m_containers.size(); ++i)
        if (m_containers[i].framed && m_containers[i].rect.contains(at) &&
            (deepest < 0 || m_containers[i].depth >= m_containers[std::size_t(deepest)].depth))
            deepest = int(i);
    return deepest;
}

}  // namespace loadpath
