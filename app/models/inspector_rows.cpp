#include "inspector_rows.h"

#include "connecting.h"
#include "inspector_sections.h"
#include "json/value_json.h"
#include "model/presets.h"
#include "property_edits.h"
#include "qt_values.h"
#include "quantity.h"
#include "selection.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Inspector", text); }

QString kindName(ValueKind kind) {
    switch (kind) {
        case ValueKind::boolean:
            return QStringLiteral("boolean");
        case ValueKind::integer:
            return QStringLiteral("integer");
        case ValueKind::number:
            return QStringLiteral("number");
        case ValueKind::text:
            return QStringLiteral("text");
        case ValueKind::choice:
            return QStringLiteral("choice");
        case ValueKind::set:
            return QStringLiteral("set");
        case ValueKind::list:
            return QStringLiteral("list");
        case ValueKind::object:
            return QStringLiteral("object");
        case ValueKind::reference:
            return QStringLiteral("reference");
    }
    return {};
}

/// "cache_aside" → "cache aside".
QString spoken(const QString& word) { return QString(word).replace(u'_', u' '); }

using Section = InspectorSection;

class Builder {
public:
    Builder(const Design& design, const Catalog& catalog, const std::string& id)
        : m_design(design), m_catalog(catalog), m_id(id) {}

    std::vector<InspectorRow> build() {
        switch (kindOf(m_design, m_id)) {
            case ItemKind::component:
                component(*m_design.components.find({m_id}));
                break;
            case ItemKind::connection:
                connection(*m_design.connections.find({m_id}));
                break;
            case ItemKind::zone:
                zone(*m_design.zones.find({m_id}));
                break;
            case ItemKind::note:
                plain("note", "text", tr("Text"), QStringLiteral("prose"), Section::general);
                break;
            default:
                document();
                break;
        }
        std::stable_sort(m_rows.begin(), m_rows.end(), [](const Sorted& a, const Sorted& b) {
            if (a.section != b.section) return a.section < b.section;
            return a.row.advanced < b.row.advanced;
        });
        std::vector<InspectorRow> rows;
        for (Sorted& sorted : m_rows) {
            sorted.row.section = sectionTitle(sorted.section, m_ownSection);
            rows.push_back(std::move(sorted.row));
        }
        return rows;
    }

private:
    struct Sorted {
        Section section;
        InspectorRow row;
    };

    InspectorRow& plain(const char* target, const std::string& property, const QString& label, const QString& kind,
                        Section section, const QString& key = {}) {
        InspectorRow row;
        row.target = QString::fromLatin1(target);
        row.property = toQt(property);
        row.key = key.isEmpty() ? row.property : key;
        row.label = label;
        row.kind = kind;
        const Value value = statedValue(m_design, target, m_id, property);
        row.isStated = !value.isNull();
        row.value = toVariant(value);
        if (value.text()) row.text = toQt(*value.text());
        m_rows.push_back({section, std::move(row)});
        return m_rows.back().row;
    }

    InspectorRow& described(const char* target, const ParameterSpec& spec, const Value& effective, Section section) {
        InspectorRow& row = plain(target, spec.key, toQt(spec.label), kindName(spec.kind), section);
        const Value stated = statedValue(m_design, target, m_id, spec.key);
        row.unit = spec.unit == "share" ? QString() : toQt(spec.unit);
        row.help = toQt(spec.help);
        row.source = toQt(spec.source);
        row.advanced = spec.advanced;
        row.value = toVariant(stated.isNull() ? effective : stated);
        row.text = valueText(stated, spec);
        row.fallbackText = valueText(stated.isNull() ? effective : spec.fallback, spec);
        row.problem = toQt(complaint(spec, stated));
        if (std::isfinite(spec.range.minimum)) row.minimum = spec.range.minimum;
        if (std::isfinite(spec.range.maximum)) row.maximum = spec.range.maximum;
        row.scale = exploreScale(spec, stated.isNull() ? effective : stated);
        row.choices = toQt(spec.choices);
        for (const QString& choice : row.choices) row.choiceLabels.append(spoken(choice));
        if (spec.kind == ValueKind::reference) componentChoices(row, [](const Component&) { return true; });
        return row;
    }

