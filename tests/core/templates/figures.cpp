// The reference designs keep the figures that an independent exact engine computed for them: figures.txt
// holds availability, downtime, single points of failure and utilisation of each, final and first attempt.
#include "json/design_json.h"
#include "rules/report.h"
#include "support/catalog.h"

#include <QRegularExpression>
#include <QtTest>

#include <cmath>
#include <set>

using namespace loadpath;

namespace {

const char* const problems[] = {"url-shortener", "chat",         "news-feed",    "notifications",   "rate-limiter",
                                "file-storage",  "autocomplete", "ride-sharing", "video-streaming", "checkout"};

// What a partitioned store contributes was rounded to six digits before it entered the published figures.
constexpr double roundedInputs = 5e-7 * 525600;

struct FlowFigures {
    QString flow, availability;
    double downtime = 0;  // minutes a year
    std::set<std::string> spofs;
};
struct LoadFigures {
    QString component;
    double utilisation = 0, arrival = 0, capacity = 0;
};
struct Figures {
    std::string id;  // of the template
    std::vector<FlowFigures> flows;
    std::vector<LoadFigures> loads;
};

std::vector<Figures> publishedFigures() {
    const std::string text =
        test::fileText(std::filesystem::path(LOADPATH_SOURCE_DIR) / "tests/core/templates/figures.txt");
    static const QRegularExpression heading("^== T(\\d+) (naive|final)$");
    static const QRegularExpression flow("A\\((\\w+)\\)=([\\d.]+) \\((\\d+) min/yr\\)(?: SPOF:([\\w#,]+))?");
    static const QRegularExpression load("(\\w+) ([\\d.]+) \\((\\d+)/(\\d+)\\)");
    std::vector<Figures> all;
    for (const QString& line : QString::fromStdString(text).split('\n', Qt::SkipEmptyParts)) {
        if (const auto match = heading.match(line); match.hasMatch()) {
            const std::string id = problems[match.captured(1).toInt() - 1];
            all.push_back({match.captured(2) == "naive" ? id + "-naive" : id, {}, {}});
            continue;
        }
        for (auto it = flow.globalMatch(line); it.hasNext();) {
            const auto match = it.next();
            FlowFigures figures{match.captured(1), match.captured(2), match.captured(3).toDouble(), {}};
            for (const QString& unit : match.captured(4).split(',', Qt::SkipEmptyParts))
                figures.spofs.insert(unit.section('#', 0, 0).toStdString());
            all.back().flows.push_back(std::move(figures));
        }
        if (!line.contains("ρ:")) continue;
        for (auto it = load.globalMatch(line.section("ρ:", 1)); it.hasNext();) {
            const auto match = it.next();
            all.back().loads.push_back({match.captured(1), match.captured(2).toDouble(), match.captured(3).toDouble(),
                                        match.captured(4).toDouble()});
        }
    }
    return all;
}

Design designOf(const std::string& id) {
    const auto path = std::filesystem::path(LOADPATH_SOURCE_DIR) / "templates" / (id + ".json");
    auto loaded = readDesign(test::fileText(path), *test::catalog());
    if (!loaded) qFatal("%s", describe(loaded.error().front(), id).c_str());
    return loaded->design;
}

/// A flow entered at a broker is no request of the file but what its topic delivers: asked for here by a
/// flow of its own that begins at the broker with that topic.
void addBrokerFlow(Design& design, const std::string& name) {
    for (const Component& component : design.components) {
        const auto topics = component.properties.find("topics");
        const Value::List* list = topics == component.properties.end() ? nullptr : topics->second.list();
        if (!list) continue;
        for (const Value& topic : *list)
            if (const Value* own = topic.find("name"); own && own->text() && *own->text() == name) {
                Flow flow;
                flow.id = FlowId{name};
                flow.entry = component.id;
                flow.op = Op::write;
                design.flows.put(flow, std::nullopt);
                return;
            }
    }
}

const FlowAvailability* availabilityOf(const AvailabilityReport& report, const FlowGraph& graph, const QString& flow) {
    for (const FlowAvailability& figures : report.flows)
        if (QString::fromStdString(graph.flows[std::size_t(figures.flow)].id.value) == flow) return &figures;
    return nullptr;
}

/// A component that is called like a flow of the same design has "-svc" behind its name.
int nodeOf(const FlowGraph& graph, const QString& component) {
    const int node = graph.node({component.toStdString()});
    return node >= 0 ? node : graph.node({component.toStdString() + "-svc"});
}

/// Rounded to a whole number this is the published one.
bool roundsTo(double value, double published) { return std::abs(value - published) <= 0.5 + 1e-6; }

}  // namespace

