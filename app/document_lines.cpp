// Document: intents about single lines: how they are led, what they hang on, what stands on them.
#include "connecting.h"
#include "document.h"
#include "qt_values.h"

#include <algorithm>

namespace loadpath {

void Document::setBends(const QString& id, const std::vector<Point>& bends, bool commit) {
    const Connection* line = m_design.connections.find({id.toStdString()});
    if (!line) return;
    if (!m_drag) {
        ++m_gesture;
        m_sinceNudge.invalidate();
        beginDrag();
    }
    Connection led = *m_drag->start.connections.find(line->id);
    led.bends = bends;
    dragTo({Put<Connection>{std::move(led), std::nullopt}}, tr("Lead %1").arg(nameOf(id)), commit);
}

QStringList Document::endsOf(const QString& id) const {
    const Connection* line = m_design.connections.find({id.toStdString()});
    return line ? QStringList{toQt(line->from.value), toQt(line->to.value)} : QStringList();
}

bool Document::hasBends(const QString& id) const {
    const Connection* line = m_design.connections.find({id.toStdString()});
    return line && !line->bends.empty();
}

void Document::freeRoutes() {
    Edits edits;
    for (const QString& id : m_selection.ids()) {
        if (!hasBends(id)) continue;
        Connection free = *m_design.connections.find({id.toStdString()});
        free.bends.clear();
        edits.push_back(Put<Connection>{std::move(free), std::nullopt});
    }
    push(edits, tr("Let lines find their way"));
}

std::optional<Connection> Document::reconnected(const QString& id, LineEnd end, const QString& componentId,
                                                std::string& refusal) const {
    const Connection* old = m_design.connections.find({id.toStdString()});
    if (!old || !m_design.components.contains({componentId.toStdString()})) return std::nullopt;
    Connection line = *old;
    (end == LineEnd::from ? line.from : line.to).value = componentId.toStdString();
    // As if it were drawn anew, without itself in the way.
    Design without = m_design;
    applyEdits(without, {Drop<Connection>{old->id}});
    const ConnectionPlan plan = planConnection(without, *m_catalog, line.from, line.to);
    refusal = plan.refusal;
    if (!refusal.empty()) return std::nullopt;
    const std::string& from = m_design.components.find(line.from)->type;
    const std::string& to = m_design.components.find(line.to)->type;
    const std::vector<Mode> modes = m_catalog->modes(from, to);
    if (std::find(modes.begin(), modes.end(), line.mode) == modes.end()) line.mode = modes.front();
    const std::vector<std::string> protocols = m_catalog->legality(from, line.mode, to).protocols;
    const auto spoken = line.properties.find("protocol");
    const bool speaks = spoken != line.properties.end() && spoken->second.text() &&
                        std::find(protocols.begin(), protocols.end(), *spoken->second.text()) != protocols.end();
    if (!speaks && spoken != line.properties.end()) line.properties.erase(spoken);
    if (!speaks && !protocols.empty()) line.properties["protocol"] = protocols.front();
    line.bends.clear();
    return line;
}

QString Document::reconnectRefusal(const QString& id, LineEnd end, const QString& componentId) const {
    std::string refusal;
    (void)reconnected(id, end, componentId, refusal);
    return toQt(refusal);
}

bool Document::reconnect(const QString& id, LineEnd end, const QString& componentId) {
    std::string refusal;
    auto line = reconnected(id, end, componentId, refusal);
    if (!line) {
        if (!refusal.empty()) emit refused(toQt(refusal));
        return false;
    }
    const QString text = tr("Connect %1 to %2").arg(nameOf(toQt(line->from.value)), nameOf(toQt(line->to.value)));
    return push({Put<Connection>{std::move(*line), std::nullopt}}, text);
}

bool Document::reverse(const QString& id) {
    const Connection* old = m_design.connections.find({id.toStdString()});
    if (!old) return false;
    const std::string &from = m_design.components.find(old->from)->type, &to = m_design.components.find(old->to)->type;
    const std::vector<Mode> modes = m_catalog->modes(to, from);
    if (modes.empty()) {
        emit refused(toQt(m_catalog->legality(to, old->mode, from).reason));
        return false;
    }
    Connection turned = *old;
    std::swap(turned.from, turned.to);
    std::reverse(turned.bends.begin(), turned.bends.end());
    if (std::find(modes.begin(), modes.end(), turned.mode) == modes.end()) turned.mode = modes.front();
    const std::vector<std::string> protocols = m_catalog->legality(to, turned.mode, from).protocols;
    const auto spoken = turned.properties.find("protocol");
    if (spoken != turned.properties.end() && spoken->second.text() && !protocols.empty() &&
        std::find(protocols.begin(), protocols.end(), *spoken->second.text()) == protocols.end())
        spoken->second = protocols.front();
    return push({Put<Connection>{std::move(turned), std::nullopt}}, tr("Reverse %1").arg(nameOf(id)));
}

}  // namespace loadpath
