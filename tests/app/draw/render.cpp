// What the renderer draws, by its pixels, in both themes and at every distance.
#include "support/drawing.h"

#include <QTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

namespace {

constexpr double noFigure = std::numeric_limits<double>::quiet_NaN();

int count(const QImage& image, QRgb colour, const QRect& area) {
    int found = 0;
    for (int y = area.top(); y <= area.bottom(); ++y)
        for (int x = area.left(); x <= area.right(); ++x) {
            const QRgb p = image.pixel(x, y);
            if (std::abs(qRed(p) - qRed(colour)) + std::abs(qGreen(p) - qGreen(colour)) +
                    std::abs(qBlue(p) - qBlue(colour)) <
                12)
                ++found;
        }
    return found;
}

DiagramView viewAt(ThemeKind theme, double zoom, QPointF origin = {-20, -20}, QSizeF size = {820, 300}) {
    DiagramView view;
    view.theme = theme;
    view.zoom = zoom;
    view.origin = origin;
    view.size = size;
    view.grid = false;
    return view;
}

}  // namespace

class RenderTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_scene = std::make_unique<Scene>(builtInCatalog());
        m_scene->setDesign(smallDesign());
    }

    void bothThemes_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("light") << int(ThemeKind::light);
        QTest::newRow("dark") << int(ThemeKind::dark);
    }
    void bothThemes() {
        QFETCH(int, kind);
        const ThemeKind theme = ThemeKind(kind);
        const Tokens& t = tokens(theme);
        const QImage image = picture(*m_scene, viewAt(theme, 1));
        QCOMPARE(image.pixel(3, 3) & 0xffffff, t.canvas & 0xffffff);
        // The client's card stands at (0,120): view (20,140).
        QCOMPARE(image.pixel(20 + 100, 140 + 60) & 0xffffff, t.raised & 0xffffff);
        QCOMPARE(image.pixel(20 + 13, 140 + 20) & 0xffffff,
                 mixed(t.raised, t.category("edge").fill, t.tileTint) & 0xffffff);
        // Icon, name and line are there.
        QVERIFY(count(image, t.category("edge").glyph, QRect(30, 150, 40, 46)) > 15);
        QVERIFY(count(image, t.text, QRect(78, 150, 100, 24)) > 40);
        QVERIFY(count(image, t.muted, QRect(78, 168, 110, 24)) > 15);
        // The line between client and service, and its arrowhead.
        for (const int x : {205, 250, 300}) {
            QVERIFY(std::abs(qGreen(image.pixel(x, 172)) - qGreen(t.canvas)) > 40);
            QVERIFY(std::abs(qGreen(image.pixel(x, 168)) - qGreen(t.canvas)) < 12);
        }
        QVERIFY(count(image, t.connection, QRect(298, 168, 10, 10)) > 20);
        // The zone is tinted and has its name.
        QVERIFY((image.pixel(20 + 500, 60 + 40) & 0xffffff) != (t.canvas & 0xffffff));
        QVERIFY(count(image, t.accentText, QRect(20 + 264, 60 + 8, 60, 24)) > 5);
    }

    void utilisationHasTheColourOfItsRange_data() {
        QTest::addColumn<double>("share");
        QTest::addColumn<uint>("colour");
        QTest::newRow("39 %") << 0.39 << uint(lightTokens.ok);
        QTest::newRow("69 %") << 0.69 << uint(lightTokens.ok);
        QTest::newRow("70 %") << 0.70 << uint(lightTokens.warning);
        QTest::newRow("90 %") << 0.90 << uint(lightTokens.error);
        QTest::newRow("234 %") << 2.34 << uint(lightTokens.error);
    }
    void utilisationHasTheColourOfItsRange() {
        QFETCH(double, share);
        QFETCH(uint, colour);
        CardState state;
        state.utilisation = share;
        m_scene->setCardState({"api"}, state);
        const QImage image = picture(*m_scene, viewAt(ThemeKind::light, 1));
        const int x = 20 + 288 + 58, y = 140 + 51;
        const int wide = count(image, colour, QRect(x, y - 1, 74, 2)) / 2;
        QVERIFY2(std::abs(wide - 74 * std::min(share, 1.0)) <= 4, qPrintable(QString::number(wide)));
    }

    void aCardWithoutStationHasNoBar() {
        const QImage image = picture(*m_scene, viewAt(ThemeKind::light, 1));
        QCOMPARE(count(image, lightTokens.track, QRect(20 + 288 + 58, 140 + 49, 74, 5)), 0);
    }

    void findingsShowAsABadge() {
        CardState state;
        state.findings = 2;
        state.worst = Tone::error;
        m_scene->setCardState({"api"}, state);
        const QImage image = picture(*m_scene, viewAt(ThemeKind::light, 1));
        QVERIFY(count(image, lightTokens.error, QRect(20 + 288 + 176 - 12, 140 - 8, 22, 22)) > 60);
    }

    void downIsSaidInAWord() {
        CardState state;
        state.down = true;
        state.utilisation = 0.5;
        m_scene->setCardState({"api"}, state);
        const QImage image = picture(*m_scene, viewAt(ThemeKind::light, 1));
        const QRect line(20 + 288 + 58, 140 + 33, 40, 16);
        QVERIFY(count(image, lightTokens.errorText, line) > 15);
        QCOMPARE(count(image, lightTokens.ok, QRect(20 + 288, 140, 176, 66)), 0);
    }

    void selectionIsARing() {
        const QRect above(20 + 288 + 20, 140 - 5, 100, 4);
        QCOMPARE(count(picture(*m_scene, viewAt(ThemeKind::light, 1)), lightTokens.accent, above), 0);
        m_scene->setSelection({QStringLiteral("api")});
        QVERIFY(count(picture(*m_scene, viewAt(ThemeKind::light, 1)), lightTokens.accent, above) > 80);
    }

    void replicasStandBehind() {
        Design design = m_scene->design();
        Component api = *design.components.find({"api"});
        const QPoint behind(20 + 288 + 176 + 4, 140 + 20);
        const QRgb before = picture(*m_scene, viewAt(ThemeKind::light, 1)).pixel(behind);
        api.properties["instances"] = 4;
        applyEdits(design, {Put<Component>{api, std::nullopt}});
        m_scene->setDesign(design);
        QCOMPARE(m_scene->cards()[1].stack, 3);
        QVERIFY(picture(*m_scene, viewAt(ThemeKind::light, 1)).pixel(behind) != before);
    }

    void longNamesStayInTheirCard() {
        Design design = m_scene->design();
        const QRect outside(20 + 176 + 2, 120, 80, 40);
        const QImage before = picture(*m_scene, viewAt(ThemeKind::light, 1)).copy(outside);
        Component users = *design.components.find({"users"});
        users.name = std::string(300, 'W');
        applyEdits(design, {Put<Component>{users, std::nullopt}});
        m_scene->setDesign(design);
        for (const double zoom : {1.0, 0.8}) {
            const QImage image = picture(*m_scene, viewAt(ThemeKind::light, zoom));
            QVERIFY(count(image, lightTokens.text,
                          QRect(int((20 + 58) * zoom), int(140 * zoom), int(110 * zoom), int(60 * zoom))) > 10);
            if (zoom == 1.0) QCOMPARE(image.copy(outside), before);
        }
    }

    void everyDistanceDraws_data() {
        QTest::addColumn<double>("zoom");
        for (const double zoom : {2.0, 1.0, 0.5, 0.3, 0.2, 0.1, 0.05}) QTest::addRow("%g", zoom) << zoom;
    }
    void everyDistanceDraws() {
        QFETCH(double, zoom);
        m_scene->setDesign(crowd(12, 8));
        const QImage image = picture(*m_scene, viewAt(ThemeKind::light, zoom, {0, 0}, {1200, 700}));
        // In the middle of the first card in the view there is a card and not the canvas.
        for (const int index : {0, 1, 13}) {
            const QPointF c = m_scene->cards()[std::size_t(index)].rect.center() * zoom;
            if (!image.rect().contains(c.toPoint())) continue;
            QVERIFY((image.pixel(c.toPoint()) & 0xffffff) != (lightTokens.canvas & 0xffffff));
        }
        QVERIFY(image.pixel(0, image.height() - 1) != 0);
    }

    void theSameSceneGivesTheSamePixels() {
        const QImage a = picture(*m_scene, viewAt(ThemeKind::dark, 0.8)),
                     b = picture(*m_scene, viewAt(ThemeKind::dark, 0.8));
        QCOMPARE(a, b);
        QVERIFY(count(a, 0xffff00ff, a.rect()) == 0);
    }

    void dotsHaveTheColourOfTheirKind() {
        const QImage image =
            picture(*m_scene, viewAt(ThemeKind::light, 1),
                    {{{220, 153}, TrafficDot::Kind::success}, {{250, 153}, TrafficDot::Kind::failure}});
        QCOMPARE(image.pixel(240, 173) & 0xffffff, lightTokens.ok & 0xffffff);
        QCOMPARE(image.pixel(270, 173) & 0xffffff, lightTokens.error & 0xffffff);
    }

    void theMinimapShowsCardsAndView() {
        QImage image(200, 120, QImage::Format_ARGB32_Premultiplied);
        image.fill(QColor(lightTokens.raised));
        QPainter painter(&image);
        DiagramPainter().paintMinimap(painter, *m_scene, ThemeKind::light, QRectF(0, 0, 200, 120),
                                      QRectF(0, 0, 300, 200));
        painter.end();
        QVERIFY(count(image, lightTokens.connection, image.rect()) > 50);
        QVERIFY(count(image, lightTokens.accent, image.rect()) > 20);
    }

private:
    std::unique_ptr<Scene> m_scene;
};

QTEST_MAIN(RenderTest)
#include "render.moc"
