// A live run of the document's design: a worker thread pulls the simulator at the chosen speed and
// posts what it sees. The run keeps the design it was started with; an edit makes it outdated, which
// it says, and restart() takes the new design.
#pragma once

#include "document.h"
#include "simulation_worker.h"

#include <QHash>
#include <QPointF>
#include <QVariantList>

namespace loadpath {

struct LiveComponent {
    double utilisation = 0;  // 0..1, over the last sample
    double arrivalRps = 0, queue = 0, inSystem = 0, lag = 0;
    int up = 1, units = 1;
    bool isDown() const { return up == 0; }
};
struct LiveConnection {
    double callsRps = 0, failuresRps = 0, retriesRps = 0;
};

class SimulationRunner : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The workspace has the simulation")
    Q_PROPERTY(QString state READ state NOTIFY stateChanged)  // stopped, running, paused
    Q_PROPERTY(bool finished READ finished NOTIFY stateChanged)
    Q_PROPERTY(bool hasData READ hasData NOTIFY stateChanged)
    Q_PROPERTY(double timeS READ timeS NOTIFY frame)
    Q_PROPERTY(QString timeText READ timeText NOTIFY frame)
    Q_PROPERTY(double eventsPerSecond READ eventsPerSecond NOTIFY frame)
    /// Simulated seconds a second; 0 = as fast as it goes
    Q_PROPERTY(double speed READ speed WRITE setSpeed NOTIFY speedChanged)
    /// Slower than asked because the machine cannot keep up
    Q_PROPERTY(bool lagging READ lagging NOTIFY frame)
    /// Factor on the peak rate of every client
    Q_PROPERTY(double load READ load WRITE setLoad NOTIFY loadChanged)
    Q_PROPERTY(QString loadText READ loadText NOTIFY loadChanged)
    Q_PROPERTY(int seed READ seed WRITE setSeed NOTIFY seedChanged)
    /// The design was edited since the run began; the run goes on with the old one
    Q_PROPERTY(bool outdated READ outdated NOTIFY outdatedChanged)
    Q_PROPERTY(QVariantList activeFaults READ activeFaults NOTIFY faultsChanged)  // {kind, target, text}
    /// Id of the design's scenario that the next run follows; empty: no script, until it is stopped
    Q_PROPERTY(QString scenario READ scenario WRITE setScenario NOTIFY scenarioChanged)
    Q_PROPERTY(QVariantList scenarios READ scenarios NOTIFY scenariosChanged)  // {id, name}
    /// Per flow since the start: flow, name, throughputText, errorText, p50Text, p99Text
    Q_PROPERTY(QVariantList flowFigures READ flowFigures NOTIFY chartsChanged)
    Q_PROPERTY(double chartFromS READ chartFromS NOTIFY chartsChanged)
    Q_PROPERTY(double chartToS READ chartToS NOTIFY chartsChanged)

public:
    explicit SimulationRunner(Document* document, QObject* parent = nullptr);
    ~SimulationRunner() override;

    QString state() const;
    bool finished() const { return m_finished; }
    bool hasData() const { return !m_charts[0].isEmpty(); }
    double timeS() const { return m_timeS; }
    QString timeText() const;
    double eventsPerSecond() const { return m_eventsPerSecond; }
    double speed() const { return m_speed; }
    void setSpeed(double speed);
    bool lagging() const { return m_lagging; }
    double load() const { return m_load; }
    void setLoad(double load);
    QString loadText() const;
    int seed() const { return m_seed; }
    void setSeed(int seed);
    bool outdated() const { return m_outdated; }
    QVariantList activeFaults() const;
    const QString& scenario() const { return m_scenario; }
    void setScenario(const QString& id);
    QVariantList scenarios() const;
    QVariantList flowFigures() const { return m_flowFigures; }
    double chartFromS() const;
    double chartToS() const;

    Q_INVOKABLE void start();
    Q_INVOKABLE void pause();
    Q_INVOKABLE void resume();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void restart();
    /// One sample further, then paused.
    Q_INVOKABLE void step();
    /// As fast as it goes to the simulated time (seconds), then paused exactly there.
    Q_INVOKABLE void runTo(double seconds);
    /// kind and parameters as in the file; target: id of a component, zone or connection. False, with
    /// failed(), when it cannot be.
    Q_INVOKABLE bool injectFault(const QString& kind, const QString& target, const QVariantMap& parameters = {});
    Q_INVOKABLE void liftFaults();
    /// What may be done to an item: {kind, text, parameters}; empty id: to the system as a whole.
    Q_INVOKABLE QVariantList faultsFor(const QString& id) const;

    /// Replaces the points of a line of Qt Charts. Names: throughput, offered, p50, p95, p99, errors (percent), queue,
    /// lag.
    Q_INVOKABLE void fillSeries(QObject* series, const QString& name) const;
    Q_INVOKABLE double chartMaximum(const QStringList& names) const;
    QList<QPointF> points(const QString& name) const;

    bool isActive() const { return m_state != State::stopped; }
    const LiveComponent* component(const ComponentId& id) const;
    const LiveConnection* connection(const ConnectionId& id) const;
    /// As of about half a second ago; complete once the run has ended.
    const Metrics& metrics() const { return m_metrics; }

signals:
    void stateChanged();
    /// Time moved on, or live figures changed: at most 30 a second.
    void frame();
    void chartsChanged();
    void speedChanged();
    void loadChanged();
    void seedChanged();
    void outdatedChanged();
    void faultsChanged();
    void scenarioChanged();
    void scenariosChanged();
    void failed(const QString& reason);

private:
    enum class State { stopped, running, paused };
    void accept(const SimulationFrame& frame);
    void launch();
    void clear();
    Fault faultOf(const QString& kind, const QString& target, const QVariantMap& parameters) const;
    QString describe(const Fault& fault) const;
    void setState(State state);
    void setOutdated(bool outdated);

    Document* m_document;
    State m_state = State::stopped;
    bool m_finished = false, m_lagging = false, m_outdated = false;
    double m_timeS = 0, m_eventsPerSecond = 0, m_speed = 1, m_load = 1;
    int m_seed = 1;
    unsigned long m_run = 0;  // frames of older runs are dropped
    QString m_scenario;
    struct ActiveFault {
        Fault fault;
        double endsS = 0;  // infinite: until it is lifted
    };
    std::vector<ActiveFault> m_faults;
    QVariantList m_flowFigures;
    static constexpr int chartCount = 8;
    QList<QPointF> m_charts[chartCount];
    QHash<QString, LiveComponent> m_components;
    QHash<QString, LiveConnection> m_connections;
    std::shared_ptr<const Snapshot> m_snapshot;
    Metrics m_metrics;
    std::unique_ptr<SimulationWorker> m_worker;
};

}  // namespace loadpath
