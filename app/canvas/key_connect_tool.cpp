#include "canvas_item.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace loadpath {
namespace {

/// A line drawn by keyboard. The target is any other card; whether it may be one is said at once.
class KeyConnectTool : public Tool {
public:
    KeyConnectTool(CanvasItem& canvas, int card) : Tool(canvas), m_from(idOf(card)) {
        const QPointF home = rectOf(card).center();
        const std::vector<Card>& cards = canvas.scene()->cards();
        for (std::size_t i = 0; i < cards.size(); ++i)
            if (cards[i].alive && int(i) != card) m_others.push_back(int(i));
        std::stable_sort(m_others.begin(), m_others.end(), [&](int a, int b) {
            return (rectOf(a).center() - home).manhattanLength() < (rectOf(b).center() - home).manhattanLength();
        });
        step(1);
    }

    KeyAnswer key(const QKeyEvent& event) override {
        switch (event.key()) {
            case Qt::Key_Tab:
                step(1);
                return KeyAnswer::taken;
            case Qt::Key_Backtab:
                step(-1);
                return KeyAnswer::taken;
            case Qt::Key_Left:
            case Qt::Key_Right:
            case Qt::Key_Up:
            case Qt::Key_Down: {
                const int at = m_canvas.scene()->card({(m_target.isEmpty() ? m_from : m_target).toStdString()});
                if (at >= 0) choose(m_canvas.neighbourOf(at, Qt::Key(event.key())));
                return KeyAnswer::taken;
            }
            case Qt::Key_Return:
            case Qt::Key_Enter:
                return m_target.isEmpty() || !m_reason.isEmpty() ? KeyAnswer::taken : KeyAnswer::done;
            default:
                return KeyAnswer::notMine;
        }
    }

    void move(const Pointer&) override {}

    void release(const Pointer&) override {
        if (m_canvas.document()->connectComponents(m_from, m_target))
            emit m_canvas.lineDrawn(m_canvas.document()->selection()->primaryId(), true);
    }

    QString hint() const override {
        const QString from = m_canvas.document()->nameOf(m_from);
        if (m_target.isEmpty())
            return CanvasItem::tr("Nothing here may follow %1. Arrows go from card to card, Escape ends.").arg(from);
        const QString to = m_canvas.document()->nameOf(m_target);
        if (!m_reason.isEmpty()) return CanvasItem::tr("%1 → %2: %3").arg(from, to, m_reason);
        return CanvasItem::tr("%1 → %2: Enter connects, Tab goes to the next that may follow.").arg(from, to);
    }

    void paint(QPainter& painter) const override {
        if (m_target.isEmpty()) return;
        const QRectF from = m_canvas.itemRect(m_from), to = m_canvas.itemRect(m_target);
        if (from.isNull() || to.isNull()) return;
        const Tokens& t = m_canvas.colours();
        const QColor colour(m_reason.isEmpty() ? t.ok : t.error);
        QPen pen(colour, 2);
        if (!m_reason.isEmpty()) pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(roundedPath(way(from, to), connectionRadius));
        painter.setPen(QPen(colour, 2.4));
        painter.drawRoundedRect(to.adjusted(-3, -3, 3, 3), radiusCard + 2, radiusCard + 2);
        if (!m_reason.isEmpty()) m_canvas.paintReason(painter, {to.left() - 16, to.bottom() - 8}, m_reason);
    }

    QString source() const override { return m_from; }
    bool scrolls() const override { return false; }

private:
    QString idOf(int card) const {
        return QString::fromStdString(m_canvas.scene()->cards()[std::size_t(card)].id.value);
    }
    QRectF rectOf(int card) const { return m_canvas.scene()->cards()[std::size_t(card)].rect; }

    /// From the nearer sides, with two bends.
    static std::vector<QPointF> way(const QRectF& from, const QRectF& to) {
        const QPointF d = to.center() - from.center();
        if (std::abs(d.x()) >= std::abs(d.y())) {
            const QPointF a(d.x() > 0 ? from.right() : from.left(), from.center().y());
            const QPointF b(d.x() > 0 ? to.left() : to.right(), to.center().y());
            const double middle = (a.x() + b.x()) / 2;
            return {a, {middle, a.y()}, {middle, b.y()}, b};
        }
        const QPointF a(from.center().x(), d.y() > 0 ? from.bottom() : from.top());
        const QPointF b(to.center().x(), d.y() > 0 ? to.top() : to.bottom());
        const double middle = (a.y() + b.y()) / 2;
        return {a, {a.x(), middle}, {b.x(), middle}, b};
    }

    /// The next card that may be a target, nearest first. Asked one by one: each answer has its price.
    void step(int by) {
        const int count = int(m_others.size());
        for (int tried = 0; tried < count; ++tried) {
            m_at = m_at < 0 ? (by > 0 ? 0 : count - 1) : (m_at + by + count) % count;
            const int card = m_others[std::size_t(m_at)];
            if (!m_canvas.scene()->cards()[std::size_t(card)].alive) continue;
            if (!m_canvas.document()->refusal(m_from, idOf(card)).isEmpty()) continue;
            choose(card);
            return;
        }
    }

    void choose(int card) {
        if (card < 0 || idOf(card) == m_from) return;
        m_target = idOf(card);
        const auto at = std::find(m_others.begin(), m_others.end(), card);
        if (at != m_others.end()) m_at = int(at - m_others.begin());
        m_reason = m_canvas.document()->refusal(m_from, m_target);
        m_canvas.reveal(m_target);
    }

    QString m_from, m_target, m_reason;
    std::vector<int> m_others;  // nearest first
    int m_at = -1;
};

}  // namespace

std::unique_ptr<Tool> keyConnectTool(CanvasItem& canvas, int card) {
    return std::make_unique<KeyConnectTool>(canvas, card);
}

}  // namespace loadpath
