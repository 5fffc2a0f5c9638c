#include "simulation_runner.h"

#include "qt_values.h"
#include "quantity.h"

#include <QLocale>
#include <QtCharts/QXYSeries>

#include <algorithm>
#include <cmath>
#include <limits>

namespace loadpath {
namespace {

constexpr double longestRunS = 4 * 3600;
constexpr double sampleS = 0.5;
constexpr qsizetype chartPoints = 1400;
constexpr double chartWindowS = 60;

const QStringList& chartNames() {
    static const QStringList names{QStringLiteral("throughput"), QStringLiteral("offered"), QStringLiteral("p50"),
                                   QStringLiteral("p95"),        QStringLiteral("p99"),     QStringLiteral("errors"),
                                   QStringLiteral("queue"),      QStringLiteral("lag")};
    return names;
}

/// Samples that the simulator keeps: fewer where each is large.
std::size_t samplesKept(const FlowGraph& graph) {
    const std::size_t width = graph.nodes.size() + graph.links.size() + 1;
    return std::clamp<std::size_t>(1'000'000 / width, 64, 1024);
}

double peakRate(const Snapshot& snapshot) {
    double rate = 0;
    for (const FlowPath& flow : snapshot.graph().flows)
        if (!flow.derived) rate += flow.rateRps;
    return rate;
}

struct FaultChoice {
    const char* kind;
    const char* text;
    const char* parameter;  // null: none
    double value;
};
constexpr FaultChoice choices[] = {
    {"instance_down", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Kill an instance"), "count", 1},
    {"component_down", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Take it down"), nullptr, 0},
    {"zone_down", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Cut the zone"), nullptr, 0},
    {"slow", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Slow × 5"), "factor", 5},
    {"error_rate", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Fail every second request"), "rate", 0.5},
    {"latency", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Add 200 ms on the way"), "add_ms", 200},
    {"cache_flush", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Empty the cache"), nullptr, 0},
    {"poison_message", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Send a message that always fails"), "count", 1},
    {"backlog", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Add a backlog of 10,000 messages"), "messages", 10000},
    {"load", QT_TRANSLATE_NOOP("loadpath::SimulationRunner", "Flash crowd × 3"), "factor", 3},
};

}  // namespace

SimulationRunner::SimulationRunner(Document* document, QObject* parent) : QObject(parent), m_document(document) {
    connect(document, &Document::changed, this, [this](const DesignChange& change) {
        if (change.reset) {
            stop();
            clear();
            setScenario({});
            setLoad(1);
        } else if (!change.geometryOnly && m_state != State::stopped) {
            setOutdated(true);
        }
        if (change.reset || !change.scenarios.empty()) emit scenariosChanged();
    });
}

SimulationRunner::~SimulationRunner() = default;

QString SimulationRunner::state() const {
    switch (m_state) {
        case State::running:
            return QStringLiteral("running");
        case State::paused:
            return QStringLiteral("paused");
        case State::stopped:
            break;
    }
    return QStringLiteral("stopped");
}

void SimulationRunner::setState(State state) {
    if (state == m_state) return;
    m_state = state;
    emit stateChanged();
}

void SimulationRunner::setOutdated(bool outdated) {
    if (outdated == m_outdated) return;
    m_outdated = outdated;
    emit outdatedChanged();
}

void SimulationRunner::clear() {
    for (QList<QPointF>& chart : m_charts) chart.clear();
    m_components.clear();
    m_connections.clear();
    m_flowFigures.clear();
    m_faults.clear();
    m_metrics = {};
    m_timeS = 0;
    m_eventsPerSecond = 0;
    m_finished = m_lagging = false;
    emit faultsChanged();
    emit chartsChanged();
    emit frame();
}

void SimulationRunner::launch() {
    m_worker.reset();
    clear();
    setOutdated(false);
    m_snapshot = Snapshot::of(m_document->design(), m_document->catalog());
    Scenario scenario;
    scenario.durationS = longestRunS;
    if (const ScenarioSpec* spec = m_document->design().scenarios.find({m_scenario.toStdString()}))
        scenario = Scenario::of(*spec);
    scenario.warmupS = std::min(scenario.warmupS, m_scenario.isEmpty() ? 0.0 : scenario.warmupS);
    scenario.load *= m_load;
    if (m_scenario.isEmpty()) scenario.seed = m_seed;
    scenario.seriesStepS = sampleS;
    scenario.seriesKeep = samplesKept(m_snapshot->graph());
    std::string reason;
    if (m_snapshot->graph().flows.empty())
        reason = tr("Nothing sends requests: place a client and connect it.").toStdString();
    for (const std::string& problem : problems(scenario, *m_snapshot)) reason += problem + '\n';
    if (!reason.empty()) {
        emit failed(toQt(reason).trimmed());
        return;
    }
    const unsigned long run = ++m_run;
    m_worker = std::make_unique<SimulationWorker>(m_snapshot, scenario, m_speed, [this, run](SimulationFrame frame) {
        // The worker is joined before this object goes; what still waits in the queue goes with it.
        QMetaObject::invokeMethod(
            this,
            [this, run, frame = std::make_shared<SimulationFrame>(std::move(frame))] {
                if (run == m_run && m_worker) accept(*frame);
            },
            Qt::QueuedConnection);
    });
    setState(State::running);
    emit loadChanged();
}

void SimulationRunner::start() {
    if (m_state == State::paused)
        resume();
    else if (m_state == State::stopped)
        launch();
}

void SimulationRunner::restart() {
    stop();
    launch();
}

void SimulationRunner::pause() {
    if (m_state != State::running) return;
    m_worker->setPaused(true);
    setState(State::paused);
}

void SimulationRunner::resume() {
    if (m_state != State::paused) return;
    m_worker->setPaused(false);
    setState(State::running);
}

void SimulationRunner::stop() {
    if (m_state == State::stopped) return;
    ++m_run;
    m_worker.reset();
    m_components.clear();
    m_connections.clear();
    m_faults.clear();
    setOutdated(false);
    setState(State::stopped);
    emit faultsChanged();
    emit loadChanged();
    emit frame();
}

void SimulationRunner::step() {
    if (m_state == State::stopped) {
        launch();
        if (m_state == State::stopped) return;
    }
    m_worker->step();
    setState(State::paused);
}

void SimulationRunner::runTo(double seconds) {
    if (m_state == State::stopped) {
        launch();
        if (m_state == State::stopped) return;
    }
    m_worker->runTo(seconds);
    setState(State::running);
}

void SimulationRunner::setSpeed(double speed) {
    if (!(speed >= 0) || speed == m_speed) return;
    m_speed = speed;
    if (m_worker) m_worker->setSpeed(speed);
    emit speedChanged();
}

void SimulationRunner::setLoad(double load) {
    load = std::clamp(load, 0.0, 1000.0);
    if (load == m_load) return;
    m_load = load;
    if (m_worker) m_worker->setLoad(load);
    emit loadChanged();
}

void SimulationRunner::setSeed(int seed) {
    if (seed == m_seed) return;
    m_seed = seed;
    emit seedChanged();
}

void SimulationRunner::setScenario(const QString& id) {
    if (id == m_scenario) return;
    m_scenario = id;
    emit scenarioChanged();
}

QVariantList SimulationRunner::scenarios() const {
    QVariantList rows;
    for (const ScenarioSpec& spec : m_document->design().scenarios)
        rows.append(QVariantMap{{QStringLiteral("id"), toQt(spec.id.value)},
                                {QStringLiteral("name"), toQt(spec.name.empty() ? spec.id.value : spec.name)}});
    return rows;
}

QString SimulationRunner::loadText() const {
    const QString factor = tr("%1 × peak").arg(QLocale().toString(m_load, 'f', m_load < 10 ? 1 : 0));
    return m_state == State::stopped ? factor
                                     : QStringLiteral("%1 (%2)").arg(rateText(peakRate(*m_snapshot) * m_load), factor);
}

QString SimulationRunner::timeText() const {
    const auto seconds = static_cast<qint64>(m_timeS);
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600, 2, 10, QLatin1Char('0'))
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

void SimulationRunner::accept(const SimulationFrame& received) {
    m_worker->acknowledge();
    m_timeS = received.progress.timeS;
    if (received.reached) setState(State::paused);
    m_eventsPerSecond = received.eventsPerSecond;
    m_lagging = received.lagging;
    for (const ChartSample& s : received.samples) {
        const double values[chartCount] = {s.throughputRps, s.offeredRps,       s.p50Ms, s.p95Ms,
                                           s.p99Ms,         100 * s.errorShare, s.queue, s.lag};
        for (int i = 0; i < chartCount; ++i) m_charts[i].append(QPointF(s.timeS, values[i]));
    }
    for (QList<QPointF>& chart : m_charts)
        if (chart.size() > chartPoints) chart.remove(0, chart.size() - chartPoints);
    const FlowGraph& graph = m_snapshot->graph();
    for (std::size_t i = 0; i < received.components.size(); ++i) {
        const ComponentSample& s = received.components[i];
        m_components[toQt(graph.nodes[i].id.value)] = {
            s.utilisation, s.arrivalRps, s.queue, s.inSystem, s.lag, s.up, graph.nodes[i].instances};
    }
    for (std::size_t i = 0; i < received.connections.size(); ++i) {
        const ConnectionSample& s = received.connections[i];
        m_connections[toQt(graph.links[i].id.value)] = {s.callsRps, s.failuresRps, s.retriesRps};
    }
    if (received.metrics) {
        m_metrics = *received.metrics;
        m_flowFigures.clear();
        for (const FlowMetrics& flow : m_metrics.flows)
            m_flowFigures.append(QVariantMap{{QStringLiteral("flow"), toQt(flow.flow)},
                                             {QStringLiteral("name"), m_document->nameOf(toQt(flow.flow))},
                                             {QStringLiteral("throughputText"), rateText(flow.throughputRps)},
                                             {QStringLiteral("errorText"), percentText(flow.errorRatio, 2)},
                                             {QStringLiteral("p50Text"), durationText(flow.latency.p50)},
                                             {QStringLiteral("p99Text"), durationText(flow.latency.p99)}});
    }
    const auto over =
        std::remove_if(m_faults.begin(), m_faults.end(), [this](const ActiveFault& f) { return f.endsS <= m_timeS; });
    if (over != m_faults.end()) {
        m_faults.erase(over, m_faults.end());
        emit faultsChanged();
    }
    if (!received.samples.empty() || received.metrics) emit chartsChanged();
    emit frame();
    if (received.progress.done) {
        m_finished = true;
        stop();
        emit stateChanged();
    }
}

Fault SimulationRunner::faultOf(const QString& kind, const QString& target, const QVariantMap& parameters) const {
    Fault fault;
    fault.kind = kind.toStdString();
    fault.target = target.toStdString();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        if (it.key() == u"duration_s")
            fault.durationS = it.value().toDouble();
        else
            fault.extra.insert_or_assign(it.key().toStdString(), toValue(it.value()));
    }
    return fault;
}

bool SimulationRunner::injectFault(const QString& kind, const QString& target, const QVariantMap& parameters) {
    if (m_state == State::stopped) {
        emit failed(tr("Faults act on a run: start it first."));
        return false;
    }
    const Fault fault = faultOf(kind, target, parameters);
    Scenario trial;
    trial.faults = {fault};
    if (const auto reasons = problems(trial, *m_snapshot); !reasons.empty()) {
        emit failed(toQt(reasons.front()));
        return false;
    }
    m_worker->inject(fault);
    // Emptying a cache or sending messages is over as soon as it is done.
    const bool lasts = kind != u"cache_flush" && kind != u"backlog" && kind != u"poison_message";
    if (lasts)
        m_faults.push_back(
            {fault, fault.durationS ? m_timeS + *fault.durationS : std::numeric_limits<double>::infinity()});
    emit faultsChanged();
    return true;
}

void SimulationRunner::liftFaults() {
    if (m_worker) m_worker->liftFaults();
    m_faults.clear();
    emit faultsChanged();
}

QString SimulationRunner::describe(const Fault& fault) const {
    QString text = toQt(fault.kind).replace(u'_', u' ');
    for (const FaultChoice& choice : choices) {
        const auto parameter =
            choice.parameter ? fault.extra.find(std::string_view(choice.parameter)) : fault.extra.end();
        const bool usual =
            !choice.parameter || parameter == fault.extra.end() || parameter->second.number() == choice.value;
        if (fault.kind == choice.kind && usual) text = tr(choice.text);
    }
    return fault.target.empty() ? text : QStringLiteral("%1: %2").arg(m_document->nameOf(toQt(fault.target)), text);
}

QVariantList SimulationRunner::activeFaults() const {
    QVariantList rows;
    for (const ActiveFault& active : m_faults)
        rows.append(QVariantMap{{QStringLiteral("kind"), toQt(active.fault.kind)},
                                {QStringLiteral("target"), toQt(active.fault.target)},
                                {QStringLiteral("text"), describe(active.fault)}});
    return rows;
}

QVariantList SimulationRunner::faultsFor(const QString& id) const {
    QVariantList rows;
    const std::shared_ptr<const Snapshot> snapshot =
        m_state == State::stopped ? Snapshot::of(m_document->design(), m_document->catalog()) : m_snapshot;
    for (const FaultChoice& choice : choices) {
        QVariantMap parameters;
        if (choice.parameter) parameters.insert(QString::fromLatin1(choice.parameter), choice.value);
        const QString kind = QString::fromLatin1(choice.kind);
        Scenario trial;
        trial.faults = {faultOf(kind, id, parameters)};
        if (!problems(trial, *snapshot).empty()) continue;
        rows.append(QVariantMap{{QStringLiteral("kind"), kind},
                                {QStringLiteral("text"), tr(choice.text)},
                                {QStringLiteral("parameters"), parameters}});
    }
    return rows;
}

QList<QPointF> SimulationRunner::points(const QString& name) const {
    const qsizetype index = chartNames().indexOf(name);
    return index < 0 ? QList<QPointF>() : m_charts[index];
}

void SimulationRunner::fillSeries(QObject* series, const QString& name) const {
    if (auto* line = qobject_cast<QXYSeries*>(series)) line->replace(points(name));
}

double SimulationRunner::chartToS() const {
    const double newest = m_charts[0].isEmpty() ? 0 : m_charts[0].last().x();
    return std::max(newest, chartFromS() + chartWindowS);
}

double SimulationRunner::chartFromS() const {
    if (m_charts[0].isEmpty()) return 0;
    // At a higher speed the window is longer, so that a curve does not rush by.
    const double window = chartWindowS * (m_speed == 0 ? 10 : std::clamp(m_speed, 1.0, 10.0));
    return std::max({0.0, m_charts[0].last().x() - window, m_charts[0].first().x() - sampleS});
}

double SimulationRunner::chartMaximum(const QStringList& names) const {
    double maximum = 0;
    const double from = chartFromS();
    for (const QString& name : names)
        for (const QPointF& point : points(name))
            if (point.x() >= from && std::isfinite(point.y())) maximum = std::max(maximum, point.y());
    return maximum;
}

const LiveComponent* SimulationRunner::component(const ComponentId& id) const {
    const auto at = m_components.constFind(toQt(id.value));
    return at == m_components.constEnd() ? nullptr : &*at;
}

const LiveConnection* SimulationRunner::connection(const ConnectionId& id) const {
    const auto at = m_connections.constFind(toQt(id.value));
    return at == m_connections.constEnd() ? nullptr : &*at;
}

}  // namespace loadpath