    template <class Fits>
    void componentChoices(InspectorRow& row, Fits fits, const QString& prefix = {}) {
        for (const Component& component : m_design.components) {
            if (component.id.value == m_id || !fits(component)) continue;
            row.choices.append(prefix + toQt(component.id.value));
            row.choiceLabels.append(toQt(shownName(component, m_catalog)));
        }
    }

    void component(const Component& component) {
        const ComponentType& type = m_catalog.typeOf(component.type);
        m_ownSection = toQt(type.name);
        plain("component", "name", tr("Name"), QStringLiteral("text"), Section::general).fallbackText = toQt(type.name);
        InspectorRow& zones = plain("component", "zones", tr("Zones"), QStringLiteral("set"), Section::general);
        zones.help = tr("Instance 1 stands in the first, instance 2 in the second, and so on in turn.");
        zones.text = toQt(component.zones).join(QStringLiteral(", "));
        zones.fallbackText = tr("not placed");
        for (const Zone& zone : m_design.zones) {
            zones.choices.append(toQt(zone.id.value));
            zones.choiceLabels.append(toQt(zone.name.empty() ? zone.id.value : zone.name));
        }
        if (!type.presets.empty()) productChoices(component, type);
        const ParameterView view(type.parameters, component.properties);
        for (const ParameterSpec& spec : type.parameters) {
            described("component", spec, view.value(spec.key), sectionOfComponent(spec.key));
        }
        unknownProperties("component", component.properties, type.parameters);
    }

    void productChoices(const Component& component, const ComponentType& type) {
        InspectorRow& row = plain("component", "preset", tr("Product"), QStringLiteral("choice"), Section::general);
        row.help = tr("Sets the values that a product is known for, in one step.");
        row.fallbackText = tr("none in particular");
        for (const Preset& preset : type.presets) {
            row.choices.append(toQt(preset.id));
            row.choiceLabels.append(toQt(preset.name));
        }
        const Preset* preset = presetOf(type, component.properties);
        row.isStated = preset != nullptr;
        if (!preset) return;
        row.text = toQt(preset->id);
        row.value = row.text;
        row.source = toQt(preset->source);
    }

    /// Kept from the file and shown, so that nobody wonders where they are.
    void unknownProperties(const char* target, const Parameters& properties, const std::vector<ParameterSpec>& specs) {
        for (const auto& property : properties) {
            if (findSpec(specs, property.first)) continue;
            InspectorRow& row =
                plain(target, property.first, toQt(property.first), QStringLiteral("text"), Section::other);
            row.text = toQt(writeJson(property.second));
            row.readOnly = true;
            row.problem = tr("This property is not known here; it is kept in the file.");
        }
    }

