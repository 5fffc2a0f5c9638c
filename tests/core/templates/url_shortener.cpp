// The URL shortener, the first of the reference designs: its published figures come out.
#include "json/design_json.h"
#include "rules/report.h"
#include "support/catalog.h"

#include <QtTest>

#include <cmath>
#include <set>

using namespace loadpath;

namespace {

std::string textOf(const char* file) {
    return test::fileText(std::filesystem::path(LOADPATH_SOURCE_DIR) / "templates" / file);
}

Design designIn(const char* file) {
    auto loaded = readDesign(textOf(file), *test::catalog());
    if (!loaded) qFatal("%s", describe(loaded.error().front(), file).c_str());
    return loaded->design;
}

const Report& reportOn(const char* file) {
    static std::map<std::string, Report> reports;
    const auto known = reports.find(file);
    if (known != reports.end()) return known->second;
    return reports.emplace(file, evaluate(Snapshot::of(designIn(file), test::catalog()))).first->second;
}

QString sixDigits(double value) { return QString::number(value, 'f', 6); }

QString availabilityOf(const Report& report, const std::string& flow) {
    for (const FlowAvailability& figures : report.availability.flows)
        if (report.snapshot->graph().flows[static_cast<std::size_t>(figures.flow)].id.value == flow)
            return sixDigits(figures.availability);
    return "no such flow";
}

/// ρ of every component that has one, to two decimals.
std::map<std::string, std::string> utilisations(const Report& report) {
    std::map<std::string, std::string> figures;
    const FlowGraph& graph = report.snapshot->graph();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (const double rho = report.capacity.nodes[i].utilisation; !std::isnan(rho))
            figures[graph.nodes[i].id.value] = QString::number(rho, 'f', 2).toStdString();
    return figures;
}

std::set<std::string> keysOf(const Report& report, Severity severity) {
    std::set<std::string> keys;
    for (const Finding& finding : report.findings)
        if (finding.severity == severity && !finding.acknowledged) keys.insert(finding.key());
    return keys;
}

QString listed(const std::set<std::string>& keys) {
    QStringList words;
    for (const std::string& key : keys) words << QString::fromStdString(key);
    return words.join(' ');
}

constexpr const char* final = "url-shortener.json";
constexpr const char* naive = "url-shortener-naive.json";

}  // namespace

class UrlShortenerTest : public QObject {
    Q_OBJECT
private slots:
    void requirementsFlowsAndScenariosAreComplete() {
        for (const char* file : {final, naive}) {
            const Design design = designIn(file);
            QVERIFY(!design.header.description.empty());
            const Requirements& needs = design.header.requirements;
            QVERIFY(needs.functional.size() >= 3);
            QVERIFY(needs.dau && needs.requestsPerUserDay && needs.peakFactor && needs.availabilitySlo && needs.p99Ms);
            // The estimate and the drawn load are the same within a percent.
            const double estimated = *needs.dau * *needs.requestsPerUserDay / 86400 * *needs.peakFactor;
            QVERIFY(std::abs(estimated / 11690 - 1) < 0.01);
            QCOMPARE(design.flows.size(), std::size_t(2));
            QVERIFY(std::abs(design.flows[0].share * 11690 - 11574) < 1e-9);
            QVERIFY(std::abs(design.flows[1].share * 11690 - 116) < 1e-9);
            QCOMPARE(design.flows[0].share + design.flows[1].share, 1.0);
            QVERIFY(design.scenarios.size() >= 2);
            QVERIFY(design.notes.size() >= 2);
        }
        std::set<std::string> faults;
        for (const ScenarioSpec& scenario : designIn(final).scenarios)
            for (const Fault& fault : scenario.faults) faults.insert(fault.kind);
        QVERIFY(faults.contains("cache_flush") && faults.contains("zone_down") && faults.contains("instance_down"));
    }

    void theFinalOneIsAsAvailableAsPromised() {
        QCOMPARE(availabilityOf(reportOn(final), "read"), QString("0.999890"));
        QCOMPARE(availabilityOf(reportOn(final), "write"), QString("0.999800"));
        for (const FlowAvailability& flow : reportOn(final).availability.flows) {
            QVERIFY(flow.exact);
            QVERIFY(flow.spofNodes.empty() && flow.spofDomains.empty());
        }
    }

    void theFinalOneHasRoom() {
        // The warehouse takes one batch for 10,000 clicks: 1.16 a second of 10.
        const std::map<std::string, std::string> expected = {{"rd", "0.39"},  {"an", "0.10"}, {"gw", "0.08"},
                                                             {"red", "0.02"}, {"k", "0.02"},  {"wr", "0.01"},
                                                             {"dw", "0.12"}};
        QCOMPARE(utilisations(reportOn(final)), expected);
        const Report& report = reportOn(final);
        QCOMPARE(report.capacity.saturatesFirst, report.snapshot->graph().node({"rd"}));
        QVERIFY(std::abs(report.capacity.headroom - 30000.0 / 11574) < 1e-9);
    }

    void theFinalOneHasNoErrorsAndNoOpenWarnings() {
        QCOMPARE(listed(keysOf(reportOn(final), Severity::error)), QString());
        QCOMPARE(listed(keysOf(reportOn(final), Severity::warning)), QString());
    }

    void theNaiveOneFailsAsPromised() {
        QCOMPARE(availabilityOf(reportOn(naive), "read"), QString("0.990025"));
        QCOMPARE(availabilityOf(reportOn(naive), "write"), QString("0.990025"));
        const std::map<std::string, std::string> expected = {{"s", "2.34"}, {"db", "0.73"}};
        QCOMPARE(utilisations(reportOn(naive)), expected);
    }

    void theNaiveOneShowsItsMistakes() {
        std::set<std::string> found;
        for (const Finding& finding : reportOn(naive).findings) {
            std::string text(finding.rule);
            for (const ComponentId& component : finding.components) text += ' ' + component.value;
            found.insert(text);
            QVERIFY2(!finding.acknowledged, text.c_str());
        }
        for (const char* mistake : {"spof s", "spof db", "overload s", "high-utilisation db", "no-timeout s"})
            QVERIFY2(found.contains(mistake), mistake);
        QVERIFY(std::any_of(found.begin(), found.end(),
                            [](const std::string& f) { return f.starts_with("slo-unreachable"); }));
        QVERIFY(!found.contains("high-utilisation s"));  // overload says it already
    }
};

QTEST_APPLESS_MAIN(UrlShortenerTest)
#include "url_shortener.moc"
