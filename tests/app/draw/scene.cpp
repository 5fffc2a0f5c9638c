// The scene follows the design, knows what lies where, and says which zones a card stands in.
#include "support/drawing.h"

#include <QTest>

#include <random>

using namespace loadpath;
using namespace loadpath::test;

namespace {

Scene sceneOf(const Design& design) {
    Scene scene(builtInCatalog());
    scene.setDesign(design);
    return scene;
}

}  // namespace

class SceneTest : public QObject {
    Q_OBJECT
private slots:
    void hitsWhatLiesUnderThePointer() {
        Design design = smallDesign();
        Note note;
        note.id = {"n"};
        note.position = {0, 300};
        note.text = "Read me";
        applyEdits(design, {Put<Note>{note, std::nullopt}});
        const Scene scene = sceneOf(design);
        const auto hit = [&](double x, double y) { return scene.hit({x, y}, 1); };
        QCOMPARE(hit(300, 140).kind, HitKind::card);
        QCOMPARE(scene.idOf(hit(300, 140)), QStringLiteral("api"));
        QCOMPARE(hit(288 + 176, 153).kind, HitKind::port);
        QCOMPARE(hit(288 + 176, 153).side, Side::right);
        QCOMPARE(hit(288 + 88, 120).side, Side::top);
        QCOMPARE(hit(230, 155).kind, HitKind::line);
        QCOMPARE(scene.idOf(hit(230, 155)), QStringLiteral("c1"));
        QCOMPARE(hit(230, 175).kind, HitKind::nothing);
        QCOMPARE(hit(280, 64).kind, HitKind::zoneTitle);
        QCOMPARE(hit(264, 200).kind, HitKind::zoneEdge);
        QCOMPARE(hit(264, 200).edges, 1);
        QCOMPARE(hit(264 + 528, 48 + 192).edges, 12);
        QCOMPARE(hit(20, 310).kind, HitKind::note);
        QCOMPARE(hit(500, 220).kind, HitKind::nothing);
        // Far away there are no ports to hit, so the whole card can be taken.
        QCOMPARE(scene.hit({288 + 176 - 1, 153}, 0.2).kind, HitKind::card);
    }

    void theUpperOfTwoCardsIsHit() {
        Design design = smallDesign();
        applyEdits(design, {Put<Component>{component("top", "redis", 300, 130), std::nullopt}});
        const Scene scene = sceneOf(design);
        QCOMPARE(scene.idOf(scene.hit({400, 175}, 1)), QStringLiteral("top"));
    }

    void aMarqueeFindsWhatItTouches() {
        const Scene scene = sceneOf(smallDesign());
        QCOMPARE(scene.itemsIn(QRectF(100, 100, 250, 60)),
                 (std::vector<QString>{QStringLiteral("users"), QStringLiteral("api")}));
        QVERIFY(scene.itemsIn(QRectF(190, 0, 50, 50)).empty());
    }

    void aZoneWithoutFrameIsDrawnAroundItsMembers() {
        Design design;
        applyEdits(design, {Put<Zone>{zone("r", std::nullopt), std::nullopt},
                            Put<Zone>{zone("z", std::nullopt, "r"), std::nullopt},
                            Put<Zone>{zone("y", std::nullopt, "r"), std::nullopt},
                            Put<Component>{component("a", "service", 0, 0, {{"z"}}), std::nullopt},
                            Put<Component>{component("b", "service", 0, 600, {{"z"}, {"y"}}), std::nullopt}});
        const Scene scene = sceneOf(design);
        QCOMPARE(scene.containers().size(), 2u);  // y has no member of its own
        const QRectF region = scene.rectOf(QStringLiteral("r")), z = scene.rectOf(QStringLiteral("z"));
        QVERIFY(z.contains(QRectF(0, 0, 176, 66)));
        QVERIFY(!z.contains(QPointF(80, 630)));
        QVERIFY(region.contains(z));
        QVERIFY(region.contains(QRectF(0, 600, 176, 66)));
    }

