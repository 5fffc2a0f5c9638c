#include "canvas_item.h"
#include "snapping.h"

#include <QPainter>

#include <cmath>

namespace loadpath {
namespace {

constexpr double dragDistance = 4;  // px of the view before a click becomes a drag
constexpr double snapReach = 7;     // px of the view

/// Moves what is selected; with Alt leaves it and takes a copy along.
class MoveTool : public Tool {
public:
    MoveTool(CanvasItem& canvas, const Pointer& start, QString pressed, bool selectOnClick)
        : Tool(canvas),
          m_start(start),
          m_pressed(std::move(pressed)),
          m_copies(start.modifiers & Qt::AltModifier),
          m_selectOnClick(selectOnClick) {
        m_home = canvas.scene()->rectOf(m_pressed);
        m_zonePressed = canvas.document()->selection()->kindOf(m_pressed) == ItemKind::zone;
    }

    void move(const Pointer& pointer) override {
        if (!m_dragging && (pointer.view - m_start.view).manhattanLength() < dragDistance) return;
        if (!m_dragging) findOthers();
        m_dragging = true;
        QPointF wanted = pointer.canvas - m_start.canvas;
        m_guides.clear();
        // What is held lines up; the rest keeps its distance to it.
        if (!(pointer.modifiers & Qt::ControlModifier)) {
            const Snapped snapped = snap(m_home.translated(wanted), m_others, snapReach / m_canvas.zoom(), gridStep);
            wanted += snapped.shift;
            m_guides = snapped.guides;
        }
        if (wanted == m_moved) return;
        if (!m_copies) m_canvas.document()->moveSelection(wanted.x() - m_moved.x(), wanted.y() - m_moved.y(), false);
        m_moved = wanted;
        const Scene& scene = *m_canvas.scene();
        const bool isCard = scene.card({m_pressed.toStdString()}) >= 0;
        const int zone = isCard ? scene.framedZoneAt(m_home.translated(wanted).center()) : -1;
        m_canvas.scene()->setDropTarget(zone < 0 ? ZoneId{} : scene.containers()[std::size_t(zone)].id);
    }

    void release(const Pointer& pointer) override {
        move(pointer);
        if (m_dragging && m_copies)
            m_canvas.document()->duplicateBy(m_moved.x(), m_moved.y());
        else if (m_dragging)
            m_canvas.document()->moveSelection(0, 0, true);
        else if (m_selectOnClick)
            m_canvas.document()->selection()->select(m_pressed);
    }

    void cancel() override {
        if (m_dragging && !m_copies) m_canvas.document()->cancelMove();
    }

    void paint(QPainter& painter) const override {
        if (!m_dragging) return;
        if (m_copies)
            for (const Card& card : m_canvas.scene()->cards()) {
                if (!card.alive || !card.selected) continue;
                Card ghost = card;
                ghost.rect.translate(m_moved);
                if (m_canvas.view().visible().intersects(ghost.rect))
                    m_canvas.painter().paintGhost(painter, ghost, m_canvas.view());
            }
        painter.setPen(QPen(QColor(m_canvas.colours().accent), 1));
        for (const QLineF& guide : m_guides)
            painter.drawLine(QLineF(m_canvas.toView(guide.p1()), m_canvas.toView(guide.p2())));
    }

    QCursor cursor() const override {
        return m_copies ? Qt::DragCopyCursor : m_dragging ? Qt::ClosedHandCursor : Qt::SizeAllCursor;
    }
    std::vector<QLineF> guides() const override { return m_guides; }

private:
    /// What is seen and does not move along.
    void findOthers() {
        constexpr std::size_t most = 400;
        const Scene& scene = *m_canvas.scene();
        if (m_zonePressed) return;
        for (const int index : scene.cardsIn(m_canvas.view().visible())) {
            const Card& card = scene.cards()[std::size_t(index)];
            if ((!card.selected || m_copies) && m_others.size() < most) m_others.push_back(card.rect);
        }
    }

    Pointer m_start;
    QString m_pressed;
    QRectF m_home;
    QPointF m_moved;
    std::vector<QRectF> m_others;
    std::vector<QLineF> m_guides;
    bool m_copies, m_selectOnClick, m_zonePressed = false, m_dragging = false;
};

}  // namespace

std::unique_ptr<Tool> moveTool(CanvasItem& canvas, const Pointer& start, const QString& pressedId, bool selectOnClick) {
    return std::make_unique<MoveTool>(canvas, start, pressedId, selectOnClick);
}

}  // namespace loadpath
