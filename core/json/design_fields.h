// Makers of the entries of the tables of the design file. Only design_tables.cpp needs them.
#pragma once

#include "json/design_tables.h"
#include "json/json_build.h"

#include <cmath>

namespace loadpath::fields {

inline Value typed(const char* type) { return Value::Object{{"type", type}}; }
inline Value idSchema() { return Value::Object{{"type", "string"}, {"pattern", "^[A-Za-z0-9_.-]+$"}}; }

inline const std::string* readText(ReadContext& context, const JsonNode& node, const Place& place) {
    if (const std::string* text = node.scalar.text()) return text;
    context.problems.add(node, place, "must be a text, not " + kindOf(node));
    return nullptr;
}

inline std::optional<double> readNumber(ReadContext& context, const JsonNode& node, const Place& place) {
    if (node.scalar.isNumber()) return node.scalar.number();
    context.problems.add(node, place, "must be a number, not " + kindOf(node));
    return std::nullopt;
}

inline std::string readId(ReadContext& context, const JsonNode& node, const Place& place) {
    const std::string* text = readText(context, node, place);
    if (!text) return {};
    if (!isWellFormedId(*text))
        context.problems.add(node, place, "\"" + *text + "\" is not an id: use letters, digits, '_', '.' and '-'");
    return *text;
}

/// The numbers of a list of exactly `values.size()` numbers.
template <std::size_t n>
void readNumbers(ReadContext& context, const JsonNode& node, const Place& place, double* const (&values)[n]) {
    if (node.kind != JsonNode::Kind::list || node.items.size() != n) {
        context.problems.add(node, place, "must be a list of " + std::to_string(n) + " numbers");
        return;
    }
    for (std::size_t i = 0; i < n; ++i)
        if (const auto number = readNumber(context, node.items[i], place.at(i))) *values[i] = *number;
}

template <class T>
Field<T> text(std::string_view key, std::string T::*member, Need need = Need::optional) {
    return {key, need, typed("string"),
            [member](ReadContext& context, const JsonNode& node, const Place& place, T& item) {
                if (const std::string* value = readText(context, node, place)) item.*member = *value;
            },
            [member, need](const T& item) -> std::optional<JsonNode> {
                if ((item.*member).empty() && need == Need::optional) return std::nullopt;
                return json::leaf(item.*member);
            }};
}

template <class T, class IdType>
Field<T> id(std::string_view key, IdType T::*member, Need need = Need::required) {
    return {key, need, idSchema(),
            [member](ReadContext& context, const JsonNode& node, const Place& place, T& item) {
                (item.*member).value = readId(context, node, place);
            },
            [member, need](const T& item) -> std::optional<JsonNode> {
                if ((item.*member).empty() && need == Need::optional) return std::nullopt;
                return json::leaf((item.*member).value);
            }};
}

template <class T>
Field<T> number(std::string_view key, double T::*member, Need need = Need::optional) {
    return {key, need, typed("number"),
            [member](ReadContext& context, const JsonNode& node, const Place& place, T& item) {
                if (const auto value = readNumber(context, node, place)) item.*member = *value;
            },
            [member](const T& item) -> std::optional<JsonNode> { return json::leaf(item.*member); }};
}

template <class T>
Field<T> number(std::string_view key, std::optional<double> T::*member) {
    return {key, Need::optional, typed("number"),
            [member](ReadContext& context, const JsonNode& node, const Place& place, T& item) {
                item.*member = readNumber(context, node, place);
            },
            [member](const T& item) -> std::optional<JsonNode> {
                if (!(item.*member)) return std::nullopt;
                return json::leaf(*(item.*member));
            }};
}

/// A mark that is written only where it is set.
template <class T>
Field<T> mark(std::string_view key, bool T::*member) {
    return {key, Need::optional, typed("boolean"),
            [member](ReadContext& context, const JsonNode& node, const Place& place, T& item) {
                if (const bool* value = node.scalar.boolean())
                    item.*member = *value;
                else
                    context.problems.add(node, place, "must be true or false, not " + kindOf(node));
            },
            [member](const T& item) -> std::optional<JsonNode> {
                if (!(item.*member)) return std::nullopt;
                return json::leaf(true);
            }};
}

template <class T>
Field<T> position(std::string_view key, Point T::*member) {
    return {key, Need::optional,
            Value::Object{{"type", "array"}, {"items", typed("number")}, {"minItems", 2}, {"maxItems", 2}},
            [member](ReadContext& context, const JsonNode& node, const Place& place, T& item) {
                readNumbers<2>(context, node, place, {&(item.*member).x, &(item.*member).y});
            },
            [member](const T& item) -> std::optional<JsonNode> {
                return json::list({json::leaf((item.*member).x), json::leaf((item.*member).y)});
            }};
}

/// A key that engines look up in `extra`: known, so nobody is warned of it.
template <class T>
Field<T> extra(std::string_view key, ValueKind kind) {
    const char* type = kind == ValueKind::number   ? "number"
                       : kind == ValueKind::text   ? "string"
                       : kind == ValueKind::object ? "object"
                                                   : "array";
    return {key, Need::optional, typed(type),
            [key, kind](ReadContext& context, const JsonNode& node, const Place& place, T& item) {
                ParameterSpec spec;
                spec.kind = kind;
                if (checkKind(context, node, place, spec)) item.extra[std::string(key)] = node.toValue();
            },
            [key](const T& item) -> std::optional<JsonNode> {
                const auto it = item.extra.find(key);
                if (it == item.extra.end() || it->second.isNull()) return std::nullopt;
                return JsonNode::of(it->second);
            }};
}

}  // namespace loadpath::fields
