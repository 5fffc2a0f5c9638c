// Routes go around cards, keep apart, and after a move are those of routing everything anew.
#include "layout/routing.h"

#include <QTest>

#include <chrono>
#include <random>

using namespace loadpath;

namespace {

constexpr double width = 176, height = 66;

Frame card(double x, double y) { return {x, y, width, height}; }

bool crosses(const Route& route, const Area& box) {
    for (std::size_t i = 1; i < route.points.size(); ++i) {
        const Area a = Area::of(route.points[i - 1], route.points[i]);
        if (a.left < box.right && box.left < a.right && a.top < box.bottom && box.top < a.bottom) return true;
        // A degenerate rectangle: a segment strictly inside.
        const bool inX = a.right > box.left && a.left<box.right, inY = a.bottom> box.top && a.top < box.bottom;
        if (inX && inY) return true;
    }
    return false;
}

bool isOrthogonal(const Route& route) {
    for (std::size_t i = 1; i < route.points.size(); ++i)
        if (route.points[i].x != route.points[i - 1].x && route.points[i].y != route.points[i - 1].y) return false;
    return route.points.size() >= 2;
}

struct World {
    Router router;
    std::vector<Frame> frames;
    std::vector<std::pair<int, int>> ends;

    void add(const Frame& f) {
        frames.push_back(f);
        router.addBox(f);
    }
    void connect(int from, int to) {
        ends.emplace_back(from, to);
        router.connect(from, to);
    }
};

/// Cards scattered on a grid of cells with free lanes between them.
World scattered(unsigned seed, int columns, int rows, int connections) {
    std::mt19937 random(seed);
    World world;
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x)
            world.add(card(x * 264 + 24 * double(random() % 3), y * 144 + 24 * double(random() % 2)));
    const unsigned count = unsigned(columns * rows);
    for (int i = 0; i < connections; ++i) {
        const int from = int(random() % count);
        const int near = from + int(random() % 7) - 3 + columns * (int(random() % 5) - 2);
        const int to = near >= 0 && near < int(count) && near != from ? near : (from + 1) % int(count);
        world.connect(from, to);
    }
    return world;
}

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

class RoutingTest : public QObject {
    Q_OBJECT
private slots:
    void neighboursAreJoinedByAStraightLine() {
        World w;
        w.add(card(0, 0));
        w.add(card(300, 0));
        w.connect(0, 1);
        w.router.update();
        const Route& route = w.router.route(0);
        QCOMPARE(route.points, (std::vector<Point>{{width, 33}, {300, 33}}));
        QCOMPARE(route.leaves, Side::right);
        QCOMPARE(route.enters, Side::left);
    }

    void slightlyShiftedCardsStillGetAStraightLine() {
        World w;
        w.add(card(0, 0));
        w.add(card(300, 24));
        w.connect(0, 1);
        w.router.update();
        QCOMPARE(w.router.route(0).points.size(), 2u);
        QCOMPARE(w.router.route(0).points[0].y, 45.0);
    }

    void aCardInTheWayIsGoneAround() {
        World w;
        w.add(card(0, 0));
        w.add(card(600, 0));
        w.add(card(300, 0));
        w.connect(0, 1);
        w.router.update();
        const Route& route = w.router.route(0);
        QVERIFY(isOrthogonal(route));
        QVERIFY(!crosses(route, Area::of(w.frames[2])));
        QVERIFY2(route.points.size() <= 6, "at most four bends");
    }

    void twoLinesBetweenTheSameCardsKeepApart() {
        World w;
        w.add(card(0, 0));
        w.add(card(300, 0));
        w.connect(0, 1);
        w.connect(0, 1);
        w.connect(1, 0);
        w.router.update();
        for (int a = 0; a < 3; ++a)
            for (int b = 0; b < a; ++b)
                QVERIFY(std::abs(w.router.route(a).points[0].y - w.router.route(b).points[0].y) >= 8);
    }

    void innerSegmentsOfCrossedPairsKeepApart() {
        World w;
        w.add(card(0, 0));
        w.add(card(0, 144));
        w.add(card(360, 0));
        w.add(card(360, 144));
        w.connect(0, 3);
        w.connect(1, 2);
        w.router.update();
        const auto& a = w.router.route(0).points;
        const auto& b = w.router.route(1).points;
        QCOMPARE(a.size(), 4u);
        QCOMPARE(b.size(), 4u);
        QVERIFY(std::abs(a[1].x - b[1].x) >= 8);
    }

