// Entries are read as people write them; what cannot be is said beside the field and changes nothing.
#include "assets.h"
#include "flows_model.h"
#include "inspector_model.h"
#include "quantity.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace loadpath;

class InspectorTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Document> m_document;
    std::unique_ptr<InspectorModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    QVariant at(const char* key, InspectorModel::Role role) const {
        for (int i = 0; i < m_model->count(); ++i)
            if (m_model->index(i).data(InspectorModel::KeyRole).toString() == QLatin1String(key))
                return m_model->index(i).data(role);
        return QStringLiteral("(no such row)");
    }
    QString text(const char* key) const { return at(key, InspectorModel::TextRole).toString(); }
    QString problem(const char* key) const { return at(key, InspectorModel::ProblemRole).toString(); }
    bool enter(const char* key, const char* entry) {
        return m_model->setText(QString::fromLatin1(key), QString::fromUtf8(entry));
    }
    Value stated(const char* id, const char* key) const {
        const Component* c = m_document->design().components.find({id});
        const auto it = c->properties.find(std::string_view(key));
        return it == c->properties.end() ? Value() : it->second;
    }

private slots:
    void init() {
        m_document = std::make_unique<Document>(builtInCatalog());
        m_model = std::make_unique<InspectorModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setDocument(m_document.get());
    }
    void cleanup() {
        m_tester.reset();
        m_model.reset();
        m_document.reset();
    }

    void aProductSetsItsValuesInOneStep() {
        const QString id = m_document->addComponent("lb_l7", 0, 0);
        const std::string key = id.toStdString();
        m_document->selection()->select(id);
        QVERIFY(at("preset", InspectorModel::ChoiceLabelsRole).toStringList().contains("Nginx, self-run"));
        QVERIFY(!at("preset", InspectorModel::IsStatedRole).toBool());
        QVERIFY(enter("preset", "nginx"));
        QCOMPARE(stated(key.c_str(), "managed"), Value(false));
        QCOMPARE(stated(key.c_str(), "instances"), Value(2));
        QCOMPARE(stated(key.c_str(), "preset"), Value());  // the file knows values, not products
        QCOMPARE(text("preset"), QString("nginx"));
        QVERIFY(enter("preset", "alb"));
        QCOMPARE(stated(key.c_str(), "managed"), Value(true));
        QCOMPARE(stated(key.c_str(), "instances"), Value());  // what the other product had said is gone
        m_document->undo();
        QCOMPARE(text("preset"), QString("nginx"));
        m_document->undo();
        QCOMPARE(stated(key.c_str(), "managed"), Value());
        QVERIFY(!enter("preset", "nothing of the kind"));
        QVERIFY(!problem("preset").isEmpty());
    }

    void quantitiesAreReadAsPeopleWriteThem_data() {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<double>("value");
        QTest::newRow("plain") << "250"
                               << "ms" << 250.0;
        QTest::newRow("fraction") << "0.5"
                                  << "ms" << 0.5;
        QTest::newRow("exponent") << "1e6"
                                  << "" << 1e6;
        QTest::newRow("k") << "1.5k"
                           << "1/s" << 1500.0;
        QTest::newRow("M") << "2 M"
                           << "" << 2e6;
        QTest::newRow("grouped") << "10,000"
                                 << "" << 10000.0;
        QTest::newRow("own unit") << "200 ms"
                                  << "ms" << 200.0;
        QTest::newRow("seconds") << "2 s"
                                 << "ms" << 2000.0;
        QTest::newRow("minutes") << "5 min"
                                 << "s" << 300.0;
        QTest::newRow("percent") << "99.95%"
                                 << "share" << 0.9995;
        QTest::newRow("percent, spaced") << "99.95 %"
                                         << "share" << 0.9995;
        QTest::newRow("percent unsaid") << "99.95"
                                        << "share" << 0.9995;
        QTest::newRow("share") << "0.9995"
                               << "share" << 0.9995;
        QTest::newRow("size") << "512 MB"
                              << "GB" << 0.512;
        QTest::newRow("binary size") << "1 KiB"
                                     << "B" << 1024.0;
        QTest::newRow("rate") << "1.5k rps"
                              << "1/s" << 1500.0;
        QTest::newRow("per minute") << "600/min"
                                    << "1/s" << 10.0;
        QTest::newRow("negative") << "-1"
                                  << "" << -1.0;
    }
    void quantitiesAreReadAsPeopleWriteThem() {
        QFETCH(QString, entry);
        QFETCH(QString, unit);
        QFETCH(double, value);
        const auto read = parseQuantity(entry, unit.toStdString());
        QVERIFY(read.has_value());
        QVERIFY2(qFuzzyCompare(*read, value), qPrintable(QString::number(*read, 'g', 17)));
    }

    void whatIsNoQuantityIsRefused_data() {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("unit");
        QTest::newRow("words") << "many"
                               << "";
        QTest::newRow("nothing") << ""
                                 << "ms";
        QTest::newRow("other unit") << "5 GB"
                                    << "ms";
        QTest::newRow("percent of ms") << "5 %"
                                       << "ms";
        QTest::newRow("two numbers") << "5 6"
                                     << "ms";
        QTest::newRow("infinite") << "inf"
                                  << "ms";
        QTest::newRow("not a number") << "nan"
                                      << "ms";
        QTest::newRow("rest") << "5 s later"
                              << "ms";
    }
    void whatIsNoQuantityIsRefused() {
        QFETCH(QString, entry);
        QFETCH(QString, unit);
        QVERIFY(!parseQuantity(entry, unit.toStdString()).has_value());
    }

    void shownTextReadsBackAsTheSameNumber() {
        for (const double value :
             {0.0, 1.0, 0.1, 0.9999, 0.99999, 0.123456789012, 12500.0, 1e-6, 86400.0, 3.3333333333333335})
            for (const char* unit : {"ms", "share"}) {
                if (unit == std::string_view("share") && value > 1) continue;
                const auto back = parseQuantity(quantityText(value, unit), unit);
                QVERIFY2(back && std::abs(*back - value) <= 1e-14 * std::max(1.0, value),
                         qPrintable(quantityText(value, unit)));
            }
        QCOMPARE(quantityText(0.9995, "share"), QStringLiteral("99.95 %"));
    }

    void availabilityIsNeverRoundedUpToWhole() {
        QCOMPARE(availabilityText(0.999890), QStringLiteral("99.989\u202f%"));
        QCOMPARE(availabilityText(0.990025), QStringLiteral("99\u202f%"));
        QCOMPARE(availabilityText(1.0), QStringLiteral("100\u202f%"));
        for (const double down : {1e-3, 1e-5, 1e-7, 1e-9, 1e-11, 1e-13})
            QVERIFY2(!availabilityText(1 - down).startsWith(QStringLiteral("100")),
                     qPrintable(availabilityText(1 - down)));
    }

    void everyTypeOfTheCatalogueCanBeShown() {
        m_model->setShowAdvanced(true);
        for (const ComponentType& type : builtInCatalog()->types) {
            m_document->addComponent(QString::fromStdString(type.id), 0, 0);
            QCOMPARE(m_model->typeId(), QString::fromStdString(type.id));
            QCOMPARE(m_model->count(),
                     int(type.parameters.size()) + (type.presets.empty() ? 2 : 3));  // name, zones, product
            QStringList sections;
            for (const InspectorRow& row : m_model->rows()) {
                QVERIFY2(row.problem.isEmpty(), qPrintable(row.key + row.problem));
                if (sections.isEmpty() || sections.last() != row.section) sections.append(row.section);
            }
            QCOMPARE(sections.removeDuplicates(), 0);  // each stands together
            QCOMPARE(sections.first(), QStringLiteral("General"));
        }
    }

    void anEntryIsOneUndoableStep() {
        m_document->addComponent(QStringLiteral("redis"), 0, 0);
        QCOMPARE(at("hit_ratio", InspectorModel::FallbackTextRole).toString(), QStringLiteral("90 %"));
        QCOMPARE(at("hit_ratio", InspectorModel::IsStatedRole).toBool(), false);
        QVERIFY(enter("hit_ratio", "85%"));
        QCOMPARE(stated("redis", "hit_ratio"), Value(0.85));
        QCOMPARE(text("hit_ratio"), QStringLiteral("85 %"));
        QCOMPARE(at("hit_ratio", InspectorModel::IsStatedRole).toBool(), true);
        m_document->undo();
        QVERIFY(stated("redis", "hit_ratio").isNull());
        QCOMPARE(text("hit_ratio"), QString());
        m_document->redo();
        m_model->reset(QStringLiteral("hit_ratio"));
        QVERIFY(stated("redis", "hit_ratio").isNull());
        QVERIFY(enter("hit_ratio", "70 %"));
        QVERIFY(enter("hit_ratio", ""));
        QVERIFY(stated("redis", "hit_ratio").isNull());
    }

    void whatCannotBeIsSaidBesideTheField() {
        m_document->addComponent(QStringLiteral("redis"), 0, 0);
        const int revision = m_document->revision();
        QVERIFY(!enter("hit_ratio", "150 %"));
        QVERIFY(problem("hit_ratio").contains(QStringLiteral("“Hit ratio”")));
        QCOMPARE(text("hit_ratio"), QStringLiteral("150 %"));  // to be corrected, not typed anew
        QVERIFY(!enter("instances", "2.5"));
        QVERIFY(!enter("instances", "some"));
        QVERIFY(!enter("topology", "ring"));
        QVERIFY(!problem("topology").isEmpty());
        QCOMPARE(m_document->revision(), revision);
        QVERIFY(enter("hit_ratio", "0.5"));
        QCOMPARE(problem("hit_ratio"), QString());
        m_document->selection()->clear();
        m_document->selection()->select(QStringLiteral("redis"));
        QCOMPARE(problem("topology"), QString());  // it is not the design's problem
    }

    void aValueOutOfRangeInTheFileIsShownAsAProblem() {
        m_document->addComponent(QStringLiteral("redis"), 0, 0);
        QVERIFY(
            m_document->push(loadpath::setProperty(m_document->design(), ComponentId{"redis"}, "hit_ratio", Value(7)),
                             QStringLiteral("as from a file")));
        QVERIFY(!problem("hit_ratio").isEmpty());
        QVERIFY(
            m_document->push(loadpath::setProperty(m_document->design(), ComponentId{"redis"}, "colour", Value("red")),
                             QStringLiteral("as from a file")));
        QVERIFY(!problem("colour").isEmpty());
        QVERIFY(at("colour", InspectorModel::ReadOnlyRole).toBool());
    }

    void structuredValuesAreEditedAsJson() {
        m_document->addComponent(QStringLiteral("kafka"), 0, 0);
        QVERIFY(!enter("topics", "[{\"name\": \"clicks\", \"partitions\": 12"));
        QVERIFY(!problem("topics").isEmpty());
        QVERIFY(!enter("topics", "{\"name\": \"clicks\"}"));
        QVERIFY(!enter("topics", "[{\"name\": \"clicks\", \"partitoins\": 12}]"));
        QVERIFY2(problem("topics").contains(QStringLiteral("partitoins")), qPrintable(problem("topics")));
        QVERIFY(!enter("topics", "[{\"name\": \"clicks\", \"partitions\": 0}]"));
        QVERIFY(stated("kafka", "topics").isNull());
        QVERIFY(enter("topics", "[{\"name\": \"clicks\", \"partitions\": 12}]"));
        QCOMPARE(stated("kafka", "topics").list()->size(), std::size_t{1});
        QVERIFY(text("topics").contains(QStringLiteral("\"partitions\": 12")));
    }

    void switchesChoicesAndTicks() {
        m_document->addZone(1000, 1000, 300, 300);
        m_document->addComponent(QStringLiteral("postgres"), 0, 0);
        QVERIFY(m_model->setValue(QStringLiteral("managed"), true));
        QCOMPARE(stated("postgres", "managed"), Value(true));
        QVERIFY(m_model->setValue(QStringLiteral("instances"), 3));
        QCOMPARE(stated("postgres", "instances"), Value(3));
        QVERIFY(m_model->setValue(QStringLiteral("failover"), QStringLiteral("auto")));
        QCOMPARE(stated("postgres", "failover"), Value("auto"));
        QCOMPARE(at("zones", InspectorModel::ChoicesRole).toStringList(), QStringList{QStringLiteral("zone")});
        QVERIFY(m_model->setValue(QStringLiteral("zones"), QStringList{QStringLiteral("zone")}));
        QCOMPARE(m_document->design().components.find({"postgres"})->zones, std::vector<ZoneId>{{"zone"}});
        QVERIFY(m_model->setValue(QStringLiteral("zones"), QStringList()));
        QVERIFY(m_document->design().components.find({"postgres"})->zones.empty());
    }

    void connectionsOfferWhatThePairSpeaks() {
        m_document->addComponent(QStringLiteral("service"), 0, 0);
        m_document->addComponent(QStringLiteral("kafka"), 300, 0);
        QVERIFY(m_document->connectComponents(QStringLiteral("service"), QStringLiteral("kafka")));
        QCOMPARE(m_model->subject(), QStringLiteral("connection"));
        QCOMPARE(m_model->title(), QStringLiteral("Service → Kafka"));
        QCOMPARE(text("mode"), QStringLiteral("publish"));
        QVERIFY(at("protocol", InspectorModel::ChoicesRole).toStringList().contains(QStringLiteral("kafka")));
        QVERIFY(!enter("protocol", "sql"));
        QVERIFY(enter("topic", "default"));
    }

    void withNothingSelectedTheDocumentIsShown() {
        QCOMPARE(m_model->subject(), QStringLiteral("document"));
        QVERIFY(enter("document.name", "Shop"));
        QCOMPARE(m_document->title(), QStringLiteral("Shop"));
        QVERIFY(enter("requirements.availability_slo", "99.9 %"));
        QCOMPARE(m_document->design().header.requirements.availabilitySlo, std::optional(0.999));
        QVERIFY(enter("requirements.dau", "1M"));
        QCOMPARE(m_document->design().header.requirements.dau, std::optional(1e6));
        QVERIFY(!enter("requirements.availability_slo", "120 %"));
        QVERIFY(enter("requirements.functional", "Browse\nBuy\n"));
        QCOMPARE(m_document->design().header.requirements.functional, (std::vector<std::string>{"Browse", "Buy"}));
        QCOMPARE(text("requirements.functional"), QStringLiteral("Browse\nBuy"));
        while (m_document->canUndo()) m_document->undo();
        QVERIFY(m_document->design() == Design{});
    }

    void zonesAndNotes() {
        m_document->addZone(0, 0, 300, 300);
        QVERIFY(enter("name", "eu-west-1a"));
        QVERIFY(enter("kind", "region"));
        QVERIFY(enter("availability", "99.99 %"));
        const Zone& zone = m_document->design().zones[0];
        QCOMPARE(zone.name, "eu-west-1a");
        QCOMPARE(zone.kind, "region");
        QCOMPARE(zone.properties.at("availability"), Value(0.9999));
        m_document->addNote(0, 0, QStringLiteral("hello"));
        QCOMPARE(m_model->subject(), QStringLiteral("note"));
        QVERIFY(enter("text", "Black Friday\nis the case"));
        QCOMPARE(m_document->design().notes[0].text, "Black Friday\nis the case");
    }

    void flowsAreEditedInTheirList() {
        FlowsModel flows;
        QAbstractItemModelTester tester(&flows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        flows.setDocument(m_document.get());
        QCOMPARE(m_document->addFlow(), QString());
        m_document->addComponent(QStringLiteral("client"), 0, 0);
        const QString id = m_document->addFlow();
        QCOMPARE(flows.count(), 1);
        QCOMPARE(flows.entryIds(), QStringList{QStringLiteral("client")});
        QVERIFY(flows.setText(id, QStringLiteral("name"), QStringLiteral("Browse")));
        QVERIFY(flows.setText(id, QStringLiteral("share"), QStringLiteral("80 %")));
        QVERIFY(!flows.setText(id, QStringLiteral("share"), QStringLiteral("lots")));
        QVERIFY(!flows.setText(id, QStringLiteral("op"), QStringLiteral("erase")));
        QVERIFY(flows.setText(id, QStringLiteral("op"), QStringLiteral("write")));
        QVERIFY(flows.setText(id, QStringLiteral("p99_ms"), QStringLiteral("0.2 s")));
        const Flow& flow = m_document->design().flows[0];
        QCOMPARE(flow.name, "Browse");
        QCOMPARE(flow.share, 0.8);
        QVERIFY(flow.op == Op::write);
        QCOMPARE(flow.p99Ms, std::optional(200.0));
        const QString second = m_document->addFlow();
        QVERIFY(std::abs(m_document->design().flows[1].share - 0.2) < 1e-12);
        m_document->deleteItem(second);
        QCOMPARE(flows.count(), 1);
        m_document->deleteItem(QStringLiteral("client"));
        QCOMPARE(flows.count(), 0);
    }
};

QTEST_MAIN(InspectorTest)
#include "inspector.moc"
