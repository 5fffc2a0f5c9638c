#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <numeric>

namespace loadpath::checks {
namespace {

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

/// The type that was probably meant: one that is also called so, else one or two letters away.
const ComponentType* probablyMeant(const Catalog& catalog, const std::string& word) {
    const ComponentType* nearest = nullptr;
    std::size_t distance = 3;
    for (const ComponentType& type : catalog.types) {
        if (std::find(type.aliases.begin(), type.aliases.end(), word) != type.aliases.end()) return &type;
        const std::size_t apart = word.size() < 4 || word.size() > 64 ? 3 : editDistance(word, type.id);
        if (apart >= distance) continue;
        distance = apart;
        nearest = &type;
    }
    return nearest;
}

std::vector<Finding> checkUnknownType(const Evidence& evidence) {
    std::vector<Finding> findings;
    Placement placement(evidence.snapshot.design());
    for (const Component& component : evidence.snapshot.design().components) {
        if (evidence.snapshot.catalog().find(component.type)) continue;
        Finding finding{unknown_type.id, unknown_type.severity};
        const std::string& shown = component.name.empty() ? component.id.value : component.name;
        finding.message =
            fill("{} is of type \"{}\", which this version does not know: it is drawn, and its figures are guesses",
                 {shown, component.type});
        finding.components = {component.id};
        if (const ComponentType* meant = probablyMeant(evidence.snapshot.catalog(), component.type)) {
            FixBuilder fix(evidence.snapshot, placement);
            fix.edit(component.id).type = meant->id;
            finding.fix = fix.titled("Change its type to " + meant->name);
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule unknown_type{
    "unknown-type",
    "Unknown component type",
    "The catalogue has no such component, so nothing is known of its capacity, its failures or what may be connected "
    "to it. The rest of the design is checked as if it took no time and never failed.",
    "Design file, version 1",
    Severity::error,
    checkUnknownType,
};

}  // namespace loadpath::checks
