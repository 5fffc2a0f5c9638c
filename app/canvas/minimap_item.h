// The whole design in a corner, with the part that the canvas shows; a press or drag moves the view.
#pragma once

#include "canvas_item.h"

namespace loadpath {

class MinimapItem : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(loadpath::CanvasItem* canvas READ canvas WRITE setCanvas NOTIFY canvasChanged)
    /// The design is larger than the view: there is something to find.
    Q_PROPERTY(bool useful READ useful NOTIFY usefulChanged)

public:
    explicit MinimapItem(QQuickItem* parent = nullptr);

    CanvasItem* canvas() const { return m_canvas; }
    void setCanvas(CanvasItem* canvas);
    bool useful() const { return m_useful; }
    void paint(QPainter* painter) override;

signals:
    void canvasChanged();
    void usefulChanged();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void follow();
    void moveView(QPointF at);

    QPointer<CanvasItem> m_canvas;
    bool m_useful = false;
};

}  // namespace loadpath
