// What a type lines up with while it is dragged in from the palette, and zones made the same size.
#include "support/canvas_fixture.h"

using namespace loadpath;
using namespace loadpath::test;

class LiningUpTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<CanvasFixture> m_it;

private slots:
    void init() { m_it = std::make_unique<CanvasFixture>(); }
    void cleanup() { m_it.reset(); }

    void aTypeFromThePaletteLinesUp() {
        // 5 px beside the store's edges, which stand off the grid.
        Component off = m_it->component("db");
        off.position = {581, 331};
        m_it->document.push({Put<Component>{off, std::nullopt}}, QStringLiteral("x"));
        const QPointF at = m_it->canvas->toView(QPointF(577 + cardWidth / 2, 600));
        m_it->canvas->showGhost(QStringLiteral("redis"), at);
        const std::vector<QLineF> guides = m_it->canvas->ghostGuides();
        QVERIFY(
            std::any_of(guides.begin(), guides.end(), [](const QLineF& g) { return g.x1() == 581 && g.x2() == 581; }));
        const QString id = m_it->canvas->dropType(QStringLiteral("redis"), at);
        QCOMPARE(m_it->component(id.toUtf8().constData()).position.x, 581.0);
        QVERIFY(m_it->canvas->ghostGuides().empty());
    }

    void zonesAreMadeTheSameSize() {
        const QString other = m_it->document.addZone(0, 400, 200, 100);
        const Design before = m_it->document.design();
        m_it->document.selection()->selectMany({other, QStringLiteral("a")});
        m_it->document.sameSize();
        const Frame frame = *m_it->document.design().zones.find({other.toStdString()})->frame;
        QCOMPARE(frame, (Frame{0, 400, 528, 192}));
        m_it->document.undo();
        QVERIFY(m_it->document.design() == before);
    }
};

QTEST_MAIN(LiningUpTest)
#include "lining_up.moc"