    void routesNeverCrossCardsWhereThereIsRoom_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 20; ++seed) QTest::addRow("seed %u", seed) << seed;
    }
    void routesNeverCrossCardsWhereThereIsRoom() {
        QFETCH(unsigned, seed);
        World w = scattered(seed, 8, 6, 70);
        w.router.update();
        for (std::size_t c = 0; c < w.ends.size(); ++c) {
            const Route& route = w.router.route(int(c));
            QVERIFY(isOrthogonal(route));
            for (std::size_t b = 0; b < w.frames.size(); ++b)
                QVERIFY2(!crosses(route, Area::of(w.frames[b])),
                         qPrintable(QStringLiteral("connection %1 crosses card %2").arg(c).arg(b)));
        }
    }

    void movingGivesTheRoutesOfRoutingAnew() {
        for (unsigned seed = 1; seed <= 8; ++seed) {
            World w = scattered(seed, 8, 6, 60);
            w.router.update();
            std::mt19937 random(seed * 77);
            for (int move = 0; move < 25; ++move) {
                const int box = int(random() % w.frames.size());
                w.frames[std::size_t(box)].x += 24 * (double(random() % 13) - 6);
                w.frames[std::size_t(box)].y += 24 * (double(random() % 13) - 6);
                w.router.moveBox(box, w.frames[std::size_t(box)]);
                w.router.update();
            }
            Router anew;
            for (const Frame& f : w.frames) anew.addBox(f);
            for (const auto& e : w.ends) anew.connect(e.first, e.second);
            anew.update();
            for (int c = 0; c < int(w.ends.size()); ++c) QCOMPARE(w.router.route(c).points, anew.route(c).points);
        }
    }

    void aMoveChangesNoLineThatIsFarFromIt() {
        World w = scattered(9, 12, 10, 150);
        w.router.update();
        std::vector<Route> before;
        for (int c = 0; c < int(w.ends.size()); ++c) before.push_back(w.router.route(c));
        Frame moved = w.frames[0];
        moved.x -= 48;
        w.router.moveBox(0, moved);
        const std::vector<int> changed = w.router.update();
        const Area near = Area::of(w.frames[0]).grown(600);
        for (int c = 0; c < int(w.ends.size()); ++c) {
            const bool own = w.ends[std::size_t(c)].first == 0 || w.ends[std::size_t(c)].second == 0;
            if (own || std::find(changed.begin(), changed.end(), c) != changed.end()) {
                Area line;
                for (const Point& p : before[std::size_t(c)].points) line.include(Area::of(p, p));
                QVERIFY(own || line.overlaps(near));
            } else {
                QVERIFY(w.router.route(c) == before[std::size_t(c)]);
            }
        }
    }

    void pinnedBendsStayWhenCardsMove() {
        World w;
        w.add(card(0, 0));
        w.add(card(600, 0));
        w.add(card(300, 160));  // in the way of the pinned line, and left there
        w.connect(0, 1);
        w.router.setBends(0, {{240, 200}, {540, 200}});
        w.router.update();
        const auto has = [&](Point p) {
            const Route& route = w.router.route(0);
            for (std::size_t i = 1; i < route.points.size(); ++i) {
                const Area a = Area::of(route.points[i - 1], route.points[i]);
                if (p.x >= a.left && p.x <= a.right && p.y >= a.top && p.y <= a.bottom) return true;
            }
            return false;
        };
        for (const double y : {0.0, -96.0, 72.0, 400.0}) {
            w.router.moveBox(0, card(0, y));
            w.router.update();
            QVERIFY(isOrthogonal(w.router.route(0)));
            QVERIFY(has({240, 200}) && has({540, 200}));
        }
        w.router.setBends(0, {});
        w.router.moveBox(0, card(0, 0));
        w.router.update();
        QCOMPARE(w.router.route(0).points.size(), 2u);
    }

    void linesThatRunTogetherAreOrderedWithoutCrossing() {
        // Three lines from one side to cards above each other, all turning in the same channel.
        World w;
        w.add(card(0, 400));
        for (int i = 0; i < 3; ++i) w.add(card(360, i * 120.0));
        for (int i = 0; i < 3; ++i) w.connect(0, i + 1);
        w.router.update();
        int crossings = 0;
        for (int a = 0; a < 3; ++a)
            for (int b = 0; b < 3; ++b) {
                const auto &p = w.router.route(a).points, &q = w.router.route(b).points;
                for (std::size_t i = 1; i < p.size(); ++i)
                    for (std::size_t k = 1; k < q.size(); ++k) {
                        if (p[i].y != p[i - 1].y || q[k].x != q[k - 1].x) continue;
                        const Area h = Area::of(p[i - 1], p[i]), v = Area::of(q[k - 1], q[k]);
                        crossings += v.left > h.left && v.left < h.right && h.top > v.top && h.top < v.bottom;
                    }
            }
        QCOMPARE(crossings, 0);
    }

    void disconnectingFreesTheMiddleOfTheSide() {
        World w;
        w.add(card(0, 0));
        w.add(card(300, 0));
        w.connect(0, 1);
        w.connect(0, 1);
        w.router.update();
        QVERIFY(w.router.route(0).points[0].y != 33);
        w.router.disconnect(1);
        QCOMPARE(w.router.update(), std::vector<int>{0});
        QCOMPARE(w.router.route(0).points[0].y, 33.0);
    }

    void aConnectionWithItselfIsALoop() {
        World w;
        w.add(card(0, 0));
        w.connect(0, 0);
        w.router.update();
        QVERIFY(isOrthogonal(w.router.route(0)));
        QCOMPARE(w.router.route(0).points.size(), 5u);
    }

    void oneMoveSearchesFewRoutes() {
        World w = scattered(5, 70, 70, 5000);
        const double full = seconds([&] { w.router.update(); });
        QCOMPARE(w.router.searched(), 5000);
        Frame moved = w.frames[2450];
        moved.x += 24;
        const double once = seconds([&] {
            w.router.moveBox(2450, moved);
            w.router.update();
        });
        QVERIFY2(w.router.searched() < 100, qPrintable(QString::number(w.router.searched())));
        QVERIFY2(once * 4 < full, qPrintable(QStringLiteral("%1 s against %2 s").arg(once).arg(full)));
        qInfo("all 5,000: %.0f ms, after one move: %.1f ms", full * 1e3, once * 1e3);
    }
};

QTEST_APPLESS_MAIN(RoutingTest)
#include "routing.moc"
