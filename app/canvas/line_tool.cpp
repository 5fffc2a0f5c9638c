#include "canvas_item.h"
#include "draw/fonts.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr double lineDragDistance = 4, endReach = 18;  // px of the view
constexpr double leastLeg = 24;                        // of a line that gets new corners

/// A drag of a line: near an end it hangs the end on another card, elsewhere it moves the segment.
class LineTool : public Tool {
public:
    LineTool(CanvasItem& canvas, const Pointer& start, int line) : Tool(canvas), m_start(start), m_now(start) {
        const Line& shown = canvas.scene()->lines()[std::size_t(line)];
        m_id = QString::fromStdString(shown.id.value);
        m_points = shown.points;
        m_fromCard = QString::fromStdString(canvas.scene()->cards()[std::size_t(shown.from)].id.value);
        m_toCard = QString::fromStdString(canvas.scene()->cards()[std::size_t(shown.to)].id.value);
        const auto isNear = [&](QPointF end) {
            return std::hypot(canvas.toView(end).x() - start.view.x(), canvas.toView(end).y() - start.view.y()) <=
                   endReach;
        };
        if (m_points.size() < 2) return;
        m_mode = isNear(m_points.back()) ? Mode::to : isNear(m_points.front()) ? Mode::from : Mode::segment;
        double least = 1e300;
        for (std::size_t i = 0; i + 1 < m_points.size(); ++i) {
            const QPointF a = m_points[i], b = m_points[i + 1];
            const double x = std::clamp(start.canvas.x(), std::min(a.x(), b.x()), std::max(a.x(), b.x()));
            const double y = std::clamp(start.canvas.y(), std::min(a.y(), b.y()), std::max(a.y(), b.y()));
            const double d = std::hypot(x - start.canvas.x(), y - start.canvas.y());
            if (d < least) least = d, m_segment = i;
        }
    }

    void move(const Pointer& pointer) override {
        m_now = pointer;
        if (!m_dragging && (pointer.view - m_start.view).manhattanLength() < lineDragDistance) return;
        m_dragging = true;
        if (m_mode == Mode::segment)
            lead(false);
        else
            aim();
    }

    void release(const Pointer& pointer) override {
        move(pointer);
        if (!m_dragging) return;
        if (m_mode == Mode::segment)
            lead(true);
        else if (!m_target.isEmpty())
            m_canvas.document()->reconnect(m_id, end(), m_target);
    }

    void cancel() override {
        if (m_dragging && m_mode == Mode::segment) m_canvas.document()->cancelMove();
    }

    void paint(QPainter& painter) const override {
        if (!m_dragging || m_mode == Mode::segment) return;
        const Tokens& t = m_canvas.colours();
        const QColor colour(m_reason.isEmpty() ? t.accent : t.error);
        const QPointF fixed = m_canvas.toView(m_mode == Mode::to ? m_points.front() : m_points.back());
        painter.setPen(QPen(colour, 2, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        const double middle = (fixed.x() + m_now.view.x()) / 2;
        painter.drawPath(
            roundedPath({fixed, {middle, fixed.y()}, {middle, m_now.view.y()}, m_now.view}, connectionRadius));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(m_now.view, 5, 5);
        if (m_target.isEmpty()) return;
        painter.setPen(QPen(colour, 2.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(m_canvas.itemRect(m_target).adjusted(-3, -3, 3, 3), radiusCard + 2, radiusCard + 2);
        if (!m_reason.isEmpty()) m_canvas.paintReason(painter, m_now.view, m_reason);
    }

    QCursor cursor() const override {
        if (m_mode != Mode::segment) return m_reason.isEmpty() ? Qt::CrossCursor : Qt::ForbiddenCursor;
        return isFlat() ? Qt::SizeVerCursor : Qt::SizeHorCursor;
    }

private:
    enum class Mode { segment, from, to };
    Document::LineEnd end() const { return m_mode == Mode::to ? Document::LineEnd::to : Document::LineEnd::from; }
    bool isFlat() const {
        return m_points.size() > m_segment + 1 && m_points[m_segment].y() == m_points[m_segment + 1].y();
    }

    void aim() {
        const Hit hit = m_canvas.scene()->hit(m_now.canvas, m_canvas.zoom());
        const bool onCard = hit.kind == HitKind::card || hit.kind == HitKind::port;
        QString target = onCard ? m_canvas.scene()->idOf(hit) : QString();
        if (target == (m_mode == Mode::to ? m_toCard : m_fromCard)) target.clear();
        if (target == m_target) return;
        m_target = target;
        m_reason = target.isEmpty() ? QString() : m_canvas.document()->reconnectRefusal(m_id, end(), target);
    }

    /// The corners with this segment where the pointer is.
    void lead(bool commit) {
        const bool flat = isFlat();
        double at = flat ? m_now.canvas.y() : m_now.canvas.x();
        if (!(m_now.modifiers & Qt::ControlModifier)) at = std::round(at / (gridStep / 2)) * (gridStep / 2);
        const auto moved = [&](QPointF p) { return flat ? Point{p.x(), at} : Point{at, p.y()}; };
        // The first and the last segment hang on their cards: they get a new corner a little away.
        const auto off = [&](QPointF card, QPointF next) {
            const QPointF way = next - card;
            const double length = way.manhattanLength(), leg = std::min(leastLeg, length / 3);
            return length > 0 ? card + way / length * leg : card;
        };
        std::vector<Point> bends;
        const std::size_t last = m_points.size() - 1;
        for (std::size_t i = 1; i < m_segment; ++i) bends.push_back({m_points[i].x(), m_points[i].y()});
        const QPointF a = m_points[m_segment], b = m_points[m_segment + 1];
        bends.push_back(moved(m_segment == 0 ? off(a, b) : a));
        bends.push_back(moved(m_segment + 1 == last ? off(b, a) : b));
        for (std::size_t i = m_segment + 2; i < last; ++i) bends.push_back({m_points[i].x(), m_points[i].y()});
        m_canvas.document()->setBends(m_id, bends, commit);
    }

    Pointer m_start, m_now;
    QString m_id, m_fromCard, m_toCard, m_target, m_reason;
    std::vector<QPointF> m_points;
    std::size_t m_segment = 0;
    Mode m_mode = Mode::segment;
    bool m_dragging = false;
};

}  // namespace

std::unique_ptr<Tool> lineTool(CanvasItem& canvas, const Pointer& start, int line) {
    return std::make_unique<LineTool>(canvas, start, line);
}

}  // namespace loadpath