    void connection(const Connection& connection) {
        const Component *from = m_design.components.find(connection.from),
                        *to = m_design.components.find(connection.to);
        if (!from || !to) return;
        InspectorRow& mode = plain("connection", "mode", tr("Mode"), QStringLiteral("choice"), Section::general);
        for (const Mode possible : m_catalog.modes(from->type, to->type)) mode.choices.append(toQt(name(possible)));
        if (!mode.choices.contains(mode.text)) mode.choices.append(mode.text);
        mode.choiceLabels = mode.choices;
        mode.help = tr(
            "The arrow shows the direction of the call, or of the data for consume, replicate, standby and telemetry.");
        const Legality pair = m_catalog.legality(from->type, connection.mode, to->type);
        if (!pair.legal) mode.problem = toQt(pair.reason);
        InspectorRow& label = plain("connection", "label", tr("Label"), QStringLiteral("text"), Section::general);
        label.help = tr("Stands on the line in place of the protocol.");
        const bool messages = connection.mode == Mode::publish || connection.mode == Mode::consume;
        const ParameterView view(m_catalog.connectionParameters, connection.properties);
        for (const ParameterSpec& spec : m_catalog.connectionParameters) {
            const Section section = sectionOfConnection(spec.key);
            if (section == Section::messages && !messages && !view.isStated(spec.key)) continue;
            InspectorRow& row = described("connection", spec, view.value(spec.key), section);
            if (spec.key == "protocol") protocolChoices(row, pair);
            if (spec.key == "p_from") {
                row.kind = QStringLiteral("choice");
                row.choices = {QString()};
                row.choiceLabels = {tr("always called")};
                componentChoices(
                    row, [this](const Component& c) { return m_catalog.typeOf(c.type).behaviour == Behaviour::cache; },
                    QStringLiteral("miss:"));
                for (qsizetype i = 1; i < row.choiceLabels.size(); ++i)
                    row.choiceLabels[i] = tr("on a miss of %1").arg(row.choiceLabels[i]);
            }
            if (spec.key == "flows") flowChoices(row);
        }
        unknownProperties("connection", connection.properties, m_catalog.connectionParameters);
    }

    void protocolChoices(InspectorRow& row, const Legality& pair) {
        row.kind = QStringLiteral("choice");
        row.choices = toQt(pair.protocols);
        if (!row.text.isEmpty() && !row.choices.contains(row.text)) row.choices.append(row.text);
        row.choiceLabels = row.choices;
        if (!pair.protocols.empty()) row.fallbackText = toQt(pair.protocols.front());
    }

    void flowChoices(InspectorRow& row) {
        row.kind = QStringLiteral("set");
        row.text.clear();
        const bool named = row.isStated && !row.value.toList().isEmpty();
        for (const QVariant& flow : named ? row.value.toList() : QVariantList())
            row.text += (row.text.isEmpty() ? QString() : QStringLiteral(", ")) + flow.toString();
        row.fallbackText = tr("all");
        row.emptyIsAll = true;
        QVariantList all;
        for (const Flow& flow : m_design.flows) {
            all.append(toQt(flow.id.value));
            row.choices.append(toQt(flow.id.value));
            row.choiceLabels.append(toQt(flow.name.empty() ? flow.id.value : flow.name));
        }
        if (!named) row.value = all;
    }

    void zone(const Zone& zone) {
        plain("zone", "name", tr("Name"), QStringLiteral("text"), Section::general).fallbackText = toQt(zone.id.value);
        InspectorRow& kind = plain("zone", "kind", tr("Kind"), QStringLiteral("choice"), Section::general);
        kind.choices = {QStringLiteral("zone"), QStringLiteral("region"), QStringLiteral("boundary")};
        kind.choiceLabels = {tr("zone"), tr("region"), tr("boundary")};
        kind.help = tr("Zones and regions can fail as a whole; a boundary only groups.");
        InspectorRow& parent = plain("zone", "parent", tr("Inside"), QStringLiteral("choice"), Section::general);
        parent.choices = {QString()};
        parent.choiceLabels = {tr("nothing")};
        for (const Zone& other : m_design.zones) {
            if (other.id == zone.id) continue;
            parent.choices.append(toQt(other.id.value));
            parent.choiceLabels.append(toQt(other.name.empty() ? other.id.value : other.name));
        }
        const ParameterView view(m_catalog.zoneParameters, zone.properties);
        for (const ParameterSpec& spec : m_catalog.zoneParameters) {
            InspectorRow& row = described("zone", spec, view.value(spec.key), Section::availability);
            const auto usual = m_catalog.zoneAvailability.find(zone.kind);
            if (spec.key == "availability" && usual != m_catalog.zoneAvailability.end())
                row.fallbackText = valueText(usual->second, spec);
        }
        unknownProperties("zone", zone.properties, m_catalog.zoneParameters);
    }

