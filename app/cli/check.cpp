#include "cli/files.h"

#include "exporters/results.h"

namespace loadpath::cli {
namespace {

struct Checked {
    Input input;
    Report report;
};

bool reaches(const Report& report, const QString& level) {
    const FindingCounts counts = countFindings(report);
    if (level == u"never") return false;
    return counts.error > 0 || (level == u"warning" && counts.warning > 0);
}

std::string text(const std::vector<Checked>& all, Colours colours) {
    std::string joined;
    for (const Checked& one : all) joined += (joined.empty() ? "" : "\n") + checkText(one.report, colours);
    return joined;
}

std::string json(const std::vector<Checked>& all) {
    if (all.size() == 1) return checkJson(all.front().report, all.front().input.warnings);
    JsonNode list;
    list.kind = JsonNode::Kind::list;
    for (const Checked& one : all) list.items.push_back(checkTree(one.report, one.input.warnings));
    return writeJson(list);
}

int runCheck(Console& console, const Arguments& arguments, const Window&) {
    const QString format = arguments.value(QStringLiteral("format"), QStringLiteral("text"));
    const QString level = arguments.value(QStringLiteral("fail-on"), QStringLiteral("error"));
    std::vector<Checked> all;
    bool broken = false;
    for (const QString& file : arguments.files) {
        auto input = readInput(console, file);
        if (!input) {
            broken = true;
            continue;
        }
        Report report = evaluate(snapshotOf(*input));
        all.push_back({std::move(*input), std::move(report)});
    }
    if (broken) return badInput;

    if (format == u"text") {
        console.out << text(all, coloursFor(console, arguments));
    } else if (format == u"json") {
        console.out << json(all);
    } else {
        std::vector<std::pair<std::string, Report>> files;
        for (const Checked& one : all) files.emplace_back(one.input.name, one.report);
        console.out << (format == u"sarif" ? sarif(files) : junit(files));
    }
    for (const Checked& one : all)
        if (reaches(one.report, level)) return findingsAtFailLevel;
    return done;
}

}  // namespace

Command checkCommand() {
    return {QStringLiteral("check"),
            QStringLiteral("FILE… [--format text|json|sarif|junit] [--fail-on error|warning|never]"),
            QStringLiteral("Check designs against the rules"),
            QStringLiteral("Exit status 1 when a finding that is not acknowledged reaches the fail level."),
            {formatOption(
                 {QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("sarif"), QStringLiteral("junit")}),
             {QStringLiteral("fail-on"),
              QStringLiteral("error|warning|never"),
              QStringLiteral("The least severity that fails (error)"),
              {QStringLiteral("error"), QStringLiteral("warning"), QStringLiteral("never")}},
             colourOption()},
            1,
            -1,
            Draws::nothing,
            runCheck};
}

}  // namespace loadpath::cli
