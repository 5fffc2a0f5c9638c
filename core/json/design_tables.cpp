#include "json/design_tables.h"

#include "json/design_fields.h"

#include <algorithm>

namespace loadpath {
namespace {

template <class T, class Word, class Named>
Field<T> word(std::string_view key, Word T::*member, Named named, std::vector<Word> all) {
    Value::List words;
    for (const Word one : all) words.push_back(std::string(name(one)));
    return {key, Need::optional, Value::Object{{"enum", words}},
            [key, member, named](ReadContext& context, const JsonNode& node, const Place& place, T& item) {
                const std::string* text = fields::readText(context, node, place);
                if (!text) return;
                if (const auto value = named(*text))
                    item.*member = *value;
                else
                    context.problems.add(node, place, "unknown " + std::string(key) + " \"" + *text + '"');
            },
            [member](const T& item) -> std::optional<JsonNode> { return json::leaf(std::string(name(item.*member))); }};
}

Field<Component> zonesOfComponent() {
    return {"zones", Need::optional, Value::Object{{"type", "array"}, {"items", fields::idSchema()}},
            [](ReadContext& context, const JsonNode& node, const Place& place, Component& item) {
                if (node.kind != JsonNode::Kind::list) {
                    context.problems.add(node, place, "must be a list of ids of zones, not " + kindOf(node));
                    return;
                }
                for (std::size_t i = 0; i < node.items.size(); ++i)
                    item.zones.push_back({fields::readId(context, node.items[i], place.at(i))});
            },
            [](const Component& item) -> std::optional<JsonNode> {
                if (item.zones.empty()) return std::nullopt;
                JsonNode list = json::list();
                for (const ZoneId& zone : item.zones) list.items.push_back(json::leaf(zone.value));
                return list;
            }};
}

Field<Zone> frameOfZone() {
    return {"frame", Need::optional,
            Value::Object{{"type", "array"}, {"items", fields::typed("number")}, {"minItems", 4}, {"maxItems", 4}},
            [](ReadContext& context, const JsonNode& node, const Place& place, Zone& item) {
                Frame frame;
                fields::readNumbers<4>(context, node, place, {&frame.x, &frame.y, &frame.width, &frame.height});
                item.frame = frame;
            },
            [](const Zone& item) -> std::optional<JsonNode> {
                if (!item.frame) return std::nullopt;
                return json::list({json::leaf(item.frame->x), json::leaf(item.frame->y), json::leaf(item.frame->width),
                                   json::leaf(item.frame->height)});
            }};
}

Field<Connection> bendsOfConnection() {
    const Value point =
        Value::Object{{"type", "array"}, {"items", fields::typed("number")}, {"minItems", 2}, {"maxItems", 2}};
    return {"bends", Need::optional, Value::Object{{"type", "array"}, {"items", point}},
            [](ReadContext& context, const JsonNode& node, const Place& place, Connection& item) {
                if (node.kind != JsonNode::Kind::list) {
                    context.problems.add(node, place, "must be a list of points, not " + kindOf(node));
                    return;
                }
                for (std::size_t i = 0; i < node.items.size(); ++i) {
                    Point bend;
                    fields::readNumbers<2>(context, node.items[i], place.at(i), {&bend.x, &bend.y});
                    item.bends.push_back(bend);
                }
            },
            [](const Connection& item) -> std::optional<JsonNode> {
                if (item.bends.empty()) return std::nullopt;
                JsonNode list = json::list();
                for (const Point& bend : item.bends)
                    list.items.push_back(json::list({json::leaf(bend.x), json::leaf(bend.y)}));
                return list;
            }};
}

Field<ScenarioSpec> seedOfScenario() {
    return {"seed", Need::optional, fields::typed("integer"),
            [](ReadContext& context, const JsonNode& node, const Place& place, ScenarioSpec& item) {
                if (const auto* seed = std::get_if<std::int64_t>(&node.scalar.data))
                    item.seed = *seed;
                else
                    context.problems.add(node, place, "must be a whole number");
            },
            [](const ScenarioSpec& item) -> std::optional<JsonNode> { return json::leaf(item.seed); }};
}

Field<ScenarioSpec> faultsOfScenario() {
    return {"faults", Need::optional,
            Value::Object{{"type", "array"}, {"items", Value::Object{{"$ref", "#/definitions/fault"}}}},
            [](ReadContext& context, const JsonNode& node, const Place& place, ScenarioSpec& item) {
                if (node.kind != JsonNode::Kind::list) {
                    context.problems.add(node, place, "must be a list of faults, not " + kindOf(node));
                    return;
                }
                for (std::size_t i = 0; i < node.items.size(); ++i) {
                    Fault fault;
                    readObject<Fault>(context, node.items[i], place.at(i), faultFields(), fault,
                                      [&](const std::string& key, const JsonNode& value, const Place& where) {
                                          context.warnings.add(value, where, "unknown key \"" + key + "\" is kept");
                                          fault.extra[key] = value.toValue();
                                      });
                    item.faults.push_back(std::move(fault));
                }
            },
            [](const ScenarioSpec& item) -> std::optional<JsonNode> {
                if (item.faults.empty()) return std::nullopt;
                JsonNode list = json::list();
                for (const Fault& fault : item.faults) {
                    json::Object object;
                    std::vector<std::string_view> taken;
                    for (const Field<Fault>& field : faultFields()) {
                        taken.push_back(field.key);
                        if (auto value = field.write(fault)) object.add(std::string(field.key), std::move(*value));
                    }
                    for (const auto& other : fault.extra)
                        if (std::find(taken.begin(), taken.end(), other.first) == taken.end())
                            object.add(other.first, JsonNode::of(other.second));
                    list.items.push_back(object.take());
                }
                return list;
            }};
}

template <class T>
Field<T> textsField(std::string_view key, std::vector<std::string> T::*member) {
    return {key, Need::optional, Value::Object{{"type", "array"}, {"items", fields::typed("string")}},
            [member](ReadContext& context, const JsonNode& node, const Place& place, T& item) {
                if (node.kind != JsonNode::Kind::list) {
                    context.problems.add(node, place, "must be a list of texts, not " + kindOf(node));
                    return;
                }
                for (std::size_t i = 0; i < node.items.size(); ++i)
                    if (const std::string* text = fields::readText(context, node.items[i], place.at(i)))
                        (item.*member).push_back(*text);
            },
            [member](const T& item) -> std::optional<JsonNode> {
                if ((item.*member).empty()) return std::nullopt;
                return json::texts(item.*member);
            }};
}

template <class T>
Field<T> propertiesField(std::function<void(ReadContext&, const JsonNode&, const Place&, T&)> read) {
    return {"properties", Need::optional, fields::typed("object"), std::move(read),
            [](const T&) -> std::optional<JsonNode> { return std::nullopt; }};
}

bool isKind(const JsonNode& node, ValueKind kind) {
    switch (kind) {
        case ValueKind::boolean:
            return node.scalar.boolean() != nullptr;
        case ValueKind::integer:
        case ValueKind::number:
            return node.scalar.isNumber();
        case ValueKind::text:
        case ValueKind::choice:
        case ValueKind::reference:
            return node.scalar.text() != nullptr;
        case ValueKind::set:
        case ValueKind::list:
            return node.kind == JsonNode::Kind::list;
        case ValueKind::object:
            return node.kind == JsonNode::Kind::object;
    }
    return false;
}

std::string wordFor(ValueKind kind) {
    switch (kind) {
        case ValueKind::boolean:
            return "true or false";
        case ValueKind::integer:
        case ValueKind::number:
            return "a number";
        case ValueKind::text:
        case ValueKind::choice:
        case ValueKind::reference:
            return "a text";
        case ValueKind::set:
            return "a list of texts";
        case ValueKind::list:
            return "a list";
        case ValueKind::object:
            return "an object";
    }
    return {};
}

bool checkFields(ReadContext& context, const JsonNode& node, const Place& place, const ParameterSpec& spec) {
    bool fine = true;
    for (const auto& member : node.members) {
        const Place where = place.at(member.first);
        if (const ParameterSpec* field = findSpec(spec.fields, member.first))
            fine = checkKind(context, member.second, where, *field) && fine;
        else
            context.warnings.add(member.second, where, "unknown key \"" + member.first + "\" is kept");
    }
    return fine;
}

}  // namespace

bool checkKind(ReadContext& context, const JsonNode& node, const Place& place, const ParameterSpec& spec) {
    if (!isKind(node, spec.kind)) {
        context.problems.add(node, place, "must be " + wordFor(spec.kind) + ", not " + kindOf(node));
        return false;
    }
    bool fine = true;
    if (spec.kind == ValueKind::object && !spec.fields.empty()) fine = checkFields(context, node, place, spec);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const JsonNode& item = node.items[i];
        const Place where = place.at(i);
        if (spec.kind == ValueKind::set && !item.scalar.text()) {
            context.problems.add(item, where, "must be a text, not " + kindOf(item));
            fine = false;
        } else if (spec.kind == ValueKind::list && !spec.fields.empty()) {
            if (item.kind == JsonNode::Kind::object) {
                fine = checkFields(context, item, where, spec) && fine;
            } else {
                context.problems.add(item, where, "must be an object, not " + kindOf(item));
                fine = false;
            }
        }
    }
    return fine;
}

