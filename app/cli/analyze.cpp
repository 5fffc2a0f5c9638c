#include "cli/files.h"

#include "exporters/results.h"

namespace loadpath::cli {
namespace {

int runAnalyze(Console& console, const Arguments& arguments, const Window&) {
    AvailabilityOptions options;
    options.cutSetOrder = static_cast<int>(wholeNumberOf(arguments, QStringLiteral("cut-order"), 2, 0, 6));
    const auto input = readInput(console, arguments.files.first());
    if (!input) return badInput;
    Report report = evaluate(snapshotOf(*input), options);
    const bool isExplained = arguments.has(QStringLiteral("explain"));
    if (isExplained)
        for (FlowAvailability& flow : report.availability.flows)
            flow.derivation = explainAvailability(report.snapshot->graph(), flow.flow, options);
    if (arguments.value(QStringLiteral("format"), QStringLiteral("text")) == u"json")
        console.out << analyzeJson(report, input->warnings);
    else
        console.out << analyzeText(report, coloursFor(console, arguments),
                                   isExplained ? Explained::yes : Explained::no);
    return done;
}

}  // namespace

Command analyzeCommand() {
    return {
        QStringLiteral("analyze"),
        QStringLiteral("FILE [--format text|json] [--cut-order N] [--explain]"),
        QStringLiteral("Compute availability, cut sets, importance, capacity and cost"),
        QStringLiteral("Availability is exact: what several requests share fails once. Capacity is at the peak rate\n"
                       "with everything up."),
        {formatOption({QStringLiteral("text"), QStringLiteral("json")}),
         {QStringLiteral("cut-order"), QStringLiteral("N"), QStringLiteral("Largest cut set that is listed (2)"), {}},
         {QStringLiteral("explain"), {}, QStringLiteral("Show how each availability comes about, step by step"), {}},
         colourOption()},
        1,
        1,
        Draws::nothing,
        runAnalyze};
}

}  // namespace loadpath::cli
