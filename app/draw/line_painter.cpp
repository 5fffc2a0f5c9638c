// Connections: rounded orthogonal lines, arrowheads, pills; single pixels where they are far away.
#include "diagram_painter.h"
#include "fonts.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace loadpath {
namespace {

constexpr double headLength = 9, headHalf = 4.2;
constexpr double sameWordWithin = 120;

bool isHidden(const Line& line, const DiagramView& view) {
    return (line.kind == LineKind::telemetry && !view.telemetry && !line.selected) || line.points.size() < 2;
}

QPointF unit(QPointF from, QPointF to) {
    const QPointF d = to - from;
    const double length = std::hypot(d.x(), d.y());
    return length > 0 ? d / length : QPointF(1, 0);
}

QRgb lineColour(LineKind kind, const Tokens& t) {
    switch (kind) {
        case LineKind::message:
            return t.category("messaging").glyph;
        case LineKind::replication:
            return t.category("data").glyph;
        case LineKind::deadLetter:
            return t.error;
        case LineKind::telemetry:
        case LineKind::control:
        case LineKind::call:
            break;
    }
    return t.connection;
}

QRgb labelColour(const Line& line, const Tokens& t) {
    if (line.state.tone >= Tone::warning) return toneText(t, line.state.tone);
    switch (line.kind) {
        case LineKind::message:
            return t.category("messaging").text;
        case LineKind::replication:
            return t.category("data").text;
        case LineKind::deadLetter:
            return t.errorText;
        default:
            return t.muted;
    }
}

}  // namespace

QPainterPath roundedPath(const std::vector<QPointF>& points, double radius, const std::vector<Hop>& hops) {
    QPainterPath path(points.front());
    std::size_t hop = 0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const QPointF a = points[i], b = points[i + 1];
        for (; hop < hops.size() && std::size_t(hops[hop].segment) == i; ++hop) {
            const double way = b.x() > a.x() ? 1 : -1;
            path.lineTo(hops[hop].x - way * hopRadius, a.y());
            path.arcTo(QRectF(hops[hop].x - hopRadius, a.y() - hopRadius, 2 * hopRadius, 2 * hopRadius),
                       way > 0 ? 180 : 0, way > 0 ? -180 : 180);
        }
        if (i + 2 == points.size()) break;
        const QPointF after = points[i + 2];
        const double r = std::min({radius, (b - a).manhattanLength() / 2, (after - b).manhattanLength() / 2});
        path.lineTo(b - unit(a, b) * r);
        path.quadTo(b, b + unit(b, after) * r);
    }
    path.lineTo(points.back());
    return path;
}

QPen DiagramPainter::penOf(const Line& line, const Tokens& t, bool hovered) const {
    const bool thin = line.kind == LineKind::telemetry || line.kind == LineKind::control;
    double width = thin ? 1 : 1.6;
    if (line.state.rateRps > 0) width += std::min(1.8, 0.28 * std::log10(1 + line.state.rateRps));
    QPen pen(QColor(line.selected || hovered ? t.accent : lineColour(line.kind, t)), width + (line.selected ? 0.8 : 0));
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    if (line.kind != LineKind::call) {
        const double unit = 1 / pen.widthF();
        if (thin)
            pen.setDashPattern({2 * unit, 4 * unit});
        else
            pen.setDashPattern({7 * unit, 4 * unit});
    }
    return pen;
}

void DiagramPainter::paintLine(QPainter& painter, const Line& line, const Card& target, const DiagramView& view,
                               bool hovered) const {
    const Tokens& t = tokens(view.theme);
    std::vector<QPointF> points = line.points;
    const QPen pen = penOf(line, t, hovered);
    const QPointF way = unit(points[points.size() - 2], points.back());
    // Cards stacked behind the target stand out at its top and right.
    const double stacked = way.y() > 0 || way.x() < 0 ? 4.0 * (target.stack - 1) : 0;
    const QPointF tip = points.back() - way * stacked;
    points.back() = tip - way * (headLength - 1);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(roundedPath(points, connectionRadius, line.hops));
    const double grow = 1 + (pen.widthF() - 1.6) * 0.15;
    const QPointF side(-way.y() * headHalf * grow, way.x() * headHalf * grow), back = tip - way * headLength * grow;
    painter.setPen(Qt::NoPen);
    painter.setBrush(pen.color());
    painter.drawConvexPolygon(QPolygonF({tip, back + side, back - side}));
}

