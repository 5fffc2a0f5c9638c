#include "exporters/results.h"
#include "exporters/xml_text.h"

#include <set>

namespace loadpath {
namespace {

/// Fails a build: what the fail level of `check` is by default.
bool fails(const Finding& finding) { return finding.severity == Severity::error && !finding.acknowledged; }

std::string testCase(const std::string& suite, const Finding& finding) {
    const std::string opening =
        "    <testcase classname=\"" + escapedXml(suite) + "\" name=\"" + escapedXml(finding.key()) + '"';
    if (fails(finding))
        return opening + ">\n      <failure type=\"" + escapedXml(finding.rule) + "\" message=\"" +
               escapedXml(finding.message) + "\"/>\n    </testcase>\n";
    return opening + ">\n      <system-out>" + std::string(name(finding.severity)) + ": " +
           escapedXml(finding.message) + (finding.acknowledged ? " (acknowledged)" : "") +
           "</system-out>\n    </testcase>\n";
}

}  // namespace

std::string junit(const std::vector<std::pair<std::string, Report>>& files) {
    std::string suites;
    std::size_t tests = 0, failures = 0;
    for (const auto& file : files) {
        std::string cases;
        std::size_t own = 0, failed = 0;
        std::set<std::string_view> fired;
        for (const Finding& finding : file.second.findings) {
            fired.insert(finding.rule);
            cases += testCase(file.first, finding);
            ++own;
            if (fails(finding)) ++failed;
        }
        // Rules without a finding are tests that passed: a report without cases would look as if nothing ran.
        for (const Rule& rule : allRules())
            if (!fired.contains(rule.id)) {
                cases += "    <testcase classname=\"" + escapedXml(file.first) + "\" name=\"" + escapedXml(rule.id) +
                         "\"/>\n";
                ++own;
            }
        suites += "  <testsuite name=\"" + escapedXml(file.first) + "\" tests=\"" + std::to_string(own) +
                  "\" failures=\"" + std::to_string(failed) + "\" errors=\"0\">\n" + cases + "  </testsuite>\n";
        tests += own;
        failures += failed;
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"loadpath check\" tests=\"" +
           std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\">\n" + suites + "</testsuites>\n";
}

}  // namespace loadpath