void readProperties(ReadContext& context, const JsonNode& node, const Place& place,
                    const std::vector<ParameterSpec>& specs, Unknown unknown, Parameters& into) {
    if (node.kind != JsonNode::Kind::object) {
        context.problems.add(node, place, "must be an object, not " + kindOf(node));
        return;
    }
    for (const auto& member : node.members) {
        const Place where = place.at(member.first);
        if (const ParameterSpec* spec = findSpec(specs, member.first))
            checkKind(context, member.second, where, *spec);
        else if (unknown == Unknown::warned)
            context.warnings.add(member.second, where, "unknown property \"" + member.first + "\" is kept");
        into[member.first] = member.second.toValue();
    }
}

const Fields<Component>& componentFields() {
    // Its properties are read once its type is known, whatever comes first in the file.
    static const Fields<Component> table{
        fields::id("id", &Component::id),
        fields::text("type", &Component::type, Need::required),
        fields::text("name", &Component::name),
        fields::position("position", &Component::position),
        fields::mark("locked", &Component::locked),
        zonesOfComponent(),
        propertiesField<Component>([](ReadContext&, const JsonNode&, const Place&, Component&) {})};
    return table;
}

const Fields<Connection>& connectionFields() {
    static const Fields<Connection> table{fields::id("id", &Connection::id),
                                          fields::id("from", &Connection::from),
                                          fields::id("to", &Connection::to),
                                          word("mode", &Connection::mode, modeNamed,
                                               {Mode::sync, Mode::publish, Mode::consume, Mode::replicate,
                                                Mode::standby, Mode::telemetry, Mode::control}),
                                          fields::text("label", &Connection::label),
                                          bendsOfConnection(),
                                          propertiesField<Connection>([](ReadContext& context, const JsonNode& node,
                                                                         const Place& place, Connection& item) {
                                              readProperties(context, node, place, context.catalog.connectionParameters,
                                                             Unknown::warned, item.properties);
                                          })};
    return table;
}

