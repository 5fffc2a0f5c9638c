// A canvas alone in a real window over a small design, driven with real mouse and keys. Knows no feature.
#pragma once

#include "canvas_item.h"
#include "support/drawing.h"

#include <QQuickWindow>
#include <QTest>

namespace loadpath::test {

class CanvasFixture {
public:
    explicit CanvasFixture(const Design& design = smallDesign()) : document(builtInCatalog()) {
        theme.setMode(QStringLiteral("light"));
        theme.setReducedMotion(true);
        window.resize(1000, 600);
        canvas = new CanvasItem(window.contentItem());
        canvas->setSize({1000, 600});
        canvas->setTheme(&theme);
        canvas->setDocument(&document);
        document.load(design, Document::Origin::blank);
        canvas->setZoom(1);
        canvas->centreOn({400, 200});
        window.show();
        (void)QTest::qWaitForWindowExposed(&window);
        canvas->forceActiveFocus();
    }

    QPoint at(double x, double y) const { return canvas->toView({x, y}).toPoint(); }
    QPoint middleOf(const char* id) const {
        return canvas->toView(canvas->scene()->rectOf(QString::fromLatin1(id)).center()).toPoint();
    }
    const Card& card(const char* id) const {
        return canvas->scene()->cards()[std::size_t(canvas->scene()->card({id}))];
    }
    const Line& line(const char* id) const {
        return canvas->scene()->lines()[std::size_t(canvas->scene()->line({id}))];
    }
    QPoint portOf(const char* id, Side side) const { return canvas->toView(Scene::portOf(card(id), side)).toPoint(); }
    void press(QPoint where, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(&window, Qt::LeftButton, modifiers, where);
    }
    void moveTo(QPoint where) { QTest::mouseMove(&window, where); }
    void release(QPoint where, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseRelease(&window, Qt::LeftButton, modifiers, where);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
        press(from, modifiers);
        for (int step = 1; step <= 6; ++step) moveTo(from + (to - from) * step / 6);
        release(to, modifiers);
    }
    void click(QPoint where, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(&window, Qt::LeftButton, modifiers, where);
    }
    void key(Qt::Key k, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&window, k, modifiers); }
    const Component& component(const char* id) const { return *document.design().components.find({id}); }
    QImage picture() { return window.grabWindow(); }

    Theme theme;
    Document document;
    QQuickWindow window;
    CanvasItem* canvas = nullptr;
};

}  // namespace loadpath::test
