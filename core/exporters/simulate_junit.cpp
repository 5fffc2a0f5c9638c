#include "exporters/results.h"
#include "exporters/xml_text.h"

namespace loadpath {
namespace {

std::string expectationCase(const std::string& suite, const ExpectationResult& result) {
    const std::string opening =
        "    <testcase classname=\"" + escapedXml(suite) + "\" name=\"" + escapedXml(result.text) + '"';
    const std::string measured =
        "measured: " + result.measured + (result.target.empty() ? "" : " (" + result.target + ")");
    if (result.passed)
        return opening + ">\n      <system-out>" + escapedXml(measured) + "</system-out>\n    </testcase>\n";
    return opening + ">\n      <failure type=\"expectation\" message=\"" + escapedXml(measured) +
           "\"/>\n    </testcase>\n";
}

}  // namespace

std::string simulateJunit(const std::vector<Metrics>& runs, const std::string& file) {
    std::string suites;
    std::size_t tests = 0, failures = 0;
    for (const Metrics& run : runs) {
        const std::string suite = run.scenario.empty() ? file : file + ": " + run.scenario;
        std::string cases;
        std::size_t own = 0, failed = 0;
        for (const ExpectationResult& result : run.expectations) {
            cases += expectationCase(suite, result);
            ++own;
            if (!result.passed) ++failed;
        }
        if (own == 0) {
            cases = "    <testcase classname=\"" + escapedXml(suite) + "\" name=\"runs to its end\"/>\n";
            own = 1;
        }
        suites += "  <testsuite name=\"" + escapedXml(suite) + "\" tests=\"" + std::to_string(own) + "\" failures=\"" +
                  std::to_string(failed) + "\" errors=\"0\">\n" + cases + "  </testsuite>\n";
        tests += own;
        failures += failed;
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"loadpath simulate\" tests=\"" +
           std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\">\n" + suites + "</testsuites>\n";
}

}  // namespace loadpath
