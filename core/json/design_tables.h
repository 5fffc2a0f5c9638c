// The keys of every object of the design file: how each is read, written and described. Reader,
// canonical writer and schema all walk these tables, so they cannot disagree.
#pragma once

#include "json/json_problems.h"
#include "model/catalog.h"
#include "model/design.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace loadpath {

inline constexpr std::string_view designFormat = "loadpath-design";
inline constexpr int designVersion = 1;
inline constexpr std::size_t mostComponents = 100000;

struct ReadContext {
    const Catalog& catalog;
    ProblemList problems;
    ProblemList warnings;
};

enum class Need { required, optional };

template <class T>
struct Field {
    std::string_view key;
    Need need = Need::optional;
    Value schema;  // draft 7, of the value
    std::function<void(ReadContext&, const JsonNode&, const Place&, T&)> read;
    std::function<std::optional<JsonNode>(const T&)> write;  // nothing: the key is left out
};

template <class T>
using Fields = std::vector<Field<T>>;

const Fields<Component>& componentFields();
const Fields<Connection>& connectionFields();
const Fields<Zone>& zoneFields();
const Fields<Flow>& flowFields();
const Fields<Note>& noteFields();
const Fields<Fault>& faultFields();
const Fields<ScenarioSpec>& scenarioFields();
const Fields<Acknowledgement>& acknowledgementFields();
const Fields<Quantity>& quantityFields();
const Fields<Requirements>& requirementsFields();

/// `rules`, the settings by rule: read with `header` in hand, because rules are known by the catalogue.
void readRuleSettings(ReadContext& context, const JsonNode& node, const Place& place, Header& header);
JsonNode writtenRuleSettings(const Header& header);
JsonNode ruleSettingsSchema(const Catalog& catalog);

/// Reads stated properties as the specs declare them; `Unknown::silent` for types that are not known.
enum class Unknown { warned, silent };
void readProperties(ReadContext& context, const JsonNode& node, const Place& place,
                    const std::vector<ParameterSpec>& specs, Unknown unknown, Parameters& into);
/// Checks the JSON type of a value against its spec, fields included.
bool checkKind(ReadContext& context, const JsonNode& node, const Place& place, const ParameterSpec& spec);

/// Reads the members of an object with a table; what no field takes goes to `other`. False when a
/// required key is missing or a value was refused.
template <class T>
bool readObject(ReadContext& context, const JsonNode& node, const Place& place, const Fields<T>& fields, T& item,
                const std::function<void(const std::string&, const JsonNode&, const Place&)>& other) {
    const std::size_t before = context.problems.problems.size();
    if (node.kind != JsonNode::Kind::object) {
        context.problems.add(node, place, "must be an object, not " + kindOf(node));
        return false;
    }
    for (const auto& member : node.members) {
        const Field<T>* known = nullptr;
        for (const Field<T>& field : fields)
            if (field.key == member.first) known = &field;
        const Place memberPlace = place.at(member.first);
        if (known)
            known->read(context, member.second, memberPlace, item);
        else
            other(member.first, member.second, memberPlace);
    }
    for (const Field<T>& field : fields)
        if (field.need == Need::required && !node.find(field.key))
            context.problems.add(node, place, '"' + std::string(field.key) + "\" is missing");
    return context.problems.problems.size() == before && !context.problems.full();
}

}  // namespace loadpath
