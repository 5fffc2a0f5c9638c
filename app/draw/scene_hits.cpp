// What lies under a point or in an area.
#include "fonts.h"
#include "scene.h"
#include "tokens.h"

#include <QFontMetricsF>

#include <cmath>

namespace loadpath {
namespace {

constexpr double portReach = 10, lineReach = 6, edgeReach = 6;

double distanceTo(QPointF p, QPointF a, QPointF b) {
    const double x = std::clamp(p.x(), std::min(a.x(), b.x()), std::max(a.x(), b.x()));
    const double y = std::clamp(p.y(), std::min(a.y(), b.y()), std::max(a.y(), b.y()));
    return std::hypot(p.x() - x, p.y() - y);
}

}  // namespace

Hit Scene::hit(QPointF at, double scale) const {
    const double slop = 1 / scale;
    const QRectF around(at.x() - portReach * slop, at.y() - portReach * slop, 2 * portReach * slop,
                        2 * portReach * slop);
    std::vector<int> near = cardsIn(around);
    std::reverse(near.begin(), near.end());

    // Ports would cover a card that is small on the screen.
    if (scale >= 0.4)
        for (const int index : near)
            for (const Side side : {Side::top, Side::right, Side::bottom, Side::left}) {
                const QPointF port = portOf(m_cards[std::size_t(index)], side);
                if (std::hypot(port.x() - at.x(), port.y() - at.y()) <= portReach * slop)
                    return {HitKind::port, index, side};
            }
    for (const int index : near)
        if (m_cards[std::size_t(index)].rect.contains(at)) return {HitKind::card, index};
    for (std::size_t i = m_notes.size(); i-- > 0;)
        if (m_notes[i].rect.contains(at)) return {HitKind::note, int(i)};

    Hit nearest;
    double least = lineReach * slop;
    const QRectF reach(at.x() - least, at.y() - least, 2 * least, 2 * least);
    for (const int index : linesIn(reach)) {
        const Line& line = m_lines[std::size_t(index)];
        if (line.labelFits && !line.label.isEmpty()) {
            const double half = QFontMetricsF(uiFont(secondarySize)).horizontalAdvance(line.label) / 2 + 9;
            if (std::abs(at.x() - line.labelAt.x()) <= half && std::abs(at.y() - line.labelAt.y()) <= 10)
                return {HitKind::line, index};
        }
        for (std::size_t i = 1; i < line.points.size(); ++i) {
            const double distance = distanceTo(at, line.points[i - 1], line.points[i]);
            if (distance > least) continue;
            least = distance;
            nearest = {HitKind::line, index};
        }
    }
    if (nearest.kind != HitKind::nothing) return nearest;

    for (std::size_t i = m_containers.size(); i-- > 0;) {
        const Container& zone = m_containers[i];
        const double e = edgeReach * slop;
        if (zone.framed && zone.rect.adjusted(-e, -e, e, e).contains(at) &&
            !zone.rect.adjusted(e, e, -e, -e).contains(at)) {
            int edges = 0;
            if (std::abs(at.x() - zone.rect.left()) <= 2 * e) edges |= 1;
            if (std::abs(at.y() - zone.rect.top()) <= 2 * e) edges |= 2;
            if (std::abs(at.x() - zone.rect.right()) <= 2 * e) edges |= 4;
            if (std::abs(at.y() - zone.rect.bottom()) <= 2 * e) edges |= 8;
            return {HitKind::zoneEdge, int(i), Side::right, edges};
        }
        if (titleRect(zone).contains(at)) return {HitKind::zoneTitle, int(i)};
    }
    return {};
}

QString Scene::idOf(const Hit& hit) const {
    const std::size_t i = std::size_t(hit.index);
    switch (hit.kind) {
        case HitKind::card:
        case HitKind::port:
            return QString::fromStdString(m_cards[i].id.value);
        case HitKind::line:
            return QString::fromStdString(m_lines[i].id.value);
        case HitKind::zoneTitle:
        case HitKind::zoneEdge:
            return QString::fromStdString(m_containers[i].id.value);
        case HitKind::note:
            return QString::fromStdString(m_notes[i].id.value);
        case HitKind::nothing:
            break;
    }
    return {};
}

QRectF Scene::rectOf(const QString& id) const {
    const std::string wanted = id.toStdString();
    if (const int index = card({wanted}); index >= 0) return m_cards[std::size_t(index)].rect;
    if (const int index = line({wanted}); index >= 0) return m_lines[std::size_t(index)].bounds;
    for (const Container& zone : m_containers)
        if (zone.id.value == wanted) return zone.rect;
    for (const NoteShape& note : m_notes)
        if (note.id.value == wanted) return note.rect;
    return {};
}

std::vector<QString> Scene::itemsIn(const QRectF& area) const {
    std::vector<QString> ids;
    for (const int index : cardsIn(area))
        if (m_cards[std::size_t(index)].rect.intersects(area))
            ids.push_back(QString::fromStdString(m_cards[std::size_t(index)].id.value));
    for (const NoteShape& note : m_notes)
        if (note.rect.intersects(area)) ids.push_back(QString::fromStdString(note.id.value));
    for (const Container& zone : m_containers)
        if (area.contains(zone.rect)) ids.push_back(QString::fromStdString(zone.id.value));
    return ids;
}

}  // namespace loadpath
