#include "json/design_json.h"
#include "json/design_tables.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace loadpath {
namespace {

enum class Extent { whole, fragment };

/// What the ids of one kind of item stand for, and where to look them up.
using Ids = std::unordered_set<std::string>;

class DesignReader {
public:
    DesignReader(const Catalog& catalog, Extent extent)
        : m_context{catalog, ProblemList(20), ProblemList(100)}, m_extent(extent) {}

    Result<LoadedDesign> read(const JsonNode& root) {
        if (root.kind != JsonNode::Kind::object) {
            problems().add(root, {}, "a design must be an object, not " + kindOf(root));
            return failed();
        }
        if (!checkFormat(root)) return failed();
        readTop(root);
        if (m_extent == Extent::whole) checkReferences(root);
        if (!problems().empty()) return failed();
        return LoadedDesign{std::move(m_design), std::move(m_context.warnings.problems)};
    }

private:
    ProblemList& problems() { return m_context.problems; }
    ProblemList& warnings() { return m_context.warnings; }

    Result<LoadedDesign> failed() {
        Problems found = std::move(problems().problems);
        std::stable_sort(found.begin(), found.end(), [](const Problem& a, const Problem& b) {
            return std::pair(a.line, a.column) < std::pair(b.line, b.column);
        });
        return unexpected(std::move(found));
    }

    void keep(const std::string& key, const JsonNode& node, const Place& place, Parameters& extra) {
        warnings().add(node, place, "unknown key \"" + key + "\" is kept");
        extra[key] = node.toValue();
    }

    bool checkFormat(const JsonNode& root) {
        const Place top;
        const JsonNode *format = root.find("format"), *version = root.find("version");
        if (!format) {
            if (m_extent == Extent::fragment) return true;
            problems().add(root, top, "this is not a Loadpath design: \"format\" is missing");
            return false;
        }
        if (!format->scalar.text() || *format->scalar.text() != designFormat) {
            problems().add(*format, top.at("format"),
                           "this is not a Loadpath design: \"format\" must be \"" + std::string(designFormat) + '"');
            return false;
        }
        if (!version) {
            if (m_extent == Extent::fragment) return true;
            problems().add(root, top, "\"version\" is missing");
            return false;
        }
        const auto* number = std::get_if<std::int64_t>(&version->scalar.data);
        if (!number || *number < 1) {
            problems().add(*version, top.at("version"), "\"version\" must be a whole number from 1");
            return false;
        }
        if (*number > designVersion) {
            problems().add(*version, top.at("version"),
                           "the file is of version " + std::to_string(*number) +
                               ", made by a newer Loadpath; this one reads " + std::to_string(designVersion));
            return false;
        }
        return true;
    }

    void readTop(const JsonNode& root) {
        const Place top;
        for (const auto& member : root.members) {
            const std::string& key = member.first;
            const JsonNode& node = member.second;
            const Place place = top.at(key);
            if (key == "format" || key == "version") continue;
            if (key == "name")
                readText(node, place, m_design.header.name);
            else if (key == "description")
                readText(node, place, m_design.header.description);
            else if (key == "requirements")
                readObject<Requirements>(m_context, node, place, requirementsFields(), m_design.header.requirements,
                                         [&](const std::string& name, const JsonNode& value, const Place& where) {
                                             keep(name, value, where, m_design.header.requirements.extra);
                                         });
            else if (key == "flows")
                readTable(node, place, flowFields(), m_design.flows, "flow");
            else if (key == "zones")
                readTable(node, place, zoneFields(), m_design.zones, "zone");
            else if (key == "components")
                readTable(node, place, componentFields(), m_design.components, "component");
            else if (key == "connections")
                readTable(node, place, connectionFields(), m_design.connections, "connection");
            else if (key == "notes")
                readTable(node, place, noteFields(), m_design.notes, "note");
            else if (key == "scenarios")
                readTable(node, place, scenarioFields(), m_design.scenarios, "scenario");
            else if (key == "acknowledged")
                readTable(node, place, acknowledgementFields(), m_design.acknowledged, "");
            else if (key == "estimates")
                readTable(node, place, quantityFields(), m_design.estimates, "estimate");
            else if (key == "prices")
                readPrices(node, place);
            else if (key == "rules")
                readRuleSettings(m_context, node, place, m_design.header);
            else if (key == "house_rules")
                readText(node, place, m_design.header.houseRules);
            else if (key == "lesson")
                m_design.header.extra[key] = node.toValue();
            else
                keep(key, node, place, m_design.header.extra);
        }
    }

    void readText(const JsonNode& node, const Place& place, std::string& into) {
        if (const std::string* text = node.scalar.text())
            into = *text;
        else
            problems().add(node, place, "must be a text, not " + kindOf(node));
    }