    void aCardInSeveralZonesNamesThem() {
        Design design = smallDesign();
        Component api = *design.components.find({"api"});
        applyEdits(design, {Put<Zone>{zone("eu-west-1a", std::nullopt), std::nullopt},
                            Put<Zone>{zone("eu-west-1b", std::nullopt), std::nullopt}});
        api.zones = {{"eu-west-1a"}, {"eu-west-1b"}};
        applyEdits(design, {Put<Component>{api, std::nullopt}});
        const Scene scene = sceneOf(design);
        QCOMPARE(scene.cards()[std::size_t(scene.card({"api"}))].chips,
                 (QStringList{QStringLiteral("1a"), QStringLiteral("1b")}));
        QVERIFY(scene.cards()[std::size_t(scene.card({"db"}))].chips.isEmpty());
    }

    void theInnermostFrameIsTheTarget() {
        Design design = smallDesign();
        applyEdits(design, {Put<Zone>{zone("inner", Frame{480, 96, 290, 120}, "a"), std::nullopt}});
        const Scene scene = sceneOf(design);
        QCOMPARE(scene.containers()[std::size_t(scene.framedZoneAt({600, 150}))].id.value, std::string("inner"));
        QCOMPARE(scene.containers()[std::size_t(scene.framedZoneAt({300, 150}))].id.value, std::string("a"));
        QCOMPARE(scene.framedZoneAt({0, 0}), -1);
    }

    void followsEveryEditAsIfMadeAnew() {
        std::mt19937 random(7);
        Design design = crowd(6, 5);
        Scene followed(builtInCatalog());
        followed.setDesign(design);
        for (int step = 0; step < 150; ++step) {
            const std::string id = "n" + std::to_string(random() % 34);
            const Component* c = design.components.find({id});
            Edits edits;
            switch (random() % 5) {
                case 0:
                    edits = {Drop<Component>{{id}}};
                    break;
                case 1:
                    edits = {Put<Component>{component(id, "redis", 24.0 * (random() % 60), 24.0 * (random() % 30)),
                                            std::nullopt}};
                    break;
                case 2: {
                    if (!c) break;
                    Component renamed = *c;
                    renamed.name = "Name " + std::to_string(step);
                    edits = {Put<Component>{renamed, std::nullopt}};
                    break;
                }
                case 3:
                    edits = {Drop<Connection>{{"e" + std::to_string(random() % 40)}}};
                    break;
                default:
                    edits = {Put<Connection>{
                        connection("x" + std::to_string(step), id, "n" + std::to_string(random() % 30)), std::nullopt}};
            }
            applyEdits(design, edits);
            followed.setDesign(design);
        }
        const Scene anew = sceneOf(design);
        QCOMPARE(followed.cardsIn(QRectF(-5000, -5000, 20000, 20000)).size(), design.components.size());
        for (const Component& c : design.components) {
            const Card &a = followed.cards()[std::size_t(followed.card(c.id))],
                       &b = anew.cards()[std::size_t(anew.card(c.id))];
            QVERIFY(a.alive);
            QCOMPARE(a.rect, b.rect);
            QCOMPARE(a.name, b.name);
            QCOMPARE(a.line, b.line);
            QCOMPARE(a.order, b.order);
        }
        int living = 0;
        for (const Line& line : followed.lines()) living += line.alive;
        QCOMPARE(living, int(design.connections.size()));
        for (const Connection& c : design.connections) {
            const Line& line = followed.lines()[std::size_t(followed.line(c.id))];
            const QRectF from = followed.rectOf(QString::fromStdString(c.from.value)).adjusted(-1, -1, 1, 1);
            const QRectF to = followed.rectOf(QString::fromStdString(c.to.value)).adjusted(-1, -1, 1, 1);
            QVERIFY(from.contains(line.points.front()));
            QVERIFY(to.contains(line.points.back()));
        }
    }

