#include "card_text.h"

#include "model/keys.h"
#include "support/format.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace loadpath {
namespace {

std::string words(std::string text) {
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string listText(const Value::List& list) {
    std::string text;
    for (const Value& item : list) {
        if (!item.text()) return std::to_string(list.size());
        text += (text.empty() ? "" : ", ") + words(*item.text());
    }
    return text;
}

/// The part with its keys replaced; nothing when one of them has no value.
std::optional<std::string> filled(const std::string& part, const ParameterView& view) {
    std::string text;
    for (std::size_t at = 0; at < part.size();) {
        const std::size_t open = part.find('{', at);
        const std::size_t close = open == std::string::npos ? open : part.find('}', open);
        if (close == std::string::npos) return text + part.substr(at);
        text += part.substr(at, open - at);
        const std::string key = part.substr(open + 1, close - open - 1);
        const ParameterSpec* spec = findSpec(view.specs(), key);
        const Value value = view.value(key);
        if (!spec || value.isNull()) return std::nullopt;
        const std::string shown = displayText(*spec, value);
        if (shown.empty()) return std::nullopt;
        text += shown;
        at = close + 1;
        // "1 instances" reads badly: the word after the figure loses its s.
        if (shown == "1" && part.compare(at, 1, " ") == 0) {
            const std::size_t end = std::min(part.find(' ', at + 1), part.size());
            std::string word = part.substr(at, end - at);
            if (word.size() > 3 && word.back() == 's') word.pop_back();
            text += word;
            at = end;
        }
    }
    return text;
}

}  // namespace

std::string displayText(const ParameterSpec& spec, const Value& value) {
    if (value.isNull()) return {};
    if (const bool* yes = value.boolean()) return *yes ? "yes" : "no";
    if (const std::string* text = value.text()) return spec.kind == ValueKind::text ? *text : words(*text);
    if (const Value::List* list = value.list()) return listText(*list);
    if (!value.isNumber()) return {};
    const double number = value.number();
    if (spec.unit == "ms") return duration(number);
    if (spec.unit == "s") return duration(number * 1000);
    if (spec.unit == "1/s") return rate(number);
    if (spec.unit == "share") return shortest(std::round(number * 1e6) / 1e4) + " %";
    const std::string figure = std::abs(number) >= 1e4 ? compact(number) : shortest(number);
    return spec.unit.empty() ? figure : figure + " " + spec.unit;
}

std::string cardLine(const ComponentType& type, const Component& component) {
    if (type.behaviour == Behaviour::unknown) return "unknown type";
    const ParameterView view(type.parameters, component.properties);
    const std::string separator = " · ";
    std::string line;
    for (std::size_t at = 0; at <= type.card.size();) {
        const std::size_t end = std::min(type.card.find(separator, at), type.card.size());
        if (const auto part = filled(type.card.substr(at, end - at), view); part && !part->empty())
            line += (line.empty() ? "" : separator) + *part;
        at = end + separator.size();
    }
    return line;
}

int stackSize(const ComponentType& type, const Component& component) {
    const ParameterView view(type.parameters, component.properties);
    if (view(keys::managed) || !findSpec(type.parameters, keys::instances.name)) return 1;
    return std::clamp(view(keys::instances), 1, 3);
}

}  // namespace loadpath
