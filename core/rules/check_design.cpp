#include "rules/house_rules.h"
#include "rules/rule.h"
#include "rules/suppress.h"

#include <algorithm>
#include <iterator>

namespace loadpath {

namespace {

std::optional<RuleLevel> levelSet(const Design& design, std::string_view rule) {
    const auto it = design.header.rules.find(std::string(rule));
    return it == design.header.rules.end() ? std::nullopt : it->second.level;
}

Severity severityOf(RuleLevel level) {
    return level == RuleLevel::error     ? Severity::error
           : level == RuleLevel::warning ? Severity::warning
                                         : Severity::info;
}

}  // namespace

std::vector<Finding> checkDesign(const Evidence& evidence, const HouseRules* house) {
    std::vector<Finding> findings;
    for (const Rule& rule : allRules()) {
        const std::optional<RuleLevel> level = levelSet(evidence.snapshot.design(), rule.id);
        if (level == RuleLevel::off) continue;
        std::vector<Finding> own = rule.check(evidence);
        if (level)
            for (Finding& finding : own) finding.severity = severityOf(*level);
        findings.insert(findings.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    }
    hideConsequences(findings, evidence.snapshot);
    if (house) {
        std::vector<Finding> own = checkHouseRules(*house, evidence);
        findings.insert(findings.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    }

    struct Keyed {
        std::string key;
        std::size_t place;
    };
    std::vector<Keyed> order;
    order.reserve(findings.size());
    for (std::size_t i = 0; i < findings.size(); ++i) order.push_back(Keyed{findings[i].key(), i});
    std::sort(order.begin(), order.end(), [&findings](const Keyed& a, const Keyed& b) {
        const Finding &first = findings[a.place], &second = findings[b.place];
        if (first.severity != second.severity) return first.severity < second.severity;
        if (first.rule != second.rule) return first.rule < second.rule;
        return a.key < b.key;
    });

    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (const Keyed& entry : order) {
        sorted.push_back(std::move(findings[entry.place]));
        sorted.back().acknowledged = evidence.snapshot.design().acknowledged.contains({entry.key});
    }
    return sorted;
}

}  // namespace loadpath