    void theCardSaysWhatHolds() {
        Design design;
        Component api = component("api", "service", 0, 0);
        applyEdits(design, {Put<Component>{api, std::nullopt},
                            Put<Component>{component("x", "no_such_type", 0, 200), std::nullopt}});
        const Scene scene = sceneOf(design);
        QVERIFY(!scene.cards()[0].line.contains(u'{'));
        QVERIFY(!scene.cards()[0].line.isEmpty());
        QCOMPARE(scene.cards()[1].known, false);
        QCOMPARE(scene.cards()[1].line, QStringLiteral("unknown type"));
    }

    void linesGoAroundTitlesAndNotes() {
        Design design;
        applyEdits(design, {Put<Zone>{zone("quite-a-long-name-of-a-zone", Frame{300, 120, 600, 240}), std::nullopt},
                            Put<Component>{component("a", "service", 300, -60), std::nullopt},
                            Put<Component>{component("b", "redis", 300, 400), std::nullopt},
                            Put<Component>{component("c", "service", 1000, 0), std::nullopt},
                            Put<Component>{component("d", "redis", 1400, 0), std::nullopt},
                            Put<Note>{Note{{"n"}, {1200, 8}, "in the way", {}}, std::nullopt},
                            Put<Connection>{connection("ab", "a", "b"), std::nullopt},
                            Put<Connection>{connection("cd", "c", "d"), std::nullopt}});
        Scene scene(builtInCatalog());
        scene.setDesign(design);
        const auto avoids = [&](const char* id, const QRectF& rect) {
            const Line& line = scene.lines()[std::size_t(scene.line({id}))];
            for (std::size_t i = 1; i < line.points.size(); ++i)
                if (QRectF(line.points[i - 1], line.points[i]).normalized().adjusted(-1, -1, 1, 1).intersects(rect))
                    return false;
            return true;
        };
        QVERIFY(avoids("ab", Scene::titleRect(scene.containers().front())));
        QVERIFY(avoids("cd", scene.notes().front().rect));
        applyEdits(design, {Drop<Note>{{"n"}}});
        scene.setDesign(design);
        QCOMPARE(scene.lines()[std::size_t(scene.line({"cd"}))].points.size(), 2u);
    }

    void theFlatLinePassesOverTheOneItCrosses() {
        Design design;
        applyEdits(design, {Put<Component>{component("w", "service", 0, 200), std::nullopt},
                            Put<Component>{component("e", "redis", 600, 200), std::nullopt},
                            Put<Component>{component("n", "service", 300, 0), std::nullopt},
                            Put<Component>{component("s", "redis", 300, 400), std::nullopt},
                            Put<Connection>{connection("we", "w", "e"), std::nullopt},
                            Put<Connection>{connection("ns", "n", "s"), std::nullopt}});
        Scene scene(builtInCatalog());
        scene.setDesign(design);
        const auto hops = [&](const char* id) { return scene.lines()[std::size_t(scene.line({id}))].hops; };
        QCOMPARE(hops("we"), (std::vector<Hop>{{0, 388}}));
        QVERIFY(hops("ns").empty());
        // Half a bridge cannot be: where the other line moves, the bridge moves; where it goes, it goes.
        Component moved = *design.components.find({"n"});
        for (const char* id : {"n", "s"}) {
            moved = *design.components.find({id});
            moved.position.x += 48;
            applyEdits(design, {Put<Component>{moved, std::nullopt}});
        }
        scene.setDesign(design);
        QCOMPARE(hops("we"), (std::vector<Hop>{{0, 436}}));
        applyEdits(design, {Drop<Connection>{{"ns"}}});
        scene.setDesign(design);
        QVERIFY(hops("we").empty());
    }

    void aLabelOfItsOwnTakesThePlaceOfTheProtocol() {
        Design design = smallDesign();
        Connection line = *design.connections.find({"c1"});
        line.label = "orders";
        applyEdits(design, {Put<Connection>{line, std::nullopt}});
        Scene scene(builtInCatalog());
        scene.setDesign(design);
        QCOMPARE(scene.lines()[std::size_t(scene.line({"c1"}))].label, QStringLiteral("orders"));
    }
};

QTEST_MAIN(SceneTest)
#include "scene.moc"