const Fields<Zone>& zoneFields() {
    static const Fields<Zone> table{fields::id("id", &Zone::id),
                                    fields::text("name", &Zone::name),
                                    fields::text("kind", &Zone::kind),
                                    fields::id("parent", &Zone::parent, Need::optional),
                                    frameOfZone(),
                                    fields::mark("collapsed", &Zone::collapsed)};
    return table;
}

const Fields<Flow>& flowFields() {
    static const Fields<Flow> table{fields::id("id", &Flow::id),
                                    fields::text("name", &Flow::name),
                                    fields::id("entry", &Flow::entry),
                                    fields::number("share", &Flow::share),
                                    word("op", &Flow::op, opNamed, {Op::read, Op::write}),
                                    fields::number("availability_slo", &Flow::availabilitySlo),
                                    fields::number("p99_ms", &Flow::p99Ms),
                                    fields::extra<Flow>("consistency", ValueKind::text),
                                    fields::extra<Flow>("tags", ValueKind::set)};
    return table;
}

const Fields<Note>& noteFields() {
    static const Fields<Note> table{fields::id("id", &Note::id), fields::position("position", &Note::position),
                                    fields::text("text", &Note::text)};
    return table;
}

const Fields<Fault>& faultFields() {
    static const Fields<Fault> table = [] {
        Fields<Fault> all{fields::number("at_s", &Fault::atS, Need::required),
                          fields::text("kind", &Fault::kind, Need::required), fields::text("target", &Fault::target),
                          fields::number("duration_s", &Fault::durationS)};
        for (const std::string_view key : {"count", "factor", "rate", "add_ms", "share", "messages", "per_s",
                                           "rate_rps", "ms", "batch", "mtbf_s", "mttr_s"})
            all.push_back(fields::extra<Fault>(key, ValueKind::number));
        all.push_back(fields::extra<Fault>("with", ValueKind::text));
        return all;
    }();
    return table;
}

