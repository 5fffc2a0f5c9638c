// The one renderer: window, minimap, PNG, SVG and PDF show what it draws of a scene. Reads the scene
// and the tokens; knows no document, no engine and no widget. One per thread.
#pragma once

#include "icons.h"
#include "scene.h"
#include "tokens.h"

#include <QCache>
#include <QElapsedTimer>
#include <QPainterPath>
#include <QPen>

namespace loadpath {

struct DiagramView {
    ThemeKind theme = ThemeKind::light;
    double zoom = 1;  // px of the view per px of the canvas
    QPointF origin;   // of the canvas, at the top left of the view
    QSizeF size;      // of the view
    double pixelRatio = 1;
    bool background = true, grid = true;
    bool telemetry = false;  // lines of telemetry are shown
    bool vector = false;     // full detail and no cached pictures, whatever the zoom
    /// While the zoom changes: cards may be shown as enlarged older pictures, to be drawn sharply later.
    bool sketchy = false;
    int hoveredLine = -1;

    QPointF toView(QPointF p) const { return (p - origin) * zoom; }
    QPointF toCanvas(QPointF p) const { return p / zoom + origin; }
    QRectF visible() const { return {origin, size / zoom}; }
};

struct TrafficDot {
    enum class Kind { success, failure, message, retry };
    QPointF at;
    Kind kind = Kind::success;
};

enum class Detail { full, name, block };

class DiagramPainter {
public:
    DiagramPainter();
    /// The painter's coordinates are those of the view.
    void paint(QPainter& painter, const Scene& scene, const DiagramView& view,
               const std::vector<TrafficDot>& dots = {});
    void paintMinimap(QPainter& painter, const Scene& scene, ThemeKind theme, const QRectF& area,
                      const QRectF& visible);
    void paintDots(QPainter& painter, const DiagramView& view, const std::vector<TrafficDot>& dots) const;
    /// A card as a picture of its own, for dragging a type onto the canvas.
    void paintGhost(QPainter& painter, const Card& card, const DiagramView& view);
    /// Whether the last sketchy painting left cards to be drawn sharply.
    bool hasSketches() const { return m_sketches; }
    bool hasPictures() const { return !m_pictures.isEmpty(); }
    /// To be called when another scene is going to be painted.
    void forget();

    static Detail detail(double zoom) {
        return zoom >= 0.5 ? Detail::full : zoom >= 0.26 ? Detail::name : Detail::block;
    }

private:
    void paintGrid(QPainter& painter, const DiagramView& view) const;
    void paintContainers(QPainter& painter, const Scene& scene, const DiagramView& view) const;
    void paintLines(QPainter& painter, const Scene& scene, const DiagramView& view);
    void paintFarLines(QPainter& painter, const Scene& scene, const DiagramView& view, const std::vector<int>& lines);
    void paintLine(QPainter& painter, const Line& line, const Card& target, const DiagramView& view,
                   bool hovered) const;
    void paintLabel(QPainter& painter, const Line& line, const DiagramView& view) const;
    void paintLabels(QPainter& painter, const Scene& scene, const DiagramView& view) const;
    void paintNotes(QPainter& painter, const Scene& scene, const DiagramView& view) const;
    void paintCards(QPainter& painter, const Scene& scene, const DiagramView& view);
    void paintSelection(QPainter& painter, const Card& card, const DiagramView& view) const;

    // In px of the canvas, the card's top left corner at the origin.
    void drawCard(QPainter& painter, const Card& card, const Tokens& t);
    void drawNamedCard(QPainter& painter, const Card& card, const Tokens& t);
    void drawBody(QPainter& painter, const Card& card, const Tokens& t) const;
    void drawTile(QPainter& painter, const Card& card, const Tokens& t, const QRectF& tile);
    void drawUtilisation(QPainter& painter, const Card& card, const Tokens& t, const QRectF& area) const;
    void drawBadge(QPainter& painter, const Card& card, const Tokens& t, QPointF centre, double radius) const;
    void drawChips(QPainter& painter, const Card& card, const Tokens& t) const;

    struct Picture {
        QImage image;
        double scale = 0;
        unsigned revision = 0;
        Detail detail = Detail::full;
    };
    const Picture& cardPicture(const Card& card, int index, const DiagramView& view, Detail detail);
    void paintCardPicture(QPainter& painter, const Card& card, int index, const DiagramView& view, Detail detail,
                          QSize block);
    const QImage& blockPicture(const Card& card, const DiagramView& view, QSize pixels);
    QPen penOf(const Line& line, const Tokens& t, bool hovered) const;

    Icons m_icons;
    QCache<quint64, QImage> m_blocks;
    QSize m_blockSize;
    ThemeKind m_blockTheme = ThemeKind::light;
    QCache<int, Picture> m_pictures;  // by card
    bool m_sketches = false;
    QElapsedTimer m_spent;  // on the cards of this frame
    ThemeKind m_pictureTheme = ThemeKind::light;
};

/// Orthogonal points with the corners rounded, and with a bridge at each hop.
QPainterPath roundedPath(const std::vector<QPointF>& points, double radius, const std::vector<Hop>& hops = {});
QRgb toneFill(const Tokens& t, Tone tone);
QRgb toneText(const Tokens& t, Tone tone);
/// Colour of a bar: ok, warning from 70 %, error from 90 %.
QRgb utilisationFill(const Tokens& t, double utilisation);
QRgb utilisationText(const Tokens& t, double utilisation);
QRgb mixed(QRgb under, QRgb over, double opacity);

}  // namespace loadpath