    void readPrices(const JsonNode& node, const Place& place) {
        if (node.kind != JsonNode::Kind::object) {
            problems().add(node, place, "must be an object of prices by class, not " + kindOf(node));
            return;
        }
        for (const auto& member : node.members) {
            const Place where = place.at(member.first);
            if (!member.second.scalar.isNumber() || member.second.scalar.number() < 0) {
                problems().add(member.second, where, "a price must be a number of at least 0");
                continue;
            }
            if (!m_context.catalog.prices.find(member.first))
                warnings().add(member.second, where, "there is no price class \"" + member.first + "\"; it is kept");
            m_design.header.prices[member.first] = member.second.scalar.number();
        }
    }

    template <class T>
    void readTable(const JsonNode& node, const Place& place, const Fields<T>& fields, Table<T>& table,
                   const std::string& what) {
        if (node.kind != JsonNode::Kind::list) {
            problems().add(node, place, "must be a list, not " + kindOf(node));
            return;
        }
        if (std::is_same_v<T, Component> && node.items.size() > mostComponents) {
            problems().add(node, place, "there are more than 100,000 components");
            return;
        }
        for (std::size_t i = 0; i < node.items.size() && !problems().full(); ++i) {
            T item;
            const JsonNode& object = node.items[i];
            const Place where = place.at(i);
            const bool fine = readObject<T>(m_context, object, where, fields, item,
                                            [&](const std::string& key, const JsonNode& value, const Place& at) {
                                                readOther(item, key, value, at);
                                            });
            const bool complete = finish(item, object, where, i) && fine;
            const JsonNode* id = object.find(what.empty() ? "key" : "id");
            if (id && id->scalar.text() && !unique(item.id.value, *id, where, what)) continue;
            if (complete) table.put(std::move(item), std::nullopt);
        }
    }

    bool unique(const std::string& id, const JsonNode& node, const Place& where, const std::string& what) {
        if (what.empty()) {
            if (m_acknowledged.insert(id).second) return true;
            problems().add(node, where.at("key"), "\"" + id + "\" is acknowledged twice");
            return false;
        }
        if (what == "estimate") {
            if (m_estimates.insert(id).second) return true;
            problems().add(node, where.at("id"), "\"" + id + "\" is estimated twice");
            return false;
        }
        const auto entry = m_kinds.emplace(id, what);
        if (entry.second) return true;
        problems().add(node, where.at("id"), "the id \"" + id + "\" is already that of a " + entry.first->second);
        return false;
    }

    template <class T>
    void readOther(T& item, const std::string& key, const JsonNode& node, const Place& place) {
        keep(key, node, place, item.extra);
    }
    void readOther(Zone& zone, const std::string& key, const JsonNode& node, const Place& place) {
        if (const ParameterSpec* spec = findSpec(m_context.catalog.zoneParameters, key)) {
            if (checkKind(m_context, node, place, *spec)) zone.properties[key] = node.toValue();
        } else {
            keep(key, node, place, zone.extra);
        }
    }

    /// What can only be read once the whole object has been looked at.
    template <class T>
    bool finish(T&, const JsonNode&, const Place&, std::size_t) {
        return true;
    }
    bool finish(Component& component, const JsonNode& object, const Place& place, std::size_t index) {
        const std::size_t before = problems().problems.size();
        if (!object.find("position")) component.position = spareRoom(index);
        if (const JsonNode* properties = object.find("properties")) {
            const bool known = typeKnown(component.type);
            static const std::vector<ParameterSpec> none;
            readProperties(m_context, *properties, place.at("properties"), known ? *m_specs.at(component.type) : none,
                           known ? Unknown::warned : Unknown::silent, component.properties);
        }
        return problems().problems.size() == before;
    }
    bool finish(Zone& zone, const JsonNode& object, const Place& place, std::size_t) {
        if (const JsonNode* kind = object.find("kind"); kind && kind->scalar.text())
            if (zone.kind != "zone" && zone.kind != "region" && zone.kind != "boundary")
                warnings().add(*kind, place.at("kind"), "unknown kind of zone \"" + zone.kind + "\" is kept");
        return true;
    }

    /// A component that says nothing of its place gets one of a grid, so that no two cover each other.
    static Point spareRoom(std::size_t index) {
        constexpr std::size_t columns = 6;
        return {40.0 + 240.0 * static_cast<double>(index % columns),
                40.0 + 140.0 * static_cast<double>(index / columns)};
    }