const Fields<ScenarioSpec>& scenarioFields() {
    static const Fields<ScenarioSpec> table{fields::id("id", &ScenarioSpec::id),
                                            fields::text("name", &ScenarioSpec::name),
                                            fields::number("duration_s", &ScenarioSpec::durationS),
                                            fields::number("warmup_s", &ScenarioSpec::warmupS),
                                            seedOfScenario(),
                                            fields::number("load", &ScenarioSpec::load),
                                            faultsOfScenario(),
                                            textsField("expectations", &ScenarioSpec::expectations)};
    return table;
}

const Fields<Acknowledgement>& acknowledgementFields() {
    static const Fields<Acknowledgement> table{
        {"key", Need::required, fields::typed("string"),
         [](ReadContext& context, const JsonNode& node, const Place& place, Acknowledgement& item) {
             const std::string* text = fields::readText(context, node, place);
             if (text && text->empty()) context.problems.add(node, place, "must not be empty");
             if (text) item.id.value = *text;
         },
         [](const Acknowledgement& item) -> std::optional<JsonNode> { return json::leaf(item.id.value); }},
        fields::text("reason", &Acknowledgement::reason)};
    return table;
}

const Fields<Quantity>& quantityFields() {
    static const Fields<Quantity> table{fields::id("id", &Quantity::id),
                                        fields::text("name", &Quantity::name),
                                        fields::text("section", &Quantity::section),
                                        fields::number("value", &Quantity::value),
                                        fields::text("formula", &Quantity::formula),
                                        fields::text("unit", &Quantity::unit),
                                        fields::text("compare", &Quantity::compare),
                                        fields::text("note", &Quantity::note)};
    return table;
}

const Fields<Requirements>& requirementsFields() {
    static const Fields<Requirements> table{textsField("functional", &Requirements::functional),
                                            fields::number("dau", &Requirements::dau),
                                            fields::number("requests_per_user_day", &Requirements::requestsPerUserDay),
                                            fields::number("peak_factor", &Requirements::peakFactor),
                                            fields::number("availability_slo", &Requirements::availabilitySlo),
                                            fields::number("p99_ms", &Requirements::p99Ms),
                                            fields::number("rto_s", &Requirements::rtoS),
                                            fields::number("rpo_s", &Requirements::rpoS),
                                            fields::number("horizon_y", &Requirements::horizonY),
                                            fields::number("budget_usd_month", &Requirements::budgetUsdMonth)};
    return table;
}

}  // namespace loadpath
