#include "diagram_painter.h"

#include "fonts.h"

#include <QPainter>

#include <cmath>

namespace loadpath {

QRgb mixed(QRgb under, QRgb over, double opacity) {
    const auto mix = [opacity](int a, int b) { return int(std::lround(a + (b - a) * opacity)); };
    return qRgb(mix(qRed(under), qRed(over)), mix(qGreen(under), qGreen(over)), mix(qBlue(under), qBlue(over)));
}

QRgb toneFill(const Tokens& t, Tone tone) {
    switch (tone) {
        case Tone::error:
            return t.error;
        case Tone::warning:
            return t.warning;
        case Tone::info:
            return t.infoText;
        case Tone::none:
            break;
    }
    return t.muted;
}

QRgb toneText(const Tokens& t, Tone tone) {
    switch (tone) {
        case Tone::error:
            return t.errorText;
        case Tone::warning:
            return t.warningText;
        case Tone::info:
            return t.infoText;
        case Tone::none:
            break;
    }
    return t.muted;
}

QRgb utilisationFill(const Tokens& t, double utilisation) {
    return utilisation >= utilisationError ? t.error : utilisation >= utilisationWarning ? t.warning : t.ok;
}

QRgb utilisationText(const Tokens& t, double utilisation) {
    return utilisation >= utilisationError ? t.errorText : utilisation >= utilisationWarning ? t.warningText : t.muted;
}

DiagramPainter::DiagramPainter() : m_blocks(2000), m_pictures(64 * 1024 * 1024) {}

void DiagramPainter::forget() {
    m_pictures.clear();
    m_blocks.clear();
}

void DiagramPainter::paint(QPainter& painter, const Scene& scene, const DiagramView& view,
                           const std::vector<TrafficDot>& dots) {
    const Tokens& t = tokens(view.theme);
    if (view.background) painter.fillRect(QRectF(QPointF(), view.size), QColor(t.canvas));
    if (view.grid) paintGrid(painter, view);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    paintContainers(painter, scene, view);
    paintLines(painter, scene, view);
    paintDots(painter, view, dots);
    paintLabels(painter, scene, view);
    paintNotes(painter, scene, view);
    paintCards(painter, scene, view);
    painter.restore();
}

void DiagramPainter::paintGrid(QPainter& painter, const DiagramView& view) const {
    // Dots keep at least 14 px of the view between them.
    double step = gridStep;
    while (step * view.zoom < 14) step *= 2;
    const QColor colour(tokens(view.theme).grid);
    const double dot = std::clamp(1.6 * view.zoom, 1.0, 3.0);
    const QRectF visible = view.visible();
    const bool snap = !view.vector;
    for (double y = std::floor(visible.top() / step) * step; y <= visible.bottom(); y += step)
        for (double x = std::floor(visible.left() / step) * step; x <= visible.right(); x += step) {
            QPointF at = view.toView({x, y}) - QPointF(dot / 2, dot / 2);
            if (snap) at = QPointF(std::round(at.x()), std::round(at.y()));
            painter.fillRect(QRectF(at, QSizeF(snap ? std::round(dot) : dot, snap ? std::round(dot) : dot)), colour);
        }
}

void DiagramPainter::paintContainers(QPainter& painter, const Scene& scene, const DiagramView& view) const {
    const Tokens& t = tokens(view.theme);
    const QRectF visible = view.visible();
    for (const Container& zone : scene.containers()) {
        if (!zone.rect.intersects(visible)) continue;
        const QRectF rect(view.toView(zone.rect.topLeft()), zone.rect.size() * view.zoom);
        const double radius = radiusZone * view.zoom;
        const bool boundary = zone.kind == u"boundary", region = zone.kind == u"region";
        const QRgb hue = boundary || region ? t.muted : t.accent;
        QColor fill(hue), edge(hue);
        fill.setAlphaF(float(zone.target ? 0.16 : boundary ? 0.02 : region ? 0.045 : t.zoneTint));
        edge.setAlphaF(float(zone.selected || zone.target ? 1.0 : t.zoneBorderTint));
        QPen pen(zone.selected ? QColor(t.accent) : edge, zone.selected || zone.target ? 2 : 1);
        if (boundary) pen.setDashPattern({6, 4});
        painter.setPen(pen);
        painter.setBrush(fill);
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        const double size = std::max(secondarySize * view.zoom, std::min(9.0, secondarySize * view.zoom * 2.2));
        if (size < 5 || rect.width() < 40) continue;
        const QFont font = uiFont(std::max(1.0, size), QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(QColor(boundary || region ? t.muted : t.accentText));
        const QRectF title =
            QRectF(rect.left() + 14 * view.zoom, rect.top() + 8 * view.zoom, rect.width() - 28 * view.zoom, size * 1.6);
        painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(font).elidedText(zone.name, Qt::ElideRight, title.width()));
    }
}

void DiagramPainter::paintNotes(QPainter& painter, const Scene& scene, const DiagramView& view) const {
    const Tokens& t = tokens(view.theme);
    const QRectF visible = view.visible();
    for (const NoteShape& note : scene.notes()) {
        if (!note.rect.intersects(visible)) continue;
        painter.save();
        painter.translate(view.toView(note.rect.topLeft()));
        painter.scale(view.zoom, view.zoom);
        const QRectF rect(QPointF(), note.rect.size());
        painter.setPen(QPen(QColor(note.selected ? t.accent : t.noteBorder), note.selected ? 2 : 1));
        painter.setBrush(QColor(t.noteFill));
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
        if (view.vector || view.zoom >= 0.3) {
            painter.setFont(uiFont(bodySize - 1));
            painter.setPen(QColor(t.text));
            painter.drawText(rect.adjusted(12, 10, -12, -10), Qt::TextWordWrap, note.text);
        }
        painter.restore();
    }
}

void DiagramPainter::paintDots(QPainter& painter, const DiagramView& view, const std::vector<TrafficDot>& dots) const {
    if (dots.empty()) return;
    const Tokens& t = tokens(view.theme);
    const QRectF visible = view.visible().adjusted(-12, -12, 12, 12);
    const double radius = std::clamp(4.2 * view.zoom, 1.6, 6.0);
    const QRgb message = t.category("messaging").glyph;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, radius > 2);
    for (const TrafficDot& dot : dots) {
        if (!visible.contains(dot.at)) continue;
        const QPointF at = view.toView(dot.at);
        QColor colour(dot.kind == TrafficDot::Kind::failure   ? t.error
                      : dot.kind == TrafficDot::Kind::message ? message
                      : dot.kind == TrafficDot::Kind::retry   ? t.warning
                                                              : t.ok);
        if (radius > 2) {
            QColor halo = colour;
            halo.setAlphaF(0.22f);
            painter.setPen(Qt::NoPen);
            painter.setBrush(halo);
            painter.drawEllipse(at, radius * 1.9, radius * 1.9);
        }
        if (dot.kind == TrafficDot::Kind::retry) {
            painter.setPen(QPen(colour, std::max(1.2, 1.8 * view.zoom)));
            painter.setBrush(QColor(t.canvas));
            painter.drawEllipse(at, radius * 0.85, radius * 0.85);
        } else if (dot.kind == TrafficDot::Kind::failure && radius > 2) {
            // A failure is told by its shape, too.
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            const double r = radius * 1.25;
            painter.drawConvexPolygon(
                QPolygonF({at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0)}));
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            painter.drawEllipse(at, radius, radius);
        }
    }
    painter.restore();
}

