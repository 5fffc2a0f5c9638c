#include "assets.h"
#include "cli/files.h"
#include "exporters/results.h"
#include "rules/fix_all.h"

namespace loadpath::cli {
namespace {

void tell(std::ostream& out, const FixOutcome& outcome, bool dry, Colours colours) {
    TextTable table({"", "", ""}, {});
    for (const AppliedFix& fix : outcome.applied) table.add({{"✓", Ink::good}, {fix.key, Ink::strong}, {fix.title}});
    for (const AppliedFix& fix : outcome.refused)
        table.add({{"–", Ink::faint}, {fix.key, Ink::faint}, {fix.title + ": would not help", Ink::faint}});
    const auto count = static_cast<long long>(outcome.applied.size());
    const FindingCounts before = countFindings(outcome.before), after = countFindings(outcome.after);
    out << (count == 0 ? "Nothing to mend" : std::to_string(count) + (dry ? " would be mended" : " mended")) << "; "
        << before.error << " → " << after.error << " errors, " << before.warning << " → " << after.warning
        << " warnings, " << before.info << " → " << after.info << " notes\n";
    if (!table.empty()) out << table.text(colours);
}

int runFix(Console& console, const Arguments& arguments, const Window&) {
    const QString file = arguments.files.first();
    const bool dry = arguments.has(QStringLiteral("dry-run"));
    const QString rulesFile = arguments.value(QStringLiteral("rules"));
    QString output = arguments.value(QStringLiteral("o"));
    if (output.isEmpty() && file.startsWith(u"template:") && !dry)
        throw UsageError{QStringLiteral("a template is not changed; give -o OUT")};
    if (output.isEmpty()) output = file;

    const auto input = readInputWithRules(console, file, rulesFile);
    if (!input) return badInput;
    FixWishes wishes;
    wishes.scope = arguments.has(QStringLiteral("safe")) ? FixScope::safe : FixScope::all;
    wishes.rule = arguments.value(QStringLiteral("rule")).toStdString();
    wishes.house = input->houseRules;
    const bool known =
        wishes.rule.empty() || findRule(wishes.rule) || (wishes.house && wishes.house->find(wishes.rule));
    if (!known)
        throw UsageError{QStringLiteral("there is no rule \"%1\"; loadpath rules lists them")
                             .arg(arguments.value(QStringLiteral("rule")))};
    const FixOutcome outcome = fixAll(input->design, builtInCatalog(), wishes);
    const bool toStandardOutput = output == u"-" && !dry;
    tell(toStandardOutput ? console.err : console.out, outcome, dry, coloursFor(console, arguments));
    if (dry) return done;
    // What was not changed and would go where it came from stays as it is, byte for byte.
    if (outcome.applied.empty() && output == file && output != u"-") return done;
    const std::string text = writeDesign(outcome.design, *builtInCatalog());
    return writeOutput(console, output, QByteArray::fromStdString(text)) ? done : badInput;
}

}  // namespace

Command fixCommand() {
    return {
        QStringLiteral("fix"),
        QStringLiteral("FILE [--rule ID] [--safe] [-o OUT]"),
        QStringLiteral("Apply the quick fixes of findings until none is left"),
        QStringLiteral("Without -o the file itself is changed. Acknowledged findings are left alone, and so are fixes\n"
                       "that would bring a new error. A fix is safe when it adds, removes and moves nothing and costs\n"
                       "no more a month: it only states properties, such as a timeout."),
        {{QStringLiteral("rule"), QStringLiteral("ID"), QStringLiteral("Only findings of this rule"), {}},
         {QStringLiteral("safe"), {}, QStringLiteral("Only safe fixes"), {}},
         {QStringLiteral("o"), QStringLiteral("OUT"), QStringLiteral("Where the design goes (- standard output)"), {}},
         {QStringLiteral("dry-run"), {}, QStringLiteral("Tell, and write nothing"), {}},
         {QStringLiteral("rules"), QStringLiteral("FILE"), QStringLiteral("Also these house rules"), {}},
         colourOption()},
        1,
        1,
        Draws::nothing,
        runFix};
}

}  // namespace loadpath::cli
