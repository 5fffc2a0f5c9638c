#include "analysis_service.h"

#include "house_file.h"

#include "edit_texts.h"
#include "qt_values.h"
#include "quantity.h"
#include "sim/simulator.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace loadpath {
namespace {

constexpr int debounceMs = 30;
constexpr std::size_t mostAtOnce = 150;  // components that are worked out within a frame
constexpr int restMs = 400;              // the design rests that long before it is simulated in the background

const QString stateOk = QStringLiteral("ok"), stateWarning = QStringLiteral("warning"),
              stateError = QStringLiteral("error");

/// Against its objective: missed is an error, over four fifths of the downtime used up a warning.
QString sloState(double availability, double slo) {
    if (slo <= 0) return stateOk;
    if (availability < slo) return stateError;
    return 1 - availability > 0.8 * (1 - slo) ? stateWarning : stateOk;
}

const QString& worseOf(const QString& a, const QString& b) {
    if (a == stateError || b == stateOk) return a;
    return b == stateError || a == stateOk ? b : a;
}

int indexOf(Severity severity) { return static_cast<int>(severity); }

/// A component on the way of requests gets more than it can serve, keeps them all and nobody gives up:
/// delays grow for as long as it runs, and no percentile of a short run would be true.
bool growsWithoutEnd(const Report& report) {
    const FlowGraph& graph = report.snapshot->graph();
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived) continue;
        for (const Visit& visit : flow.visits) {
            const auto index = static_cast<std::size_t>(visit.node);
            if (!(report.capacity.nodes[index].utilisation >= 1) || graph.nodes[index].queueLimit >= 0) continue;
            const auto& incoming = graph.incoming[index];
            if (std::none_of(incoming.begin(), incoming.end(),
                             [&graph](int link) { return graph.links[static_cast<std::size_t>(link)].timeoutMs > 0; }))
                return true;
        }
    }
    return false;
}

/// A run long enough for a p99 and short enough to be had while one looks away. NaN when stopped.
double backgroundP99(const Report& report, bool& overSlo, const std::stop_token& stop) {
    constexpr double requestsWanted = 20000;
    constexpr std::uint64_t slice = 20000, eventLimit = 8'000'000;
    const auto& snapshot = report.snapshot;
    double rate = 0, slowestS = 0;
    for (std::size_t f = 0; f < snapshot->graph().flows.size(); ++f) {
        const FlowPath& flow = snapshot->graph().flows[f];
        if (flow.derived) continue;
        rate += flow.rateRps;
        const double latency = report.capacity.flowLatencyMs[f] / 1000;
        if (std::isfinite(latency)) slowestS = std::max(slowestS, latency);
    }
    if (!(rate > 0)) return noFigure;
    Scenario scenario;
    // As short as the requests allow: at a million of them a second a whole second is out of reach.
    const double few = std::clamp(3 * slowestS, 0.02, 1.0);
    scenario.warmupS = std::clamp(2000 / rate, few, 20.0);
    scenario.durationS = scenario.warmupS + std::clamp(requestsWanted / rate, few, 120.0);
    scenario.seriesStepS = 0;
    Simulator simulator(snapshot, scenario);
    bool more = true;
    for (std::uint64_t events = 0; more && events < eventLimit; events += slice) {
        if (stop.stop_requested()) return noFigure;
        more = simulator.advance(slice);
    }
    const Metrics metrics = simulator.metrics();
    double worst = noFigure;
    for (std::size_t i = 0; i < metrics.flows.size(); ++i) {
        const LatencyFigures& latency = metrics.flows[i].latency;
        if (latency.count == 0) continue;
        if (std::isnan(worst) || latency.p99 > worst) worst = latency.p99;
        const double slo = i < snapshot->graph().flows.size() ? snapshot->graph().flows[i].p99Ms : 0;
        overSlo = overSlo || (slo > 0 && latency.p99 > slo);
    }
    return worst;
}

}  // namespace

