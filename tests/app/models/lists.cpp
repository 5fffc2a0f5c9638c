// The lists of the window: palette, templates, and rows that are patched in.
#include "assets.h"
#include "keyed_list_model.h"
#include "palette_model.h"
#include "template_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace loadpath;

namespace {

struct Row {
    QString key;
    int value = 0;
    friend bool operator==(const Row&, const Row&) = default;
};

class PatchedModel : public KeyedListModel<Row> {
public:
    using KeyedListModel::patch;
    QVariant data(const QModelIndex& index, int role) const override {
        const Row* row = rowAt(index);
        return row && role == Qt::DisplayRole ? QVariant(row->key) : QVariant();
    }
};

}  // namespace

class ListsTest : public QObject {
    Q_OBJECT
private slots:
    void patchedRowsAreThoseWantedAndKeepTheirIdentity() {
        PatchedModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            std::vector<Row> wanted;
            for (int i = 0; i < 24; ++i)
                if (random() % 2) wanted.push_back({QString::number(i), int(random() % 3)});
            std::shuffle(wanted.begin(), wanted.end(), random);
            QHash<QString, QPersistentModelIndex> held;
            for (int i = 0; i < model.rowCount(); ++i) held.insert(model.rows()[std::size_t(i)].key, model.index(i));
            model.patch(wanted);
            QVERIFY(model.rows() == wanted);
            for (auto it = held.begin(); it != held.end(); ++it)
                if (it->isValid()) QCOMPARE(it->data().toString(), it.key());
            for (const Row& row : wanted)
                if (held.contains(row.key)) QVERIFY(held[row.key].isValid());
        }
    }

    void whatStaysTheSameIsNotSignalled() {
        PatchedModel model;
        model.patch({{QStringLiteral("a"), 1}, {QStringLiteral("b"), 1}, {QStringLiteral("c"), 1}});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged),
            inserted(&model, &QAbstractItemModel::rowsInserted), removed(&model, &QAbstractItemModel::rowsRemoved);
        model.patch({{QStringLiteral("a"), 1}, {QStringLiteral("b"), 2}, {QStringLiteral("c"), 1}});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(inserted.size() + removed.size(), 0);
    }

    void thePaletteFindsTypesByWhatTheyAreCalled() {
        PaletteModel palette(builtInCatalog());
        QAbstractItemModelTester tester(&palette, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(palette.count(), int(builtInCatalog()->types.size()));
        palette.setFilter(QStringLiteral("memcached"));
        QCOMPARE(palette.count(), 1);
        QCOMPARE(palette.firstMatch(), QStringLiteral("redis"));
        palette.setFilter(QStringLiteral("REDIS"));
        QCOMPARE(palette.firstMatch(), QStringLiteral("redis"));
        palette.setFilter(QStringLiteral("serv"));
        QCOMPARE(palette.firstMatch(), QStringLiteral("service"));
        QVERIFY(palette.firstMatchRow() > 0);  // others only mention it, and stand before it
        palette.setFilter(QStringLiteral("load bal"));
        QCOMPARE(palette.index(0).data(PaletteModel::CategoryRole).toString(), QStringLiteral("network"));
        palette.setFilter(QStringLiteral("no such thing"));
        QCOMPARE(palette.count(), 0);
        QCOMPARE(palette.firstMatch(), QString());
        QCOMPARE(palette.firstMatchRow(), -1);
        palette.setFilter({});
        QCOMPARE(palette.count(), int(builtInCatalog()->types.size()));
        QStringList categories;
        for (int i = 0; i < palette.count(); ++i) {
            const QString category = palette.index(i).data(PaletteModel::CategoryNameRole).toString();
            if (categories.isEmpty() || categories.last() != category) categories.append(category);
        }
        QCOMPARE(categories.removeDuplicates(), 0);
        QCOMPARE(categories.first(), QStringLiteral("Clients & edge"));
    }

    void templatesSayWhatIsInThem() {
        TemplateModel templates(builtInTemplates());
        QAbstractItemModelTester tester(&templates, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(templates.count(), 10);
        QCOMPARE(templates.total(), 10);
        int components = 0;
        for (int i = 0; i < templates.count(); ++i) {
            const QModelIndex row = templates.index(i);
            const auto text = templateText(row.data(TemplateModel::TemplateIdRole).toString().toStdString());
            QVERIFY(text.has_value());
            const auto loaded = readDesign(*text, *builtInCatalog());
            QCOMPARE(row.data(TemplateModel::ComponentsRole).toInt(), int(loaded->design.components.size()));
            QVERIFY(!row.data(TemplateModel::NameRole).toString().isEmpty());
            QVERIFY(!row.data(TemplateModel::DescriptionRole).toString().isEmpty());
            QVERIFY(row.data(TemplateModel::ComponentsRole).toInt() >= components);  // the smallest first
            components = row.data(TemplateModel::ComponentsRole).toInt();
            QVERIFY(templateText(row.data(TemplateModel::FirstAttemptRole).toString().toStdString()));
        }
    }

    void templatesAreFoundByEveryWordOfTheirText() {
        TemplateModel templates(builtInTemplates());
        QAbstractItemModelTester tester(&templates, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy changed(&templates, &TemplateModel::countChanged);
        templates.setFilter(QStringLiteral("SHORT links"));
        QCOMPARE(templates.count(), 1);
        QCOMPARE(templates.index(0).data(TemplateModel::TemplateIdRole).toString(), QStringLiteral("url-shortener"));
        QCOMPARE(templates.total(), 10);
        templates.setFilter(QStringLiteral("no such design"));
        QCOMPARE(templates.count(), 0);
        templates.setFilter({});
        QCOMPARE(templates.count(), 10);
        QCOMPARE(changed.count(), 3);
    }

    void aTemplateWithoutItsAnswerStandsForItself() {
        TemplateModel templates({{"lone-naive", "Lone", "On its own", 3}, {"a", "A", "With nothing beside it", 5}});
        QCOMPARE(templates.count(), 2);
        QCOMPARE(templates.index(0).data(TemplateModel::TemplateIdRole).toString(), QStringLiteral("lone-naive"));
        QVERIFY(templates.index(1).data(TemplateModel::FirstAttemptRole).toString().isEmpty());
    }
};

QTEST_GUILESS_MAIN(ListsTest)
#include "lists.moc"
