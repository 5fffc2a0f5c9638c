// Frame times of the canvas: 5,000 components at 1280×800 on the software backend, each with a look at
// the pixels, for drawing nothing is fast.
#include "canvas_item.h"
#include "support/drawing.h"

#include <QGuiApplication>
#include <QQuickWindow>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <set>

using namespace loadpath;
using namespace loadpath::test;

namespace {

double milliseconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

struct Times {
    double median = 0, p95 = 0;
    bool drew = false;
};

/// A frame is the painting of the item and the showing of its picture in the window.
Times measure(QQuickWindow& window, CanvasItem& canvas, int frames, const std::function<void(int)>& step) {
    std::vector<double> times;
    QImage image;
    for (int i = 0; i < frames; ++i) {
        step(i);
        canvas.update();
        times.push_back(milliseconds([&] { image = window.grabWindow(); }));
    }
    std::sort(times.begin(), times.end());
    std::set<QRgb> colours;
    int drawn = 0;
    for (int y = 4; y < image.height(); y += 7)
        for (int x = 4; x < image.width(); x += 5) {
            colours.insert(image.pixel(x, y));
            drawn += (image.pixel(x, y) & 0xffffff) != (canvas.colours().canvas & 0xffffff);
        }
    return {times[times.size() / 2], times[times.size() * 95 / 100], colours.size() >= 8 && drawn > 500};
}

int report(const char* what, const Times& t, double goal) {
    std::printf("%-46s median %6.2f ms   p95 %6.2f ms   goal %4.1f   %s\n", what, t.median, t.p95, goal,
                !t.drew         ? "DREW NOTHING"
                : t.p95 <= goal ? "ok"
                                : "above the goal");
    return t.drew ? 0 : 1;
}

struct Stage {
    Theme theme;
    Document document{builtInCatalog()};
    QQuickWindow window;
    CanvasItem canvas{window.contentItem()};

    bool open() {
        theme.setMode(QStringLiteral("light"));
        theme.setReducedMotion(true);
        window.resize(1280, 800);
        canvas.setSize({1280, 800});
        canvas.setTheme(&theme);
        canvas.setDocument(&document);
        window.show();
        return QTest::qWaitForWindowExposed(&window);
    }
    double load(const Design& design) {
        return milliseconds([&] {
            document.load(design, Document::Origin::blank);
            (void)window.grabWindow();
        });
    }
};

/// Times of a drag in the window: edit, routes, scene and frame.
Times drag(Stage& stage, const QStringList& ids, int frames) {
    stage.document.selection()->selectMany(ids);
    const Times times = measure(stage.window, stage.canvas, frames, [&](int i) {
        stage.document.moveSelection(i % 2 ? -24 : 24, i % 4 < 2 ? 24 : -24, false);
    });
    stage.document.cancelMove();
    return times;
}

void routing() {
    for (const int rows : {14, 70}) {
        const Design design = crowd(72, rows);
        Router router;
        const double all = milliseconds([&] {
            std::unordered_map<std::string, int> boxes;
            for (const Component& c : design.components)
                boxes[c.id.value] = router.addBox({c.position.x, c.position.y, cardWidth, cardHeight});
            for (const Connection& c : design.connections) router.connect(boxes[c.from.value], boxes[c.to.value]);
            router.update();
        });
        std::vector<double> times;
        const int middle = rows / 2 * 72 + 36;
        for (int i = 1; i <= 60; ++i)
            times.push_back(milliseconds([&] {
                const Point home = design.components[std::size_t(middle)].position;
                router.moveBox(middle, {home.x + 24 * (i % 7), home.y + 24 * (i % 5), cardWidth, cardHeight});
                router.update();
            }));
        std::sort(times.begin(), times.end());
        std::printf("routes of %5zu components: all %6.1f ms, after one move median %5.2f ms, p95 %5.2f ms (goal 16)\n",
                    design.components.size(), all, times[30], times[57]);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    QGuiApplication application(argc, argv);
    routing();
    int failures = 0;
    for (const int rows : {70, 140}) {
        const Design design = crowd(72, rows);
        const bool large = rows > 70;
        std::printf("\n%zu components, %zu connections, 1280x800, software\n", design.components.size(),
                    design.connections.size());
        Stage stage;
        if (!stage.open()) return 1;
        CanvasItem& canvas = stage.canvas;
        std::printf("%-46s %6.1f ms   goal 500\n", "opening, routes and first frame included", stage.load(design));

        const QRectF all = canvas.scene()->bounds();
        canvas.setZoom(1);
        canvas.centreOn(all.center());
        failures += report("close up (100 %), panning",
                           measure(stage.window, canvas, 120,
                                   [&](int i) {
                                       canvas.panBy({i % 2 ? 9.0 : -7.0, -3});
                                   }),
                           16.7);
        canvas.fit();
        std::printf("whole design at %.1f %%\n", canvas.zoom() * 100);
        failures += report("whole design",
                           measure(stage.window, canvas, 60,
                                   [&](int i) {
                                       canvas.panBy({i % 2 ? 1.0 : -1.0, 0});
                                   }),
                           large ? 25 : 16.7);
        failures += report(
            "zoom sweep 8 % to 200 %",
            measure(stage.window, canvas, 120, [&](int i) { canvas.setZoom(0.08 * std::pow(25.0, i / 119.0)); }), 16.7);
        canvas.setZoom(1);
        canvas.centreOn(all.center());
        QStringList many;
        for (int i = 0; i < 500; ++i) many.push_back(QStringLiteral("n%1").arg(2000 + i));
        failures += report("drag of one card", drag(stage, {QStringLiteral("n2556")}, 40), 16.7);
        canvas.setZoom(0.3);
        canvas.centreOn(canvas.scene()->rectOf(QStringLiteral("n2250")).center());
        failures += report("drag of 500 selected", drag(stage, many, 40), 16.7);
    }
    return failures;
}
