// The designs of tests/rules: each carries in "expect" the keys of findings that must and must not be there.
#pragma once

#include "json/design_json.h"
#include "rules/report.h"
#include "support/catalog.h"

#include <algorithm>
#include <set>

namespace loadpath::test {

struct RuleFixture {
    std::string rule, name;  // folder and file, without ".json"
    std::filesystem::path path;
    Design design;
    std::set<std::string> expected, absent;  // keys; `absent` may also hold ids of rules
    bool isBad() const { return name.starts_with("bad-"); }
    std::string shown() const { return rule + '/' + name; }
};

inline std::set<std::string> textsIn(const Value* list) {
    std::set<std::string> texts;
    if (list && list->list())
        for (const Value& item : *list->list())
            if (item.text()) texts.insert(*item.text());
    return texts;
}

inline std::vector<RuleFixture> ruleFixtures() {
    std::vector<RuleFixture> fixtures;
    const std::filesystem::path root = std::filesystem::path(LOADPATH_SOURCE_DIR) / "tests/rules";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".json") continue;
        RuleFixture fixture;
        fixture.path = entry.path();
        fixture.rule = entry.path().parent_path().filename().string();
        fixture.name = entry.path().stem().string();
        auto loaded = readDesign(fileText(entry.path()), *catalog());
        if (!loaded) {
            for (const Problem& problem : loaded.error())
                std::fprintf(stderr, "%s\n", describe(problem, entry.path().string()).c_str());
            std::abort();
        }
        fixture.design = std::move(loaded->design);
        const auto expect = fixture.design.header.extra.find("expect");
        if (expect != fixture.design.header.extra.end()) {
            fixture.expected = textsIn(expect->second.find("findings"));
            fixture.absent = textsIn(expect->second.find("absent"));
        }
        fixtures.push_back(std::move(fixture));
    }
    std::sort(fixtures.begin(), fixtures.end(),
              [](const RuleFixture& a, const RuleFixture& b) { return a.shown() < b.shown(); });
    return fixtures;
}

inline std::vector<Finding> findingsOf(const Design& design) {
    return evaluate(Snapshot::of(design, catalog())).findings;
}

inline std::set<std::string> keysOf(const std::vector<Finding>& findings) {
    std::set<std::string> keys;
    for (const Finding& finding : findings) keys.insert(finding.key());
    return keys;
}

}  // namespace loadpath::test
