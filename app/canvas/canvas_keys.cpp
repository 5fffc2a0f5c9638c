// CanvasItem: everything by keyboard, and what it says about its focus.
#include "canvas_item.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace loadpath {

void CanvasItem::keyPressEvent(QKeyEvent* event) {
    if (m_tool) {
        const Tool::KeyAnswer answer = m_tool->key(*event);
        if (answer == Tool::KeyAnswer::done) {
            const std::unique_ptr<Tool> tool = std::move(m_tool);
            tool->release(m_last);
        }
        if (answer != Tool::KeyAnswer::notMine) {
            showToolHint();
            update();
            return event->accept();
        }
    }
    if (m_document && (viewKey(event) || editKey(event)))
        event->accept();
    else
        QQuickPaintedItem::keyPressEvent(event);
}

void CanvasItem::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        updateCursor();
        event->accept();
        return;
    }
    QQuickPaintedItem::keyReleaseEvent(event);
}

bool CanvasItem::viewKey(QKeyEvent* event) {
    const bool control = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
        case Qt::Key_Space:
            m_spaceHeld = true;
            updateCursor();
            return true;
        case Qt::Key_Escape:
            if (m_tool) {
                m_tool->cancel();
                endTool();
            } else {
                m_document->selection()->clear();
            }
            return true;
        case Qt::Key_Tab:
            return selectNext(1);
        case Qt::Key_Backtab:
            return selectNext(-1);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_document->selection()->count() != 1) return false;
            emit activated(m_document->selection()->primaryId());
            return true;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            if (control) zoomIn();
            return control;
        case Qt::Key_Minus:
            if (control) zoomOut();
            return control;
        case Qt::Key_0:
            if (control) resetZoom();
            return control;
        case Qt::Key_9:
            if (control) fit();
            return control;
        case Qt::Key_Menu: {
            const QString id = m_document->selection()->primaryId();
            const QPointF at = id.isEmpty() ? center() : itemRect(id).center();
            emit contextMenuRequested(id, at);
            return true;
        }
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
            if (event->modifiers() & Qt::AltModifier) {
                selectNeighbour(Qt::Key(event->key()));
                return true;
            }
            if (m_document->selection()->count() == 0) {
                const QPointF step(event->key() == Qt::Key_Left    ? 60
                                   : event->key() == Qt::Key_Right ? -60
                                                                   : 0,
                                   event->key() == Qt::Key_Up     ? 60
                                   : event->key() == Qt::Key_Down ? -60
                                                                  : 0);
                panBy(step);
                return true;
            }
            return false;
        default:
            return false;
    }
}

bool CanvasItem::editKey(QKeyEvent* event) {
    if (m_locked || m_tool) return false;
    Selection& selection = *m_document->selection();
    const auto is = [event](QKeySequence::StandardKey key) { return event->matches(key); };
    if (is(QKeySequence::SelectAll)) return m_document->selectAll(), true;
    if (is(QKeySequence::Copy)) return m_document->copy(), true;
    if (is(QKeySequence::Cut)) return m_document->cut(), true;
    if (is(QKeySequence::Paste)) return m_document->paste(), true;
    if (is(QKeySequence::Undo)) return m_document->undo(), true;
    if (is(QKeySequence::Redo) || (event->key() == Qt::Key_Y && event->modifiers() == Qt::ControlModifier))
        return m_document->redo(), true;
    const double step = event->modifiers() & Qt::ShiftModifier ? 1 : gridStep;
    switch (event->key()) {
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            m_document->deleteSelection();
            return true;
        case Qt::Key_D:
            if (event->modifiers() != Qt::ControlModifier) return false;
            m_document->duplicate();
            return true;
        case Qt::Key_C:
            if (event->modifiers() != Qt::NoModifier) return false;
            startConnecting();
            return true;
        case Qt::Key_F2:
            if (selection.count() != 1) return false;
            rename(selection.primaryId());
            return true;
        case Qt::Key_Left:
            nudge(-step, 0);
            return true;
        case Qt::Key_Right:
            nudge(step, 0);
            return true;
        case Qt::Key_Up:
            nudge(0, -step);
            return true;
        case Qt::Key_Down:
            nudge(0, step);
            return true;
        default:
            return false;
    }
}

