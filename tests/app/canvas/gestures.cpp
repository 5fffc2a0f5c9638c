// Thousands of random gestures with pointer and keys: nothing breaks, and all undone is the first bytes.
#include "json/design_json.h"
#include "support/canvas_fixture.h"

#include <random>

using namespace loadpath;
using namespace loadpath::test;

namespace {

class Hand {
public:
    Hand(CanvasFixture& it, unsigned seed) : m_it(it), m_random(seed) {}

    void gesture() {
        switch (below(13)) {
            case 0:
                return m_it.click(place(), any({Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier}));
            case 1:
            case 2:
                return m_it.drag(place(), place(), any({Qt::NoModifier, Qt::ShiftModifier, Qt::AltModifier}));
            case 3:
                return drawLine();
            case 4:
                return key(any({Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}));
            case 5:
                return key(any({Qt::Key_Tab, Qt::Key_Escape, Qt::Key_Space, Qt::Key_C, Qt::Key_Return}));
            case 6:
                if (below(3) == 0) key(Qt::Key_Delete);
                return;
            case 7:
                return key(any({Qt::Key_A, Qt::Key_C, Qt::Key_X, Qt::Key_V, Qt::Key_D, Qt::Key_Z, Qt::Key_Y}),
                           Qt::ControlModifier);
            case 8:
                m_it.canvas->dropType(any({QStringLiteral("service"), QStringLiteral("redis"), QStringLiteral("kafka"),
                                           QStringLiteral("client"), QStringLiteral("postgres")}),
                                      QPointF(place()));
                return;
            case 9:
                return cancelled();
            case 10:
                return arrange();
            case 11:
                return wheel();
            default:
                m_it.document.addZone(below(600), below(300), 120 + below(300), 100 + below(200));
        }
    }

private:
    int below(int n) { return int(m_random() % unsigned(n)); }
    template <class T>
    T any(std::initializer_list<T> of) {
        return *(of.begin() + below(int(of.size())));
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        m_it.canvas->forceActiveFocus();
        m_it.key(key, modifiers);
    }
    /// On something more often than not.
    QPoint place() {
        const std::vector<Card>& cards = m_it.canvas->scene()->cards();
        if (below(4) > 0 && !cards.empty()) {
            const Card& card = cards[std::size_t(below(int(cards.size())))];
            const QPoint at = m_it.canvas->toView(card.rect.center()).toPoint();
            if (card.alive && QRect(0, 0, 1000, 600).contains(at)) return at;
        }
        return {below(1000), below(600)};
    }
    void drawLine() {
        const std::vector<Card>& cards = m_it.canvas->scene()->cards();
        if (cards.empty()) return;
        const Card& card = cards[std::size_t(below(int(cards.size())))];
        if (!card.alive) return;
        const QPoint port = m_it.canvas->toView(Scene::portOf(card, Side::right)).toPoint();
        m_it.drag(port, place());
    }
    void cancelled() {
        m_it.press(place());
        m_it.moveTo(place());
        m_it.moveTo(place());
        m_it.key(Qt::Key_Escape);
        m_it.release(place());
    }
    void arrange() {
        Document& d = m_it.document;
        switch (below(8)) {
            case 0:
                return d.align(any({QStringLiteral("left"), QStringLiteral("middle"), QStringLiteral("bottom")}));
            case 1:
                return d.distribute(below(2) == 0);
            case 2:
                return d.setSelectionLocked(below(2) == 0);
            case 3:
                return below(2) ? d.bringToFront() : d.sendToBack();
            case 4:
                return d.sameSize();
            case 5:
                return d.freeRoutes();
            case 6:
                if (below(4) == 0) d.tidyUp(below(2) == 0);
                return;
            default:
                if (!d.design().zones.empty()) {
                    const Zone& zone = d.design().zones[std::size_t(below(int(d.design().zones.size())))];
                    d.setCollapsed(QString::fromStdString(zone.id.value), !zone.collapsed);
                }
        }
    }
    void wheel() {
        const QPointF at = place();
        QWheelEvent event(at, m_it.window.mapToGlobal(at), {}, {0, below(2) ? 120 : -120}, Qt::NoButton,
                          below(2) ? Qt::ControlModifier : Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&m_it.window, &event);
    }

    CanvasFixture& m_it;
    std::mt19937 m_random;
};

}  // namespace

class GesturesTest : public QObject {
    Q_OBJECT

    static std::string bytes(const Document& document) { return writeDesign(document.design(), *document.catalog()); }

private slots:
    void allUndoneIsTheFirstBytes_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 5; ++seed) QTest::addRow("seed %u", seed) << seed;
    }
    void allUndoneIsTheFirstBytes() {
        QFETCH(unsigned, seed);
        CanvasFixture it;
        const std::string first = bytes(it.document);
        Hand hand(it, seed);
        int edits = 0;
        for (int i = 0; i < 800; ++i) {
            // A crowd would only make every gesture slower, not different.
            if (it.document.componentCount() > 60) it.document.undoStack()->setIndex(0);
            const int before = it.document.revision();
            hand.gesture();
            edits += it.document.revision() != before ? 1 : 0;
        }
        it.key(Qt::Key_Escape);
        QVERIFY(edits > 150);
        // What the canvas shows is what is in the document.
        Scene fresh(it.document.catalog());
        fresh.setDesign(it.document.design());
        QVERIFY(it.canvas->scene()->design() == fresh.design());
        const std::string last = bytes(it.document);
        const int step = it.document.undoStack()->index();  // the last gestures may have undone some
        while (it.document.canUndo()) it.document.undo();
        QCOMPARE(bytes(it.document), first);
        while (it.document.undoStack()->index() < step) it.document.redo();
        QCOMPARE(bytes(it.document), last);
    }
};

QTEST_MAIN(GesturesTest)
#include "gestures.moc"
