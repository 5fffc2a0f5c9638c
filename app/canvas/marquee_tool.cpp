#include "canvas_item.h"

#include <QPainter>

namespace loadpath {
namespace {

class MarqueeTool : public Tool {
public:
    MarqueeTool(CanvasItem& canvas, const Pointer& start) : Tool(canvas), m_start(start), m_now(start) {
        if (start.modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) m_kept = canvas.document()->selection()->ids();
    }

    void move(const Pointer& pointer) override {
        m_now = pointer;
        QStringList ids = m_kept;
        // With Alt only what lies inside as a whole.
        const bool enclosed = pointer.modifiers & Qt::AltModifier;
        for (const QString& id : m_canvas.scene()->itemsIn(area()))
            if (!ids.contains(id) && (!enclosed || area().contains(m_canvas.scene()->rectOf(id)))) ids.push_back(id);
        if (ids != m_canvas.document()->selection()->ids()) m_canvas.document()->selection()->selectMany(ids);
    }

    void release(const Pointer& pointer) override { move(pointer); }

    void paint(QPainter& painter) const override {
        const QRectF rect = QRectF(m_canvas.toView(m_start.canvas), m_now.view).normalized();
        if (rect.width() < 2 && rect.height() < 2) return;
        QColor fill(m_canvas.colours().accent);
        fill.setAlphaF(0.10f);
        painter.setPen(QPen(QColor(m_canvas.colours().accent), 1));
        painter.setBrush(fill);
        painter.drawRoundedRect(rect, 3, 3);
    }

private:
    QRectF area() const { return QRectF(m_start.canvas, m_now.canvas).normalized(); }
    Pointer m_start, m_now;
    QStringList m_kept;
};

}  // namespace

std::unique_ptr<Tool> marqueeTool(CanvasItem& canvas, const Pointer& start) {
    return std::make_unique<MarqueeTool>(canvas, start);
}

}  // namespace loadpath
