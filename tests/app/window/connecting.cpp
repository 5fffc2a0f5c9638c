// Connecting with the pointer and by keyboard, and saying what a connection is, on the real window.
#include "support/window_fixture.h"

#include <QAccessible>

using namespace loadpath;
using namespace loadpath::test;

namespace {

/// client, service and store in a row, a queue below; nothing connected.
struct Row {
    QString client, service, store, queue;
    explicit Row(WindowFixture& w) {
        client = w.document().addComponent(QStringLiteral("client"), 0, 0);
        service = w.document().addComponent(QStringLiteral("service"), 360, 0);
        store = w.document().addComponent(QStringLiteral("postgres"), 720, 0);
        queue = w.document().addComponent(QStringLiteral("kafka"), 360, 240);
        w.canvas()->fit();
        w.document().selection()->clear();
        QTest::qWait(30);
    }
};

const Connection& lastLine(WindowFixture& w) {
    const Table<Connection>& lines = w.document().design().connections;
    return lines[lines.size() - 1];
}

QString spoken(const Connection& line, const char* key) {
    const auto it = line.properties.find(std::string_view(key));
    return it == line.properties.end() || !it->second.text() ? QString() : QString::fromStdString(*it->second.text());
}

/// Opens a chooser of the bar and takes the entry, with the mouse.
bool choose(WindowFixture& w, const QString& name, const QString& entry) {
    if (!w.click(name)) return false;
    const auto row = [&]() -> QQuickItem* {
        QList<QQuickItem*> open{w.view->contentItem()};
        while (!open.isEmpty()) {
            QQuickItem* item = open.takeFirst();
            if (item->isVisible() && item->inherits("QQuickItemDelegate") && item->property("text") == entry)
                return item;
            open.append(item->childItems());
        }
        return nullptr;
    };
    if (!QTest::qWaitFor([&] { return row() != nullptr; }, 3000)) return false;
    QTest::qWait(50);
    QTest::mouseClick(w.view, Qt::LeftButton, Qt::NoModifier, WindowFixture::centreOf(row()));
    QTest::qWait(30);
    return true;
}

}  // namespace

class ConnectingTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { prepareApplication(); }

    void aNewLineSaysWhatItIsAndIsChangedAtOnce() {
        const Complaints complaints;
        WindowFixture w({}, {1600, 1000});
        const Row row(w);
        w.drag(w.rightPort(row.service), w.card(row.queue));
        QCOMPARE(w.document().design().connections.size(), 1u);
        QVERIFY(w.appears(QStringLiteral("choice:bar.mode")));
        QCOMPARE(lastLine(w).mode, Mode::publish);
        // The bar leaves both cards free, so that the next line can be drawn.
        const QRectF bar = w.find(QStringLiteral("choice:bar.mode"))->mapRectToScene(QRectF(0, 0, 112, 30));
        QVERIFY(!bar.contains(w.card(row.queue)) && !bar.contains(w.card(row.service)));
        QVERIFY(w.click(QStringLiteral("entry:bar.label")));
        w.type(QStringLiteral("orders"));
        w.key(Qt::Key_Return);
        QCOMPARE(lastLine(w).label, std::string("orders"));
        // Drawing goes on without closing anything first.
        w.drag(w.rightPort(row.client), w.card(row.service));
        QCOMPARE(w.document().design().connections.size(), 2u);
        QVERIFY(w.appears(QStringLiteral("choice:bar.protocol")));
        QCOMPARE(spoken(lastLine(w), "protocol"), QStringLiteral("https"));
        QVERIFY(choose(w, QStringLiteral("choice:bar.protocol"), QStringLiteral("grpc")));
        QCOMPARE(spoken(lastLine(w), "protocol"), QStringLiteral("grpc"));
        // Escape on the canvas lets go of the line, and the bar goes with it.
        w.canvas()->forceActiveFocus();
        w.key(Qt::Key_Escape);
        QVERIFY(w.disappears(QStringLiteral("choice:bar.mode")));
        QCOMPARE(complaints.texts(), QStringList());
    }

    void theModeOfAChosenLineIsSetByDoubleClick() {
        const Complaints complaints;
        WindowFixture w({}, {1600, 1000});
        const QString a = w.document().addComponent(QStringLiteral("postgres"), 0, 0);
        const QString b = w.document().addComponent(QStringLiteral("postgres_replica"), 480, 0);
        QVERIFY(w.document().connectComponents(a, b));
        const QString id = w.document().selection()->primaryId();
        w.canvas()->fit();
        w.document().selection()->clear();
        QTest::qWait(30);
        const QPoint on = (w.rightPort(a) * 3 + w.card(b)) / 4;
        QTest::mouseDClick(w.view, Qt::LeftButton, Qt::NoModifier, on);
        QVERIFY(w.appears(QStringLiteral("choice:bar.mode")));
        QCOMPARE(w.document().selection()->primaryId(), id);
        const Mode before = lastLine(w).mode;
        const QStringList modes = w.find(QStringLiteral("choice:bar.mode"))->property("model").toStringList();
        QVERIFY(modes.size() >= 2);
        const QString other = modes[0] == QString::fromUtf8(name(before).data()) ? modes[1] : modes[0];
        QVERIFY(choose(w, QStringLiteral("choice:bar.mode"), other));
        QCOMPARE(QString::fromStdString(std::string(name(lastLine(w).mode))), other);
        w.document().undo();
        QCOMPARE(lastLine(w).mode, before);
        QCOMPARE(complaints.texts(), QStringList());
    }

    void theFlowsThatTakeALineAreTicked() {
        const Complaints complaints;
        WindowFixture w({}, {1600, 1000});
        const Row row(w);
        const std::string reads = w.document().addFlow(row.client).toStdString();
        const std::string writes = w.document().addFlow(row.client).toStdString();
        w.drag(w.rightPort(row.client), w.card(row.service));
        QVERIFY(w.appears(QStringLiteral("members:flows")));
        QCOMPARE(w.find(QStringLiteral("members:flows"))->property("text").toString(), QStringLiteral("All flows"));
        QVERIFY(w.click(QStringLiteral("members:flows")));
        const auto stated = [&] {
            const auto it = lastLine(w).properties.find(std::string_view("flows"));
            return it == lastLine(w).properties.end() ? Value() : it->second;
        };
        QVERIFY(w.click(QStringLiteral("chip:flows:") + QString::fromStdString(writes)));
        QCOMPARE(stated(), Value(Value::List{Value(reads)}));
        // All of them again is what nobody needs to say.
        QVERIFY(w.click(QStringLiteral("chip:flows:") + QString::fromStdString(writes)));
        QCOMPARE(stated(), Value());
        QCOMPARE(complaints.texts(), QStringList());
    }

    void aLineIsDrawnByKeyboardAlone() {
        const Complaints complaints;
        WindowFixture w({}, {1600, 1000});
        const Row row(w);
        w.canvas()->forceActiveFocus(Qt::TabFocusReason);
        w.key(Qt::Key_Tab);
        QCOMPARE(w.document().selection()->primaryId(), row.client);
        w.key(Qt::Key_C);
        QVERIFY(w.appears(QStringLiteral("toolHint")));
        const auto hint = [&] { return w.find(QStringLiteral("toolHint"))->property("text").toString(); };
        QVERIFY2(hint().contains(QStringLiteral("Enter connects")), qPrintable(hint()));
        QVERIFY(hint().contains(w.document().nameOf(row.service)));
        // To the store, by arrows: not allowed, and Enter does nothing but say so.
        w.key(Qt::Key_Right);
        QVERIFY2(hint().contains(w.document().nameOf(row.store)) && hint().contains(QStringLiteral("datastore")),
                 qPrintable(hint()));
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(w.find(QStringLiteral("toolHint")));
        QCOMPARE(spoken->text(QAccessible::Name), hint());
        w.key(Qt::Key_Return);
        QVERIFY(w.document().design().connections.empty());
        QVERIFY(w.canvas()->isDragging());
        // Tab goes over what is not allowed.
        w.key(Qt::Key_Tab);
        QVERIFY(hint().contains(QStringLiteral("Enter connects")));
        w.key(Qt::Key_Return);
        QCOMPARE(w.document().design().connections.size(), 1u);
        QCOMPARE(QString::fromStdString(lastLine(w).from.value), row.client);
        QCOMPARE(QString::fromStdString(lastLine(w).to.value), row.service);
        QVERIFY(hint().isEmpty());
        // Its bar has the keyboard: Escape gives it back to the canvas.
        QVERIFY(w.appears(QStringLiteral("choice:bar.mode")));
        QTRY_VERIFY(w.find(QStringLiteral("choice:bar.mode"))->hasActiveFocus());
        w.key(Qt::Key_Escape);
        QVERIFY(w.disappears(QStringLiteral("choice:bar.mode")));
        QTRY_VERIFY(w.canvas()->hasActiveFocus());
        // Enter on the line opens it again.
        w.key(Qt::Key_Return);
        QVERIFY(w.appears(QStringLiteral("choice:bar.mode")));
        QCOMPARE(complaints.texts(), QStringList());
    }

    void escapeEndsDrawingByKeyboard() {
        WindowFixture w({}, {1600, 1000});
        const Row row(w);
        w.document().selection()->select(row.client);
        w.canvas()->forceActiveFocus();
        w.key(Qt::Key_C);
        QVERIFY(w.canvas()->isDragging());
        w.key(Qt::Key_Escape);
        QVERIFY(!w.canvas()->isDragging());
        QCOMPARE(w.document().selection()->primaryId(), row.client);
        // A press with the pointer ends it too, and does what a press does.
        w.key(Qt::Key_C);
        QTest::mouseClick(w.view, Qt::LeftButton, Qt::NoModifier, w.card(row.store));
        QVERIFY(!w.canvas()->isDragging());
        QCOMPARE(w.document().selection()->primaryId(), row.store);
        QVERIFY(w.document().design().connections.empty());
    }

    void theMenuAndTheCommandsReachBoth() {
        const Complaints complaints;
        WindowFixture w({}, {1600, 1000});
        const Row row(w);
        QTest::mouseClick(w.view, Qt::RightButton, Qt::NoModifier, w.card(row.service));
        QVERIFY(w.click(QStringLiteral("connectRow")));
        QTRY_VERIFY(w.canvas()->isDragging());
        w.key(Qt::Key_Return);
        QCOMPARE(w.document().design().connections.size(), 1u);
        w.key(Qt::Key_Escape);
        QVERIFY(w.disappears(QStringLiteral("choice:bar.mode")));
        w.document().selection()->select(row.client);
        w.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(w.appears(QStringLiteral("commandPaletteField")));
        w.type(QStringLiteral("connect to"));
        w.key(Qt::Key_Return);
        QTRY_VERIFY(w.canvas()->isDragging());
        QCOMPARE(complaints.texts(), QStringList());
    }
};

QTEST_MAIN(ConnectingTest)
#include "connecting.moc"
