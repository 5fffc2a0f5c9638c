#include "export_service.h"

#include "exporter.h"
#include "exporters/html_report.h"
#include "qt_values.h"
#include "sim/simulator.h"
#include "whole_file.h"

#include <QFileInfo>

#include <algorithm>

namespace loadpath {
namespace {

QString localPath(const QUrl& url) { return url.isLocalFile() ? url.toLocalFile() : url.path(); }

/// The run that the report shows, as on the command line: the first scenario of the design, else plain load.
std::optional<Metrics> runFor(const std::shared_ptr<const Snapshot>& snapshot, const std::stop_token& stop) {
    const auto& known = snapshot->design().scenarios;
    Scenario scenario = known.empty() ? Scenario{} : Scenario::of(known[0]);
    scenario.seriesStepS = std::max(1e-3, scenario.durationS / 120);
    if (!problems(scenario, *snapshot).empty()) return std::nullopt;
    Simulator simulator(snapshot, scenario);
    while (simulator.advance(50'000))
        if (stop.stop_requested()) return std::nullopt;
    return simulator.metrics();
}

}  // namespace

ExportService::ExportService(Document* document, QObject* parent)
    : QObject(parent), m_document(document), m_task(this, [this](const Outcome& outcome) { accept(outcome); }) {}

ExportService::~ExportService() = default;

void ExportService::exportDiagram(const QUrl& url) {
    const QString path = localPath(url);
    setBusy(true);
    m_task.start([path, design = m_document->design(), catalog = m_document->catalog()](const std::stop_token&) {
        const Report report = evaluate(Snapshot::of(design, catalog));
        ExportOptions options;
        options.report = &report;
        const auto written = loadpath::exportDiagram(design, catalog, path.toStdString(), options);
        if (written) return Outcome{path, {}};
        return Outcome{path, toQt(describe(written.error().front(), {}))};
    });
}

void ExportService::exportReport(const QUrl& url) {
    const QString path = localPath(url);
    setBusy(true);
    m_task.start([path, design = m_document->design(), catalog = m_document->catalog()](const std::stop_token& stop) {
        const auto snapshot = Snapshot::of(design, catalog);
        const Report report = evaluate(snapshot);
        Scene scene(catalog);
        scene.setDesign(design);
        showReport(scene, report);
        const std::optional<Metrics> metrics = runFor(snapshot, stop);
        const std::string html = htmlReport(report, diagramSvg(scene).toStdString(), metrics ? &*metrics : nullptr);
        return Outcome{path, writeWhole(path, QByteArray::fromStdString(html))};
    });
}

void ExportService::accept(const Outcome& outcome) {
    setBusy(false);
    if (outcome.problem.isEmpty())
        emit finished(outcome.path);
    else
        emit failed(tr("%1 cannot be written").arg(QFileInfo(outcome.path).fileName()), outcome.problem);
}

void ExportService::setBusy(bool busy) {
    if (busy == m_busy) return;
    m_busy = busy;
    emit busyChanged();
}

}  // namespace loadpath
