#include "property_edits.h"

#include "model/presets.h"

#include <algorithm>

namespace loadpath {
namespace {

using MaybeEdits = std::optional<Edits>;

bool assign(std::string& member, const std::optional<Value>& value) {
    if (value && !value->text()) return false;
    member = value ? *value->text() : std::string();
    return true;
}
bool assign(std::optional<double>& member, const std::optional<Value>& value) {
    if (value && !value->isNumber()) return false;
    member = value ? std::optional(value->number()) : std::nullopt;
    return true;
}

/// A property that the catalogue describes; unknown keys are accepted where the type is unknown too.
bool assignProperty(Parameters& properties, const std::vector<ParameterSpec>& specs, bool openEnded,
                    const std::string& key, const std::optional<Value>& value) {
    if (!value) {
        properties.erase(key);
        return true;
    }
    const ParameterSpec* spec = findSpec(specs, key);
    if (!spec && !openEnded && !properties.contains(key)) return false;
    if (spec && !nearestLegal(*spec, *value)) return false;
    properties.insert_or_assign(key, *value);
    return true;
}

std::optional<std::vector<ZoneId>> zoneList(const Value& value) {
    if (!value.list()) return std::nullopt;
    std::vector<ZoneId> zones;
    for (const Value& zone : *value.list()) {
        if (!zone.text()) return std::nullopt;
        if (std::find(zones.begin(), zones.end(), ZoneId{*zone.text()}) == zones.end()) zones.push_back({*zone.text()});
    }
    return zones;
}

bool change(Component& c, const Design& design, const Catalog& catalog, const std::string& key,
            const std::optional<Value>& value) {
    if (key == "name") return assign(c.name, value);
    if (key == "zones") {
        const auto zones = zoneList(value.value_or(Value(Value::List{})));
        if (!zones) return false;
        c.zones = *zones;
        return std::all_of(c.zones.begin(), c.zones.end(),
                           [&design](const ZoneId& z) { return design.zones.contains(z); });
    }
    const ComponentType* type = catalog.find(c.type);
    if (key == "preset" && type && !findSpec(type->parameters, key)) {
        if (!value) {
            c.properties = withoutPreset(*type, std::move(c.properties));
            return true;
        }
        const Preset* preset = value->text() ? findPreset(*type, *value->text()) : nullptr;
        if (preset) c.properties = withPreset(*type, *preset, std::move(c.properties));
        return preset != nullptr;
    }
    return assignProperty(c.properties, type ? type->parameters : catalog.typeOf(c.type).parameters, !type, key, value);
}

bool change(Connection& c, const Design& design, const Catalog& catalog, const std::string& key,
            const std::optional<Value>& value) {
    if (key == "label") return assign(c.label, value);
    if (key != "mode") return assignProperty(c.properties, catalog.connectionParameters, false, key, value);
    const auto mode = value && value->text() ? modeNamed(*value->text()) : std::nullopt;
    if (!mode) return false;
    c.mode = *mode;
    // The protocol of the old mode is of no use where the new one does not speak it.
    const Component *from = design.components.find(c.from), *to = design.components.find(c.to);
    const auto protocol = c.properties.find("protocol");
    if (!from || !to || protocol == c.properties.end() || !protocol->second.text()) return true;
    const Legality pair = catalog.legality(from->type, *mode, to->type);
    const bool speaks =
        std::find(pair.protocols.begin(), pair.protocols.end(), *protocol->second.text()) != pair.protocols.end();
    if (!speaks && !pair.protocols.empty()) protocol->second = pair.protocols.front();
    return true;
}

bool change(Zone& z, const Design& design, const Catalog& catalog, const std::string& key,
            const std::optional<Value>& value) {
    if (key == "name") return assign(z.name, value);
    if (key == "kind") {
        if (!value || !value->text()) return false;
        z.kind = *value->text();
        return z.kind == "zone" || z.kind == "region" || z.kind == "boundary";
    }
    if (key == "parent") {
        if (!assign(z.parent.value, value)) return false;
        return z.parent.empty() || design.zones.contains(z.parent);
    }
    return assignProperty(z.properties, catalog.zoneParameters, false, key, value);
}

bool change(Flow& f, const Design& design, const Catalog&, const std::string& key, const std::optional<Value>& value) {
    if (key == "name") return assign(f.name, value);
    if (key == "entry") return assign(f.entry.value, value) && design.components.contains(f.entry);
    if (key == "share") {
        if (value && !value->isNumber()) return false;
        f.share = value ? value->number() : 1;
        return f.share >= 0;
    }
    if (key == "op") {
        const auto op = value && value->text() ? opNamed(*value->text()) : std::nullopt;
        f.op = op.value_or(f.op);
        return op.has_value();
    }
    if (key == "availability_slo") return assign(f.availabilitySlo, value);
    if (key == "p99_ms") return assign(f.p99Ms, value);
    return false;
}

bool change(Note& n, const Design&, const Catalog&, const std::string& key, const std::optional<Value>& value) {
    return key == "text" && assign(n.text, value);
}

template <class T>
MaybeEdits changed(const T* item, const Design& design, const Catalog& catalog, const std::string& key,
                   const std::optional<Value>& value) {
    if (!item) return std::nullopt;
    T next = *item;
    if (!change(next, design, catalog, key, value)) return std::nullopt;
    return Edits{Put<T>{std::move(next), std::nullopt}};
}

bool changeRequirement(Requirements& requirements, const std::string& key, const std::optional<Value>& value) {
    if (key == "functional") {
        requirements.functional.clear();
        if (!value) return true;
        if (!value->list()) return false;
        for (const Value& line : *value->list()) {
            if (!line.text()) return false;
            requirements.functional.push_back(*line.text());
        }
        return true;
    }
    for (const RequirementField& field : requirementFields())
        if (field.key == key) return assign(requirements.*field.member, value);
    return false;
}

Value textOrNull(const std::string& text) { return text.empty() ? Value() : Value(text); }
Value numberOrNull(const std::optional<double>& number) { return number ? Value(*number) : Value(); }
Value propertyOrNull(const Parameters& properties, const std::string& key) {
    const auto it = properties.find(key);
    return it == properties.end() ? Value() : it->second;
}

}  // namespace

const std::vector<RequirementField>& requirementFields() {
    static const std::vector<RequirementField> fields{
        {"dau", &Requirements::dau},
        {"requests_per_user_day", &Requirements::requestsPerUserDay},
        {"peak_factor", &Requirements::peakFactor},
        {"availability_slo", &Requirements::availabilitySlo},
        {"p99_ms", &Requirements::p99Ms},
        {"rto_s", &Requirements::rtoS},
        {"rpo_s", &Requirements::rpoS},
        {"horizon_y", &Requirements::horizonY},
        {"budget_usd_month", &Requirements::budgetUsdMonth},
    };
    return fields;
}

MaybeEdits propertyEdits(const Design& design, const Catalog& catalog, std::string_view kind, const std::string& id,
                         const std::string& key, std::optional<Value> value) {
    if (value && value->isNull()) value.reset();
    if (kind == "component") return changed(design.components.find({id}), design, catalog, key, value);
    if (kind == "connection") return changed(design.connections.find({id}), design, catalog, key, value);
    if (kind == "zone") return changed(design.zones.find({id}), design, catalog, key, value);
    if (kind == "flow") return changed(design.flows.find({id}), design, catalog, key, value);
    if (kind == "note") return changed(design.notes.find({id}), design, catalog, key, value);
    Header header = design.header;
    bool fits = false;
    if (kind == "requirements") fits = changeRequirement(header.requirements, key, value);
    if (kind == "document" && key == "name") fits = assign(header.name, value);
    if (kind == "document" && key == "description") fits = assign(header.description, value);
    if (!fits) return std::nullopt;
    return Edits{std::move(header)};
}

Value statedValue(const Design& design, std::string_view kind, const std::string& id, const std::string& key) {
    if (kind == "component") {
        const Component* c = design.components.find({id});
        if (!c) return {};
        if (key == "name") return textOrNull(c->name);
        if (key != "zones") return propertyOrNull(c->properties, key);
        Value::List zones;
        for (const ZoneId& zone : c->zones) zones.push_back(zone.value);
        return zones.empty() ? Value() : Value(std::move(zones));
    }
    if (kind == "connection") {
        const Connection* c = design.connections.find({id});
        if (!c) return {};
        if (key == "label") return textOrNull(c->label);
        return key == "mode" ? Value(std::string(name(c->mode))) : propertyOrNull(c->properties, key);
    }
    if (kind == "zone") {
        const Zone* z = design.zones.find({id});
        if (!z) return {};
        if (key == "name") return textOrNull(z->name);
        if (key == "kind") return z->kind;
        return key == "parent" ? textOrNull(z->parent.value) : propertyOrNull(z->properties, key);
    }
    if (kind == "flow") {
        const Flow* f = design.flows.find({id});
        if (!f) return {};
        if (key == "name") return textOrNull(f->name);
        if (key == "entry") return f->entry.value;
        if (key == "share") return f->share;
        if (key == "op") return std::string(name(f->op));
        if (key == "availability_slo") return numberOrNull(f->availabilitySlo);
        return key == "p99_ms" ? numberOrNull(f->p99Ms) : Value();
    }
    if (kind == "note") {
        const Note* n = design.notes.find({id});
        return n && key == "text" ? textOrNull(n->text) : Value();
    }
    if (kind == "document") {
        if (key == "name") return textOrNull(design.header.name);
        return key == "description" ? textOrNull(design.header.description) : Value();
    }
    if (kind == "requirements" && key == "functional") {
        Value::List lines;
        for (const std::string& line : design.header.requirements.functional) lines.push_back(line);
        return lines.empty() ? Value() : Value(std::move(lines));
    }
    if (kind == "requirements")
        for (const RequirementField& field : requirementFields())
            if (field.key == key) return numberOrNull(design.header.requirements.*field.member);
    return {};
}

}  // namespace loadpath
