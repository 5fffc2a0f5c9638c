// What the window promises at rest: no warnings, everything within its borders, names for everything.
#include "support/window_fixture.h"

#include <QAccessible>
#include <QApplication>

using namespace loadpath;
using loadpath::test::Complaints;
using loadpath::test::WindowFixture;

namespace {

void collect(QQuickItem* item, QList<QQuickItem*>& into) {
    if (!item->isVisible()) return;
    into << item;
    const QList<QQuickItem*> children = item->childItems();
    for (QQuickItem* child : children) collect(child, into);
}

QRectF inWindow(const QQuickItem* item) { return item->mapRectToScene(QRectF(0, 0, item->width(), item->height())); }

}  // namespace

class WindowLooks : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { prepareApplication(); }

    void nothingComplainsWhileEveryPanelIsVisited() {
        const Complaints complaints;
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        QVERIFY(w.view);
        for (const QString& theme : {QStringLiteral("dark"), QStringLiteral("light")}) {
            w.workspace.setThemeMode(theme);
            for (const Qt::Key tab : {Qt::Key_4, Qt::Key_5, Qt::Key_6}) w.key(tab, Qt::ControlModifier);
            w.key(Qt::Key_3, Qt::ControlModifier);
            w.key(Qt::Key_T, Qt::ControlModifier);
            w.key(Qt::Key_Escape);
            w.key(Qt::Key_F1);
            w.key(Qt::Key_Escape);
        }
        for (const Component& c : w.document().design().components) {
            w.document().selection()->select(QString::fromStdString(c.id.value));
            QTest::qWait(5);
        }
        w.document().selection()->clear();
        w.workspace.newDocument();
        QTest::qWait(100);
        QCOMPARE(complaints.texts(), QStringList());
    }
    void everythingFits_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("projector") << QSize(1280, 720);
        QTest::newRow("laptop") << QSize(1600, 1000);
        QTest::newRow("screen") << QSize(1920, 1080);
    }
    void everythingFits() {
        QFETCH(QSize, size);
        WindowFixture w(QStringLiteral("template:url-shortener"), size);
        w.key(Qt::Key_3, Qt::ControlModifier);
        QTest::qWait(50);
        const QRectF all(0, 0, size.width(), size.height());
        const auto apart = [&](const char* left, const char* right) {
            QVERIFY2(w.shown(left) && w.shown(right), left);
            QVERIFY2(inWindow(w.find(left)).right() <= inWindow(w.find(right)).left(), left);
        };
        apart("documentTitle", "fileButton");
        apart("themeButton", "availabilityFigure");
        apart("findingsFigure", "runButton");
        apart("loadLabel", "killButton");
        apart("liftButton", "chartsFold");
        apart("chartsFold", "sideTabs");
        for (const char* name : {"runButton", "chartsFold", "zoomOutButton", "paletteSearch", "queueChart", "sideTabs"})
            QVERIFY2(all.contains(inWindow(w.find(name))), name);
    }
    void whateverTakesTheKeyboardHasAName() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        w.document().selection()->select(QString::fromStdString(w.document().design().components.begin()->id.value));
        w.key(Qt::Key_3, Qt::ControlModifier);
        QTest::qWait(50);
        QList<QQuickItem*> items;
        collect(w.view->contentItem(), items);
        int named = 0;
        for (QQuickItem* item : std::as_const(items)) {
            if (!item->activeFocusOnTab() || !item->isEnabled()) continue;
            QAccessibleInterface* face = QAccessible::queryAccessibleInterface(item);
            const QString what = QString::fromLatin1(item->metaObject()->className()) + " " + item->objectName();
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), qPrintable(what));
            ++named;
        }
        QVERIFY(named > 20);
    }
    void theKeyboardReachesEveryPanel() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        QSet<QString> reached;
        for (int i = 0; i < 150; ++i) {
            w.view->activeFocusItem() ? void() : void(QTest::qWait(1));
            QTest::keyClick(w.view, Qt::Key_Tab);
            if (const QQuickItem* item = w.view->activeFocusItem()) reached << item->objectName();
        }
        for (const char* name : {"fileButton", "runButton", "paletteSearch", "canvas", "playButton", "propertiesTab"})
            QVERIFY2(reached.contains(QString::fromLatin1(name)), name);
    }
    void bothThemesDrawDifferentPictures() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        const QImage light = w.view->grabWindow();
        w.workspace.setThemeMode(QStringLiteral("dark"));
        QTest::qWait(50);
        const QImage dark = w.view->grabWindow();
        QVERIFY(light.pixelColor(700, 20).lightness() > 200);
        QVERIFY(dark.pixelColor(700, 20).lightness() < 60);
    }
};

QTEST_MAIN(WindowLooks)
#include "looks.moc"
