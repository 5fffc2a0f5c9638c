// Document: intents that add, remove and set single items.
#include "connecting.h"
#include "document.h"
#include "model/presets.h"
#include "placement.h"
#include "property_edits.h"
#include "qt_values.h"

#include <algorithm>

namespace loadpath {
namespace {

constexpr qint64 typingPauseMs = 1200;

/// "Redis", then "Redis 2", "Redis 3": a name that no component shows yet; empty for the type's own.
std::string freeName(const Design& design, const Catalog& catalog, const std::string& typeName) {
    const auto taken = [&](const std::string& name) {
        for (const Component& c : design.components)
            if (shownName(c, catalog) == name) return true;
        return false;
    };
    if (!taken(typeName)) return {};
    for (int i = 2;; ++i)
        if (std::string name = typeName + ' ' + std::to_string(i); !taken(name)) return name;
}

std::string freeZoneName(const Design& design) {
    const auto taken = [&design](const std::string& name) {
        for (const Zone& z : design.zones)
            if (z.name == name) return true;
        return false;
    };
    for (char letter = 'A'; letter <= 'Z'; ++letter)
        if (std::string name = std::string("Zone ") + letter; !taken(name)) return name;
    return "Zone " + std::to_string(design.zones.size() + 1);
}

/// References to components that go away, in what stays: a call made on the miss of a cache that is
/// gone would never be made.
Edits withoutReferencesTo(const Design& design, const std::vector<std::string>& gone) {
    Edits edits;
    for (const Connection& c : design.connections) {
        const auto it = c.properties.find("p_from");
        if (it == c.properties.end() || !it->second.text() || !it->second.text()->starts_with("miss:")) continue;
        if (std::find(gone.begin(), gone.end(), it->second.text()->substr(5)) == gone.end()) continue;
        for (Edit& edit : setProperty(design, c.id, "p_from", std::nullopt)) edits.push_back(std::move(edit));
    }
    return edits;
}

Edit dropOf(ItemKind kind, const std::string& id) {
    switch (kind) {
        case ItemKind::connection:
            return Drop<Connection>{{id}};
        case ItemKind::zone:
            return Drop<Zone>{{id}};
        case ItemKind::note:
            return Drop<Note>{{id}};
        case ItemKind::flow:
            return Drop<Flow>{{id}};
        case ItemKind::scenario:
            return Drop<ScenarioSpec>{{id}};
        default:
            return Drop<Component>{{id}};
    }
}

Edits removal(const Design& design, const std::vector<std::string>& ids) {
    Edits edits = withoutReferencesTo(design, ids);
    for (const std::string& id : ids) edits.push_back(dropOf(kindOf(design, id), id));
    return edits;
}

}  // namespace

Component Document::newComponent(const QString& type, double x, double y) const {
    const std::string typeId = type.toStdString();
    Component component;
    component.id.value = freeId(m_design, typeId);
    component.type = typeId;
    component.name = freeName(m_design, *m_catalog, m_catalog->typeOf(typeId).name);
    component.position = {x, y};
    if (const ZoneId zone = zoneAt(m_design, centreOf(component)); !zone.empty()) component.zones.push_back(zone);
    return component;
}

QString Document::addComponent(const QString& type, double x, double y) {
    if (!m_catalog->find(type.toStdString())) return {};
    const Component component = newComponent(type, x, y);
    QString id = toQt(component.id.value);
    if (!push({Put<Component>{component, std::nullopt}}, tr("Add %1").arg(toQt(shownName(component, *m_catalog)))))
        return {};
    m_selection.select(id);
    return id;
}

QString Document::addConnected(const QString& fromId, const QString& type, double x, double y) {
    if (!m_catalog->find(type.toStdString())) return {};
    const Component component = newComponent(type, x, y);
    Edits edits{Put<Component>{component, std::nullopt}};
    Design scratch = m_design;
    applyEdits(scratch, edits);
    ConnectionPlan plan = planConnection(scratch, *m_catalog, {fromId.toStdString()}, component.id);
    if (!plan.refusal.empty()) {
        emit refused(toQt(plan.refusal));
        return {};
    }
    edits.insert(edits.end(), plan.edits.begin(), plan.edits.end());
    push(edits, tr("Add %1 behind %2").arg(toQt(shownName(component, *m_catalog)), nameOf(fromId)));
    m_selection.select(toQt(component.id.value));
    return toQt(component.id.value);
}

QString Document::insertInto(const QString& connectionId, const QString& type, double x, double y) {
    const Connection* old = m_design.connections.find({connectionId.toStdString()});
    if (!old || !m_catalog->find(type.toStdString())) return {};
    const Component component = newComponent(type, x, y);
    Edits edits{Put<Component>{component, std::nullopt}, Drop<Connection>{old->id}};
    Design scratch = m_design;
    applyEdits(scratch, edits);
    const auto connect = [&](const ComponentId& from, const ComponentId& to) {
        ConnectionPlan plan = planConnection(scratch, *m_catalog, from, to);
        if (!plan.refusal.empty()) {
            emit refused(toQt(plan.refusal));
            return false;
        }
        // The caller makes the same call as before: its flows, timeouts, retries and name stay with it.
        auto* line = plan.edits.size() == 1 ? std::get_if<Put<Connection>>(&plan.edits.front()) : nullptr;
        if (line && from == old->from && line->item.mode == old->mode) {
            for (const auto& [key, value] : old->properties) line->item.properties.try_emplace(key, value);
            line->item.extra = old->extra;
            line->item.label = old->label;
        }
        applyEdits(scratch, plan.edits);
        edits.insert(edits.end(), plan.edits.begin(), plan.edits.end());
        return true;
    };
    const ComponentId from = old->from, to = old->to;
    if (!connect(from, component.id) || !connect(component.id, to)) return {};
    push(edits, tr("Insert %1").arg(toQt(shownName(component, *m_catalog))));
    m_selection.select(toQt(component.id.value));
    return toQt(component.id.value);
}

bool Document::connectComponents(const QString& fromId, const QString& toId) {
    const ConnectionPlan plan = planConnection(m_design, *m_catalog, {fromId.toStdString()}, {toId.toStdString()});
    if (!plan.refusal.empty()) {
        emit refused(toQt(plan.refusal));
        return false;
    }
    if (!push(plan.edits, tr("Connect %1 to %2").arg(nameOf(fromId), nameOf(toId)))) return false;
    m_selection.select(toQt(plan.added.value));
    return true;
}

QString Document::refusal(const QString& fromId, const QString& toId) const {
    return toQt(planConnection(m_design, *m_catalog, {fromId.toStdString()}, {toId.toStdString()}).refusal);
}

QVariantList Document::typesAfter(const QString& fromId) const {
    QVariantList rows;
    const Component* from = m_design.components.find({fromId.toStdString()});
    if (!from) return rows;
    for (const ComponentType& type : m_catalog->types)
        if (!m_catalog->modes(from->type, type.id).empty())
            rows.append(QVariantMap{{QStringLiteral("typeId"), toQt(type.id)},
                                    {QStringLiteral("name"), toQt(type.name)},
                                    {QStringLiteral("category"), toQt(type.category)},
                                    {QStringLiteral("icon"), toQt(type.icon)}});
    return rows;
}

QString Document::addZone(double x, double y, double width, double height) {
    Zone zone;
    zone.name = freeZoneName(m_design);
    zone.id.value = freeId(m_design, "zone");
    zone.frame = Frame{x, y, width, height};
    QString id = toQt(zone.id.value), text = tr("Add %1").arg(toQt(zone.name));
    if (!push(addZoneEdits(m_design, std::move(zone)), text)) return {};
    m_selection.select(id);
    return id;
}

QString Document::addNote(double x, double y, const QString& text) {
    Note note;
    note.id.value = freeId(m_design, "note");
    note.position = {x, y};
    note.text = text.toStdString();
    QString id = toQt(note.id.value);
    push({Put<Note>{std::move(note), std::nullopt}}, tr("Add a note"));
    m_selection.select(id);
    return id;
}

QString Document::addFlow(const QString& clientId) {
    const Component* client = m_design.components.find({clientId.toStdString()});
    for (const Component& c : m_design.components)
        if (!client && m_catalog->typeOf(c.type).behaviour == Behaviour::client) client = &c;
    if (!client) return {};
    double taken = 0;
    for (const Flow& flow : m_design.flows)
        if (flow.entry == client->id) taken += flow.share;
    Flow flow;
    flow.id.value = freeId(m_design, "flow");
    flow.name = tr("New flow").toStdString();
    flow.entry = client->id;
    flow.share = std::max(0.0, 1 - taken);
    const QString id = toQt(flow.id.value);
    return push({Put<Flow>{std::move(flow), std::nullopt}}, tr("Add a flow")) ? id : QString();
}

void Document::deleteSelection() {
    const QStringList ids = m_selection.ids();
    if (ids.isEmpty()) return;
    const QString text =
        ids.size() == 1 ? tr("Delete %1").arg(nameOf(ids.first())) : tr("Delete %1 items").arg(ids.size());
    push(removal(m_design, toStd(ids)), text);
}

void Document::deleteItem(const QString& id) {
    if (m_selection.kindOf(id) == ItemKind::none) return;
    push(removal(m_design, {id.toStdString()}), tr("Delete %1").arg(nameOf(id)));
}

QString Document::nameOf(const QString& id) const {
    const std::string key = id.toStdString();
    if (const Component* c = m_design.components.find({key})) return toQt(shownName(*c, *m_catalog));
    if (const Connection* c = m_design.connections.find({key}))
        return tr("%1 → %2").arg(nameOf(toQt(c->from.value)), nameOf(toQt(c->to.value)));
    if (const Zone* z = m_design.zones.find({key})) return z->name.empty() ? id : toQt(z->name);
    if (const Flow* f = m_design.flows.find({key})) return f->name.empty() ? id : toQt(f->name);
    if (m_design.notes.contains({key})) return tr("note");
    return id;
}

QString Document::textOf(const QString& id) const {
    const std::string key = id.toStdString();
    if (const Connection* c = m_design.connections.find({key})) return toQt(c->label);
    if (const Note* n = m_design.notes.find({key})) return toQt(n->text);
    return nameOf(id);
}

QVariantList Document::zones() const {
    QVariantList rows;
    for (const Zone& zone : m_design.zones) {
        const QString id = toQt(zone.id.value);
        if (zone.kind != "boundary")
            rows.append(QVariantMap{{QStringLiteral("id"), id}, {QStringLiteral("name"), nameOf(id)}});
    }
    return rows;
}

void Document::rename(const QString& id, const QString& text) {
    const QString name = text.trimmed();
    switch (m_selection.kindOf(id)) {
        case ItemKind::component:
            // The name of the type needs no statement.
            setProperty(QStringLiteral("component"), id, QStringLiteral("name"),
                        name.toStdString() == m_catalog->typeOf(m_design.components.find({id.toStdString()})->type).name
                            ? QString()
                            : name);
            break;
        case ItemKind::zone:
            setProperty(QStringLiteral("zone"), id, QStringLiteral("name"), name);
            break;
        case ItemKind::flow:
            setProperty(QStringLiteral("flow"), id, QStringLiteral("name"), name);
            break;
        case ItemKind::note:
            setProperty(QStringLiteral("note"), id, QStringLiteral("text"), text);
            break;
        case ItemKind::connection:
            setProperty(QStringLiteral("connection"), id, QStringLiteral("label"), name);
            break;
        case ItemKind::none:
            if (id.isEmpty()) setProperty(QStringLiteral("document"), {}, QStringLiteral("name"), name);
            break;
        default:
            break;
    }
}

QString Document::mergeKeyOf(const QString& kind, const QString& id, const QString& key) {
    const QString typed = kind + u'/' + id + u'/' + key;
    const bool soon = m_exploring || (m_sinceTyping.isValid() && m_sinceTyping.elapsed() < typingPauseMs);
    const bool goesOn = typed == m_lastTyped && soon;
    if (!goesOn) ++m_gesture;
    m_lastTyped = typed;
    m_sinceTyping.restart();
    return QStringLiteral("%1#%2").arg(typed).arg(m_gesture);
}

void Document::beginExploring() {
    m_lastTyped.clear();
    m_exploring = true;
}

void Document::endExploring() {
    m_lastTyped.clear();
    m_exploring = false;
}

QString Document::labelOf(const QString& kind, const QString& id, const QString& key) const {
    const std::vector<ParameterSpec>* specs = nullptr;
    if (const Component* c = kind == u"component" ? m_design.components.find({id.toStdString()}) : nullptr)
        specs = &m_catalog->typeOf(c->type).parameters;
    else if (kind == u"connection")
        specs = &m_catalog->connectionParameters;
    else if (kind == u"zone")
        specs = &m_catalog->zoneParameters;
    const ParameterSpec* spec = specs ? findSpec(*specs, key.toStdString()) : nullptr;
    return spec ? toQt(spec->label) : key;
}

bool Document::setProperties(const QString& kind, const QStringList& ids, const QString& key, const QVariant& value) {
    if (ids.size() == 1) return setProperty(kind, ids.first(), key, value);
    const Value stated = toValue(value);
    Edits all;
    for (const QString& id : ids) {
        const auto edits = propertyEdits(m_design, *m_catalog, kind.toStdString(), id.toStdString(), key.toStdString(),
                                         stated.isNull() ? std::nullopt : std::optional(stated));
        if (!edits) return false;
        all.insert(all.end(), edits->begin(), edits->end());
    }
    if (all.empty()) return false;
    push(all, tr("Set %1 of %n item(s)", nullptr, int(ids.size())).arg(labelOf(kind, ids.first(), key)),
         mergeKeyOf(kind, ids.join(u' '), key));
    return true;
}

bool Document::setProperty(const QString& kind, const QString& id, const QString& key, const QVariant& value) {
    const Value stated = toValue(value);
    const auto edits = propertyEdits(m_design, *m_catalog, kind.toStdString(), id.toStdString(), key.toStdString(),
                                     stated.isNull() ? std::nullopt : std::optional(stated));
    if (!edits) return false;
    const QString label = labelOf(kind, id, key);
    QString text = kind == u"note" ? tr("Edit a note")
                   : id.isEmpty()  ? tr("Set %1").arg(label)
                                   : tr("Set %1 of %2").arg(label, nameOf(id));
    const Component* c =
        kind == u"component" && key == u"preset" ? m_design.components.find({id.toStdString()}) : nullptr;
    const Preset* preset = c && stated.text() ? findPreset(m_catalog->typeOf(c->type), *stated.text()) : nullptr;
    if (preset) text = tr("Make %1 %2").arg(nameOf(id), toQt(preset->name));
    if (key == u"name") text = id.isEmpty() ? tr("Rename the design") : tr("Rename %1").arg(nameOf(id));
    if (preset) {
        m_lastTyped.clear();  // each choice is a step of its own, however quickly the next follows
        push(*edits, text);
    } else {
        push(*edits, text, mergeKeyOf(kind, id, key));
    }
    return true;
}

void Document::resetProperty(const QString& kind, const QString& id, const QString& key) {
    m_lastTyped.clear();
    const auto edits =
        propertyEdits(m_design, *m_catalog, kind.toStdString(), id.toStdString(), key.toStdString(), std::nullopt);
    if (edits)
        push(*edits,
             id.isEmpty() ? tr("Reset %1").arg(key) : tr("Reset %1 of %2").arg(labelOf(kind, id, key), nameOf(id)));
}

}  // namespace loadpath
