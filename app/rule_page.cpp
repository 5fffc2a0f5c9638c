#include "rule_page.h"

#include "assets.h"

#include <algorithm>

namespace loadpath {
namespace {

std::optional<Design> exampleOf(const Rule& rule, std::string_view kind) {
    const auto text = exampleText(std::string(rule.id), std::string(kind));
    if (!text) return std::nullopt;
    auto loaded = readDesign(*text, *builtInCatalog());
    if (!loaded) return std::nullopt;  // the fixture tests hold every file to being readable
    loaded->design.header.extra.clear();
    return std::move(loaded->design);
}

std::optional<RuleExample> exampleFor(const Rule& rule) {
    auto bad = exampleOf(rule, "bad");
    if (!bad) return std::nullopt;
    RuleExample example;
    const Report report = evaluate(Snapshot::of(*bad, builtInCatalog()));
    const auto finding = std::find_if(report.findings.begin(), report.findings.end(),
                                      [&rule](const Finding& one) { return one.rule == rule.id; });
    if (finding == report.findings.end()) return std::nullopt;
    example.key = finding->key();
    example.message = finding->message;
    example.bad = *bad;
    if (finding->fix) {
        example.good = std::move(*bad);
        example.fixTitle = finding->fix->title;
        applyEdits(example.good, finding->fix->edits);
    } else if (auto good = exampleOf(rule, "good")) {
        example.good = std::move(*good);
    }
    return example;
}

}  // namespace

std::string_view describe(Proof proof) {
    switch (proof) {
        case Proof::none:
            return {};
        case Proof::killInstance:
            return "One instance fails for good, a third into the run.";
        case Proof::loseZone:
            return "The zone is lost, a third into the run.";
        case Proof::peakLoad:
            return "The stated peak, and no fault.";
        case Proof::slowDependency:
            return "What is called takes five seconds longer to answer, a third into the run.";
        case Proof::poisonMessages:
            return "Twenty messages arrive that fail every time, a third into the run.";
    }
    return {};
}

RulePage rulePage(const Rule& rule) {
    RulePage page;
    page.rule = &rule;
    page.proving = describe(rule.proof);
    page.example = exampleFor(rule);
    if (page.example && !page.example->fixTitle.empty())
        page.mending = "One click does it; in the example: " + page.example->fixTitle + '.';
    else
        page.mending =
            "There is no single remedy: the designer decides. The example beside it shows a design without "
            "the trouble.";
    return page;
}

}  // namespace loadpath
