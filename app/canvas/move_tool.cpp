#include "canvas_item.h"

#include <cmath>

namespace loadpath {
namespace {

constexpr double dragDistance = 4;  // px of the view before a click becomes a drag

class MoveTool : public Tool {
public:
    MoveTool(CanvasItem& canvas, const Pointer& start, QString pressed, bool selectOnClick)
        : Tool(canvas), m_start(start), m_pressed(std::move(pressed)), m_selectOnClick(selectOnClick) {
        m_home = canvas.scene()->rectOf(m_pressed).topLeft();
    }

    void move(const Pointer& pointer) override {
        if (!m_dragging && (pointer.view - m_start.view).manhattanLength() < dragDistance) return;
        m_dragging = true;
        QPointF wanted = pointer.canvas - m_start.canvas;
        // What is held comes to stand on the grid; the rest keeps its distance to it.
        if (!(pointer.modifiers & Qt::AltModifier)) {
            const auto snap = [](double v) { return std::round(v / gridStep) * gridStep; };
            wanted = QPointF(snap(m_home.x() + wanted.x()), snap(m_home.y() + wanted.y())) - m_home;
        }
        if (wanted == m_moved) return;
        m_canvas.document()->moveSelection(wanted.x() - m_moved.x(), wanted.y() - m_moved.y(), false);
        m_moved = wanted;
        const Scene& scene = *m_canvas.scene();
        const bool isCard = scene.card({m_pressed.toStdString()}) >= 0;
        const int zone = isCard ? scene.framedZoneAt(scene.rectOf(m_pressed).center()) : -1;
        m_canvas.scene()->setDropTarget(zone < 0 ? ZoneId{} : scene.containers()[std::size_t(zone)].id);
    }

    void release(const Pointer& pointer) override {
        move(pointer);
        if (m_dragging)
            m_canvas.document()->moveSelection(0, 0, true);
        else if (m_selectOnClick)
            m_canvas.document()->selection()->select(m_pressed);
    }

    void cancel() override {
        if (m_dragging) m_canvas.document()->cancelMove();
    }

    QCursor cursor() const override { return m_dragging ? Qt::ClosedHandCursor : Qt::SizeAllCursor; }

private:
    Pointer m_start;
    QString m_pressed;
    QPointF m_home, m_moved;
    bool m_selectOnClick, m_dragging = false;
};

}  // namespace

std::unique_ptr<Tool> moveTool(CanvasItem& canvas, const Pointer& start, const QString& pressedId, bool selectOnClick) {
    return std::make_unique<MoveTool>(canvas, start, pressedId, selectOnClick);
}

}  // namespace loadpath
