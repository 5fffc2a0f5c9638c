#include "cli/files.h"

#include "exporters/proof_results.h"
#include "exporters/results.h"
#include "house/baseline.h"

#include <algorithm>

namespace loadpath::cli {
namespace {

struct Checked {
    Input input;
    Report report;
    int known = 0;  // findings that the baseline has
};

FailLevel failLevelOf(const Arguments& arguments) {
    const QString level = arguments.value(QStringLiteral("fail-on"), QStringLiteral("error"));
    return level == u"never" ? FailLevel::never : level == u"warning" ? FailLevel::warning : FailLevel::error;
}

bool reaches(const Report& report, FailLevel level) {
    const FindingCounts counts = countFindings(report);
    if (level == FailLevel::never) return false;
    return counts.error > 0 || (level == FailLevel::warning && counts.warning > 0);
}

std::string text(const std::vector<Checked>& all, Colours colours) {
    std::string joined;
    for (const Checked& one : all) {
        joined += (joined.empty() ? "" : "\n") + checkText(one.report, colours);
        if (one.known > 0)
            joined +=
                '\n' + inked(std::to_string(one.known) + " more known from the baseline", Ink::faint, colours) + '\n';
    }
    return joined;
}

std::string json(const std::vector<Checked>& all) {
    if (all.size() == 1) return checkJson(all.front().report, all.front().input.warnings);
    JsonNode list;
    list.kind = JsonNode::Kind::list;
    for (const Checked& one : all) list.items.push_back(checkTree(one.report, one.input.warnings));
    return writeJson(list);
}

/// An earlier result, or an earlier design; nothing after a message.
std::optional<Baseline> baselineFrom(Console& console, const QString& file, const QString& rulesFile) {
    const auto text = readText(console, file);
    if (!text) return std::nullopt;
    if (looksLikeResult(*text)) {
        auto baseline = readBaseline(*text);
        if (baseline) return std::move(*baseline);
        for (const Problem& problem : baseline.error()) console.err << describe(problem, file.toStdString()) << '\n';
        return std::nullopt;
    }
    if (file == u"-")
        throw UsageError{QStringLiteral("the baseline from standard input must be a result of check --format json")};
    const auto input = readInputWithRules(console, file, rulesFile);
    if (!input) return std::nullopt;
    return baselineOf(reportOf(*input));
}

int prove(Console& console, const Arguments& arguments, const std::vector<Checked>& all) {
    const QString format = arguments.value(QStringLiteral("format"), QStringLiteral("text"));
    if (all.size() != 1) throw UsageError{QStringLiteral("--prove takes one design")};
    if (format != u"text" && format != u"json") throw UsageError{QStringLiteral("--prove writes text or json")};
    const Report& report = all.front().report;
    const std::string key = arguments.value(QStringLiteral("prove")).toStdString();
    const auto finding = std::find_if(report.findings.begin(), report.findings.end(),
                                      [&key](const Finding& one) { return one.key() == key; });
    if (finding == report.findings.end())
        throw UsageError{QStringLiteral("the design has no finding \"%1\"; check --format json tells their keys")
                             .arg(QString::fromStdString(key))};
    auto plan = proofPlan(report, *finding);
    if (!plan) throw UsageError{QStringLiteral("%1 cannot be shown in a run").arg(QString::fromStdString(key))};
    ProofRun run(std::move(*plan));
    constexpr std::uint64_t slice = 50000;
    while (run.advance(slice)) {
        if (console.errIsTerminal) console.err << '\r' << static_cast<int>(run.progress() * 100) << " %" << std::flush;
    }
    if (console.errIsTerminal) console.err << "\r     \r" << std::flush;
    if (format == u"json")
        console.out << proofJson(*finding, run.plan(), run.result());
    else
        console.out << proofText(*finding, run.plan(), run.result(), coloursFor(console, arguments));
    return done;
}

int runCheck(Console& console, const Arguments& arguments, const Window&) {
    const QString format = arguments.value(QStringLiteral("format"), QStringLiteral("text"));
    const QString rulesFile = arguments.value(QStringLiteral("rules"));
    const FailLevel level = failLevelOf(arguments);
    std::optional<Baseline> baseline;
    if (arguments.has(QStringLiteral("baseline"))) {
        baseline = baselineFrom(console, arguments.value(QStringLiteral("baseline")), rulesFile);
        if (!baseline) return badInput;
    }
    std::vector<Checked> all;
    bool broken = false;
    for (const QString& file : arguments.files) {
        auto input = readInputWithRules(console, file, rulesFile);
        if (!input) {
            broken = true;
            continue;
        }
        Checked one{std::move(*input), {}, 0};
        one.report = reportOf(one.input);
        if (baseline) one.known = hideKnown(one.report, *baseline);
        all.push_back(std::move(one));
    }
    if (broken) return badInput;
    if (arguments.has(QStringLiteral("prove"))) return prove(console, arguments, all);

    if (format == u"text") {
        console.out << text(all, coloursFor(console, arguments));
    } else if (format == u"json") {
        console.out << json(all);
    } else {
        std::vector<CheckedFile> files;
        for (const Checked& one : all) files.push_back({one.input.name, one.report, itemPlaces(one.input.text)});
        console.out << (format == u"sarif" ? sarif(files) : junit(files, level));
    }
    for (const Checked& one : all)
        if (reaches(one.report, level)) return findingsAtFailLevel;
    return done;
}

}  // namespace

Command checkCommand() {
    return {QStringLiteral("check"),
            QStringLiteral("FILE… [--format text|json|sarif|junit] [--fail-on error|warning|never] …"),
            QStringLiteral("Check designs against the rules"),
            QStringLiteral("Exit status 1 when a finding that is not acknowledged reaches the fail level.\n"
                           "Rules of your own are read from NAME.rules.json beside NAME.loadpath.json, from the file\n"
                           "that the design names as \"house_rules\", or from --rules FILE."),
            {formatOption(
                 {QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("sarif"), QStringLiteral("junit")}),
             {QStringLiteral("fail-on"),
              QStringLiteral("error|warning|never"),
              QStringLiteral("The least severity that fails (error)"),
              {QStringLiteral("error"), QStringLiteral("warning"), QStringLiteral("never")}},
             {QStringLiteral("baseline"),
              QStringLiteral("FILE"),
              QStringLiteral("Only what is new since this result (json) or design"),
              {}},
             {QStringLiteral("rules"), QStringLiteral("FILE"), QStringLiteral("Also check these house rules"), {}},
             {QStringLiteral("prove"),
              QStringLiteral("KEY"),
              QStringLiteral("Run what this finding warns of, before and after its fix"),
              {}},
             colourOption()},
            1,
            -1,
            Draws::nothing,
            runCheck};
}

}  // namespace loadpath::cli