    void document() {
        plain("document", "name", tr("Name"), QStringLiteral("text"), Section::general,
              QStringLiteral("document.name"));
        plain("document", "description", tr("Description"), QStringLiteral("prose"), Section::general,
              QStringLiteral("document.description"));
        m_ownSection = tr("Requirements");
        InspectorRow& functional = plain("requirements", "functional", tr("What it must do"), QStringLiteral("prose"),
                                         Section::own, QStringLiteral("requirements.functional"));
        functional.text = functional.value.toStringList().join(u'\n');
        functional.help = tr("One line each.");
        for (const RequirementField& field : requirementFields()) {
            const ParameterSpec* spec = specOf(m_design, m_catalog, {}, std::string(field.key));
            InspectorRow& row = described("requirements", *spec, {}, Section::own);
            row.key = QStringLiteral("requirements.") + row.property;
        }
    }

    const Design& m_design;
    const Catalog& m_catalog;
    const std::string m_id;
    QString m_ownSection;
    std::vector<Sorted> m_rows;
};

ParameterSpec requirement(const char* key, const QString& label, const char* unit, double minimum, double maximum,
                          const QString& help) {
    ParameterSpec spec;
    spec.key = key;
    spec.label = label.toStdString();
    spec.unit = unit;
    spec.help = help.toStdString();
    spec.range = {minimum, maximum};
    return spec;
}

const std::vector<ParameterSpec>& requirementSpecs() {
    constexpr double any = std::numeric_limits<double>::infinity();
    static const std::vector<ParameterSpec> specs{
        requirement("dau", tr("Daily users"), "", 0, any, tr("People who use it on a day.")),
        requirement("requests_per_user_day", tr("Requests a user"), "1/d", 0, any,
                    tr("Requests of one person on a day.")),
        requirement("peak_factor", tr("Peak factor"), "", 1, any, tr("The busiest moment over the average.")),
        requirement("availability_slo", tr("Availability wanted"), "share", 0, 1, tr("Every flow is held to it.")),
        requirement("p99_ms", tr("p99 wanted"), "ms", 0, any, tr("99 of 100 requests are answered within this time.")),
        requirement("rto_s", tr("Time to recover"), "s", 0, any, tr("Longest outage after a disaster (RTO).")),
        requirement("rpo_s", tr("Loss accepted"), "s", 0, any, tr("Newest data that may be lost in a disaster (RPO).")),
        requirement("horizon_y", tr("Horizon"), "y", 0, any, tr("Years that storage is planned for.")),
        requirement("budget_usd_month", tr("Budget"), "USD/month", 0, any, tr("What it may cost.")),
    };
    return specs;
}

}  // namespace

std::vector<InspectorRow> inspectorRows(const Design& design, const Catalog& catalog, const std::string& id) {
    return Builder(design, catalog, id).build();
}

QString valueText(const Value& value, const ParameterSpec& spec) {
    if (value.isNull()) return {};
    if (value.isNumber()) return quantityText(value.number(), spec.unit);
    if (const bool* b = value.boolean()) return *b ? tr("yes") : tr("no");
    if (const std::string* text = value.text()) return toQt(*text);
    if (spec.kind == ValueKind::set && value.list()) {
        QStringList words;
        for (const Value& word : *value.list())
            if (word.text()) words.append(toQt(*word.text()));
        return words.join(QStringLiteral(", "));
    }
    return toQt(writeJson(value)).trimmed();
}

const ParameterSpec* specOf(const Design& design, const Catalog& catalog, const std::string& id,
                            const std::string& property) {
    if (const Component* component = design.components.find({id}))
        return findSpec(catalog.typeOf(component->type).parameters, property);
    if (design.connections.contains({id})) return findSpec(catalog.connectionParameters, property);
    if (design.zones.contains({id})) return findSpec(catalog.zoneParameters, property);
    return id.empty() ? findSpec(requirementSpecs(), property) : nullptr;
}

}  // namespace loadpath