AnalysisService::AnalysisService(Document* document, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_task(this, [this](Outcome outcome) { accept(std::move(outcome)); }),
      m_latencyTask(this, [this](Latency latency) {
          m_latency = latency;
          emit p99Changed();
      }) {
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(debounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &AnalysisService::run);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (!m_report) return;
        if (growsWithoutEnd(*m_report)) {
            m_latency = {std::numeric_limits<double>::infinity(), true};
            emit p99Changed();
            return;
        }
        m_latencyTask.start([report = m_report](const std::stop_token& stop) {
            Latency latency;
            latency.p99Ms = backgroundP99(*report, latency.overSlo, stop);
            return latency;
        });
    });
    connect(document, &Document::changed, this, &AnalysisService::onChanged);
    document->setFixSource([this](const QString& key) { return currentFix(key); });
    DesignChange everything;
    everything.reset = everything.header = true;
    onChanged(everything);
}

AnalysisService::~AnalysisService() { m_document->setFixSource({}); }

void AnalysisService::onChanged(const DesignChange& change) {
    if (change.geometryOnly) return;
    m_rest.stop();
    m_latencyTask.cancel();
    setBusy(true);
    // A run in progress is let finish: while someone types, its answer is better than none.
    if (m_running)
        m_dirty = true;
    else if (!m_debounce.isActive())
        m_debounce.start();
}

void AnalysisService::run() {
    m_running = true;
    m_dirty = false;
    m_task.start([design = m_document->design(), catalog = m_document->catalog(), house = houseRules(),
                  revision = m_document->revision()](const std::stop_token&) {
        return Outcome{std::make_shared<const Report>(evaluate(Snapshot::of(design, catalog), {}, house)), revision};
    });
}

void AnalysisService::evaluateNow() {
    m_debounce.stop();
    m_task.cancel();
    m_dirty = false;
    accept({std::make_shared<const Report>(
                evaluate(Snapshot::of(m_document->design(), m_document->catalog()), {}, houseRules())),
            m_document->revision()});
}

void AnalysisService::accept(Outcome outcome) {
    m_running = false;
    m_report = std::move(outcome.report);
    m_reportRevision = outcome.revision;
    m_figures.clear();
    m_connectionSeverity.clear();
    std::fill(std::begin(m_counts), std::end(m_counts), 0);
    const FlowGraph& graph = m_report->snapshot->graph();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (const double utilisation = m_report->capacity.nodes[i].utilisation; !std::isnan(utilisation))
            m_figures[toQt(graph.nodes[i].id.value)].utilisation = utilisation;
    for (const Finding& finding : m_report->findings) {
        if (finding.acknowledged) continue;
        ++m_counts[indexOf(finding.severity)];
        for (const ComponentId& id : finding.components) {
            ComponentFigures& figures = m_figures[toQt(id.value)];
            ++figures.findings;
            if (indexOf(finding.severity) < indexOf(figures.worst)) figures.worst = finding.severity;
        }
        for (const ConnectionId& id : finding.connections) {
            const auto known = m_connectionSeverity.find(toQt(id.value));
            if (known == m_connectionSeverity.end())
                m_connectionSeverity.insert(toQt(id.value), finding.severity);
            else if (indexOf(finding.severity) < indexOf(*known))
                *known = finding.severity;
        }
    }
    m_findings.setReport(*m_report);
    m_worstUnits.setReport(*m_report);
    if (m_dirty)
        run();
    else
        setBusy(false);
    emit reportChanged();
    if (!m_dirty) m_rest.start();
    if (!m_fixInWait.isEmpty() && m_reportRevision == m_document->revision()) {
        const QString key = std::exchange(m_fixInWait, QString());
        m_document->applyFix(key);
    }
}

std::shared_ptr<const HouseRules> AnalysisService::houseRules() {
    const QString path = houseRulesPath(m_document->filePath(), m_document->design().header.houseRules);
    const QDateTime time = path.isEmpty() ? QDateTime() : QFileInfo(path).lastModified();
    if (path == m_housePath && time == m_houseTime) return m_houseRules;
    m_housePath = path;
    m_houseTime = time;
    m_houseRules.reset();
    if (path.isEmpty()) return m_houseRules;
    auto rules = readHouseFile(path);
    if (rules)
        m_houseRules = std::move(*rules);
    else
        emit houseRulesRefused(toQt(describe(rules.error().front(), QFileInfo(path).fileName().toStdString())));
    return m_houseRules;
}

