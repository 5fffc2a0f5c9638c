#include "cli/files.h"

#include "cli/replications.h"
#include "exporters/results.h"

#include <algorithm>
#include <thread>

namespace loadpath::cli {
namespace {

constexpr double longest = 86400.0 * 365;

Scenario scenarioOf(const Arguments& arguments, const Design& design) {
    Scenario scenario;
    const QString id = arguments.value(QStringLiteral("scenario"));
    if (arguments.has(QStringLiteral("scenario"))) {
        const ScenarioSpec* spec = design.scenarios.find(ScenarioId{id.toStdString()});
        if (!spec) {
            QStringList known;
            for (const ScenarioSpec& one : design.scenarios) known << QString::fromStdString(one.id.value);
            throw UsageError{QStringLiteral("there is no scenario \"%1\"; the design has %2")
                                 .arg(id, known.isEmpty() ? QStringLiteral("none") : known.join(QStringLiteral(", ")))};
        }
        scenario = Scenario::of(*spec);
    }
    const bool ownDuration = arguments.has(QStringLiteral("duration"));
    scenario.durationS = numberOf(arguments, QStringLiteral("duration"), scenario.durationS, 1e-3, longest);
    // A short run that says nothing of its warm-up keeps the proportion of the default.
    if (ownDuration && id.isEmpty()) scenario.warmupS = std::min(scenario.warmupS, scenario.durationS / 6);
    scenario.warmupS = numberOf(arguments, QStringLiteral("warmup"), scenario.warmupS, 0, longest);
    scenario.seed = wholeNumberOf(arguments, QStringLiteral("seed"), scenario.seed, INT64_MIN, INT64_MAX);
    scenario.load = numberOf(arguments, QStringLiteral("load"), scenario.load, 0, 1e6);
    if (scenario.warmupS >= scenario.durationS)
        throw UsageError{QStringLiteral("the warm-up (%1 s) must be shorter than the run (%2 s)")
                             .arg(scenario.warmupS)
                             .arg(scenario.durationS)};
    return scenario;
}

int runSimulate(Console& console, const Arguments& arguments, const Window&) {
    const QString format = arguments.value(QStringLiteral("format"), QStringLiteral("text"));
    const bool withSeries = arguments.has(QStringLiteral("series")) || format == u"csv";
    const double step = numberOf(arguments, QStringLiteral("series"), 1, 1e-3, longest);
    const auto replications = wholeNumberOf(arguments, QStringLiteral("replications"), 1, 1, 10000);
    const auto cores = std::max(1u, std::thread::hardware_concurrency());
    const auto threads = wholeNumberOf(arguments, QStringLiteral("threads"), cores, 1, 1024);

    const auto input = readInput(console, arguments.files.first());
    if (!input) return badInput;
    Scenario scenario = scenarioOf(arguments, input->design);
    scenario.seriesStepS = withSeries ? step : 0;
    if (withSeries && scenario.durationS / step > 1e6)
        throw UsageError{QStringLiteral("a series of more than a million steps; give a longer --series step")};
    const auto snapshot = snapshotOf(*input);
    if (const auto reasons = problems(scenario, *snapshot); !reasons.empty()) {
        for (const std::string& reason : reasons) console.err << input->name << ": " << reason << '\n';
        return badInput;
    }

    const Metrics metrics =
        runReplications(snapshot, scenario, static_cast<int>(replications), static_cast<int>(threads), console);
    if (format == u"json")
        console.out << simulateJson(metrics, *snapshot, withSeries, input->warnings);
    else if (format == u"csv")
        console.out << simulateCsv(metrics, *snapshot);
    else
        console.out << simulateText(metrics, *snapshot, coloursFor(console, arguments));
    return done;
}

}  // namespace

Command simulateCommand() {
    const QString number = QStringLiteral("N"), seconds = QStringLiteral("S");
    return {
        QStringLiteral("simulate"),
        QStringLiteral("FILE [--scenario ID] [--duration S] [--warmup S] [--seed N] [--load X] …"),
        QStringLiteral("Run the design request by request"),
        QStringLiteral(
            "The same design, scenario and seed give the same figures on any machine and any number of threads."),
        {{QStringLiteral("scenario"),
          QStringLiteral("ID"),
          QStringLiteral("A scenario of the design, with its faults"),
          {}},
         {QStringLiteral("duration"), seconds, QStringLiteral("Simulated seconds, warm-up included (60)"), {}},
         {QStringLiteral("warmup"), seconds, QStringLiteral("Seconds that are not measured (10)"), {}},
         {QStringLiteral("seed"), number, QStringLiteral("Start of the random numbers (1)"), {}},
         {QStringLiteral("load"), QStringLiteral("X"), QStringLiteral("Factor on the rate of every client (1)"), {}},
         {QStringLiteral("replications"), number, QStringLiteral("Runs with seeds N, N+1, …, put together (1)"), {}},
         {QStringLiteral("threads"), number, QStringLiteral("Replications at a time (one a core)"), {}},
         {QStringLiteral("series"), seconds, QStringLiteral("Also what happened every S seconds (json, csv)"), {}},
         formatOption({QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("csv")}),
         colourOption()},
        1,
        1,
        Draws::nothing,
        runSimulate};
}

}  // namespace loadpath::cli
