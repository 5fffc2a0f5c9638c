// How many of which units must be up, for the stores that keep copies (model §7.1).
#include "support/draw.h"

#include <QtTest>

using namespace loadpath;
using loadpath::test::Drawing;

class ServingTest : public QObject {
    Q_OBJECT
private slots:
    void everyStoreWithCopiesHasItsRule_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QVariantMap>("values");
        QTest::addColumn<QList<int>>("expected");  // units, replicas, needed to read, needed to write
        const auto row = [](const char* name, const char* type, QVariantMap values, QList<int> expected) {
            QTest::newRow(name) << QString(type) << values << expected;
        };
        row("three members agree", "coordination", {}, {3, 3, 2, 2});
        row("four members survive one loss", "coordination", {{"instances", 4}}, {4, 4, 3, 3});
        row("five survive two", "coordination", {{"instances", 5}}, {5, 5, 3, 3});
        row("replica set", "mongodb", {}, {3, 3, 2, 2});
        row("replica set of five", "mongodb", {{"replica_set", 5}}, {5, 5, 3, 3});
        row("any member reads", "mongodb", {{"read_preference", "nearest"}}, {3, 3, 1, 2});
        row("graph cluster", "neo4j", {{"instances", 3}}, {3, 3, 1, 2});
        row("search", "elasticsearch", {}, {3, 2, 1, 1});
        row("search, more copies than nodes", "elasticsearch", {{"replicas", 9}}, {3, 3, 1, 1});
        row("chunks in three copies", "block_node", {{"instances", 9}}, {9, 3, 1, 1});
        row("chunks in data and parity", "block_node", {{"instances", 9}, {"redundancy", "erasure"}}, {9, 9, 6, 6});
        row("places with one copy", "geo_index", {{"instances", 4}, {"replicas", 1}}, {8, 2, 1, 1});
        row("words without copies", "prefix_index", {{"instances", 4}}, {4, 4, 1, 1});
        row("quorum queue", "rabbitmq", {{"instances", 5}, {"replicas", 3}}, {5, 3, 2, 2});
    }

    void everyStoreWithCopiesHasItsRule() {
        QFETCH(QString, type);
        QFETCH(QVariantMap, values);
        QFETCH(QList<int>, expected);
        Parameters stated;
        for (auto it = values.cbegin(); it != values.cend(); ++it)
            stated[it.key().toStdString()] =
                it->typeId() == QMetaType::Int ? Value(it->toInt()) : Value(it->toString().toStdString());
        Drawing d;
        d.node("store", type.toStdString(), stated);
        const auto snapshot = d.snapshot();
        const Node& node = snapshot->graph().nodes.front();
        QCOMPARE((QList<int>{node.units, node.serving[0].units, node.serving[0].need, node.serving[1].need}), expected);
        QCOMPARE(node.serving[1].units, node.serving[0].units);
    }
};

QTEST_APPLESS_MAIN(ServingTest)
#include "serving.moc"
