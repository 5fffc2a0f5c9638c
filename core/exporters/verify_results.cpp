#include "exporters/verify_results.h"

#include "exporters/result_parts.h"
#include "json/value_json.h"
#include "support/format.h"

#include <algorithm>

namespace loadpath {
namespace {

std::string verifyFigure(const VerifyCheck& check, double value) {
    using Kind = VerifyCheck::Kind;
    switch (check.kind) {
        case Kind::requests:
        case Kind::visits:
            return fixed(value, 0);
        case Kind::little:
            return compact(value);
        case Kind::utilisation:
            return percent(value, 2);
        case Kind::delay:
            return duration(value);
        case Kind::availability:
            return percent(value, 3);
    }
    return {};
}

}  // namespace

std::string verifyText(const Verification& verification, Colours colours) {
    constexpr auto left = TextTable::Align::left, right = TextTable::Align::right;
    TextTable table({"", "check", "of", "expected", "measured", "allowed ±"}, {left, left, left, right, right, right});
    const auto failed = std::count_if(verification.checks.begin(), verification.checks.end(),
                                      [](const VerifyCheck& check) { return !check.passed; });
    for (const VerifyCheck& check : verification.checks)
        table.add({{check.passed ? "passed" : "FAILED", check.passed ? Ink::good : Ink::error},
                   {std::string(label(check.kind))},
                   {check.subject},
                   {verifyFigure(check, check.expected)},
                   {verifyFigure(check, check.measured)},
                   {check.tolerance > 0 ? verifyFigure(check, check.tolerance) : "exact"}});
    std::string text = inked("Checks of the simulation", Ink::strong, colours) + '\n' + table.text(colours);
    if (!verification.omissions.empty()) {
        text += '\n' + inked("Not compared", Ink::strong, colours) + '\n';
        for (const VerifyOmission& omission : verification.omissions)
            text += "  " + std::string(label(omission.kind)) +
                    (omission.subject.empty() ? "" : " of " + omission.subject) + ": " + omission.why + '\n';
    }
    const auto checks = static_cast<long long>(verification.checks.size());
    text += '\n' +
            (failed == 0 ? inked("All of " + plural(checks, "check", "checks") + " passed", Ink::good, colours)
                         : inked(plural(failed, "check", "checks") + " of " + std::to_string(checks) + " FAILED",
                                 Ink::error, colours)) +
            '\n';
    return text;
}

std::string verifyJson(const Verification& verification) {
    JsonNode checks = json::list(), omissions = json::list();
    for (const VerifyCheck& check : verification.checks) {
        json::Object item;
        item.add("check", Value(std::string(label(check.kind)))).add("subject", Value(check.subject));
        item.add("passed", Value(check.passed)).add("expected", figure(check.expected));
        item.add("measured", figure(check.measured)).add("tolerance", figure(check.tolerance));
        checks.items.push_back(item.take());
    }
    for (const VerifyOmission& omission : verification.omissions) {
        json::Object item;
        item.add("check", Value(std::string(label(omission.kind)))).add("subject", Value(omission.subject));
        item.add("why", Value(omission.why));
        omissions.items.push_back(item.take());
    }
    json::Object tree;
    tree.add("passed", Value(verification.passed())).add("checks", std::move(checks));
    tree.add("not_compared", std::move(omissions));
    return writeJson(tree.take());
}

}  // namespace loadpath
