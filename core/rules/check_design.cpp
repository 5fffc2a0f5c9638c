#include "rules/rule.h"
#include "rules/suppress.h"

#include <algorithm>
#include <iterator>

namespace loadpath {

std::vector<Finding> checkDesign(const Evidence& evidence) {
    std::vector<Finding> findings;
    for (const Rule& rule : allRules()) {
        std::vector<Finding> own = rule.check(evidence);
        findings.insert(findings.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    }
    hideConsequences(findings, evidence.snapshot);

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
