#include "json/design_tables.h"
#include "json/json_build.h"
#include "support/format.h"

#include <algorithm>

namespace loadpath {
namespace {

template <class Items, class Key>
const typename Items::value_type* namedIn(const Items& items, const Key& hasName) {
    const auto it = std::find_if(items.begin(), items.end(), hasName);
    return it == items.end() ? nullptr : &*it;
}

const ThresholdFacts* thresholdOf(const RuleFacts& rule, const std::string& key) {
    return namedIn(rule.thresholds, [&key](const ThresholdFacts& threshold) { return threshold.key == key; });
}

std::string thresholdsOf(const RuleFacts& rule) {
    std::string keys;
    for (const ThresholdFacts& threshold : rule.thresholds) keys += (keys.empty() ? "" : ", ") + threshold.key;
    return keys.empty() ? "none" : keys;
}

/// One member of the settings of a rule; `rule` is null where the catalogue does not know it.
void readMember(ReadContext& context, const JsonMember& member, const Place& place, const RuleFacts* rule,
                RuleSetting& setting) {
    const std::string& key = member.first;
    const JsonNode& node = member.second;
    if (key == "severity") {
        const std::string* word = node.scalar.text();
        setting.level = word ? ruleLevelNamed(*word) : std::nullopt;
        if (!setting.level)
            context.problems.add(node, place, "must be one of \"off\", \"error\", \"warning\" and \"info\"");
        return;
    }
    const ThresholdFacts* threshold = rule ? thresholdOf(*rule, key) : nullptr;
    if (!node.scalar.isNumber()) {
        if (threshold)
            context.problems.add(node, place, "must be a number, not " + kindOf(node));
        else {
            if (rule) context.warnings.add(node, place, "unknown key \"" + key + "\" is kept");
            setting.extra[key] = node.toValue();
        }
        return;
    }
    const double value = node.scalar.number();
    setting.thresholds[key] = value;
    if (rule && !threshold)
        context.warnings.add(
            node, place,
            rule->id + " has no threshold \"" + key + "\" (it has " + thresholdsOf(*rule) + "); it is kept");
    else if (threshold && (value < threshold->least || value > threshold->most))
        context.warnings.add(node, place,
                             "must be from " + shortest(threshold->least) + " to " + shortest(threshold->most) +
                                 "; the nearest of these counts");
}

}  // namespace

void readRuleSettings(ReadContext& context, const JsonNode& node, const Place& place, Header& header) {
    if (node.kind != JsonNode::Kind::object) {
        context.problems.add(node, place, "must be an object of settings by rule, not " + kindOf(node));
        return;
    }
    const std::vector<RuleFacts>& known = context.catalog.rules;
    for (const JsonMember& member : node.members) {
        const Place where = place.at(member.first);
        if (member.second.kind != JsonNode::Kind::object) {
            context.problems.add(member.second, where, "must be an object, not " + kindOf(member.second));
            continue;
        }
        const RuleFacts* rule = namedIn(known, [&member](const RuleFacts& facts) { return facts.id == member.first; });
        if (!rule && !known.empty())
            context.warnings.add(member.second, where,
                                 "there is no rule \"" + member.first + "\"; its settings are kept");
        RuleSetting& setting = header.rules[member.first];
        for (const JsonMember& each : member.second.members)
            readMember(context, each, where.at(each.first), rule, setting);
    }
}

JsonNode writtenRuleSettings(const Header& header) {
    json::Object all;
    for (const auto& entry : header.rules) {
        json::Object one;
        if (entry.second.level) one.add("severity", Value(std::string(name(*entry.second.level))));
        for (const auto& threshold : entry.second.thresholds) one.add(threshold.first, Value(threshold.second));
        for (const auto& extra : entry.second.extra)
            if (extra.first != "severity" && !entry.second.thresholds.contains(extra.first))
                one.add(extra.first, JsonNode::of(extra.second));
        all.add(entry.first, std::move(one));
    }
    return all.take();
}

JsonNode ruleSettingsSchema(const Catalog& catalog) {
    const auto setting = [](const RuleFacts* rule) {
        json::Object severity, members, schema;
        severity.add("enum", json::texts({"off", "error", "warning", "info"}));
        if (rule) severity.add("default", Value(std::string(name(rule->level))));
        members.add("severity", std::move(severity));
        for (const ThresholdFacts& threshold : rule ? rule->thresholds : std::vector<ThresholdFacts>{}) {
            json::Object number;
            number.add("type", "number").add("description", Value(threshold.meaning));
            number.add("minimum", Value(threshold.least)).add("maximum", Value(threshold.most));
            number.add("default", Value(threshold.value));
            members.add(threshold.key, std::move(number));
        }
        schema.add("type", "object");
        if (rule) schema.add("description", Value(rule->title));
        schema.add("properties", std::move(members));
        return schema;
    };
    json::Object rules, all;
    for (const RuleFacts& rule : catalog.rules) rules.add(rule.id, setting(&rule));
    all.add("type", "object").add("properties", std::move(rules));
    all.add("additionalProperties", setting(nullptr));
    return all.take();
}

}  // namespace loadpath
