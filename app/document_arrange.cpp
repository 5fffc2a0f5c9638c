// Document: intents that put several things in order at once.
#include "document.h"
#include "draw/tokens.h"
#include "fragment.h"
#include "layout/tidy.h"
#include "placement.h"
#include "qt_values.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

/// What can be lined up, with where it stands.
struct Placed {
    std::string id;
    double x = 0, y = 0, width = 0, height = 0;
};

std::vector<Placed> placed(const Design& design, const QStringList& ids) {
    std::vector<Placed> items;
    for (const QString& wanted : ids) {
        const std::string id = wanted.toStdString();
        if (const Component* c = design.components.find({id}); c && !c->locked)
            items.push_back({id, c->position.x, c->position.y, cardWidth, cardHeight});
        else if (const Zone* z = design.zones.find({id}); z && z->frame)
            items.push_back({id, z->frame->x, z->frame->y, z->frame->width, z->frame->height});
    }
    return items;
}

/// Each item by its own way, with what stands in a zone and with the borders it passes.
Edits moved(const Design& design, const std::vector<Placed>& before, const std::vector<Placed>& after) {
    Edits edits;
    Design scratch = design;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const double dx = after[i].x - before[i].x, dy = after[i].y - before[i].y;
        if (dx == 0 && dy == 0) continue;
        const Edits step = moveEdits(scratch, {before[i].id}, dx, dy);
        applyEdits(scratch, step);
        edits.insert(edits.end(), step.begin(), step.end());
    }
    return edits;
}

}  // namespace

bool Document::tidyUp(bool topDown) {
    TidyOptions options;
    options.direction = topDown ? Direction::down : Direction::right;
    options.cardWidth = cardWidth;
    options.cardHeight = cardHeight;
    for (const QString& id : m_selection.ids())
        if (m_selection.kindOf(id) == ItemKind::component) options.only.insert(id.toStdString());
    const bool part = options.only.size() > 1 && options.only.size() < m_design.components.size();
    if (!part) options.only.clear();
    const Edits edits = tidyEdits(m_design, options);
    if (edits.empty()) return false;
    emit rearranging();
    return push(edits, part ? tr("Tidy up %n component(s)", nullptr, int(options.only.size())) : tr("Tidy up"));
}

void Document::align(const QString& edge) {
    const std::vector<Placed> items = placed(m_design, m_selection.ids());
    if (items.size() < 2) return;
    std::vector<Placed> after = items;
    double left = 1e300, right = -1e300, top = 1e300, bottom = -1e300;
    for (const Placed& p : items) {
        left = std::min(left, p.x), right = std::max(right, p.x + p.width);
        top = std::min(top, p.y), bottom = std::max(bottom, p.y + p.height);
    }
    for (Placed& p : after) {
        if (edge == u"left") p.x = left;
        if (edge == u"right") p.x = right - p.width;
        if (edge == u"centre") p.x = std::round((left + right - p.width) / 2);
        if (edge == u"top") p.y = top;
        if (edge == u"bottom") p.y = bottom - p.height;
        if (edge == u"middle") p.y = std::round((top + bottom - p.height) / 2);
    }
    push(moved(m_design, items, after), tr("Align %n item(s)", nullptr, int(items.size())));
}

void Document::distribute(bool vertically) {
    std::vector<Placed> items = placed(m_design, m_selection.ids());
    if (items.size() < 3) return;
    std::stable_sort(items.begin(), items.end(), [vertically](const Placed& a, const Placed& b) {
        return vertically ? a.y + a.height / 2 < b.y + b.height / 2 : a.x + a.width / 2 < b.x + b.width / 2;
    });
    std::vector<Placed> after = items;
    double filled = 0;
    for (const Placed& p : items) filled += vertically ? p.height : p.width;
    const double from = vertically ? items.front().y : items.front().x;
    const double to = vertically ? items.back().y + items.back().height : items.back().x + items.back().width;
    const double gap = (to - from - filled) / double(items.size() - 1);
    double at = from;
    for (Placed& p : after) {
        (vertically ? p.y : p.x) = std::round(at);
        at += (vertically ? p.height : p.width) + gap;
    }
    after.front() = items.front();
    after.back() = items.back();
    push(moved(m_design, items, after), tr("Distribute %n item(s)", nullptr, int(items.size())));
}

