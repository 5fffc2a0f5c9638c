// Tidying up: layers along the calls, zones together, locked cards where they are; and no worse than
// Graphviz dot on the designs that ship with the program.
#include "layout/tidy.h"
#include "json/design_json.h"
#include "layout/network_simplex.h"
#include "layout/routing.h"
#include "support/catalog.h"
#include "support/draw.h"
#include "support/random_design.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

using namespace loadpath;
using loadpath::test::Drawing;

namespace {

constexpr double width = 176, height = 66;

Area card(const Component& c) { return Area::of({c.position.x, c.position.y, width, height}); }

Design tidied(Design design, const TidyOptions& options = {}) {
    applyEdits(design, tidyEdits(design, options));
    return design;
}

struct Looks {
    int crossings = 0, bends = 0;
};

/// Crossings and bends of orthogonal lines.
Looks looksOf(const std::vector<std::vector<Point>>& lines) {
    Looks looks;
    for (const auto& a : lines) {
        looks.bends += std::max(0, int(a.size()) - 2);
        for (const auto& b : lines)
            for (std::size_t i = 1; i < a.size(); ++i)
                for (std::size_t k = 1; k < b.size(); ++k) {
                    if (a[i].y != a[i - 1].y || b[k].x != b[k - 1].x) continue;
                    const Area h = Area::of(a[i - 1], a[i]), v = Area::of(b[k - 1], b[k]);
                    looks.crossings +=
                        v.left > h.left + 1 && v.left < h.right - 1 && h.top > v.top + 1 && h.top < v.bottom - 1;
                }
    }
    return looks;
}

/// Our lines between cards that stand like this.
Looks routed(const Design& design) {
    Router router;
    std::map<std::string, int> boxes;
    for (const Component& c : design.components)
        boxes[c.id.value] = router.addBox({c.position.x, c.position.y, width, height});
    std::vector<int> links;
    for (const Connection& c : design.connections)
        if (c.mode != Mode::telemetry) links.push_back(router.connect(boxes[c.from.value], boxes[c.to.value]));
    router.update();
    std::vector<std::vector<Point>> lines;
    for (const int link : links) lines.push_back(router.route(link).points);
    return looksOf(lines);
}

/// The innermost zone that holds all placements.
std::string homeOf(const Design& design, const Component& c) {
    const auto chain = [&](const ZoneId& id) {
        std::vector<std::string> all;
        for (ZoneId at = id; !at.empty(); at = design.zones.find(at)->parent) all.push_back(at.value);
        return all;
    };
    if (c.zones.empty()) return {};
    for (const std::string& zone : chain(c.zones.front()))
        if (std::all_of(c.zones.begin(), c.zones.end(), [&](const ZoneId& z) {
                const auto all = chain(z);
                return std::find(all.begin(), all.end(), zone) != all.end();
            }))
            return zone;
    return {};
}

/// Positions and orthogonal lines as dot makes them, with the same cards and zones.
bool dotDraws(const Design& design, Design& placed, Looks& itsOwn) {
    QString text = QStringLiteral(
        "digraph g { rankdir=LR; splines=ortho; nodesep=0.75; ranksep=1.2;\n"
        "node [shape=box fixedsize=true width=2.444 height=0.917 label=\"\"];\n");
    const std::function<void(const std::string&, int)> zone = [&](const std::string& parent, int depth) {
        for (const Component& c : design.components)
            if (homeOf(design, c) == parent)
                text += QStringLiteral("\"%1\";\n").arg(QString::fromStdString(c.id.value));
        for (const Zone& z : design.zones) {
            if (z.parent.value != parent || depth > 20) continue;
            text += QStringLiteral("subgraph \"cluster_%1\" {\n").arg(QString::fromStdString(z.id.value));
            zone(z.id.value, depth + 1);
            text += QStringLiteral("}\n");
        }
    };
    zone({}, 0);
    for (const Connection& c : design.connections)
        if (c.mode != Mode::telemetry)
            text += QStringLiteral("\"%1\" -> \"%2\";\n")
                        .arg(QString::fromStdString(c.from.value), QString::fromStdString(c.to.value));
    text += u'}';
    QProcess dot;
    dot.start(QStringLiteral("dot"), {QStringLiteral("-Tplain")});
    dot.write(text.toUtf8());
    dot.closeWriteChannel();
    if (!dot.waitForFinished(60000) || dot.exitCode() != 0) return false;
    placed = design;
    std::vector<std::vector<Point>> lines;
    for (const QByteArray& line : dot.readAllStandardOutput().split('\n')) {
        const QStringList words = QString::fromUtf8(line).remove(u'"').split(u' ', Qt::SkipEmptyParts);
        if (words.size() > 4 && words[0] == u"node") {
            Component c = *design.components.find({words[1].toStdString()});
            c.position = {words[2].toDouble() * 72 - width / 2, -words[3].toDouble() * 72 - height / 2};
            applyEdits(placed, {Put<Component>{c, std::nullopt}});
        } else if (words.size() > 4 && words[0] == u"edge") {
            const int count = words[3].toInt();
            std::vector<Point> corners;
            for (int i = 0; i < count; i += 3) {
                // A bezier of straight pieces: every third point is a corner.
                Point p{std::round(words[4 + 2 * i].toDouble() * 72), std::round(-words[5 + 2 * i].toDouble() * 72)};
                if (!corners.empty()) {
                    if (std::abs(p.x - corners.back().x) < 3) p.x = corners.back().x;
                    if (std::abs(p.y - corners.back().y) < 3) p.y = corners.back().y;
                    if (p == corners.back()) continue;
                }
                if (corners.size() >= 2) {
                    const Point a = corners[corners.size() - 2], b = corners.back();
                    if ((a.x == b.x && b.x == p.x) || (a.y == b.y && b.y == p.y)) corners.pop_back();
                }
                corners.push_back(p);
            }
            lines.push_back(corners);
        }
    }
    itsOwn = looksOf(lines);
    return true;
}

}  // namespace

