#include "model/parameter.h"

#include "model/keys.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace loadpath {
namespace {

bool isChoice(const ParameterSpec& spec, const std::string& text) {
    return std::find(spec.choices.begin(), spec.choices.end(), text) != spec.choices.end();
}

bool sameLetters(const std::string& a, const std::string& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// The choice that is meant: "DEBUG" is "debug" where nothing is spelled like that. Null: none.
const std::string* choiceMeant(const ParameterSpec& spec, const std::string& text) {
    auto it = std::find(spec.choices.begin(), spec.choices.end(), text);
    if (it == spec.choices.end())
        it = std::find_if(spec.choices.begin(), spec.choices.end(),
                          [&text](const std::string& choice) { return sameLetters(choice, text); });
    return it == spec.choices.end() ? nullptr : &*it;
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string number(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string described(const Range& range) {
    const bool low = std::isfinite(range.minimum), high = std::isfinite(range.maximum);
    if (low && high) return "between " + number(range.minimum) + " and " + number(range.maximum);
    if (low) return "at least " + number(range.minimum);
    return "at most " + number(range.maximum);
}

}  // namespace

std::string complaint(const ParameterSpec& spec, const Value& value) {
    const auto must = [&spec](const std::string& what) { return '"' + spec.key + "\" must be " + what; };
    if (value.isNull()) return {};
    switch (spec.kind) {
        case ValueKind::boolean:
            return value.boolean() ? "" : must("true or false");
        case ValueKind::integer:
        case ValueKind::number: {
            if (!value.isNumber()) return must("a number");
            const double v = value.number();
            if (spec.kind == ValueKind::integer && v != std::trunc(v)) return must("a whole number");
            if (v < spec.range.minimum || v > spec.range.maximum) return must(described(spec.range));
            return {};
        }
        case ValueKind::text:
        case ValueKind::reference:
            return value.text() ? "" : must("a text");
        case ValueKind::choice:
            return value.text() && choiceMeant(spec, *value.text()) ? "" : must("one of " + listed(spec.choices));
        case ValueKind::set: {
            const auto* items = value.list();
            if (!items) return must("a list of words");
            for (const Value& item : *items)
                if (!item.text() || (!spec.choices.empty() && !isChoice(spec, *item.text())))
                    return must("a list of " + (spec.choices.empty() ? std::string("words") : listed(spec.choices)));
            return {};
        }
        case ValueKind::list:
            return value.list() ? "" : must("a list");
        case ValueKind::object:
            return value.object() ? "" : must("an object");
    }
    return {};
}

std::optional<Value> nearestLegal(const ParameterSpec& spec, const Value& value) {
    if (spec.kind == ValueKind::choice && value.text())
        if (const std::string* meant = choiceMeant(spec, *value.text())) return Value(*meant);
    if (complaint(spec, value).empty()) return value;
    switch (spec.kind) {
        case ValueKind::integer:
        case ValueKind::number: {
            if (!value.isNumber()) return std::nullopt;
            double v = std::clamp(value.number(), spec.range.minimum, spec.range.maximum);
            if (spec.kind == ValueKind::integer) v = std::round(v);
            return Value(v);
        }
        case ValueKind::choice:
            return value.text() ? std::optional(spec.fallback) : std::nullopt;
        case ValueKind::set: {
            if (!value.list()) return std::nullopt;
            Value::List legal;
            for (const Value& item : *value.list())
                if (item.text() && isChoice(spec, *item.text())) legal.push_back(item);
            return Value(std::move(legal));
        }
        default:
            return std::nullopt;
    }
}

const ParameterSpec* findSpec(const std::vector<ParameterSpec>& specs, std::string_view key) {
    const auto it = std::find_if(specs.begin(), specs.end(), [key](const ParameterSpec& s) { return s.key == key; });
    return it == specs.end() ? nullptr : &*it;
}

Value ParameterView::value(std::string_view key) const {
    const ParameterSpec* spec = findSpec(*m_specs, key);
    if (const auto it = m_stated->find(key); it != m_stated->end()) {
        if (!spec) return it->second;
        if (auto legal = nearestLegal(*spec, it->second)) return *legal;
    }
    if (!spec) return {};
    if (!spec->managedFallback.isNull() && (*this)(keys::managed)) return spec->managedFallback;
    return spec->fallback;
}

bool ParameterView::operator()(ParameterKey<bool> key) const {
    const Value v = value(key.name);
    return v.boolean() && *v.boolean();
}

std::string ParameterView::operator()(ParameterKey<std::string> key) const {
    const Value v = value(key.name);
    return v.text() ? *v.text() : std::string();
}

}  // namespace loadpath