void Document::sameSize() {
    const Zone* model = nullptr;
    QStringList others;
    for (const QString& id : m_selection.ids()) {
        const Zone* zone = m_design.zones.find({id.toStdString()});
        if (!zone || !zone->frame) continue;
        model = zone;
        others.append(id);
    }
    if (others.size() < 2) return;
    Edits edits;
    Design scratch = m_design;
    const Frame size = *model->frame;
    for (const QString& id : others) {
        const Frame now = *scratch.zones.find({id.toStdString()})->frame;
        const Edits step = frameEdits(scratch, {id.toStdString()}, {now.x, now.y, size.width, size.height});
        applyEdits(scratch, step);
        edits.insert(edits.end(), step.begin(), step.end());
    }
    push(edits, tr("Make %n zone(s) the same size", nullptr, int(others.size())));
}

void Document::setSelectionLocked(bool locked) {
    Edits edits;
    for (const QString& id : m_selection.ids()) {
        const Component* c = m_design.components.find({id.toStdString()});
        if (!c || c->locked == locked) continue;
        Component changed = *c;
        changed.locked = locked;
        edits.push_back(Put<Component>{std::move(changed), std::nullopt});
    }
    const QString text = locked ? tr("Lock %n component(s)", nullptr, int(edits.size()))
                                : tr("Unlock %n component(s)", nullptr, int(edits.size()));
    push(edits, text);
}

bool Document::isLocked(const QString& id) const {
    const Component* c = m_design.components.find({id.toStdString()});
    return c && c->locked;
}

void Document::restack(bool front) {
    Edits edits;
    std::vector<const Component*> chosen;
    for (const Component& c : m_design.components)
        if (m_selection.contains(toQt(c.id.value))) chosen.push_back(&c);
    if (!front) std::reverse(chosen.begin(), chosen.end());
    for (const Component* c : chosen) edits.push_back(Put<Component>{*c, front ? m_design.components.size() - 1 : 0});
    Design trial = m_design;
    applyEdits(trial, edits);
    bool same = true;
    for (std::size_t i = 0; i < trial.components.size(); ++i)
        same = same && trial.components[i].id == m_design.components[i].id;
    if (!same) push(edits, front ? tr("Bring to the front") : tr("Send to the back"));
}

void Document::bringToFront() { restack(true); }
void Document::sendToBack() { restack(false); }

void Document::setCollapsed(const QString& zoneId, bool collapsed) {
    const Zone* zone = m_design.zones.find({zoneId.toStdString()});
    if (!zone || zone->collapsed == collapsed) return;
    Zone changed = *zone;
    changed.collapsed = collapsed;
    push({Put<Zone>{std::move(changed), std::nullopt}},
         collapsed ? tr("Collapse %1").arg(nameOf(zoneId)) : tr("Expand %1").arg(nameOf(zoneId)));
}

bool Document::isCollapsed(const QString& zoneId) const {
    const Zone* zone = m_design.zones.find({zoneId.toStdString()});
    return zone && zone->collapsed;
}

bool Document::duplicateBy(double dx, double dy) {
    const Pasted pasted = pasteEdits(m_design, *m_catalog, fragmentOf(m_design, toStd(m_selection.ids())), dx, dy);
    if (pasted.ids.empty() || !push(pasted.edits, tr("Duplicate"))) return false;
    QStringList ids;
    for (const std::string& id : pasted.ids) ids.append(toQt(id));
    m_selection.selectMany(ids);
    return true;
}

}  // namespace loadpath
