#include "json/design_json.h"
#include "json/design_tables.h"
#include "json/json_build.h"

#include <unordered_set>

namespace loadpath {
namespace {

/// An object of the file: the keys of its table, then what the specs know, then the rest by name.
class ItemWriter {
public:
    template <class T>
    explicit ItemWriter(const Fields<T>& fields, const T& item) {
        for (const Field<T>& field : fields) {
            m_taken.insert(field.key);
            if (auto value = field.write(item)) m_object.add(std::string(field.key), std::move(*value));
        }
    }

    /// Catalogue order, then unknown ones by name.
    void parameters(const Parameters& values, const std::vector<ParameterSpec>& specs) {
        for (const ParameterSpec& spec : specs) {
            const auto it = values.find(spec.key);
            if (it != values.end() && !it->second.isNull() && m_taken.insert(spec.key).second)
                m_object.add(it->first, JsonNode::of(it->second));
        }
        others(values);
    }
    void others(const Parameters& values) {
        for (const auto& value : values)
            if (m_taken.insert(value.first).second) m_object.add(value.first, JsonNode::of(value.second));
    }
    void add(std::string key, JsonNode value) { m_object.add(std::move(key), std::move(value)); }
    JsonNode take() { return m_object.take(); }

private:
    json::Object m_object;
    std::unordered_set<std::string_view> m_taken;
};

JsonNode properties(const Parameters& values, const std::vector<ParameterSpec>& specs) {
    static const Fields<Component> none;
    static const Component nothing;
    ItemWriter writer(none, nothing);
    writer.parameters(values, specs);
    return writer.take();
}

class DesignWriter {
public:
    explicit DesignWriter(const Catalog& catalog) : m_catalog(catalog) {}

    JsonNode write(const Design& design) {
        json::Object root;
        root.add("format", Value(std::string(designFormat)));
        root.add("version", Value(designVersion));
        root.add("name", Value(design.header.name));
        if (!design.header.description.empty()) root.add("description", Value(design.header.description));
        JsonNode requirements = requirementsObject(design.header.requirements);
        if (!requirements.members.empty()) root.add("requirements", std::move(requirements));
        table(root, "flows", design.flows);
        table(root, "zones", design.zones);
        root.add("components", list(design.components));
        root.add("connections", list(design.connections));
        table(root, "notes", design.notes);
        table(root, "scenarios", design.scenarios);
        table(root, "acknowledged", design.acknowledged);
        table(root, "estimates", design.estimates);
        json::Object prices;
        for (const auto& price : design.header.prices) prices.add(price.first, Value(price.second));
        if (!design.header.prices.empty()) root.add("prices", std::move(prices));
        if (!design.header.rules.empty()) root.add("rules", writtenRuleSettings(design.header));
        if (!design.header.houseRules.empty()) root.add("house_rules", Value(design.header.houseRules));
        static const std::unordered_set<std::string_view> known{
            "format",      "version", "name",      "description",  "requirements", "flows",  "zones", "components",
            "connections", "notes",   "scenarios", "acknowledged", "estimates",    "prices", "rules", "house_rules"};
        for (const auto& extra : design.header.extra)
            if (!known.contains(extra.first)) root.add(extra.first, JsonNode::of(extra.second));
        return root.take();
    }

private:
    static JsonNode requirementsObject(const Requirements& requirements) {
        ItemWriter writer(requirementsFields(), requirements);
        writer.others(requirements.extra);
        return writer.take();
    }

    template <class T>
    JsonNode list(const Table<T>& items) const {
        JsonNode node = json::list();
        node.items.reserve(items.size());
        for (const T& item : items) node.items.push_back(object(item));
        return node;
    }
    template <class T>
    void table(json::Object& root, const char* key, const Table<T>& items) const {
        if (!items.empty()) root.add(key, list(items));
    }

    JsonNode object(const Component& component) const {
        return withProperties(ItemWriter(componentFields(), component), component,
                              m_catalog.typeOf(component.type).parameters);
    }
    JsonNode object(const Connection& connection) const {
        return withProperties(ItemWriter(connectionFields(), connection), connection, m_catalog.connectionParameters);
    }
    JsonNode object(const Zone& zone) const {
        ItemWriter writer(zoneFields(), zone);
        writer.parameters(zone.properties, m_catalog.zoneParameters);
        writer.others(zone.extra);
        return writer.take();
    }
    JsonNode object(const Flow& flow) const { return plain(ItemWriter(flowFields(), flow), flow); }
    JsonNode object(const Note& note) const { return plain(ItemWriter(noteFields(), note), note); }
    JsonNode object(const ScenarioSpec& spec) const { return plain(ItemWriter(scenarioFields(), spec), spec); }
    JsonNode object(const Acknowledgement& item) const {
        return plain(ItemWriter(acknowledgementFields(), item), item);
    }

    JsonNode object(const Quantity& item) const { return plain(ItemWriter(quantityFields(), item), item); }

    template <class T>
    static JsonNode withProperties(ItemWriter writer, const T& item, const std::vector<ParameterSpec>& specs) {
        JsonNode stated = properties(item.properties, specs);
        if (!stated.members.empty()) writer.add("properties", std::move(stated));
        return plain(std::move(writer), item);
    }
    template <class T>
    static JsonNode plain(ItemWriter writer, const T& item) {
        writer.others(item.extra);
        return writer.take();
    }

    const Catalog& m_catalog;
};

}  // namespace

std::string writeDesign(const Design& design, const Catalog& catalog) {
    return writeJson(DesignWriter(catalog).write(design));
}

}  // namespace loadpath
