#include "edit_texts.h"

#include "connecting.h"
#include "inspector_rows.h"
#include "qt_values.h"

#include <QCoreApplication>

#include <set>

namespace loadpath {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Edits", text); }

class Describer {
public:
    Describer(const Design& before, const Design& after, const Catalog& catalog)
        : m_before(before), m_after(after), m_catalog(catalog) {}

    void operator()(const Put<Component>& put) {
        const Component* old = m_before.components.find(put.item.id);
        if (!old) {
            m_lines.append(tr("Add %1").arg(component(put.item.id)));
            return;
        }
        if (old->zones != put.item.zones) {
            QStringList zones;
            for (const ZoneId& id : put.item.zones) zones.append(zone(id));
            m_lines.append(zones.isEmpty()
                               ? tr("Take %1 out of its zones").arg(component(put.item.id))
                               : tr("Place %1 in %2").arg(component(put.item.id), zones.join(QStringLiteral(", "))));
        }
        properties(old->properties, put.item.properties, m_catalog.typeOf(put.item.type).parameters,
                   component(put.item.id));
    }
    void operator()(const Drop<Component>& drop) { m_lines.append(tr("Remove %1").arg(component(drop.id))); }
    void operator()(const Put<Connection>& put) {
        const Connection* old = m_before.connections.find(put.item.id);
        const QString line = component(put.item.from) + QStringLiteral(" → ") + component(put.item.to);
        if (!old) {
            m_lines.append(tr("Connect %1 (%2)").arg(line, toQt(name(put.item.mode))));
            return;
        }
        if (old->mode != put.item.mode)
            m_lines.append(tr("Make %1 a %2 connection").arg(line, toQt(name(put.item.mode))));
        properties(old->properties, put.item.properties, m_catalog.connectionParameters, line);
    }
    void operator()(const Drop<Connection>& drop) {
        if (const Connection* old = m_before.connections.find(drop.id))
            m_lines.append(tr("Disconnect %1 → %2").arg(component(old->from), component(old->to)));
    }
    void operator()(const Put<Zone>& put) {
        if (!m_before.zones.contains(put.item.id)) m_lines.append(tr("Add %1").arg(zone(put.item.id)));
    }
    void operator()(const Drop<Zone>& drop) { m_lines.append(tr("Remove %1").arg(zone(drop.id))); }
    void operator()(const Put<Flow>& put) { m_lines.append(tr("Change the flow %1").arg(toQt(put.item.name))); }
    template <class T>
    void operator()(const T&) {}

    QStringList take() {
        m_lines.removeDuplicates();
        return std::move(m_lines);
    }

private:
    QString component(const ComponentId& id) const {
        const Component* c = m_after.components.find(id);
        if (!c) c = m_before.components.find(id);
        return c ? toQt(shownName(*c, m_catalog)) : toQt(id.value);
    }
    QString zone(const ZoneId& id) const {
        const Zone* z = m_after.zones.find(id);
        if (!z) z = m_before.zones.find(id);
        return z && !z->name.empty() ? toQt(z->name) : toQt(id.value);
    }
    void properties(const Parameters& old, const Parameters& now, const std::vector<ParameterSpec>& specs,
                    const QString& of) {
        std::set<std::string> keys;
        for (const auto& p : old) keys.insert(p.first);
        for (const auto& p : now) keys.insert(p.first);
        const ParameterView before(specs, old), after(specs, now);
        for (const std::string& key : keys) {
            const ParameterSpec* spec = findSpec(specs, key);
            const Value was = before.value(key), is = after.value(key);
            if (!spec || was == is) continue;
            const auto shown = [spec](const Value& value) {
                const QString text = valueText(value, *spec);
                if (text.isEmpty()) return tr("unset");
                return spec->unit.empty() || spec->unit == "share" ? text : text + u' ' + toQt(spec->unit);
            };
            m_lines.append(tr("%1 of %2: %3 → %4").arg(toQt(spec->label), of, shown(was), shown(is)));
        }
    }

    const Design &m_before, &m_after;
    const Catalog& m_catalog;
    QStringList m_lines;
};

struct TargetCollector {
    QStringList ids;
    template <class T>
    void operator()(const Put<T>& put) {
        ids.append(toQt(put.item.id.value));
    }
    template <class T>
    void operator()(const T&) {}
};

}  // namespace

QStringList describeEdits(const Design& design, const Catalog& catalog, const Edits& edits) {
    Design after = design;
    applyEdits(after, edits);
    Describer describer(design, after, catalog);
    for (const Edit& edit : edits) std::visit(describer, edit);
    return describer.take();
}

QStringList targetsOf(const Edits& edits) {
    TargetCollector collector;
    for (const Edit& edit : edits) std::visit(collector, edit);
    collector.ids.removeDuplicates();
    return collector.ids;
}

}  // namespace loadpath
