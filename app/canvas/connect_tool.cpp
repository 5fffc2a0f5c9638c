#include "canvas_item.h"

#include <QPainter>

namespace loadpath {
namespace {

class ConnectTool : public Tool {
public:
    ConnectTool(CanvasItem& canvas, const Pointer& start, int card, Side side)
        : Tool(canvas),
          m_start(start.view),
          m_from(idOf(card)),
          m_port(Scene::portOf(canvas.scene()->cards()[std::size_t(card)], side)),
          m_side(side),
          m_now(start) {}

    void move(const Pointer& pointer) override {
        m_now = pointer;
        m_dragging = m_dragging || (pointer.view - m_start).manhattanLength() >= 4;
        const Hit hit = m_canvas.scene()->hit(pointer.canvas, m_canvas.zoom());
        const bool onCard = hit.kind == HitKind::card || hit.kind == HitKind::port;
        const QString target = onCard ? m_canvas.scene()->idOf(hit) : QString();
        if (target == m_target) return;
        m_target = target == m_from ? QString() : target;
        m_reason = m_target.isEmpty() ? QString() : m_canvas.document()->refusal(m_from, m_target);
    }

    void release(const Pointer& pointer) override {
        move(pointer);
        if (!m_dragging)
            m_canvas.document()->selection()->select(m_from);
        else if (!m_target.isEmpty())
            connectTo(m_target);
        else if (m_canvas.scene()->hit(pointer.canvas, m_canvas.zoom()).kind != HitKind::card)
            emit m_canvas.connectionDropped(m_from, pointer.view);
    }

    void paint(QPainter& painter) const override {
        if (!m_dragging) return;
        const Tokens& t = m_canvas.colours();
        const QColor colour(m_target.isEmpty() ? t.accent : m_reason.isEmpty() ? t.ok : t.error);
        QPen pen(colour, 2);
        if (!m_reason.isEmpty()) pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(roundedPath(way(), connectionRadius));
        painter.setBrush(colour);
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(m_canvas.toView(m_port), 4.5, 4.5);
        painter.drawEllipse(m_now.view, 4, 4);
        if (m_target.isEmpty()) return;
        painter.setPen(QPen(colour, 2.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(m_canvas.itemRect(m_target).adjusted(-3, -3, 3, 3), radiusCard + 2, radiusCard + 2);
        if (!m_reason.isEmpty()) m_canvas.paintReason(painter, m_now.view, m_reason);
    }

    QString source() const override { return m_dragging ? m_from : QString(); }
    QCursor cursor() const override { return m_reason.isEmpty() ? Qt::CrossCursor : Qt::ForbiddenCursor; }

private:
    void connectTo(const QString& target) {
        if (m_canvas.document()->connectComponents(m_from, target))
            emit m_canvas.lineDrawn(m_canvas.document()->selection()->primaryId(), false);
    }
    QString idOf(int card) const {
        return QString::fromStdString(m_canvas.scene()->cards()[std::size_t(card)].id.value);
    }

    /// Out of the port, then to the pointer with one or two bends.
    std::vector<QPointF> way() const {
        const QPointF from = m_canvas.toView(m_port), to = m_now.view;
        if (m_side == Side::left || m_side == Side::right) {
            const double middle = (from.x() + to.x()) / 2;
            return {from, {middle, from.y()}, {middle, to.y()}, to};
        }
        const double middle = (from.y() + to.y()) / 2;
        return {from, {from.x(), middle}, {to.x(), middle}, to};
    }

    QPointF m_start;
    QString m_from;
    QPointF m_port;
    Side m_side;
    Pointer m_now;
    QString m_target, m_reason;
    bool m_dragging = false;
};

}  // namespace

std::unique_ptr<Tool> connectTool(CanvasItem& canvas, const Pointer& start, int card, Side side) {
    return std::make_unique<ConnectTool>(canvas, start, card, side);
}

}  // namespace loadpath
