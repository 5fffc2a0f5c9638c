// What a screen reader finds: every control of every panel, menu and sheet has a name and says what it is.
#include "support/window_fixture.h"

#include <QAccessible>

using namespace loadpath;
using namespace loadpath::test;

namespace {

/// What someone can press, type into, or choose from.
bool isControl(const QQuickItem* item) {
    for (const char* name : {"QQuickAbstractButton", "QQuickTextField", "QQuickTextArea", "QQuickSlider",
                             "QQuickComboBox", "QQuickSpinBox", "QQuickMenuItem"})
        if (item->inherits(name)) return true;
    return item->activeFocusOnTab();
}

bool saysWhatItIs(QAccessible::Role role) {
    return role != QAccessible::NoRole && role != QAccessible::Client && role != QAccessible::StaticText;
}

QString pathOf(const QQuickItem* item) {
    QStringList parts;
    for (const QQuickItem* at = item; at && parts.size() < 6; at = at->parentItem())
        parts.prepend(QString::fromLatin1(at->metaObject()->className()).section(QStringLiteral("_QML"), 0, 0) + u'#' +
                      at->objectName());
    return parts.join(u'/');
}

class Listener {
public:
    /// Everything to be seen now.
    void visit(const QString& where, const QQuickItem* item) {
        if (!item->isVisible() || item->opacity() == 0) return;
        if (isControl(item) && item->width() > 0 && item->height() > 0) check(where, item);
        const QList<QQuickItem*> children = item->childItems();
        for (const QQuickItem* child : children) visit(where, child);
    }
    const QStringList& faults() const { return m_faults; }
    int controls() const { return int(m_seen.size()); }

private:
    void check(const QString& where, const QQuickItem* item) {
        m_seen.insert(item);
        auto* face = QAccessible::queryAccessibleInterface(const_cast<QQuickItem*>(item));
        const auto fault = [&](const char* what) {
            const QString text = where + ": " + QString::fromLatin1(what) + " " + pathOf(item);
            if (!m_faults.contains(text)) m_faults << text;
        };
        if (!face) return fault("is not there for a screen reader:");
        if (face->text(QAccessible::Name).trimmed().isEmpty()) fault("has no name:");
        if (!saysWhatItIs(face->role())) fault("does not say what it is:");
    }

    QStringList m_faults;
    QSet<const void*> m_seen;
};

}  // namespace

class AccessibilityTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<WindowFixture> m_it;
    Listener m_listener;

    void listen(const char* where) {
        QTest::qWait(60);
        m_listener.visit(QString::fromLatin1(where), m_it->view->contentItem());
    }

