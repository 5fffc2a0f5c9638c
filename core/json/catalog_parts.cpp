#include "json/catalog_parts.h"

#include <algorithm>

namespace loadpath {
namespace {

constexpr std::pair<std::string_view, ValueKind> kinds[] = {
    {"boolean", ValueKind::boolean}, {"integer", ValueKind::integer}, {"number", ValueKind::number},
    {"text", ValueKind::text},       {"choice", ValueKind::choice},   {"set", ValueKind::set},
    {"list", ValueKind::list},       {"object", ValueKind::object},   {"reference", ValueKind::reference},
};

}  // namespace

std::string_view name(ValueKind kind) {
    for (const auto& known : kinds)
        if (known.second == kind) return known.first;
    return "value";
}

void CatalogFile::complain(const JsonNode& node, const Place& place, const std::string& message) {
    problems.push_back({path + ": " + message, place.pointer(), node.line, node.column});
}

void CatalogFile::refuseUnknown(const Object& object, std::initializer_list<std::string_view> known) {
    for (const auto& member : object.node.members)
        if (std::find(known.begin(), known.end(), member.first) == known.end())
            complain(member.second, object.place.at(member.first), "unknown key \"" + member.first + '"');
}

std::string CatalogFile::text(const Object& object, std::string_view key) {
    const JsonNode* node = object.node.find(key);
    if (!node) return {};
    if (const std::string* value = node->scalar.text()) return *value;
    complain(*node, object.place.at(key), '"' + std::string(key) + "\" must be a text, not " + kindOf(*node));
    return {};
}

std::string CatalogFile::requiredText(const Object& object, std::string_view key) {
    if (!object.node.find(key)) {
        complain(object.node, object.place, '"' + std::string(key) + "\" is missing");
        return {};
    }
    std::string value = text(object, key);
    if (value.empty()) complain(object.node, object.place.at(key), '"' + std::string(key) + "\" must not be empty");
    return value;
}

std::vector<std::string> CatalogFile::texts(const Object& object, std::string_view key) {
    std::vector<std::string> values;
    const JsonNode* node = object.node.find(key);
    if (!node) return values;
    const Place place = object.place.at(key);
    if (node->kind != JsonNode::Kind::list)
        complain(*node, place, '"' + std::string(key) + "\" must be a list of texts");
    for (std::size_t i = 0; i < node->items.size(); ++i) {
        if (const std::string* value = node->items[i].scalar.text())
            values.push_back(*value);
        else
            complain(node->items[i], place.at(i), "must be a text, not " + kindOf(node->items[i]));
    }
    return values;
}

bool CatalogFile::flag(const Object& object, std::string_view key) {
    const JsonNode* node = object.node.find(key);
    if (!node) return false;
    if (const bool* value = node->scalar.boolean()) return *value;
    complain(*node, object.place.at(key), '"' + std::string(key) + "\" must be true or false");
    return false;
}

const JsonNode* CatalogFile::object(const Object& parent, std::string_view key) {
    const JsonNode* node = parent.node.find(key);
    if (!node || node->kind == JsonNode::Kind::object) return node;
    complain(*node, parent.place.at(key), '"' + std::string(key) + "\" must be an object");
    return nullptr;
}

void CatalogFile::eachObject(const Object& parent, std::string_view key,
                             const std::function<void(const Object&)>& read) {
    const JsonNode* node = parent.node.find(key);
    if (!node) return;
    const Place listPlace = parent.place.at(key);
    if (node->kind != JsonNode::Kind::list) {
        complain(*node, listPlace, '"' + std::string(key) + "\" must be a list of objects");
        return;
    }
    for (std::size_t i = 0; i < node->items.size(); ++i) {
        const Place place = listPlace.at(i);
        if (node->items[i].kind == JsonNode::Kind::object)
            read({node->items[i], place});
        else
            complain(node->items[i], place, "must be an object, not " + kindOf(node->items[i]));
    }
}

std::vector<ParameterSpec> CatalogFile::parameters(const Object& object, std::string_view key) {
    std::vector<ParameterSpec> specs;
    eachObject(object, key, [&](const Object& entry) {
        ParameterSpec spec = parameter(entry);
        if (findSpec(specs, spec.key))
            complain(entry.node, entry.place, "the parameter \"" + spec.key + "\" stands twice");
        specs.push_back(std::move(spec));
    });
    return specs;
}

ParameterSpec CatalogFile::parameter(const Object& object) {
    ParameterSpec spec;
    refuseUnknown(object, {"key", "label", "unit", "kind", "default", "min", "max", "choices", "fields", "help",
                           "source", "advanced"});
    spec.key = requiredText(object, "key");
    spec.label = text(object, "label");
    if (spec.label.empty()) spec.label = spec.key;
    spec.unit = text(object, "unit");
    spec.help = text(object, "help");
    spec.source = text(object, "source");
    spec.kind = choice(object, "kind", kinds, ValueKind::number);
    spec.choices = texts(object, "choices");
    spec.fields = parameters(object, "fields");
    spec.advanced = flag(object, "advanced");
    const auto bound = [&](std::string_view key, double& limit) {
        const JsonNode* node = object.node.find(key);
        if (!node) return;
        if (node->scalar.isNumber())
            limit = node->scalar.number();
        else
            complain(*node, object.place.at(key), '"' + std::string(key) + "\" must be a number");
    };
    bound("min", spec.range.minimum);
    bound("max", spec.range.maximum);
    if (spec.range.minimum > spec.range.maximum) complain(object.node, object.place, "\"min\" is above \"max\"");
    if (spec.kind == ValueKind::choice && spec.choices.empty())
        complain(object.node, object.place, "a choice needs \"choices\"");
    if (const JsonNode* fallback = object.node.find("default")) {
        spec.fallback = fallback->toValue();
        if (const std::string problem = complaint(spec, spec.fallback); !problem.empty())
            complain(*fallback, object.place.at("default"), "the default is not legal: " + problem);
    }
    return spec;
}

}  // namespace loadpath
