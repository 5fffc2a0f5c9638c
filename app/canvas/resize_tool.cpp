#include "canvas_item.h"

#include <cmath>

namespace loadpath {
namespace {

constexpr double leastWidth = 4 * gridStep, leastHeight = 3 * gridStep;

class ResizeTool : public Tool {
public:
    ResizeTool(CanvasItem& canvas, const Pointer& start, int zone, int edges)
        : Tool(canvas),
          m_start(start.canvas),
          m_home(canvas.scene()->containers()[std::size_t(zone)].rect),
          m_edges(edges) {
        m_id = QString::fromStdString(canvas.scene()->containers()[std::size_t(zone)].id.value);
    }

    void move(const Pointer& pointer) override {
        const QPointF d = pointer.canvas - m_start;
        if (!m_dragging && d.manhattanLength() * m_canvas.zoom() < 3) return;
        m_dragging = true;
        const bool free = pointer.modifiers & Qt::AltModifier;
        const auto snap = [free](double v) { return free ? v : std::round(v / gridStep) * gridStep; };
        QRectF rect = m_home;
        if (m_edges & 1) rect.setLeft(std::min(snap(m_home.left() + d.x()), m_home.right() - leastWidth));
        if (m_edges & 2) rect.setTop(std::min(snap(m_home.top() + d.y()), m_home.bottom() - leastHeight));
        if (m_edges & 4) rect.setRight(std::max(snap(m_home.right() + d.x()), m_home.left() + leastWidth));
        if (m_edges & 8) rect.setBottom(std::max(snap(m_home.bottom() + d.y()), m_home.top() + leastHeight));
        if (rect != m_now) send(rect, false);
    }

    void release(const Pointer& pointer) override {
        move(pointer);
        if (m_dragging) send(m_now, true);
    }

    void cancel() override {
        if (m_dragging) m_canvas.document()->cancelMove();
    }

    QCursor cursor() const override {
        if (m_edges == 1 || m_edges == 4) return Qt::SizeHorCursor;
        if (m_edges == 2 || m_edges == 8) return Qt::SizeVerCursor;
        return m_edges == 3 || m_edges == 12 ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor;
    }

private:
    void send(const QRectF& rect, bool commit) {
        m_now = rect;
        m_canvas.document()->setZoneFrame(m_id, rect.x(), rect.y(), rect.width(), rect.height(), commit);
    }

    QPointF m_start;
    QRectF m_home, m_now;
    QString m_id;
    int m_edges;
    bool m_dragging = false;
};

}  // namespace

std::unique_ptr<Tool> resizeTool(CanvasItem& canvas, const Pointer& start, int zone, int edges) {
    return std::make_unique<ResizeTool>(canvas, start, zone, edges);
}

}  // namespace loadpath