private slots:
    void initTestCase() { prepareApplication(); }
    void init() {
        m_it = std::make_unique<WindowFixture>(QStringLiteral("template:url-shortener"), QSize(1600, 1000));
        m_listener = {};
    }
    void cleanup() {
        m_it.reset();
        QVERIFY2(m_listener.faults().isEmpty(), qPrintable(QStringLiteral("\n") + m_listener.faults().join(u'\n')));
    }

    void panels() {
        listen("at rest");
        const int atRest = m_listener.controls();
        QVERIFY(atRest > 60);
        m_it->document().selection()->select(QStringLiteral("red"));
        for (const auto& [key, where] :
             {std::pair(Qt::Key_4, "properties"), std::pair(Qt::Key_5, "findings"), std::pair(Qt::Key_6, "design")}) {
            m_it->key(key, Qt::ControlModifier);
            listen(where);
        }
        m_it->document().addNote(0, 600, QStringLiteral("Why"));
        m_it->key(Qt::Key_H, Qt::ControlModifier);
        QVERIFY(m_it->appears(QStringLiteral("historyStep:1")));
        listen("history");
        m_it->key(Qt::Key_7, Qt::ControlModifier);
        for (int page = 0; page < 5; ++page) {
            m_it->view->setProperty("analysisPage", page);
            listen(qPrintable(QStringLiteral("analysis page %1").arg(page)));
        }
        m_it->key(Qt::Key_7, Qt::ControlModifier | Qt::ShiftModifier);
        for (int page = 0; page < 3; ++page) {
            m_it->view->setProperty("estimatePage", page);
            listen(qPrintable(QStringLiteral("estimates page %1").arg(page)));
        }
        m_it->key(Qt::Key_3, Qt::ControlModifier);
        listen("charts");
        QVERIFY(m_listener.controls() > atRest + 40);
    }

    void whatIsChosen() {
        m_it->key(Qt::Key_4, Qt::ControlModifier);
        const Design& design = m_it->document().design();
        m_it->document().selection()->select(QString::fromStdString(design.connections[0].id.value));
        listen("a connection");
        m_it->document().selection()->select(QString::fromStdString(design.zones[0].id.value));
        listen("a zone");
        m_it->document().selection()->selectMany({QStringLiteral("red"), QStringLiteral("rd")});
        listen("several");
        m_it->document().addNote(0, 600, QStringLiteral("Why"));
        listen("a note");
    }

    void sheetsAndMenus() {
        for (const auto& [key, modifiers, where] :
             {std::tuple(Qt::Key_F1, Qt::KeyboardModifiers(), "shortcuts"),
              std::tuple(Qt::Key_T, Qt::KeyboardModifiers(Qt::ControlModifier), "templates"),
              std::tuple(Qt::Key_K, Qt::KeyboardModifiers(Qt::ControlModifier), "commands"),
              std::tuple(Qt::Key_F, Qt::KeyboardModifiers(Qt::ControlModifier), "find")}) {
            const int before = m_listener.controls();
            m_it->key(key, modifiers);
            listen(where);
            QVERIFY2(m_listener.controls() > before, where);
            m_it->key(Qt::Key_Escape);
            QTest::qWait(40);
        }
        for (const char* button : {"fileButton", "exportButton", "seeButton"}) {
            const int before = m_listener.controls();
            QVERIFY2(m_it->click(QString::fromLatin1(button)), button);
            listen(button);
            QVERIFY2(m_listener.controls() > before, button);
            m_it->key(Qt::Key_Escape);
            QTest::qWait(40);
        }
        for (const QPoint place :
             {m_it->card(QStringLiteral("red")), WindowFixture::centreOf(m_it->canvas()) + QPoint(0, 380)}) {
            QTest::mouseClick(m_it->view, Qt::RightButton, Qt::NoModifier, place);
            listen("menu of the canvas");
            m_it->key(Qt::Key_Escape);
            QTest::qWait(40);
        }
    }

    void whileItRuns() {
        QVERIFY(m_it->click(QStringLiteral("runButton")));
        QTRY_COMPARE(m_it->workspace.simulation()->state(), QStringLiteral("running"));
        m_it->document().selection()->select(QStringLiteral("red"));
        listen("running");
        m_it->key(Qt::Key_F5, Qt::ShiftModifier);
    }

    void theTreeLeadsFromTheWindowToEveryCard() {
        QAccessibleInterface* root = QAccessible::queryAccessibleInterface(m_it->view);
        QVERIFY(root);
        QStringList names;
        std::vector<QAccessibleInterface*> open{root};
        for (std::size_t i = 0; i < open.size() && i < 20'000; ++i) {
            QAccessibleInterface* at = open[i];
            names << at->text(QAccessible::Name);
            for (int child = 0; child < at->childCount(); ++child) {
                QAccessibleInterface* face = at->child(child);
                QVERIFY(face);
                // Up again is where one came from.
                QVERIFY2(at->indexOfChild(face) == child, qPrintable(face->text(QAccessible::Name)));
                open.push_back(face);
            }
        }
        for (const Component& component : m_it->document().design().components)
            if (!component.name.empty())
                QVERIFY2(names.contains(QString::fromStdString(component.name)), component.name.c_str());
        for (const char* panel : {"Side panel", "Run", "File"})
            QVERIFY2(std::any_of(names.begin(), names.end(),
                                 [panel](const QString& name) { return name.contains(QString::fromLatin1(panel)); }),
                     panel);
    }
};

QTEST_MAIN(AccessibilityTest)
#include "accessibility.moc"
