#include "cli/files.h"

#include "cli/replications.h"
#include "exporters/results.h"
#include "exporters/verify_results.h"
#include "sim/expectation.h"

#include <algorithm>
#include <iterator>
#include <thread>

namespace loadpath::cli {
namespace {

constexpr double longest = 86400.0 * 365;

constexpr auto everyScenario = "all";

/// The scenarios asked for by id, all of them, or one without faults.
std::vector<const ScenarioSpec*> chosenSpecs(const Arguments& arguments, const Design& design) {
    if (!arguments.has(QStringLiteral("scenario"))) return {nullptr};
    const QString id = arguments.value(QStringLiteral("scenario"));
    if (const ScenarioSpec* spec = design.scenarios.find(ScenarioId{id.toStdString()})) return {spec};
    std::vector<const ScenarioSpec*> all;
    QStringList known;
    for (const ScenarioSpec& one : design.scenarios) {
        all.push_back(&one);
        known << QString::fromStdString(one.id.value);
    }
    if (id == QLatin1String(everyScenario) && !all.empty()) return all;
    throw UsageError{QStringLiteral("there is no scenario \"%1\"; the design has %2")
                         .arg(id, known.isEmpty() ? QStringLiteral("none") : known.join(QStringLiteral(", ")))};
}

Scenario scenarioOf(const Arguments& arguments, const ScenarioSpec* spec) {
    Scenario scenario = spec ? Scenario::of(*spec) : Scenario{};
    const bool ownDuration = arguments.has(QStringLiteral("duration"));
    scenario.durationS = numberOf(arguments, QStringLiteral("duration"), scenario.durationS, 1e-3, longest);
    // A short run that says nothing of its warm-up keeps the proportion of the default.
    if (ownDuration && !spec) scenario.warmupS = std::min(scenario.warmupS, scenario.durationS / 6);
    scenario.warmupS = numberOf(arguments, QStringLiteral("warmup"), scenario.warmupS, 0, longest);
    scenario.seed = wholeNumberOf(arguments, QStringLiteral("seed"), scenario.seed, INT64_MIN, INT64_MAX);
    scenario.load = numberOf(arguments, QStringLiteral("load"), scenario.load, 0, 1e6);
    if (scenario.warmupS >= scenario.durationS)
        throw UsageError{QStringLiteral("the warm-up (%1 s) must be shorter than the run (%2 s)")
                             .arg(scenario.warmupS)
                             .arg(scenario.durationS)};
    return scenario;
}

/// How often a run is sampled: as asked, and where an expectation is about the course of the run.
double sampleStep(const Arguments& arguments, const Scenario& scenario) {
    const double step = numberOf(arguments, QStringLiteral("series"), 1, 1e-3, longest);
    const bool wanted = arguments.has(QStringLiteral("series")) ||
                        arguments.value(QStringLiteral("format")) == u"csv" || !scenario.expectations.empty();
    if (wanted && scenario.durationS / step > 1e6)
        throw UsageError{QStringLiteral("a series of more than a million steps; give a longer --series step")};
    return wanted ? step : 0;
}

/// Whether the simulator is right about this design, rather than what it says of it.
int runVerification(Console& console, const Arguments& arguments, const std::shared_ptr<const Snapshot>& snapshot,
                    const Scenario& scenario) {
    Verification all = verifyRun(simulate(snapshot, scenario), *snapshot, scenario);
    OutageTrial trial;
    trial.seed = scenario.seed;
    Verification outages = verifyAvailability(snapshot, trial);
    std::move(outages.checks.begin(), outages.checks.end(), std::back_inserter(all.checks));
    std::move(outages.omissions.begin(), outages.omissions.end(), std::back_inserter(all.omissions));
    console.out << (arguments.value(QStringLiteral("format")) == u"json"
                        ? verifyJson(all)
                        : verifyText(all, coloursFor(console, arguments)));
    return all.passed() ? done : findingsAtFailLevel;
}

int runSimulate(Console& console, const Arguments& arguments, const Window&) {
    const QString format = arguments.value(QStringLiteral("format"), QStringLiteral("text"));
    const bool withSeries = arguments.has(QStringLiteral("series")) || format == u"csv";
    const auto replications = wholeNumberOf(arguments, QStringLiteral("replications"), 1, 1, 10000);
    const auto cores = std::max(1u, std::thread::hardware_concurrency());
    const auto threads = wholeNumberOf(arguments, QStringLiteral("threads"), cores, 1, 1024);

    const auto input = readInput(console, arguments.files.first());
    if (!input) return badInput;
    const auto snapshot = snapshotOf(*input);
    const std::vector<const ScenarioSpec*> specs = chosenSpecs(arguments, input->design);
    std::vector<Scenario> scenarios;
    bool canRun = true;
    for (const ScenarioSpec* spec : specs) {
        Scenario& scenario = scenarios.emplace_back(scenarioOf(arguments, spec));
        scenario.seriesStepS = sampleStep(arguments, scenario);
        for (const std::string& reason : problems(scenario, *snapshot)) {
            console.err << input->name << ": " << (spec ? "scenario " + spec->id.value + ": " : "") << reason << '\n';
            canRun = false;
        }
    }
    if (!canRun) return badInput;
    if (format == u"csv" && scenarios.size() > 1) throw UsageError{QStringLiteral("csv is of one scenario")};
    if (arguments.has(QStringLiteral("verify"))) {
        if (scenarios.size() > 1 || replications > 1 || format == u"csv" || format == u"junit")
            throw UsageError{QStringLiteral("--verify is of one run, as text or json")};
        return runVerification(console, arguments, snapshot, scenarios.front());
    }

    std::vector<Metrics> runs;
    bool kept = true;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        Metrics& run = runs.emplace_back(runReplications(snapshot, scenarios[i], static_cast<int>(replications),
                                                         static_cast<int>(threads), console));
        if (specs[i]) run.scenario = specs[i]->id.value;
        run.expectations = judged(scenarios[i], run);
        for (const ExpectationResult& result : run.expectations) kept = kept && result.passed;
    }
    if (format == u"json") {
        console.out << (runs.size() == 1 ? simulateJson(runs.front(), *snapshot, withSeries, input->warnings)
                                         : simulateJson(runs, withSeries, input->warnings));
    } else if (format == u"junit") {
        console.out << simulateJunit(runs, input->name);
    } else if (format == u"csv") {
        console.out << simulateCsv(runs.front(), *snapshot);
    } else {
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (runs.size() > 1) {
                const ScenarioSpec& spec = *specs[i];
                console.out << (i > 0 ? "\n" : "") << "Scenario " << spec.id.value
                            << (spec.name.empty() ? "" : ": " + spec.name) << "\n\n";
            }
            console.out << simulateText(runs[i], *snapshot, coloursFor(console, arguments));
        }
    }
    return kept ? done : findingsAtFailLevel;
}

}  // namespace