void DiagramPainter::paintMinimap(QPainter& painter, const Scene& scene, ThemeKind theme, const QRectF& area,
                                  const QRectF& visible) {
    const Tokens& t = tokens(theme);
    const QRectF all = scene.bounds().united(visible);
    if (all.isEmpty()) return;
    const double scale = std::min(area.width() / all.width(), area.height() / all.height());
    const QPointF shift = area.center() - all.center() * scale;
    const auto place = [&](const QRectF& r) { return QRectF(r.topLeft() * scale + shift, r.size() * scale); };
    painter.save();
    QColor zoneFill(t.accent);
    zoneFill.setAlphaF(0.12f);
    for (const Container& zone : scene.containers()) painter.fillRect(place(zone.rect), zoneFill);
    for (const Card& card : scene.cards()) {
        if (!card.alive) continue;
        QRectF r = place(card.rect);
        r.setSize(r.size().expandedTo({1.5, 1}));
        const QRgb fill = card.state.down || card.state.worst == Tone::error ? t.error
                          : card.selected                                    ? t.accent
                                                                             : t.connection;
        painter.fillRect(r, QColor(fill));
    }
    painter.setPen(QPen(QColor(t.accent), 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(place(visible).intersected(area), 2, 2);
    painter.restore();
}

}  // namespace loadpath
