#include "cli/files.h"

#include "assets.h"
#include "draw/exporter.h"
#include "exporters/html_report.h"
#include "sim/simulator.h"

#include <QFileInfo>

namespace loadpath::cli {
namespace {

/// The run that the report shows: the named scenario, else the first of the design, else plain load.
std::optional<Scenario> scenarioOf(Console& console, const Arguments& arguments, const Input& input,
                                   const Snapshot& snapshot) {
    Scenario scenario;
    const auto& known = input.design.scenarios;
    if (arguments.has(QStringLiteral("scenario"))) {
        const QString id = arguments.value(QStringLiteral("scenario"));
        const ScenarioSpec* spec = known.find(ScenarioId{id.toStdString()});
        if (!spec) throw UsageError{QStringLiteral("there is no scenario \"%1\"").arg(id)};
        scenario = Scenario::of(*spec);
    } else if (!known.empty()) {
        scenario = Scenario::of(known[0]);
    }
    scenario.seriesStepS = std::max(1e-3, scenario.durationS / 120);
    const auto reasons = problems(scenario, snapshot);
    for (const std::string& reason : reasons)
        console.err << input.name << ": warning: the report has no run: " << reason << '\n';
    if (!reasons.empty()) return std::nullopt;
    return scenario;
}

int runReport(Console& console, const Arguments& arguments, const Window&) {
    const QString path = outputOf(arguments);
    if (path != u"-" && QFileInfo(path).suffix().toLower() != u"html")
        throw UsageError{QStringLiteral("-o must end in .html")};
    const auto input = readInput(console, arguments.files.first());
    if (!input) return badInput;
    const auto snapshot = snapshotOf(*input);
    const Report report = evaluate(snapshot);

    Scene scene(builtInCatalog());
    scene.setDesign(input->design);
    showReport(scene, report);
    const std::string diagram = diagramSvg(scene).toStdString();

    std::optional<Metrics> metrics;
    if (!arguments.has(QStringLiteral("no-run")))
        if (const auto scenario = scenarioOf(console, arguments, *input, *snapshot))
            metrics = simulate(snapshot, *scenario);
    const std::string html = htmlReport(report, diagram, metrics ? &*metrics : nullptr);
    return writeOutput(console, path, QByteArray::fromStdString(html)) ? done : badInput;
}

}  // namespace

Command reportCommand() {
    return {
        QStringLiteral("report"),
        QStringLiteral("FILE -o OUT.html [--scenario ID | --no-run]"),
        QStringLiteral("Write all that is known of a design as one HTML file"),
        QStringLiteral(
            "Diagram, findings with their reasons, how the availability comes about, capacity, and a simulated run."),
        {{QStringLiteral("o"), QStringLiteral("OUT.html"), QStringLiteral("The report (-: standard output)"), {}},
         {QStringLiteral("scenario"),
          QStringLiteral("ID"),
          QStringLiteral("The run that is shown (the first scenario of the design)"),
          {}},
         {QStringLiteral("no-run"), {}, QStringLiteral("Leave the simulated run out"), {}}},
        1,
        1,
        Draws::diagrams,
        runReport};
}

}  // namespace loadpath::cli
