#include "exporters/estimate_results.h"

#include "cli/files.h"

namespace loadpath::cli {
namespace {

int runEstimate(Console& console, const Arguments& arguments, const Window&) {
    const auto input = readInput(console, arguments.files.first());
    if (!input) return badInput;
    const EstimateSheet sheet = estimate(*snapshotOf(*input));
    if (arguments.value(QStringLiteral("format"), QStringLiteral("text")) == u"json") {
        console.out << estimateJson(sheet, input->warnings);
        return done;
    }
    EstimateTextOptions options;
    options.colours = coloursFor(console, arguments);
    options.withSteps = arguments.has(QStringLiteral("steps"));
    if (arguments.has(QStringLiteral("binary"))) options.bytes = ByteUnits::binary;
    console.out << estimateText(sheet, options);
    return done;
}

}  // namespace

Command estimateCommand() {
    return {QStringLiteral("estimate"),
            QStringLiteral("FILE [--format text|json] [--steps] [--binary]"),
            QStringLiteral("Work out traffic, storage, bandwidth, caches and ids from users and sizes"),
            QStringLiteral("Exact and round figures stand side by side, next to what the canvas offers. What nobody\n"
                           "stated is assumed, and said; the list \"estimates\" of the file adds figures of its own."),
            {formatOption({QStringLiteral("text"), QStringLiteral("json")}),
             {QStringLiteral("steps"), {}, QStringLiteral("Show how every figure came about (json always does)"), {}},
             {QStringLiteral("binary"), {}, QStringLiteral("Write bytes in KiB, MiB, GiB (kB, MB, GB)"), {}},
             colourOption()},
            1,
            1,
            Draws::nothing,
            runEstimate};
}

}  // namespace loadpath::cli