Command simulateCommand() {
    const QString number = QStringLiteral("N"), seconds = QStringLiteral("S");
    return {
        QStringLiteral("simulate"),
        QStringLiteral("FILE [--scenario ID] [--duration S] [--warmup S] [--seed N] [--load X] …"),
        QStringLiteral("Run the design request by request"),
        QStringLiteral(
            "The same design, scenario and seed give the same figures on any machine and any number of threads. "
            "The exit status is 1 where an expectation of the scenario was not kept."),
        {{QStringLiteral("scenario"),
          QStringLiteral("ID"),
          QStringLiteral("A scenario of the design, with its faults and expectations; \"all\": every one"),
          {}},
         {QStringLiteral("duration"), seconds, QStringLiteral("Simulated seconds, warm-up included (60)"), {}},
         {QStringLiteral("warmup"), seconds, QStringLiteral("Seconds that are not measured (10)"), {}},
         {QStringLiteral("seed"), number, QStringLiteral("Start of the random numbers (1)"), {}},
         {QStringLiteral("load"), QStringLiteral("X"), QStringLiteral("Factor on the rate of every client (1)"), {}},
         {QStringLiteral("replications"), number, QStringLiteral("Runs with seeds N, N+1, …, put together (1)"), {}},
         {QStringLiteral("threads"), number, QStringLiteral("Replications at a time (one a core)"), {}},
         {QStringLiteral("series"), seconds, QStringLiteral("Also what happened every S seconds (json, csv)"), {}},
         {QStringLiteral("verify"),
          {},
          QStringLiteral("Check the simulator itself: conservation, Little, queueing theory, availability"),
          {}},
         formatOption({QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("csv"), QStringLiteral("junit")}),
         colourOption()},
        1,
        1,
        Draws::nothing,
        runSimulate};
}

}  // namespace loadpath::cli
