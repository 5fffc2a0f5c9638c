#include "json/catalog_json.h"
#include "json/catalog_parts.h"
#include "json/json_build.h"

#include <cmath>

namespace loadpath {
namespace {

using json::Object;

JsonNode specTree(const ParameterSpec& spec) {
    Object item;
    item.add("key", Value(spec.key)).add("label", Value(spec.label)).add("kind", Value(std::string(name(spec.kind))));
    if (!spec.unit.empty()) item.add("unit", Value(spec.unit));
    if (!spec.fallback.isNull()) item.add("default", JsonNode::of(spec.fallback));
    if (!spec.managedFallback.isNull()) item.add("managed_default", JsonNode::of(spec.managedFallback));
    if (std::isfinite(spec.range.minimum)) item.add("min", Value(spec.range.minimum));
    if (std::isfinite(spec.range.maximum)) item.add("max", Value(spec.range.maximum));
    if (!spec.choices.empty()) item.add("choices", json::texts(spec.choices));
    if (!spec.fields.empty()) {
        JsonNode fields = json::list();
        for (const ParameterSpec& field : spec.fields) fields.items.push_back(specTree(field));
        item.add("fields", std::move(fields));
    }
    item.add("help", Value(spec.help));
    if (!spec.source.empty()) item.add("source", Value(spec.source));
    return item.take();
}

JsonNode handbookTree(const Handbook& book) {
    JsonNode topics = json::list();
    for (const HandbookTopic& topic : book.topics) {
        Object item;
        item.add("title", Value(topic.title)).add("text", Value(topic.text));
        item.add("points", json::texts(topic.points));
        topics.items.push_back(item.take());
    }
    Object item;
    item.add("what", Value(book.what)).add("when", Value(book.when)).add("scaling", Value(book.scaling));
    item.add("tradeoffs", json::texts(book.tradeoffs)).add("breaks", json::texts(book.breaks));
    item.add("numbers", json::texts(book.numbers)).add("topics", std::move(topics));
    return item.take();
}

Object briefly(const ComponentType& type) {
    Object item;
    item.add("id", Value(type.id)).add("name", Value(type.name)).add("category", Value(type.category));
    item.add("summary", Value(type.summary));
    return item;
}

}  // namespace

std::string typeJson(const ComponentType& type) {
    JsonNode parameters = json::list(), presets = json::list();
    for (const ParameterSpec& spec : type.parameters) parameters.items.push_back(specTree(spec));
    for (const Preset& preset : type.presets) {
        Object item;
        item.add("id", Value(preset.id)).add("name", Value(preset.name));
        item.add("values", JsonNode::of(Value(preset.values))).add("source", Value(preset.source));
        presets.items.push_back(item.take());
    }
    Object item = briefly(type);
    item.add("aliases", json::texts(type.aliases)).add("groups", json::texts(type.groups));
    item.add("handbook", handbookTree(type.handbook)).add("presets", std::move(presets));
    item.add("parameters", std::move(parameters));
    return writeJson(item.take());
}

std::string typesJson(const Catalog& catalog) {
    JsonNode types = json::list();
    for (const ComponentType& type : catalog.types) types.items.push_back(briefly(type).take());
    Object item;
    item.add("types", std::move(types));
    return writeJson(item.take());
}

}  // namespace loadpath
