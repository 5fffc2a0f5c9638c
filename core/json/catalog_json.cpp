#include "json/catalog_json.h"

#include "json/catalog_parts.h"
#include "json/prices_json.h"

#include <algorithm>
#include <set>

namespace loadpath {
namespace {

constexpr std::pair<std::string_view, Behaviour> behaviours[] = {
    {"client", Behaviour::client},         {"resolver", Behaviour::resolver},
    {"edge_cache", Behaviour::edge_cache}, {"balancer", Behaviour::balancer},
    {"gateway", Behaviour::gateway},       {"limiter", Behaviour::limiter},
    {"compute", Behaviour::compute},       {"cache", Behaviour::cache},
    {"store", Behaviour::store},           {"quorum_store", Behaviour::quorum_store},
    {"pooler", Behaviour::pooler},         {"log", Behaviour::log},
    {"queue", Behaviour::queue},           {"dead_letter", Behaviour::dead_letter},
    {"platform", Behaviour::platform},     {"telemetry", Behaviour::telemetry},
    {"ensemble", Behaviour::ensemble},     {"shard_store", Behaviour::shard_store},
    {"topic", Behaviour::topic},           {"search_store", Behaviour::search_store},
    {"overlay", Behaviour::overlay},       {"chunk_store", Behaviour::chunk_store},
};

constexpr std::pair<std::string_view, ComponentType::Elastic> elasticities[] = {
    {"never", ComponentType::Elastic::never},
    {"managed", ComponentType::Elastic::managed},
    {"always", ComponentType::Elastic::always},
};

Handbook readHandbook(CatalogFile& file, const CatalogFile::Object& object) {
    Handbook handbook;
    handbook.what = file.text(object, "what");
    handbook.when = file.text(object, "when");
    handbook.scaling = file.text(object, "scaling");
    handbook.tradeoffs = file.texts(object, "tradeoffs");
    handbook.breaks = file.texts(object, "breaks");
    handbook.numbers = file.texts(object, "numbers");
    file.eachObject(object, "topics", [&](const CatalogFile::Object& topic) {
        handbook.topics.push_back(
            {file.requiredText(topic, "title"), file.requiredText(topic, "text"), file.texts(topic, "points")});
        file.refuseUnknown(topic, {"title", "text", "points"});
    });
    file.refuseUnknown(object, {"what", "when", "scaling", "tradeoffs", "breaks", "numbers", "topics"});
    return handbook;
}

std::vector<Preset> readPresets(CatalogFile& file, const CatalogFile::Object& object,
                                const std::vector<ParameterSpec>& specs) {
    std::vector<Preset> presets;
    file.eachObject(object, "presets", [&](const CatalogFile::Object& entry) {
        Preset preset{
            file.requiredText(entry, "id"), file.requiredText(entry, "name"), {}, file.requiredText(entry, "source")};
        file.refuseUnknown(entry, {"id", "name", "values", "source"});
        const bool isTwin =
            std::any_of(presets.begin(), presets.end(), [&preset](const Preset& p) { return p.id == preset.id; });
        if (isTwin) file.complain(entry.node, entry.place, "the preset \"" + preset.id + "\" stands twice");
        const JsonNode* values = file.object(entry, "values");
        if (!values || values->members.empty()) file.complain(entry.node, entry.place, "a preset needs \"values\"");
        const Place place = entry.place.at("values");
        for (std::size_t i = 0; values && i < values->members.size(); ++i) {
            const auto& [key, node] = values->members[i];
            const Place at = place.at(key);
            const ParameterSpec* spec = findSpec(specs, key);
            const Value value = node.toValue();
            if (!spec)
                file.complain(node, at, "there is no parameter \"" + key + "\" of this type");
            else if (const std::string problem = complaint(*spec, value); !problem.empty())
                file.complain(node, at, problem);
            else
                preset.values[key] = value;
        }
        presets.push_back(std::move(preset));
    });
    return presets;
}

/// The specs of a type: its own, then the common ones it does not define itself.
std::vector<ParameterSpec> resolved(CatalogFile& file, const CatalogFile::Object& object,
                                    const std::vector<ParameterSpec>& common) {
    std::vector<ParameterSpec> specs = file.parameters(object, "parameters");
    if (file.flag(object, "serves"))
        for (const ParameterSpec& spec : common)
            if (!findSpec(specs, spec.key)) specs.push_back(spec);
    const auto specNamed = [&](const std::string& key, const JsonNode& node, const Place& place) -> ParameterSpec* {
        const auto it =
            std::find_if(specs.begin(), specs.end(), [&key](const ParameterSpec& s) { return s.key == key; });
        if (it != specs.end()) return &*it;
        file.complain(node, place, "there is no parameter \"" + key + "\" of this type");
        return nullptr;
    };
    const auto overrideAll = [&](std::string_view section, auto assign) {
        const JsonNode* node = object.node.find(section);
        if (!node) return;
        if (node->kind != JsonNode::Kind::object) {
            file.complain(*node, object.place.at(section), '"' + std::string(section) + "\" must be an object");
            return;
        }
        const Place sectionPlace = object.place.at(section);
        for (const auto& member : node->members) {
            const Place place = sectionPlace.at(member.first);
            if (ParameterSpec* spec = specNamed(member.first, member.second, place))
                assign(*spec, member.second.toValue(), member.second, place);
        }
    };
    const auto checked = [&](const ParameterSpec& spec, const Value& value, const JsonNode& node, const Place& place) {
        if (const std::string problem = complaint(spec, value); !problem.empty()) file.complain(node, place, problem);
        return value;
    };
    overrideAll("defaults", [&](ParameterSpec& spec, const Value& value, const JsonNode& node, const Place& place) {
        spec.fallback = checked(spec, value, node, place);
    });
    overrideAll("managed_defaults",
                [&](ParameterSpec& spec, const Value& value, const JsonNode& node, const Place& place) {
                    spec.managedFallback = checked(spec, value, node, place);
                });
    overrideAll("labels", [&](ParameterSpec& spec, const Value& value, const JsonNode& node, const Place& place) {
        if (const std::string* label = value.text())
            spec.label = *label;
        else
            file.complain(node, place, "a label must be a text");
    });
    return specs;
}

ComponentType readType(CatalogFile& file, const std::string& path, const std::vector<ParameterSpec>& common,
                       const std::vector<Category>& categories) {
    ComponentType type;
    if (file.tree.kind != JsonNode::Kind::object) {
        file.complain(file.tree, {}, "a component type must be an object");
        return type;
    }
    const Place root;
    const CatalogFile::Object object{file.tree, root};
    file.refuseUnknown(
        object, {"id", "name", "category", "order", "behaviour", "groups", "summary", "card", "elastic", "serves",
                 "station", "aliases", "defaults", "managed_defaults", "labels", "parameters", "handbook", "presets"});
    type.id = file.requiredText(object, "id");
    type.name = file.requiredText(object, "name");
    type.category = file.requiredText(object, "category");
    type.summary = file.requiredText(object, "summary");
    type.groups = file.texts(object, "groups");
    type.card = file.text(object, "card");
    type.aliases = file.texts(object, "aliases");
    type.hasStation = file.flag(object, "station");
    type.behaviour = file.choice(object, "behaviour", behaviours, Behaviour::unknown);
    if (file.tree.find("elastic"))
        type.elastic = file.choice(object, "elastic", elasticities, ComponentType::Elastic::never);
    if (const JsonNode* order = file.tree.find("order")) type.order = static_cast<int>(order->scalar.number());
    type.parameters = resolved(file, object, common);
    if (const JsonNode* handbook = file.object(object, "handbook")) {
        const Place place = root.at("handbook");
        type.handbook = readHandbook(file, {*handbook, place});
    }
    type.presets = readPresets(file, object, type.parameters);
    type.icon = path.substr(0, path.size() - 5) + ".svg";

    const std::string expected = type.category + '/' + type.id + ".json";
    if (!type.id.empty() && !type.category.empty() && expected != path)
        file.complain(file.tree, root, "the file of this type must be named " + expected);
    if (std::none_of(categories.begin(), categories.end(),
                     [&type](const Category& c) { return c.id == type.category; }))
        file.complain(file.tree, root.at("category"), "unknown category \"" + type.category + '"');
    return type;
}

std::vector<Category> readCategories(CatalogFile& file) {
    std::vector<Category> categories;
    if (file.tree.kind != JsonNode::Kind::list) {
        file.complain(file.tree, {}, "the categories must be a list");
        return categories;
    }
    const Place root;
    for (std::size_t i = 0; i < file.tree.items.size(); ++i) {
        const Place place = root.at(i);
        const CatalogFile::Object object{file.tree.items[i], place};
        categories.push_back({file.requiredText(object, "id"), file.requiredText(object, "name")});
        file.refuseUnknown(object, {"id", "name"});
    }
    return categories;
}

void readZones(CatalogFile& file, Catalog& catalog) {
    const Place root;
    const CatalogFile::Object object{file.tree, root};
    catalog.zoneParameters = file.parameters(object, "parameters");
    file.refuseUnknown(object, {"kinds", "parameters"});
    file.eachObject(object, "kinds", [&](const CatalogFile::Object& kind) {
        const std::string id = file.requiredText(kind, "id");
        file.requiredText(kind, "name");
        file.refuseUnknown(kind, {"id", "name", "availability"});
        const JsonNode* availability = kind.node.find("availability");
        if (!availability) return;
        const double value = availability->scalar.number(-1);
        if (value < 0 || value > 1)
            file.complain(*availability, kind.place.at("availability"), "an availability is between 0 and 1");
        catalog.zoneAvailability[id] = value;
    });
}

void readMatrix(CatalogFile& file, Catalog& catalog) {
    std::set<std::string> groups;
    for (const ComponentType& type : catalog.types) groups.insert(type.groups.begin(), type.groups.end());
    const auto ends = [&](const CatalogFile::Object& object, std::string_view key) {
        std::vector<std::string> entries = file.texts(object, key);
        if (entries.empty()) file.complain(object.node, object.place.at(key), '"' + std::string(key) + "\" is missing");
        for (const std::string& entry : entries)
            if (entry != "*" &&
                !(entry.starts_with('@') ? groups.contains(entry.substr(1)) : catalog.find(entry) != nullptr))
                file.complain(object.node, object.place.at(key), "there is no type or group \"" + entry + '"');
        return entries;
    };
    const Place root;
    const CatalogFile::Object object{file.tree, root};
    file.refuseUnknown(object, {"groups", "legal", "refusals"});
    if (const JsonNode* described = file.object(object, "groups"))
        for (const auto& group : described->members) groups.insert(group.first);
    file.eachObject(object, "legal", [&](const CatalogFile::Object& entry) {
        MatrixEntry row{ends(entry, "from"), ends(entry, "to"), Mode::sync, file.texts(entry, "protocols")};
        const auto mode = modeNamed(file.requiredText(entry, "mode"));
        if (!mode) file.complain(entry.node, entry.place.at("mode"), "unknown mode");
        row.mode = mode.value_or(Mode::sync);
        if (row.protocols.empty()) file.complain(entry.node, entry.place, "\"protocols\" is missing");
        for (const std::string& protocol : row.protocols)
            if (std::find(catalog.protocols.begin(), catalog.protocols.end(), protocol) == catalog.protocols.end())
                file.complain(entry.node, entry.place.at("protocols"), "unknown protocol \"" + protocol + '"');
        file.refuseUnknown(entry, {"from", "to", "mode", "protocols"});
        catalog.matrix.push_back(std::move(row));
    });
    file.eachObject(object, "refusals", [&](const CatalogFile::Object& entry) {
        catalog.refusals.push_back({ends(entry, "from"), ends(entry, "to"), file.requiredText(entry, "reason")});
        file.refuseUnknown(entry, {"from", "to", "reason"});
    });
}

class CatalogReader {
public:
    explicit CatalogReader(const std::map<std::string, std::string>& files) : m_files(files) {}