void AnalysisService::setBusy(bool busy) {
    if (busy == m_busy) return;
    m_busy = busy;
    emit busyChanged();
}

ComponentFigures AnalysisService::figures(const ComponentId& id) const { return m_figures.value(toQt(id.value)); }

std::optional<Severity> AnalysisService::severity(const ConnectionId& id) const {
    const auto known = m_connectionSeverity.constFind(toQt(id.value));
    return known == m_connectionSeverity.constEnd() ? std::nullopt : std::optional(*known);
}

std::optional<Fix> AnalysisService::currentFix(const QString& key) const {
    // Edits put whole items: those of an older report would take back what was done since.
    std::shared_ptr<const Report> report = m_report;
    if (!report || m_reportRevision != m_document->revision()) {
        // A large design is not worked out here, where the window would stand still: its next report is on its way.
        if (m_document->design().components.size() > mostAtOnce) {
            m_fixInWait = key;
            return std::nullopt;
        }
        report = std::make_shared<const Report>(
            evaluate(Snapshot::of(m_document->design(), m_document->catalog()), {}, m_houseRules));
    }
    for (const Finding& finding : report->findings)
        if (finding.fix && toQt(finding.key()) == key) return finding.fix;
    return std::nullopt;
}

QStringList AnalysisService::fixTargets(const QString& findingKey) const {
    const std::optional<Fix> fix = currentFix(findingKey);
    return fix ? targetsOf(fix->edits) : QStringList();
}

QVariantMap AnalysisService::previewFix(const QString& findingKey) const {
    const std::optional<Fix> fix = currentFix(findingKey);
    if (!fix) return {};
    Design mended = m_document->design();
    const QStringList changes = describeEdits(mended, *m_document->catalog(), fix->edits);
    const Report before = evaluate(Snapshot::of(mended, m_document->catalog()));
    applyEdits(mended, fix->edits);
    const Report after = evaluate(Snapshot::of(std::move(mended), m_document->catalog()));
    const auto count = [](const Report& report, Severity severity) {
        int found = 0;
        for (const Finding& finding : report.findings)
            found += !finding.acknowledged && finding.severity == severity ? 1 : 0;
        return found;
    };
    const auto worst = [](const Report& report) {
        return report.availability.worstFlow < 0 ? noFigureText : loadpath::availabilityText(report.availability.worst);
    };
    return {{QStringLiteral("title"), toQt(fix->title)},
            {QStringLiteral("changes"), changes},
            {QStringLiteral("availabilityBefore"), worst(before)},
            {QStringLiteral("availabilityAfter"), worst(after)},
            {QStringLiteral("headroomBefore"), factorText(before.capacity.headroom)},
            {QStringLiteral("headroomAfter"), factorText(after.capacity.headroom)},
            {QStringLiteral("errorsBefore"), count(before, Severity::error)},
            {QStringLiteral("errorsAfter"), count(after, Severity::error)},
            {QStringLiteral("warningsBefore"), count(before, Severity::warning)},
            {QStringLiteral("warningsAfter"), count(after, Severity::warning)}};
}

bool AnalysisService::hasFlows() const { return m_report && m_report->availability.worstFlow >= 0; }

QString AnalysisService::availabilityText() const {
    return hasFlows() ? loadpath::availabilityText(m_report->availability.worst) : noFigureText;
}

QString AnalysisService::availabilityState() const {
    QString state = stateOk;
    if (!hasFlows()) return state;
    for (const FlowAvailability& flow : m_report->availability.flows)
        state = worseOf(state, sloState(flow.availability,
                                        m_report->snapshot->graph().flows[std::size_t(flow.flow)].availabilitySlo));
    return state;
}

QString AnalysisService::availabilityDetail() const {
    if (!hasFlows()) return tr("No flow starts anywhere: place a client.");
    const FlowAvailability& worst = m_report->availability.flows[std::size_t(m_report->availability.worstFlow)];
    const FlowPath& flow = m_report->snapshot->graph().flows[std::size_t(worst.flow)];
    QString text = tr("Worst flow: %1").arg(toQt(flow.name.empty() ? flow.id.value : flow.name));
    if (flow.availabilitySlo > 0) text += tr(" (wanted: %1)").arg(quantityText(flow.availabilitySlo, "share"));
    if (!worst.exact)
        text +=
            tr("\nBetween %1 and %2; too large to be exact")
                .arg(loadpath::availabilityText(worst.bounds.first), loadpath::availabilityText(worst.bounds.second));
    if (!worst.formula.empty()) text += u'\n' + toQt(worst.formula);
    text += tr("\nWeighted by rate: %1").arg(loadpath::availabilityText(m_report->availability.weighted));
    return text;
}