void CanvasItem::nudge(double dx, double dy) {
    m_document->moveSelection(dx, dy, true);
    revealSelection();
}

/// Cards in the order of the design; past the last one the focus leaves the canvas.
bool CanvasItem::selectNext(int step) {
    const Table<Component>& components = m_document->design().components;
    if (components.empty()) return false;
    const QString current = m_document->selection()->primaryId();
    const auto at = components.indexOf({current.toStdString()});
    const long long next = at         ? static_cast<long long>(*at) + step
                           : step > 0 ? 0
                                      : static_cast<long long>(components.size()) - 1;
    if (next < 0 || next >= static_cast<long long>(components.size())) return false;
    m_document->selection()->select(QString::fromStdString(components[std::size_t(next)].id.value));
    revealSelection();
    return true;
}

bool CanvasItem::isConnected(int a, int b) const {
    return std::any_of(m_scene->lines().begin(), m_scene->lines().end(), [a, b](const Line& line) {
        return line.alive && ((line.from == a && line.to == b) || (line.from == b && line.to == a));
    });
}

void CanvasItem::startConnecting() {
    if (!m_document || m_locked || m_tool || m_document->selection()->count() != 1) return;
    const int card = m_scene->card({m_document->selection()->primaryId().toStdString()});
    if (card < 0) return;
    m_button = Qt::NoButton;
    startTool(keyConnectTool(*this, card));
}

void CanvasItem::selectNeighbour(Qt::Key direction) {
    const int current = m_scene->card({m_document->selection()->primaryId().toStdString()});
    if (current < 0) {
        selectNext(1);
        return;
    }
    const int next = neighbourOf(current, direction);
    if (next < 0) return;
    m_document->selection()->select(QString::fromStdString(m_scene->cards()[std::size_t(next)].id.value));
    revealSelection();
}

int CanvasItem::neighbourOf(int current, Qt::Key direction) const {
    const QPointF from = m_scene->cards()[std::size_t(current)].rect.center();
    const QPointF way(direction == Qt::Key_Left    ? -1
                      : direction == Qt::Key_Right ? 1
                                                   : 0,
                      direction == Qt::Key_Up     ? -1
                      : direction == Qt::Key_Down ? 1
                                                  : 0);
    int best = -1;
    double least = 1e300;
    for (const Card& card : m_scene->cards()) {
        const int index = int(&card - m_scene->cards().data());
        if (!card.alive || card.selected || index == current) continue;
        const QPointF d = card.rect.center() - from;
        const double ahead = QPointF::dotProduct(d, way), aside = std::abs(d.x() * way.y() - d.y() * way.x());
        if (ahead <= 0) continue;
        // Along a connection rather than past it.
        const double price = (ahead + 2.5 * aside) * (isConnected(current, index) ? 0.3 : 1);
        if (price >= least) continue;
        least = price;
        best = index;
    }
    return best;
}

void CanvasItem::focusInEvent(QFocusEvent* event) {
    QQuickPaintedItem::focusInEvent(event);
    if (m_focusReason != event->reason()) {
        m_focusReason = event->reason();
        emit focusReasonChanged();
    }
}

void CanvasItem::focusOutEvent(QFocusEvent* event) {
    QQuickPaintedItem::focusOutEvent(event);
    if (m_tool && m_button == Qt::NoButton) {
        m_tool->cancel();
        endTool();
    }
    m_spaceHeld = false;
    updateCursor();
}

void CanvasItem::rename(const QString& id) {
    if (!m_scene || id.isEmpty() || m_locked) return;
    const int card = m_scene->card({id.toStdString()});
    QRectF place = m_scene->rectOf(id);
    if (place.isNull()) return;
    if (const int line = m_scene->line({id.toStdString()}); line >= 0) {
        const QPointF at = m_scene->lines()[std::size_t(line)].labelAt;
        place = QRectF(at.x() - 60, at.y() - 15, 120, 30);
    } else if (card >= 0)
        place = QRectF(place.left() + 48, place.top() + 2, cardWidth - 48, 34);
    else if (m_document->selection()->kindOf(id) == ItemKind::zone)
        place.setHeight(30);
    emit renameRequested(id, QRectF(m_view.toView(place.topLeft()), place.size() * m_view.zoom));
}

}  // namespace loadpath