    bool typeKnown(const std::string& type) {
        const auto entry = m_specs.emplace(type, nullptr);
        if (entry.second)
            if (const ComponentType* known = m_context.catalog.find(type)) entry.first->second = &known->parameters;
        return entry.first->second != nullptr;
    }

    void checkReferences(const JsonNode& root) {
        const auto ids = [&root](std::string_view table) {
            Ids found;
            if (const JsonNode* list = root.find(table))
                for (const JsonNode& item : list->items)
                    if (const JsonNode* id = item.find("id"); id && id->scalar.text()) found.insert(*id->scalar.text());
            return found;
        };
        const Ids components = ids("components"), zones = ids("zones");
        const auto eachItem = [&root](std::string_view table, auto visit) {
            const Place top;
            const Place place = top.at(table);
            const JsonNode* list = root.find(table);
            if (!list) return;
            for (std::size_t i = 0; i < list->items.size(); ++i) visit(list->items[i], place.at(i));
        };
        const auto check = [&](const JsonNode* node, const Place& place, const Ids& known, const char* what) {
            if (!node || !node->scalar.text() || known.contains(*node->scalar.text())) return;
            problems().add(*node, place, std::string("there is no ") + what + " \"" + *node->scalar.text() + '"');
        };
        eachItem("flows", [&](const JsonNode& flow, const Place& place) {
            check(flow.find("entry"), place.at("entry"), components, "component");
        });
        eachItem("zones", [&](const JsonNode& zone, const Place& place) {
            check(zone.find("parent"), place.at("parent"), zones, "zone");
        });
        eachItem("components", [&](const JsonNode& component, const Place& place) {
            const JsonNode* list = component.find("zones");
            const Place listPlace = place.at("zones");
            for (std::size_t i = 0; list && i < list->items.size(); ++i)
                check(&list->items[i], listPlace.at(i), zones, "zone");
        });
        eachItem("connections", [&](const JsonNode& connection, const Place& place) {
            check(connection.find("from"), place.at("from"), components, "component");
            check(connection.find("to"), place.at("to"), components, "component");
        });
        checkZoneTree(root);
    }

    void checkZoneTree(const JsonNode& root) {
        // Each zone is walked over once: `safe` holds those whose chain of parents is known to end.
        Ids safe;
        const JsonNode* list = root.find("zones");
        if (!list) return;
        std::unordered_map<std::string, std::string> parents;
        for (const Zone& zone : m_design.zones) parents[zone.id.value] = zone.parent.value;
        for (std::size_t i = 0; i < list->items.size(); ++i) {
            const JsonNode* id = list->items[i].find("id");
            if (!id || !id->scalar.text()) continue;
            Ids chain;
            std::string at = *id->scalar.text();
            while (!at.empty() && !safe.contains(at) && chain.insert(at).second) {
                const auto parent = parents.find(at);
                at = parent == parents.end() ? std::string() : parent->second;
            }
            if (chain.contains(at)) {
                const Place top, zones = top.at("zones"), zone = zones.at(i);
                const JsonNode* parent = list->items[i].find("parent");
                problems().add(parent ? *parent : *id, zone.at("parent"),
                               "the zone \"" + *id->scalar.text() + "\" lies inside itself");
            }
            safe.merge(chain);
        }
    }

    ReadContext m_context;
    Extent m_extent;
    Design m_design;
    std::unordered_map<std::string, std::string> m_kinds;  // what an id is already used for
    Ids m_acknowledged, m_estimates;
    std::unordered_map<std::string, const std::vector<ParameterSpec>*> m_specs;  // null: unknown type
};

}  // namespace

Result<LoadedDesign> readDesign(std::string_view text, const Catalog& catalog) {
    const auto tree = parseJsonTree(text);
    if (!tree) return unexpected(tree.error());
    return DesignReader(catalog, Extent::whole).read(*tree);
}

Result<Design> readFragment(std::string_view text, const Catalog& catalog) {
    const auto tree = parseJsonTree(text);
    if (!tree) return unexpected(tree.error());
    auto loaded = DesignReader(catalog, Extent::fragment).read(*tree);
    if (!loaded) return unexpected(loaded.error());
    const Design& read = loaded->design;
    Design kept = read;
    for (const Connection& connection : read.connections)
        if (!read.components.contains(connection.from) || !read.components.contains(connection.to))
            kept.connections.drop(connection.id);
    for (const Flow& flow : read.flows)
        if (!read.components.contains(flow.entry)) kept.flows.drop(flow.id);
    for (const Zone& zone : read.zones)
        if (!zone.parent.empty() && !read.zones.contains(zone.parent)) {
            Zone top = zone;
            top.parent = {};
            kept.zones.put(std::move(top), std::nullopt);
        }
    return kept;
}

}  // namespace loadpath
