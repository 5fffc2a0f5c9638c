// The real window for tests: Main.qml over a workspace of its own, driven with real mouse and keys.
// Knows no feature; tests say what is promised.
#pragma once

#include "canvas_item.h"
#include "window.h"
#include "workspace.h"

#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QtTest>

#include <utility>

namespace loadpath::test {

/// What QML and Qt complain about while it lives.
class Complaints {
public:
    Complaints() {
        s_texts.clear();
        s_previous = qInstallMessageHandler(&Complaints::note);
    }
    ~Complaints() { qInstallMessageHandler(s_previous); }
    static QStringList texts() { return s_texts; }

private:
    static void note(QtMsgType type, const QMessageLogContext& context, const QString& text) {
        if (type == QtWarningMsg || type == QtCriticalMsg) s_texts << text;
        if (s_previous) s_previous(type, context, text);
    }
    static inline QStringList s_texts;
    static inline QtMessageHandler s_previous = nullptr;
};

class WindowFixture {
public:
    explicit WindowFixture(const QString& design = {}, QSize size = {1280, 720})
        : workspace(
              {m_folder.filePath(QStringLiteral("settings.ini")), m_folder.filePath(QStringLiteral("recovery"))}) {
        workspace.setReducedMotion(true);
        workspace.setThemeMode(QStringLiteral("light"));
        workspace.setWindowSize(size);
        openDesign(workspace, design);
        window = std::make_unique<Window>(workspace);
        view = window->view();
        if (!view) return;
        view->show();
        view->requestActivate();
        (void)QTest::qWaitForWindowActive(view);
        workspace.analysis()->evaluateNow();
        QTest::qWait(30);
    }

    QQuickItem* find(const QString& name) const { return find(view->contentItem(), name); }
    CanvasItem* canvas() const { return qobject_cast<CanvasItem*>(find(QStringLiteral("canvas"))); }
    Document& document() { return *workspace.document(); }

    static QPoint centreOf(const QQuickItem* item) {
        return item->mapToScene(QPointF(item->width() / 2, item->height() / 2)).toPoint();
    }
    /// Waits until the item is there and seen, then clicks in its middle.
    bool click(const QString& name) {
        if (!QTest::qWaitFor([&] { return shown(name) != nullptr; }, 3000)) return false;
        // Positions settle: on a busy machine a menu may be visible before it is laid out, which a frame does.
        QPoint before;
        (void)QTest::qWaitFor(
            [&] {
                view->grabWindow();
                const QPoint last = std::exchange(before, shown(name) ? centreOf(shown(name)) : QPoint());
                return !last.isNull() && last == before;
            },
            3000);
        if (!shown(name)) return false;
        QTest::mouseClick(view, Qt::LeftButton, Qt::NoModifier, before);
        QTest::qWait(20);
        return true;
    }
    QQuickItem* shown(const QString& name) const {
        QQuickItem* item = find(name);
        return item && item->isVisible() && item->width() > 0 ? item : nullptr;
    }
    bool appears(const QString& name) {
        return QTest::qWaitFor([&] { return shown(name) != nullptr; }, 3000);
    }
    bool disappears(const QString& name) {
        return QTest::qWaitFor([&] { return shown(name) == nullptr; }, 3000);
    }
    void drag(QPoint from, QPoint to) const {
        QTest::mouseMove(view, from);
        QTest::mousePress(view, Qt::LeftButton, Qt::NoModifier, from);
        for (int step = 1; step <= 8; ++step) {
            QTest::mouseMove(view, from + (to - from) * step / 8);
            QTest::qWait(5);
        }
        QTest::mouseRelease(view, Qt::LeftButton, Qt::NoModifier, to);
        QTest::qWait(30);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QTest::keyClick(view, key, modifiers);
        QTest::qWait(20);
    }
    void type(const QString& text) const {
        for (const QChar c : text) QTest::keyClick(view, c.toLatin1());
    }
    /// Middle of a component's card, in the window.
    QPoint card(const QString& id) const { return canvas()->mapToScene(canvas()->itemRect(id).center()).toPoint(); }
    /// Middle of the right side of a card, where lines start.
    QPoint rightPort(const QString& id) const {
        const QRectF rect = canvas()->itemRect(id);
        return canvas()->mapToScene(QPointF(rect.right(), rect.center().y())).toPoint();
    }

private:
    static QQuickItem* find(QQuickItem* root, const QString& name) {
        if (root->objectName() == name) return root;
        const QList<QQuickItem*> children = root->childItems();
        for (QQuickItem* child : children)
            if (QQuickItem* found = find(child, name)) return found;
        return nullptr;
    }

    QTemporaryDir m_folder;

public:
    Workspace workspace;
    std::unique_ptr<Window> window;
    QQuickWindow* view = nullptr;
};

}  // namespace loadpath::test
