// What a drag on the canvas does: one tool a file. A tool turns pointer movements into intents to the
// document and draws its own preview; it knows no rule.
#pragma once

#include "draw/scene.h"

#include <QCursor>
#include <QLineF>
#include <QPointF>

#include <memory>
#include <vector>

class QKeyEvent;
class QPainter;

namespace loadpath {

class CanvasItem;

struct Pointer {
    QPointF view, canvas;
    Qt::KeyboardModifiers modifiers;
};

class Tool {
public:
    explicit Tool(CanvasItem& canvas) : m_canvas(canvas) {}
    virtual ~Tool() = default;
    Tool(const Tool&) = delete;
    Tool& operator=(const Tool&) = delete;

    virtual void move(const Pointer& pointer) = 0;
    virtual void release(const Pointer& pointer) = 0;
    virtual void cancel() {}
    /// What a key means to it; `done` ends it with release().
    enum class KeyAnswer { notMine, taken, done };
    virtual KeyAnswer key(const QKeyEvent&) { return KeyAnswer::notMine; }
    /// What it would do now, in a sentence; empty: plain to see.
    virtual QString hint() const { return {}; }
    /// In the coordinates of the view, over everything else.
    virtual void paint(QPainter&) const {}
    virtual QCursor cursor() const { return Qt::ArrowCursor; }
    /// Goes on while the pointer is beyond the border: the view follows.
    virtual bool scrolls() const { return true; }
    /// What lines up at the moment, in px of the canvas.
    virtual std::vector<QLineF> guides() const { return {}; }
    /// The component that a line is being drawn from; empty for none.
    virtual QString source() const { return {}; }

protected:
    CanvasItem& m_canvas;
};

std::unique_ptr<Tool> panTool(CanvasItem& canvas, const Pointer& start);
/// Moves what is selected; `hit` is what was pressed, already part of the selection.
std::unique_ptr<Tool> moveTool(CanvasItem& canvas, const Pointer& start, const QString& pressedId, bool selectOnClick);
std::unique_ptr<Tool> marqueeTool(CanvasItem& canvas, const Pointer& start);
std::unique_ptr<Tool> connectTool(CanvasItem& canvas, const Pointer& start, int card, Side side);
/// Draws a line by keyboard: arrows and Tab choose where it ends, Enter connects.
std::unique_ptr<Tool> keyConnectTool(CanvasItem& canvas, int card);
std::unique_ptr<Tool> lineTool(CanvasItem& canvas, const Pointer& start, int line);
std::unique_ptr<Tool> resizeTool(CanvasItem& canvas, const Pointer& start, int zone, int edges);

}  // namespace loadpath