class FiguresTest : public QObject {
    Q_OBJECT

    static void addAll() {
        QTest::addColumn<int>("index");
        const auto all = publishedFigures();
        for (std::size_t i = 0; i < all.size(); ++i) QTest::newRow(all[i].id.c_str()) << int(i);
    }

private slots:
    void everyDesignHasItsFigures() {
        std::set<std::string> known;
        std::size_t flows = 0, loads = 0;
        for (const Figures& figures : publishedFigures()) {
            QVERIFY2(known.insert(figures.id).second, figures.id.c_str());
            QVERIFY2(!figures.flows.empty() && !figures.loads.empty(), figures.id.c_str());
            flows += figures.flows.size();
            loads += figures.loads.size();
        }
        QCOMPARE(known.size(), std::size_t(20));
        QCOMPARE(flows, std::size_t(33));
        QCOMPARE(loads, std::size_t(95));
    }

    void availability_data() { addAll(); }
    void availability() {
        QFETCH(int, index);
        const Figures figures = publishedFigures()[std::size_t(index)];
        Design design = designOf(figures.id);
        for (const FlowFigures& flow : figures.flows)
            if (!design.flows.find(FlowId{flow.flow.toStdString()})) addBrokerFlow(design, flow.flow.toStdString());
        const auto snapshot = Snapshot::of(std::move(design), test::catalog());
        const FlowGraph& graph = snapshot->graph();
        const AvailabilityReport report = analyseAvailability(*snapshot);
        for (const FlowFigures& flow : figures.flows) {
            const FlowAvailability* computed = availabilityOf(report, graph, flow.flow);
            QVERIFY2(computed, qPrintable(flow.flow));
            QVERIFY(computed->exact);
            QCOMPARE(flow.flow + ' ' + QString::number(computed->availability, 'f', 6),
                     flow.flow + ' ' + flow.availability);
            const QString down = flow.flow + ": " + QString::number(computed->downtimeMinYear) + " min";
            QVERIFY2(std::abs(computed->downtimeMinYear - flow.downtime) <= 0.5 + roundedInputs, qPrintable(down));
            std::set<std::string> spofs;
            for (const int node : computed->spofNodes) spofs.insert(graph.nodes[std::size_t(node)].id.value);
            QCOMPARE(spofs, flow.spofs);
            QVERIFY(computed->spofDomains.empty());
        }
    }

    void utilisation_data() { addAll(); }
    void utilisation() {
        QFETCH(int, index);
        const Figures figures = publishedFigures()[std::size_t(index)];
        const auto snapshot = Snapshot::of(designOf(figures.id), test::catalog());
        const CapacityReport report = analyseCapacity(*snapshot);
        for (const LoadFigures& load : figures.loads) {
            const int node = nodeOf(snapshot->graph(), load.component);
            QVERIFY2(node >= 0, qPrintable(load.component));
            const ComponentLoad& computed = report.nodes[std::size_t(node)];
            const QString got = load.component + QString(": %1, %2 of %3 a second")
                                                     .arg(computed.utilisation)
                                                     .arg(computed.arrivalRps)
                                                     .arg(computed.capacityRps);
            QVERIFY2(std::abs(computed.utilisation - load.utilisation) <= 0.005 + 1e-9, qPrintable(got));
            QVERIFY2(roundsTo(computed.arrivalRps, load.arrival), qPrintable(got));
            QVERIFY2(roundsTo(computed.capacityRps, load.capacity), qPrintable(got));
        }
    }
};

QTEST_APPLESS_MAIN(FiguresTest)
#include "figures.moc"