QString AnalysisService::downtimeText() const {
    constexpr double minutesPerYear = 525600;
    return hasFlows() ? loadpath::downtimeText((1 - m_report->availability.worst) * minutesPerYear) : noFigureText;
}

QString AnalysisService::headroomText() const {
    if (!m_report) return noFigureText;
    return m_report->capacity.diverges ? factorText(0) : factorText(m_report->capacity.headroom);
}

QString AnalysisService::headroomState() const {
    if (!m_report) return stateOk;
    const double utilisation = m_report->capacity.diverges ? noFigure : 1 / m_report->capacity.headroom;
    if (m_report->capacity.diverges || utilisation >= 0.9) return stateError;
    return utilisation >= 0.7 ? stateWarning : stateOk;
}

QString AnalysisService::headroomDetail() const {
    if (!m_report) return {};
    if (m_report->capacity.diverges) return tr("Load grows without end: components call each other in a circle.");
    const int first = m_report->capacity.saturatesFirst;
    if (first < 0) return tr("Nothing has a limit yet.");
    const ComponentLoad& load = m_report->capacity.nodes[std::size_t(first)];
    return tr("%1 saturates first: %2 of %3")
        .arg(toQt(m_report->snapshot->nameOf(first)), rateText(load.arrivalRps), rateText(load.capacityRps));
}

QString AnalysisService::p99Text() const { return hasFlows() ? durationText(m_latency.p99Ms) : noFigureText; }
QString AnalysisService::p99State() const { return m_latency.overSlo ? stateError : stateOk; }

QVariantList AnalysisService::flows() const {
    QVariantList rows;
    if (!m_report) return rows;
    for (const FlowAvailability& figures : m_report->availability.flows) {
        const std::size_t index = std::size_t(figures.flow);
        const FlowPath& flow = m_report->snapshot->graph().flows[index];
        rows.append(QVariantMap{
            {QStringLiteral("flow"), toQt(flow.id.value)},
            {QStringLiteral("name"), toQt(flow.name.empty() ? flow.id.value : flow.name)},
            {QStringLiteral("availabilityText"), loadpath::availabilityText(figures.availability)},
            {QStringLiteral("strictText"), loadpath::availabilityText(figures.strict)},
            {QStringLiteral("downtimeText"), loadpath::downtimeText(figures.downtimeMinYear)},
            {QStringLiteral("formula"), toQt(figures.formula)},
            {QStringLiteral("state"), sloState(figures.availability, flow.availabilitySlo)},
            {QStringLiteral("exact"), figures.exact},
            {QStringLiteral("rateText"), rateText(m_report->capacity.flowRps[index])},
            {QStringLiteral("latencyText"), durationText(m_report->capacity.flowLatencyMs[index])},
        });
    }
    return rows;
}

QVariantList AnalysisService::componentRows(const QString& id) const {
    QVariantList rows;
    const int node = m_report ? m_report->snapshot->graph().node({id.toStdString()}) : -1;
    if (node < 0) return rows;
    const ComponentLoad& load = m_report->capacity.nodes[std::size_t(node)];
    const auto add = [&rows](const QString& label, const QString& text) {
        rows.append(QVariantMap{{QStringLiteral("label"), label}, {QStringLiteral("text"), text}});
    };
    if (load.arrivalRps > 0) add(tr("Load"), rateText(load.arrivalRps));
    if (!std::isnan(load.capacityRps)) add(tr("Capacity"), rateText(load.capacityRps));
    if (!std::isnan(load.utilisation)) add(tr("Utilisation"), percentText(load.utilisation));
    if (!std::isnan(load.waitMs)) add(tr("Waiting"), durationText(load.waitMs));
    if (!std::isnan(load.responseMs)) add(tr("Response"), durationText(load.responseMs));
    return rows;
}

}  // namespace loadpath
