#include "exporters/results.h"
#include "exporters/xml_text.h"

#include <set>

namespace loadpath {
namespace {

bool fails(const Finding& finding, FailLevel level) {
    if (finding.acknowledged || level == FailLevel::never) return false;
    return finding.severity == Severity::error ||
           (level == FailLevel::warning && finding.severity == Severity::warning);
}

std::string testCase(const std::string& suite, const Finding& finding, FailLevel level) {
    const std::string opening =
        "    <testcase classname=\"" + escapedXml(suite) + "\" name=\"" + escapedXml(finding.key()) + '"';
    if (fails(finding, level))
        return opening + ">\n      <failure type=\"" + escapedXml(finding.rule) + "\" message=\"" +
               escapedXml(finding.message) + "\"/>\n    </testcase>\n";
    return opening + ">\n      <system-out>" + std::string(name(finding.severity)) + ": " +
           escapedXml(finding.message) + (finding.acknowledged ? " (acknowledged)" : "") +
           "</system-out>\n    </testcase>\n";
}

}  // namespace

std::string junit(const std::vector<CheckedFile>& files, FailLevel level) {
    std::string suites;
    std::size_t tests = 0, failures = 0;
    for (const CheckedFile& file : files) {
        std::string cases;
        std::size_t own = 0, failed = 0;
        std::set<std::string_view> fired;
        for (const Finding& finding : file.report.findings) {
            fired.insert(finding.rule);
            cases += testCase(file.path, finding, level);
            ++own;
            if (fails(finding, level)) ++failed;
        }
        // Rules without a finding are tests that passed: a report without cases would look as if nothing ran.
        const auto passed = [&](std::string_view rule) {
            if (fired.contains(rule)) return;
            cases += "    <testcase classname=\"" + escapedXml(file.path) + "\" name=\"" + escapedXml(rule) + "\"/>\n";
            ++own;
        };
        for (const Rule& rule : allRules()) passed(rule.id);
        if (file.report.houseRules)
            for (const HouseRule& rule : file.report.houseRules->rules) passed(rule.id);
        suites += "  <testsuite name=\"" + escapedXml(file.path) + "\" tests=\"" + std::to_string(own) +
                  "\" failures=\"" + std::to_string(failed) + "\" errors=\"0\">\n" + cases + "  </testsuite>\n";
        tests += own;
        failures += failed;
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"loadpath check\" tests=\"" +
           std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\">\n" + suites + "</testsuites>\n";
}

}  // namespace loadpath
