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
                !t.drew            ? "DREW NOTHING"
                : t.median <= goal ? "ok"
                                   : "above the goal");
    return t.drew ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    QGuiApplication application(argc, argv);
    const Design design = crowd(72, 70);
    std::printf("canvas: %zu components, %zu connections, 1280x800, software\n", design.components.size(),
                design.connections.size());

    Theme theme;
    theme.setMode(QStringLiteral("light"));
    theme.setReducedMotion(true);
    Document document(builtInCatalog());
    QQuickWindow window;
    window.resize(1280, 800);
    CanvasItem canvas(window.contentItem());
    canvas.setSize({1280, 800});
    canvas.setTheme(&theme);
    canvas.setDocument(&document);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window)) return 1;
    const double opening = milliseconds([&] { document.load(design, Document::Origin::blank); });
    std::printf("%-46s %6.1f ms\n", "scene of the whole design, routes included", opening);

    int failures = 0;
    const QRectF all = canvas.scene()->bounds();
    canvas.setZoom(1);
    canvas.centreOn(all.center());
    failures += report("close up (100 %), panning",
                       measure(window, canvas, 120,
                               [&](int i) {
                                   canvas.panBy({i % 2 ? 9.0 : -7.0, -3});
                               }),
                       4);
    canvas.centreOn(all.center());
    failures += report("close up (100 %), standing", measure(window, canvas, 60, [](int) {}), 4);
    canvas.fit();
    std::printf("whole design at %.1f %%\n", canvas.zoom() * 100);
    failures += report("whole design",
                       measure(window, canvas, 60,
                               [&](int i) {
                                   canvas.panBy({i % 2 ? 1.0 : -1.0, 0});
                               }),
                       16);
    failures +=
        report("zoom sweep 8 % to 200 %",
               measure(window, canvas, 120, [&](int i) { canvas.setZoom(0.08 * std::pow(25.0, i / 119.0)); }), 16);
    canvas.setZoom(1);
    canvas.centreOn(all.center());
    const auto moves = [&](const char* what, int count, double dy) {
        std::vector<double> times;
        for (int i = 0; i < count; ++i)
            times.push_back(milliseconds([&] { document.moveSelection(i % 2 ? -24 : 24, dy, false); }));
        document.cancelMove();
        std::sort(times.begin(), times.end());
        std::printf("%-46s median %6.2f ms\n", what, times[times.size() / 2]);
    };
    document.selection()->select(QStringLiteral("n2556"));
    moves("move of one card: edit, routes, scene", 40, 24);
    QStringList many;
    for (int i = 0; i < 500; ++i) many.push_back(QStringLiteral("n%1").arg(2000 + i));
    document.selection()->selectMany(many);
    moves("move of 500 cards", 20, 0);
    return failures;
}
