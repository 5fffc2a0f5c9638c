// What lines go around besides cards, and where they pass over each other.
#include "fonts.h"
#include "scene.h"
#include "to_qt.h"
#include "tokens.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace loadpath {
namespace {

constexpr double cornerRoom = connectionRadius + hopRadius + 1, endRoom = hopRadius + 10;

bool isAside(const Line& line) { return line.kind == LineKind::telemetry; }

}  // namespace

void Scene::setObstacles(std::unordered_map<std::string, int>& boxes, const std::vector<Wanted>& wanted) {
    std::unordered_set<std::string> stays;
    for (const Wanted& w : wanted) {
        stays.insert(w.id);
        if (const auto it = boxes.find(w.id); it != boxes.end())
            m_router.moveBox(it->second, frameOf(w.rect));
        else
            boxes[w.id] = m_router.addBox(frameOf(w.rect));
    }
    std::erase_if(boxes, [&](const auto& box) {
        if (stays.contains(box.first)) return false;
        m_router.removeBox(box.second);
        return true;
    });
}

void Scene::updateNotes(const Design& design) {
    m_notes.clear();
    const QFontMetricsF metrics(uiFont(bodySize - 1));
    for (const Note& note : design.notes) {
        const QString words = textOf(note.text);
        const QRectF laid = metrics.boundingRect(QRectF(0, 0, 168, 4000), Qt::TextWordWrap, words);
        m_notes.push_back({note.id, words,
                           QRectF(note.position.x, note.position.y, 192, std::max(48.0, std::ceil(laid.height()) + 22)),
                           false});
    }
    std::vector<Wanted> wanted;
    for (const NoteShape& note : m_notes) wanted.push_back({note.id.value, note.rect});
    setObstacles(m_noteBoxes, wanted);
}

void Scene::findHops(Line& line) const {
    line.hops.clear();
    if (isAside(line)) return;
    std::vector<int> near;
    for (std::size_t i = 0; i + 1 < line.points.size(); ++i) {
        const QPointF a = line.points[i], b = line.points[i + 1];
        if (a.y() != b.y()) continue;
        // Only the one that lies flat passes over: each crossing has one bridge.
        const double lo = std::min(a.x(), b.x()) + (i == 0 && a.x() < b.x() ? endRoom : cornerRoom);
        const double hi =
            std::max(a.x(), b.x()) - (i + 2 == line.points.size() && a.x() < b.x() ? endRoom : cornerRoom);
        if (lo >= hi) continue;
        std::vector<double> crossings;
        m_lineGrid.find({lo, a.y() - 1, hi, a.y() + 1}, near);
        for (const int index : near) {
            const Line& other = m_lines[std::size_t(index)];
            if (&other == &line || isAside(other)) continue;
            for (std::size_t k = 0; k + 1 < other.points.size(); ++k) {
                const QPointF c = other.points[k], d = other.points[k + 1];
                if (c.x() != d.x() || c.x() <= lo || c.x() >= hi) continue;
                if (a.y() > std::min(c.y(), d.y()) + hopRadius && a.y() < std::max(c.y(), d.y()) - hopRadius)
                    crossings.push_back(c.x());
            }
        }
        std::sort(crossings.begin(), crossings.end());
        double last = -1e300;
        const std::size_t first = line.hops.size();
        for (const double x : crossings) {
            if (x - last < 2 * hopRadius + 1) continue;  // the bridge before reaches over this one, too
            line.hops.push_back({int(i), x});
            last = x;
        }
        if (a.x() > b.x()) std::reverse(line.hops.begin() + std::ptrdiff_t(first), line.hops.end());
    }
}

void Scene::updateHops(const std::vector<int>& changed, const std::vector<QRectF>& areas) {
    std::vector<int> stale = changed, near;
    for (const QRectF& area : areas) {
        if (area.isNull()) continue;
        m_lineGrid.find({area.left(), area.top(), area.right(), area.bottom()}, near);
        stale.insert(stale.end(), near.begin(), near.end());
    }
    std::sort(stale.begin(), stale.end());
    stale.erase(std::unique(stale.begin(), stale.end()), stale.end());
    for (const int index : stale)
        if (m_lines[std::size_t(index)].alive) findHops(m_lines[std::size_t(index)]);
}

}  // namespace loadpath
