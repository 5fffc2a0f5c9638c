// The simulator on a real drawing: the URL shortener's utilisations are those of the capacity analysis,
// and a scenario that cannot run says why.
#include "json/design_json.h"
#include "sim/simulator.h"
#include "support/catalog.h"

#include <QtTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

std::shared_ptr<const Snapshot> shortener() {
    const std::string text = fileText(LOADPATH_SOURCE_DIR "/templates/url-shortener.json");
    auto loaded = readDesign(text, *catalog());
    return loaded ? Snapshot::of(loaded->design, catalog()) : nullptr;
}

const ComponentMetrics* component(const Metrics& m, const std::string& id) {
    for (const ComponentMetrics& c : m.components)
        if (c.component == id) return &c;
    return nullptr;
}

}  // namespace

class Templates : public QObject {
    Q_OBJECT

private slots:
    void urlShortenerAtItsPeak() {
        const auto snapshot = shortener();
        QVERIFY(snapshot);
        Scenario scenario;
        scenario.durationS = 5;
        scenario.warmupS = 1;
        Simulator simulator(snapshot, scenario);
        while (simulator.advance(100'000)) {}
        const Metrics m = simulator.metrics();
        for (const auto& [id, expected] : {std::pair{"rd", 11574.0 / 30000},
                                           {"an", 11574.0 / 120000},
                                           {"gw", 11690.0 / 150000},
                                           {"red", 11574.0 / 600000},
                                           {"k", 11574.0 / 600000}}) {
            const ComponentMetrics* c = component(m, id);
            QVERIFY(c && c->utilisation);
            QVERIFY2(std::abs(*c->utilisation - expected) < 0.03 * expected,
                     qPrintable(QString("%1: %2, expected %3").arg(id).arg(*c->utilisation).arg(expected)));
        }
        QVERIFY(std::abs(m.flows[0].throughputRps - 11574) < 0.02 * 11574);
        QVERIFY(m.flows[0].latency.p99 < 100);
        QVERIFY(std::abs(*component(m, "red")->hitRatio - 0.9) < 0.01);
        QCOMPARE(
            m.flows[0].completed + m.flows[0].failed + m.flows[0].timedOut + m.flows[0].rejected + m.flows[0].inFlight,
            m.flows[0].offered);
        QVERIFY(m.flows[0].errorRatio < 1e-3);
    }

    void cutZoneShowsAndHeals() {
        const auto snapshot = shortener();
        Scenario scenario;
        scenario.durationS = 3;
        scenario.warmupS = 0;
        scenario.load = 0.1;
        scenario.seriesStepS = 0.5;
        Fault cut;
        cut.atS = 1;
        cut.kind = "zone_down";
        cut.target = "z1";
        cut.durationS = 1;
        scenario.faults = {cut};
        QVERIFY(problems(scenario, *snapshot).empty());
        const Metrics m = simulate(snapshot, scenario);
        for (std::size_t n = 0; n < m.components.size(); ++n)
            if (m.components[n].component == "rd") {
                QCOMPARE(m.series.components[n][2].up, 4);
                QCOMPARE(m.series.components[n][5].up, 6);
            }
        scenario.faults[0].target = "nowhere";
        QCOMPARE(problems(scenario, *snapshot).size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(Templates)
#include "templates.moc"