class TidyTest : public QObject {
    Q_OBJECT
private slots:
    void theSimplexFindsTheLeastSum() {
        // Compared with trying every position on small graphs.
        std::mt19937 random(3);
        for (int round = 0; round < 200; ++round) {
            const int nodes = 5;
            struct E {
                int from, to, least, weight;
            };
            std::vector<E> edges;
            for (int a = 0; a < nodes; ++a)
                for (int b = a + 1; b < nodes; ++b)
                    if (random() % 3) edges.push_back({a, b, int(random() % 3), int(random() % 5)});
            NetworkSimplex simplex(nodes);
            for (const E& e : edges) simplex.add(e.from, e.to, e.least, e.weight);
            const std::vector<int> at = simplex.solve(1000);
            int sum = 0;
            for (const E& e : edges) {
                QVERIFY(at[std::size_t(e.to)] - at[std::size_t(e.from)] >= e.least);
                sum += e.weight * (at[std::size_t(e.to)] - at[std::size_t(e.from)]);
            }
            int least = 1 << 30;
            const int base = 9;
            for (int code = 0; code < 59049; ++code) {
                int x[nodes], rest = code;
                for (int& v : x) v = rest % base, rest /= base;
                int total = 0;
                bool feasible = true;
                for (const E& e : edges) {
                    feasible = feasible && x[e.to] - x[e.from] >= e.least;
                    total += e.weight * (x[e.to] - x[e.from]);
                }
                if (feasible) least = std::min(least, total);
            }
            QCOMPARE(sum, least);
        }
    }

    void aChainBecomesARow() {
        Drawing d;
        d.node("a", "client").node("b", "service").node("c", "postgres").line("a", "b").line("b", "c");
        const Design right = tidied(d.design);
        QVERIFY(right.components.find({"a"})->position.x < right.components.find({"b"})->position.x);
        QVERIFY(right.components.find({"b"})->position.x < right.components.find({"c"})->position.x);
        QCOMPARE(right.components.find({"a"})->position.y, right.components.find({"c"})->position.y);
        TidyOptions down;
        down.direction = Direction::down;
        const Design column = tidied(d.design, down);
        QVERIFY(column.components.find({"a"})->position.y < column.components.find({"b"})->position.y);
        QCOMPARE(column.components.find({"a"})->position.x, column.components.find({"c"})->position.x);
    }

    void twiceIsTheSameAsOnce() {
        Drawing d;
        d.node("a", "client").node("b", "lb_l7").node("c", "service").node("e", "service").node("f", "postgres");
        d.line("a", "b").line("b", "c").line("b", "e").line("c", "f").line("e", "f");
        const Design once = tidied(d.design);
        QVERIFY(!(once == d.design));
        QVERIFY(tidyEdits(once, {}).empty());
    }