    Result<Catalog> read() {
        Catalog catalog;
        std::vector<ParameterSpec> common;
        with("categories.json", [&](CatalogFile& file) { catalog.categories = readCategories(file); });
        with("common.json", [&](CatalogFile& file) {
            const Place root;
            common = file.parameters({file.tree, root}, "parameters");
        });
        with("connection.json", [&](CatalogFile& file) {
            const Place root;
            const CatalogFile::Object object{file.tree, root};
            catalog.protocols = file.texts(object, "protocols");
            catalog.connectionParameters = file.parameters(object, "parameters");
            file.refuseUnknown(object, {"protocols", "parameters"});
        });
        with("zone.json", [&](CatalogFile& file) { readZones(file, catalog); });
        readTypes(catalog, common);
        with("matrix.json", [&](CatalogFile& file) { readMatrix(file, catalog); });
        // A catalogue without prices is whole: nothing in it can be priced.
        if (m_files.contains("prices.json"))
            with("prices.json", [&](CatalogFile& file) { catalog.prices = readPrices(file, catalog); });
        if (!m_problems.empty()) return unexpected(std::move(m_problems));
        return catalog;
    }

private:
    template <class Read>
    void with(const std::string& path, Read read) {
        const auto text = m_files.find(path);
        if (text == m_files.end()) {
            m_problems.push_back({path + ": the file is missing", {}, 0, 0});
            return;
        }
        auto tree = parseJsonTree(text->second);
        if (!tree) {
            for (Problem problem : tree.error()) {
                problem.message.insert(0, path + ": ");
                m_problems.push_back(std::move(problem));
            }
            return;
        }
        CatalogFile file{std::move(*tree), path, m_problems};
        read(file);
    }

    void readTypes(Catalog& catalog, const std::vector<ParameterSpec>& common) {
        for (const auto& entry : m_files) {
            const std::string& path = entry.first;
            if (path.find('/') == std::string::npos) continue;
            with(path, [&](CatalogFile& file) {
                ComponentType type = readType(file, path, common, catalog.categories);
                if (!type.id.empty() && catalog.find(type.id))
                    file.complain(file.tree, {}, "there are two types \"" + type.id + '"');
                catalog.types.push_back(std::move(type));
            });
        }
        const auto rank = [&catalog](const ComponentType& type) {
            const auto it = std::find_if(catalog.categories.begin(), catalog.categories.end(),
                                         [&type](const Category& c) { return c.id == type.category; });
            return std::pair(it - catalog.categories.begin(), type.order);
        };
        std::stable_sort(catalog.types.begin(), catalog.types.end(),
                         [&rank](const ComponentType& a, const ComponentType& b) { return rank(a) < rank(b); });
    }

    const std::map<std::string, std::string>& m_files;
    Problems m_problems;
};

}  // namespace

Result<Catalog> readCatalog(const std::map<std::string, std::string>& files) { return CatalogReader(files).read(); }

}  // namespace loadpath
