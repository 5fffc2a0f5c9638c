#include "scene.h"

#include "card_text.h"
#include "collapse.h"
#include "fonts.h"
#include "model/keys.h"
#include "to_qt.h"
#include "tokens.h"

#include <QFontMetricsF>

#include <cmath>
#include <unordered_set>
#include <utility>

namespace loadpath {
namespace {

Frame frameAt(Point p) { return {p.x, p.y, cardWidth, cardHeight}; }
Area areaOf(const QRectF& r) { return {r.left(), r.top(), r.right(), r.bottom()}; }

bool sameFigure(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

QString labelOf(const Connection& connection, const ParameterView& view, LineKind kind) {
    const auto stated = [&](std::string_view key) {
        const Value value = view.isStated(key) ? view.value(key) : Value();
        return value.text() ? textOf(*value.text()) : QString();
    };
    switch (kind) {
        case LineKind::replication:
            return connection.mode == Mode::standby ? QStringLiteral("standby") : QStringLiteral("replication");
        case LineKind::deadLetter:
            return QStringLiteral("dead letters");
        case LineKind::message:
            return stated("topic");
        case LineKind::control:
        case LineKind::telemetry:
            return {};
        case LineKind::call:
            break;
    }
    const QString protocol = stated("protocol");
    // Nearly every line of a design speaks HTTP: naming it would hide what is worth reading.
    if (protocol.startsWith(u"http")) return {};
    static const QStringList acronyms{QStringLiteral("resp"), QStringLiteral("sql"),  QStringLiteral("dns"),
                                      QStringLiteral("cql"),  QStringLiteral("amqp"), QStringLiteral("tcp"),
                                      QStringLiteral("s3"),   QStringLiteral("sqs"),  QStringLiteral("ws"),
                                      QStringLiteral("wss"),  QStringLiteral("sse"),  QStringLiteral("smtp")};
    return acronyms.contains(protocol) ? protocol.toUpper() : QString(protocol).replace(u'_', u' ');
}

}  // namespace

bool operator==(const CardState& a, const CardState& b) {
    return sameFigure(a.utilisation, b.utilisation) && a.findings == b.findings && a.worst == b.worst &&
           a.down == b.down && a.up == b.up && a.units == b.units && sameFigure(a.heat, b.heat) &&
           a.heatText == b.heatText;
}

double Line::length() const {
    double sum = 0;
    for (std::size_t i = 1; i < points.size(); ++i) sum += (points[i] - points[i - 1]).manhattanLength();
    return sum;
}

Scene::Scene(std::shared_ptr<const Catalog> catalog) : m_catalog(std::move(catalog)) {}

QPointF Scene::portOf(const Card& card, Side side) {
    const QPointF c = card.rect.center();
    switch (side) {
        case Side::top:
            return {c.x(), card.rect.top()};
        case Side::bottom:
            return {c.x(), card.rect.bottom()};
        case Side::left:
            return {card.rect.left(), c.y()};
        case Side::right:
            break;
    }
    return {card.rect.right(), c.y()};
}

int Scene::card(const ComponentId& id) const {
    const auto it = m_cardById.find(id.value);
    return it == m_cardById.end() ? -1 : it->second;
}

int Scene::line(const ConnectionId& id) const {
    const auto it = m_lineById.find(id.value);
    return it == m_lineById.end() ? -1 : it->second;
}

void Scene::setDesign(const Design& design) {
    if (!hasCollapsed(design)) {
        m_members.clear();
        showDesign(design);
        return;
    }
    Collapsed shown = collapsed(design);
    m_members = std::move(shown.members);
    showDesign(shown.design);
}

void Scene::showDesign(const Design& design) {
    // Lines of cards that go must be gone before them.
    for (const Connection& old : m_design.connections) {
        const Connection* now = design.connections.find(old.id);
        if (now && now->from == old.from && now->to == old.to) continue;
        const int index = line(old.id);
        m_router.disconnect(index);
        m_goneLines.push_back(m_lines[std::size_t(index)].bounds);
        m_lineGrid.remove(index);
        m_lines[std::size_t(index)].alive = false;
        m_lineById.erase(old.id.value);
    }
    const bool cardsChanged = updateCards(design);
    const bool linesChanged = updateLines(design);
    const bool zonesChanged = !(m_design.zones == design.zones);
    if (cardsChanged || zonesChanged) updateContainers(design);
    const bool notesChanged = !(m_design.notes == design.notes);
    if (notesChanged) updateNotes(design);
    m_design = design;
    if (cardsChanged || linesChanged || zonesChanged || notesChanged) reroute();
    setSelection(m_selection);
    applyLit();
}

std::vector<ComponentId> Scene::standsFor(const Card& card) const {
    const auto it = m_members.find(card.id.value);
    return it == m_members.end() ? std::vector<ComponentId>{card.id} : it->second;
}

void Scene::setLit(const std::optional<std::unordered_set<std::string>>& ids) {
    m_lit = ids;
    applyLit();
}

void Scene::applyLit() {
    const auto isLit = [this](const std::string& id) { return !m_lit || m_lit->contains(id); };
    for (Card& card : m_cards) {
        const std::vector<ComponentId> all = standsFor(card);
        card.dimmed = std::none_of(all.begin(), all.end(), [&](const ComponentId& id) { return isLit(id.value); });
    }
    for (Line& line : m_lines) line.dimmed = !isLit(line.id.value);
}

bool Scene::updateCards(const Design& design) {
    bool changed = false;
    for (const Component& old : m_design.components) {
        if (design.components.contains(old.id)) continue;
        const int index = card(old.id);
        m_router.removeBox(m_cards[std::size_t(index)].box);
        m_cardGrid.remove(index);
        m_cards[std::size_t(index)].alive = false;
        m_cardById.erase(old.id.value);
        changed = true;
    }
    for (std::size_t i = 0; i < design.components.size(); ++i) {
        const Component& now = design.components[i];
        // Items never change in place: the same address is the same component.
        if (i < m_design.components.size() && &m_design.components[i] == &now) continue;
        const Component* old = m_design.components.find(now.id);
        if (old == &now) {
            m_cards[std::size_t(card(now.id))].order = int(i);
            continue;
        }
        changed = true;
        int index = card(now.id);
        if (index < 0) {
            index = m_cardGrid.add(frameAt(now.position));
            m_cards.emplace_back();
            m_cards.back().box = m_router.addBox(frameAt(now.position));
            m_cardById[now.id.value] = index;
        } else if (!(old->position == now.position)) {
            m_router.moveBox(m_cards[std::size_t(index)].box, frameAt(now.position));
            m_cardGrid.move(index, frameAt(now.position));
        }
        Card& shown = m_cards[std::size_t(index)];
        shown.order = int(i);
        const bool moved = old && old->position != now.position && old->type == now.type && old->name == now.name &&
                           old->locked == now.locked && old->properties == now.properties && old->extra == now.extra;
        if (moved)
            shown.rect.moveTo(now.position.x, now.position.y);
        else
            fill(shown, now);
    }
    return changed;
}

void Scene::fill(Card& card, const Component& component) {
    const ComponentType& type = m_catalog->typeOf(component.type);
    card.id = component.id;
    card.rect = QRectF(component.position.x, component.position.y, cardWidth, cardHeight);
    card.known = type.behaviour != Behaviour::unknown;
    card.name = textOf(!component.name.empty() ? component.name : card.known ? type.name : component.type);
    card.line = textOf(cardLine(type, component));
    card.icon = textOf(type.icon);
    card.category = textOf(type.category);
    card.look = unsigned(qHash(card.icon + card.category));
    card.stack = stackSize(type, component);
    card.isDeadLetter = type.behaviour == Behaviour::dead_letter;
    card.locked = component.locked;
    if (const std::string line = groupLine(component); !line.empty()) {
        card.line = textOf(line);
        card.stack = 3;
        card.isDeadLetter = false;
    }
    ++card.revision;
}

bool Scene::updateLines(const Design& design) {
    bool changed = m_design.connections.size() != design.connections.size();
    for (std::size_t i = 0; i < design.connections.size(); ++i) {
        const Connection& now = design.connections[i];
        if (i < m_design.connections.size() && &m_design.connections[i] == &now) continue;
        int index = line(now.id);
        if (index >= 0 && m_design.connections.find(now.id) == &now) continue;
        changed = true;
        if (index < 0) {
            const int from = card(now.from), to = card(now.to);
            index = m_router.connect(m_cards[std::size_t(from)].box, m_cards[std::size_t(to)].box);
            m_lineGrid.add({});
            m_lines.emplace_back();
            m_lines.back().from = from;
            m_lines.back().to = to;
            m_lineById[now.id.value] = index;
        }
        m_router.setBends(index, now.bends);
        fill(m_lines[std::size_t(index)], now);
    }
    return changed;
}

void Scene::fill(Line& line, const Connection& connection) {
    line.id = connection.id;
    switch (connection.mode) {
        case Mode::sync:
            line.kind = LineKind::call;
            break;
        case Mode::publish:
        case Mode::consume:
            line.kind = LineKind::message;
            break;
        case Mode::replicate:
        case Mode::standby:
            line.kind = LineKind::replication;
            break;
        case Mode::telemetry:
            line.kind = LineKind::telemetry;
            break;
        case Mode::control:
            line.kind = LineKind::control;
            break;
    }
    if (line.kind == LineKind::message && m_cards[std::size_t(line.to)].isDeadLetter) line.kind = LineKind::deadLetter;
    const ParameterView view(m_catalog->connectionParameters, connection.properties);
    const Value criticality = view.value("criticality");
    line.optional = criticality.text() && *criticality.text() == "optional";
    line.label = connection.label.empty() ? labelOf(connection, view, line.kind) : textOf(connection.label);
    line.pinned = !connection.bends.empty();
    if (!line.points.empty()) placeLabel(line);
}

void Scene::reroute() {
    const std::vector<int> changed = m_router.update();
    std::vector<QRectF> areas = std::exchange(m_goneLines, {});
    for (const int index : changed) {
        Line& line = m_lines[std::size_t(index)];
        areas.push_back(line.bounds);
        line.points.clear();
        QRectF bounds;
        for (const Point& p : m_router.route(index).points) {
            line.points.emplace_back(p.x, p.y);
            const QRectF dot(p.x, p.y, 0.001, 0.001);
            bounds = bounds.isNull() ? dot : bounds.united(dot);
        }
        line.bounds = bounds.adjusted(-4, -4, 4, 4);
        m_lineGrid.move(index, frameOf(line.bounds));
        areas.push_back(line.bounds);
        placeLabel(line);
    }
    updateHops(changed, areas);
}

void Scene::placeLabel(Line& line) {
    // In the middle of the longest segment; horizontal ones are worth more, for the pill lies along them.
    const double width = QFontMetricsF(uiFont(secondarySize)).horizontalAdvance(line.label) + 18;
    double best = 0;
    line.labelFits = false;
    for (std::size_t i = 1; i < line.points.size(); ++i) {
        const QPointF a = line.points[i - 1], b = line.points[i];
        const bool horizontal = a.y() == b.y();
        const double length = (b - a).manhattanLength();
        const double spare = length - (horizontal ? width + 18 : 40);
        if (spare <= 0 || spare <= best) continue;
        best = spare;
        line.labelAt = (a + b) / 2;
        line.labelFits = true;
    }
    if (!line.labelFits && !line.points.empty())
        line.labelAt = (line.points[(line.points.size() - 1) / 2] + line.points[line.points.size() / 2]) / 2;
}

void Scene::setCardState(const ComponentId& id, const CardState& state) {
    const int index = card(id);
    if (index < 0 || m_cards[std::size_t(index)].state == state) return;
    m_cards[std::size_t(index)].state = state;
    ++m_cards[std::size_t(index)].revision;
}

void Scene::setLineState(const ConnectionId& id, const LineState& state) {
    if (const int index = line(id); index >= 0) m_lines[std::size_t(index)].state = state;
}

void Scene::clearStates() {
    for (Card& card : m_cards) {
        if (card.state == CardState{}) continue;
        card.state = {};
        ++card.revision;
    }
    for (Line& line : m_lines) line.state = {};
}

void Scene::setSelection(const QStringList& ids) {
    m_selection = ids;
    std::unordered_set<std::string> chosen;
    for (const QString& id : ids) chosen.insert(id.toStdString());
    for (Card& card : m_cards) card.selected = chosen.contains(card.id.value);
    for (Line& line : m_lines) line.selected = chosen.contains(line.id.value);
    for (Container& zone : m_containers) zone.selected = chosen.contains(zone.id.value);
    for (NoteShape& note : m_notes) note.selected = chosen.contains(note.id.value);
}

void Scene::setDropTarget(const ZoneId& zone) {
    for (Container& container : m_containers) container.target = !zone.empty() && container.id == zone;
}

std::vector<int> Scene::cardsIn(const QRectF& area) const {
    std::vector<int> found;
    m_cardGrid.find(areaOf(area.adjusted(-24, -16, 8, 16)), found);
    std::sort(found.begin(), found.end(),
              [this](int a, int b) { return m_cards[std::size_t(a)].order < m_cards[std::size_t(b)].order; });
    return found;
}

std::vector<int> Scene::linesIn(const QRectF& area) const {
    std::vector<int> found;
    m_lineGrid.find(areaOf(area), found);
    return found;
}

QRectF Scene::bounds() const {
    QRectF all;
    for (const Card& card : m_cards)
        if (card.alive) all = all.united(card.rect.adjusted(0, -8, 8, 0));
    for (const Line& line : m_lines)
        if (line.alive) all = all.united(line.bounds);
    for (const Container& zone : m_containers) all = all.united(zone.rect);
    for (const NoteShape& note : m_notes) all = all.united(note.rect);
    return all;
}

}  // namespace loadpath