    void cardsNeverOverlapAndZonesHoldTheirOwn() {
        for (unsigned seed = 1; seed <= 40; ++seed) {
            loadpath::test::RandomDesigner random(seed);
            Design design = random.design(220);
            for (std::size_t i = 0; i < design.components.size(); ++i) {
                Component free = design.components[i];
                free.locked = false;
                applyEdits(design, {Put<Component>{free, std::nullopt}});
            }
            for (const Direction direction : {Direction::right, Direction::down}) {
                TidyOptions options;
                options.direction = direction;
                const Design after = tidied(design, options);
                for (const Component& a : after.components)
                    for (const Component& b : after.components)
                        QVERIFY2(&a == &b || !card(a).grown(9).overlaps(card(b).grown(9)),
                                 qPrintable(QStringLiteral("seed %1: %2 on %3")
                                                .arg(seed)
                                                .arg(a.id.value.c_str(), b.id.value.c_str())));
                for (const Zone& zone : after.zones) {
                    if (!zone.frame) continue;
                    const Area frame = Area::of(*zone.frame);
                    bool any = false;
                    for (const Component& c : after.components) {
                        bool inside = false;
                        for (std::string home = homeOf(after, c); !home.empty();
                             home = after.zones.find({home})->parent.value)
                            inside = inside || home == zone.id.value;
                        any = any || inside;
                    }
                    for (const Component& c : after.components) {
                        if (!any) break;
                        bool inside = false;
                        for (std::string home = homeOf(after, c); !home.empty();
                             home = after.zones.find({home})->parent.value)
                            inside = inside || home == zone.id.value;
                        const Area a = card(c);
                        const bool holds = a.left > frame.left && a.right < frame.right && a.top > frame.top &&
                                           a.bottom < frame.bottom;
                        QVERIFY2(inside ? holds : !a.overlaps(frame),
                                 qPrintable(QStringLiteral("seed %1: %2 and zone %3")
                                                .arg(seed)
                                                .arg(c.id.value.c_str(), zone.id.value.c_str())));
                    }
                }
            }
        }
    }

    void lockedCardsStay() {
        loadpath::test::RandomDesigner random(12);
        const Design before = random.design(260);
        const Design after = tidied(before);
        int locked = 0, moved = 0;
        for (const Component& c : before.components) {
            const Component& now = *after.components.find(c.id);
            if (c.locked) QCOMPARE(now.position, c.position);
            locked += c.locked;
            moved += now.position != c.position;
        }
        QVERIFY(locked > 0 && moved > 0);
    }

    void ofASelectionOnlyThatMoves() {
        Drawing d;
        d.node("a", "client").node("b", "service").node("c", "postgres").node("far", "redis");
        d.line("a", "b").line("b", "c").line("b", "far");
        Component far = *d.design.components.find({"far"});
        far.position = {2000, 2000};
        applyEdits(d.design, {Put<Component>{far, std::nullopt}});
        TidyOptions options;
        options.only = {"a", "b", "c"};
        const Design after = tidied(d.design, options);
        QCOMPARE(after.components.find({"far"})->position, (Point{2000, 2000}));
        QVERIFY(after.components.find({"a"})->position.x < after.components.find({"b"})->position.x);
    }

    void asGoodAsDotOnEveryTemplate() {
        const bool hasDot = !QStandardPaths::findExecutable(QStringLiteral("dot")).isEmpty();
        if (!hasDot) QSKIP("Graphviz is not installed");
        Looks ours, theirs, theirOwn;
        const QDir folder(QStringLiteral(LOADPATH_SOURCE_DIR "/templates"));
        for (const QString& name : folder.entryList({QStringLiteral("*.json")})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto loaded = readDesign(file.readAll().toStdString(), *test::catalog());
            QVERIFY2(loaded, qPrintable(name));
            Design placed;
            Looks own;
            if (const QByteArray out = qgetenv("LOADPATH_TIDY_DUMP"); !out.isEmpty()) {
                QFile dump(QString::fromUtf8(out) + u'/' + name);
                QVERIFY(dump.open(QIODevice::WriteOnly));
                dump.write(QByteArray::fromStdString(writeDesign(tidied(loaded->design), *test::catalog())));
            }
            QVERIFY(dotDraws(loaded->design, placed, own));
            const Looks a = routed(tidied(loaded->design)), b = routed(placed), hand = routed(loaded->design);
            qInfo("%-32s crossings/bends: ours %2d/%3d, dot's places %2d/%3d, dot's own lines %2d/%3d, by hand %2d/%3d",
                  qPrintable(name), a.crossings, a.bends, b.crossings, b.bends, own.crossings, own.bends,
                  hand.crossings, hand.bends);
            ours.crossings += a.crossings, ours.bends += a.bends;
            theirs.crossings += b.crossings, theirs.bends += b.bends;
            theirOwn.crossings += own.crossings, theirOwn.bends += own.bends;
        }
        qInfo("all: ours %d/%d, dot's places %d/%d, dot's own lines %d/%d", ours.crossings, ours.bends,
              theirs.crossings, theirs.bends, theirOwn.crossings, theirOwn.bends);
        // Not worse than dot's places with the same lines, nor than what dot draws by itself: a bend more
        // is worth a crossing less.
        QVERIFY(ours.crossings <= theirs.crossings && ours.bends <= theirs.bends);
        QVERIFY(ours.crossings <= theirOwn.crossings);
    }
};

QTEST_APPLESS_MAIN(TidyTest)
#include "tidy.moc"
