#include "rules/checks.h"

#include <algorithm>

namespace loadpath {

std::string_view name(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::info:
            return "info";
    }
    return {};
}

std::string Finding::key() const {
    std::vector<std::string_view> ids;
    for (const ComponentId& id : components) ids.push_back(id.value);
    for (const ConnectionId& id : connections) ids.push_back(id.value);
    for (const ZoneId& id : zones) ids.push_back(id.value);
    std::sort(ids.begin(), ids.end());
    std::string text(rule);
    text += ':';
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i > 0) text += ',';
        text += ids[i];
    }
    if (!flow.empty()) text += '@' + flow.value;
    return text;
}

std::span<const Rule> allRules() {
    static const std::vector<Rule> rules{
#define RULE(name) checks::name,
#include "rules/rules.def"
#undef RULE
    };
    return rules;
}

std::vector<RuleFacts> ruleFacts() {
    std::vector<RuleFacts> all;
    for (const Rule& rule : allRules()) {
        RuleFacts facts;
        facts.id = rule.id;
        facts.title = rule.title;
        facts.level = *ruleLevelNamed(name(rule.severity));
        for (const Threshold& threshold : rule.thresholds)
            facts.thresholds.push_back({std::string(threshold.key), threshold.value, threshold.least, threshold.most,
                                        std::string(threshold.meaning)});
        all.push_back(std::move(facts));
    }
    return all;
}

const Rule* findRule(std::string_view id) {
    const auto rules = allRules();
    const auto it = std::find_if(rules.begin(), rules.end(), [id](const Rule& rule) { return rule.id == id; });
    return it == rules.end() ? nullptr : &*it;
}

}  // namespace loadpath
