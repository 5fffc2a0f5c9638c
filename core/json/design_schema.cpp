#include "json/design_json.h"
#include "json/design_tables.h"
#include "json/json_build.h"

#include <cmath>

namespace loadpath {
namespace {

using json::leaf;
using json::list;
using json::Object;

JsonNode propertiesOf(const std::vector<ParameterSpec>& specs);

const char* typeName(ValueKind kind) {
    switch (kind) {
        case ValueKind::boolean:
            return "boolean";
        case ValueKind::integer:
            return "integer";
        case ValueKind::number:
            return "number";
        case ValueKind::text:
        case ValueKind::choice:
        case ValueKind::reference:
            return "string";
        case ValueKind::set:
        case ValueKind::list:
            return "array";
        case ValueKind::object:
            return "object";
    }
    return "object";
}

std::string described(const ParameterSpec& spec) {
    std::string text = spec.label;
    if (!spec.unit.empty()) text += " (" + spec.unit + ')';
    if (!spec.help.empty()) text += (text.empty() ? "" : ". ") + spec.help;
    return text;
}

JsonNode schemaOf(const ParameterSpec& spec) {
    Object schema;
    schema.add("type", typeName(spec.kind));
    if (const std::string text = described(spec); !text.empty()) schema.add("description", Value(text));
    if (std::isfinite(spec.range.minimum)) schema.add("minimum", Value(spec.range.minimum));
    if (std::isfinite(spec.range.maximum)) schema.add("maximum", Value(spec.range.maximum));
    if (spec.kind == ValueKind::choice) schema.add("enum", json::texts(spec.choices));
    if (spec.kind == ValueKind::set) {
        Object items;
        items.add("type", "string");
        if (!spec.choices.empty()) items.add("enum", json::texts(spec.choices));
        schema.add("items", std::move(items));
    }
    if (spec.kind == ValueKind::list && !spec.fields.empty()) {
        Object items;
        items.add("type", "object").add("properties", propertiesOf(spec.fields));
        schema.add("items", std::move(items));
    }
    if (spec.kind == ValueKind::object && !spec.fields.empty()) schema.add("properties", propertiesOf(spec.fields));
    if (!spec.fallback.isNull()) schema.add("default", JsonNode::of(spec.fallback));
    return schema.take();
}

JsonNode propertiesOf(const std::vector<ParameterSpec>& specs) {
    Object properties;
    for (const ParameterSpec& spec : specs) properties.add(spec.key, schemaOf(spec));
    return properties.take();
}

JsonNode reference(const std::string& definition) {
    Object node;
    node.add("$ref", Value("#/definitions/" + definition));
    return node.take();
}

JsonNode listOf(const std::string& definition) {
    Object node;
    node.add("type", "array").add("items", reference(definition));
    return node.take();
}

/// The object a table describes; `members` holds what stands beside its keys.
template <class T>
Object objectOf(const Fields<T>& fields, JsonNode members = Object().take(), const std::string& properties = {}) {
    Object all;
    JsonNode required = list();
    for (const Field<T>& field : fields) {
        if (field.need == Need::required) required.items.push_back(leaf(std::string(field.key)));
        if (field.key == "properties" && !properties.empty())
            all.add("properties", reference(properties));
        else
            all.add(std::string(field.key), JsonNode::of(field.schema));
    }
    for (auto& member : members.members) all.add(member.first, std::move(member.second));
    Object schema;
    schema.add("type", "object");
    if (!required.items.empty()) schema.add("required", std::move(required));
    schema.add("properties", std::move(all));
    return schema;
}

/// The properties of a component depend on its type; types that the palette does not have are allowed.
JsonNode byType(const Catalog& catalog) {
    JsonNode cases = list();
    for (const ComponentType& type : catalog.types) {
        Object constant, typeIs, condition, stated, consequence, entry;
        constant.add("const", Value(type.id));
        typeIs.add("type", std::move(constant));
        condition.add("properties", std::move(typeIs));
        stated.add("properties", reference("properties_" + type.id));
        consequence.add("properties", std::move(stated));
        entry.add("if", std::move(condition)).add("then", std::move(consequence));
        cases.items.push_back(entry.take());
    }
    return cases;
}

/// Classes that the palette does not have are allowed, and kept.
JsonNode pricesOf(const PriceList& prices) {
    Object amount, classes, schema;
    amount.add("type", "number").add("minimum", Value(0));
    for (const PriceClass& known : prices.classes) {
        Object price;
        price.add("type", "number").add("minimum", Value(0)).add("default", Value(known.usd.typical));
        price.add("description", Value(known.name + ", USD per " + std::string(name(known.unit))));
        classes.add(known.id, std::move(price));
    }
    schema.add("type", "object").add("properties", std::move(classes));
    schema.add("additionalProperties", std::move(amount));
    return schema.take();
}

Object definitions(const Catalog& catalog) {
    Object all;
    Object component = objectOf(componentFields());
    component.add("allOf", byType(catalog));
    all.add("component", std::move(component));
    all.add("connection", objectOf(connectionFields(), Object().take(), "connection_properties"));
    Object connectionProperties;
    connectionProperties.add("type", "object").add("properties", propertiesOf(catalog.connectionParameters));
    all.add("connection_properties", std::move(connectionProperties));
    all.add("zone", objectOf(zoneFields(), propertiesOf(catalog.zoneParameters)));
    all.add("flow", objectOf(flowFields()));
    all.add("note", objectOf(noteFields()));
    all.add("fault", objectOf(faultFields()));
    all.add("scenario", objectOf(scenarioFields()));
    all.add("acknowledgement", objectOf(acknowledgementFields()));
    all.add("quantity", objectOf(quantityFields()));
    all.add("requirements", objectOf(requirementsFields()));
    for (const ComponentType& type : catalog.types) {
        Object properties;
        properties.add("type", "object").add("title", Value(type.name)).add("description", Value(type.summary));
        properties.add("properties", propertiesOf(type.parameters));
        all.add("properties_" + type.id, std::move(properties));
    }
    return all;
}

}  // namespace

std::string designSchema(const Catalog& catalog) {
    Object format, version, name, properties, root;
    format.add("const", Value(std::string(designFormat)));
    version.add("const", Value(designVersion));
    name.add("type", "string");
    JsonNode text = name.take();
    Object components;
    components.add("type", "array").add("maxItems", Value(static_cast<std::int64_t>(mostComponents)));
    components.add("items", reference("component"));
    properties.add("format", std::move(format)).add("version", std::move(version));
    properties.add("name", text).add("description", text);
    properties.add("requirements", reference("requirements"));
    properties.add("flows", listOf("flow")).add("zones", listOf("zone"));
    properties.add("components", std::move(components)).add("connections", listOf("connection"));
    properties.add("notes", listOf("note")).add("scenarios", listOf("scenario"));
    properties.add("acknowledged", listOf("acknowledgement"));
    properties.add("estimates", listOf("quantity"));
    properties.add("prices", pricesOf(catalog.prices));
    properties.add("rules", ruleSettingsSchema(catalog));
    properties.add("house_rules", text);
    root.add("$schema", "http://json-schema.org/draft-07/schema#");
    root.add("title", "Loadpath design").add("type", "object");
    root.add("required", json::texts({"format", "version"}));
    root.add("properties", std::move(properties));
    root.add("definitions", definitions(catalog));
    return writeJson(root.take());
}

}  // namespace loadpath