void DiagramPainter::paintLabel(QPainter& painter, const Line& line, const DiagramView& view) const {
    const Tokens& t = tokens(view.theme);
    const bool warns = line.state.tone >= Tone::warning;
    const QString text = line.labelFits && !line.label.isEmpty() ? line.label : warns ? QStringLiteral("!") : QString();
    if (text.isEmpty()) return;
    const QFont font = uiFont(secondarySize, QFont::Medium);
    const double width = std::max(QFontMetricsF(font).horizontalAdvance(text) + 16, 18.0);
    const QRectF pill(line.labelAt.x() - width / 2, line.labelAt.y() - 9, width, 18);
    painter.setPen(QPen(QColor(warns ? toneFill(t, line.state.tone) : line.selected ? t.accent : t.border), 1));
    painter.setBrush(QColor(view.theme == ThemeKind::dark ? t.canvas : t.surface));
    painter.drawRoundedRect(pill, 9, 9);
    painter.setFont(font);
    painter.setPen(QColor(labelColour(line, t)));
    painter.drawText(pill, Qt::AlignCenter, text);
}

void DiagramPainter::paintFarLines(QPainter& painter, const Scene& scene, const DiagramView& view,
                                   const std::vector<int>& lines) {
    const Tokens& t = tokens(view.theme);
    // Axis-parallel lines a pixel wide are rectangles: many times faster than strokes.
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const int index : lines) {
        const Line& line = scene.lines()[std::size_t(index)];
        if (line.kind == LineKind::telemetry && !view.telemetry) continue;
        const QColor colour(mixed(t.canvas, line.selected ? t.accent : lineColour(line.kind, t),
                                  line.selected ? 1
                                  : line.dimmed ? 0.2
                                                : 0.75));
        for (std::size_t i = 1; i < line.points.size(); ++i) {
            const QPoint a = view.toView(line.points[i - 1]).toPoint(), b = view.toView(line.points[i]).toPoint();
            painter.fillRect(QRect(QPoint(std::min(a.x(), b.x()), std::min(a.y(), b.y())),
                                   QPoint(std::max(a.x(), b.x()), std::max(a.y(), b.y()))),
                             colour);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
}

void DiagramPainter::paintLines(QPainter& painter, const Scene& scene, const DiagramView& view) {
    const std::vector<int> lines = scene.linesIn(view.visible());
    if (!view.vector && detail(view.zoom) == Detail::block) return paintFarLines(painter, scene, view, lines);
    painter.save();
    painter.scale(view.zoom, view.zoom);
    painter.translate(-view.origin);
    for (const bool selected : {false, true})
        for (const int index : lines) {
            const Line& line = scene.lines()[std::size_t(index)];
            const bool raised = line.selected || index == view.hoveredLine;
            if (raised != selected || isHidden(line, view)) continue;
            painter.setOpacity(line.dimmed ? dimmedOpacity : 1);
            paintLine(painter, line, scene.cards()[std::size_t(line.to)], view, index == view.hoveredLine);
        }
    painter.restore();
}

void DiagramPainter::paintLabels(QPainter& painter, const Scene& scene, const DiagramView& view) const {
    if (!view.vector && detail(view.zoom) != Detail::full) return;
    painter.save();
    painter.scale(view.zoom, view.zoom);
    painter.translate(-view.origin);
    std::vector<const Line*> said;
    for (const int index : scene.linesIn(view.visible())) {
        const Line& line = scene.lines()[std::size_t(index)];
        if (isHidden(line, view) || line.dimmed) continue;
        // Lines that run side by side into one card say the same word once.
        const bool again = std::any_of(said.begin(), said.end(), [&line](const Line* other) {
            return other->to == line.to && other->label == line.label && other->kind == line.kind &&
                   (other->labelAt - line.labelAt).manhattanLength() < sameWordWithin;
        });
        if (again && !line.selected && index != view.hoveredLine && line.state.tone < Tone::warning) continue;
        paintLabel(painter, line, view);
        if (line.labelFits) said.push_back(&line);
    }
    painter.restore();
}

}  // namespace loadpath
