#include "canvas_item.h"

namespace loadpath {
namespace {

class PanTool : public Tool {
public:
    PanTool(CanvasItem& canvas, const Pointer& start) : Tool(canvas), m_last(start.view) {}
    void move(const Pointer& pointer) override {
        m_canvas.panBy(pointer.view - m_last);
        m_last = pointer.view;
    }
    void release(const Pointer& pointer) override { move(pointer); }
    QCursor cursor() const override { return Qt::ClosedHandCursor; }
    bool scrolls() const override { return false; }

private:
    QPointF m_last;
};

}  // namespace

std::unique_ptr<Tool> panTool(CanvasItem& canvas, const Pointer& start) {
    return std::make_unique<PanTool>(canvas, start);
}

}  // namespace loadpath
