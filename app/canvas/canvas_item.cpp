#include "canvas_item.h"

#include "canvas_accessible.h"
#include "canvas_states.h"
#include "draw/fonts.h"

#include <QPainter>
#include <QQmlEngine>
#include <QQuickWindow>

#include <algorithm>
#include <cmath>

namespace loadpath {

CanvasItem::CanvasItem(QQuickItem* parent) : QQuickPaintedItem(parent) {
    installCanvasAccessibility();
    setOpaquePainting(true);
    setAcceptedMouseButtons(Qt::LeftButton | Qt::MiddleButton | Qt::RightButton);
    setAcceptHoverEvents(true);
    setAcceptTouchEvents(true);
    setFlag(ItemAcceptsDrops);
    setFlag(ItemIsFocusScope, false);
    setClip(true);
    m_scrollTimer.setInterval(16);
    connect(&m_scrollTimer, &QTimer::timeout, this, &CanvasItem::scrollAtBorder);
    m_trafficTimer.setInterval(16);
    m_trafficTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_trafficTimer, &QTimer::timeout, this, &CanvasItem::tick);
    m_sharpenTimer.setSingleShot(true);
    m_sharpenTimer.setInterval(40);
    connect(&m_sharpenTimer, &QTimer::timeout, this, &CanvasItem::sharpen);
    m_rearrangement.setDuration(260);
    m_rearrangement.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_rearrangement, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { showRearranging(value.toDouble()); });
    connect(&m_rearrangement, &QVariantAnimation::finished, this, [this] { showRearranging(1); });
    m_animation.setDuration(160);
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
}

CanvasItem::~CanvasItem() = default;

void CanvasItem::componentComplete() {
    QQuickPaintedItem::componentComplete();
    if (!m_theme)
        if (QQmlEngine* engine = qmlEngine(this))
            setTheme(engine->singletonInstance<Theme*>(qmlTypeId("Loadpath.App", 1, 0, "Theme")));
}

void CanvasItem::setDocument(Document* document) {
    if (document == m_document) return;
    if (m_document) {
        disconnect(m_document, nullptr, this, nullptr);
        disconnect(m_document->selection(), nullptr, this, nullptr);
    }
    m_document = document;
    m_scene.reset();
    m_painter.forget();
    m_traffic.clear();
    endTool();
    if (document) {
        m_scene = std::make_unique<Scene>(document->catalog());
        connect(document, &Document::changed, this, [this](const DesignChange& change) {
            if (change.reset) {
                endTool();
                m_rearrangement.stop();
                m_scene = std::make_unique<Scene>(m_document->catalog());
                m_painter.forget();
                m_traffic.clear();
                m_fitted = false;
            }
            followDocument();
        });
        connect(document->selection(), &Selection::changed, this, [this] {
            m_scene->setSelection(m_document->selection()->ids());
            if (m_focusMode) followLit();
            emit sceneChanged();
            update();
        });
        connect(document, &Document::rearranging, this, &CanvasItem::animateRearranging);
        followDocument();
    }
    emit documentChanged();
}

void CanvasItem::followDocument() {
    if (m_rearrangement.state() == QAbstractAnimation::Running)
        showRearranging(m_rearrangement.currentValue().toDouble());
    else
        m_scene->setDesign(compares() ? m_comparison->both() : m_document->design());
    m_scene->setSelection(m_document->selection()->ids());
    m_hover = {};
    m_portsOf = -1;
    m_view.hoveredLine = -1;
    if (!m_fitted && width() > 0 && height() > 0) {
        m_fitted = true;
        if (!m_scene->bounds().isNull()) {
            m_animation.stop();
            const QRectF area = m_scene->bounds().adjusted(-40, -40, 40, 40);
            const double zoom = std::clamp(std::min(width() / area.width(), height() / area.height()), 0.02, 1.0);
            setView(zoom, area.center() - center() / zoom);
        }
    }
    followStates();
    if (m_focusMode) followLit();
    emit sceneChanged();
}

void CanvasItem::followStates() {
    if (!m_scene) return;
    std::unordered_map<std::string, Heat> heat;
    if (m_overlay != u"none" && m_analysis && m_analysis->report()) heat = heatOf(*m_analysis->report(), m_overlay);
    showStates(*m_scene, m_traffic, m_analysis, m_simulation, heat);
    if (m_overlay.startsWith(u"flow:")) followLit();
    const bool moving = m_showTraffic && m_simulation && m_simulation->state() == u"running" && isVisible();
    if (moving && !m_trafficTimer.isActive()) {
        m_trafficClock.start();
        m_trafficTimer.start();
    } else if (!moving) {
        m_trafficTimer.stop();
    }
    update();
}

void CanvasItem::setOverlay(const QString& overlay) {
    const QString wanted = overlay.isEmpty() ? QStringLiteral("none") : overlay;
    if (wanted == m_overlay) return;
    m_overlay = wanted;
    followStates();
    followLit();
    emit overlayChanged();
}

void CanvasItem::setFocusMode(bool on) {
    if (on == m_focusMode) return;
    m_focusMode = on;
    followLit();
    emit focusModeChanged();
}

void CanvasItem::followLit() {
    if (!m_scene || !m_document) return;
    std::optional<std::unordered_set<std::string>> lit;
    if (m_overlay.startsWith(u"flow:") && m_analysis && m_analysis->report())
        lit = wayOf(*m_analysis->report(), m_overlay.mid(5));
    if (m_focusMode) {
        QStringList ids;
        for (const QString& id : m_document->selection()->ids())
            if (m_document->selection()->kindOf(id) == ItemKind::component) ids.append(id);
        if (!ids.isEmpty()) lit = surroundings(m_document->design(), ids);
    }
    m_scene->setLit(lit);
    emit sceneChanged();
    update();
}

void CanvasItem::tick() {
    m_traffic.advance(std::min(0.1, double(m_trafficClock.restart()) / 1000));
    update();
}

/// The zoom stands: frame by frame the older pictures give way to sharp ones.
void CanvasItem::sharpen() {
    if (!m_painter.hasSketches()) m_view.sketchy = false;
    if (m_view.sketchy) {
        m_sharpenTimer.start(0);
        update();
    }
}

void CanvasItem::setAnalysis(AnalysisService* analysis) {
    if (analysis == m_analysis) return;
    if (m_analysis) disconnect(m_analysis, nullptr, this, nullptr);
    m_analysis = analysis;
    if (analysis) connect(analysis, &AnalysisService::reportChanged, this, &CanvasItem::followStates);
    followStates();
    emit analysisChanged();
}

void CanvasItem::setSimulation(SimulationRunner* simulation) {
    if (simulation == m_simulation) return;
    if (m_simulation) disconnect(m_simulation, nullptr, this, nullptr);
    m_simulation = simulation;
    if (simulation) {
        connect(simulation, &SimulationRunner::frame, this, &CanvasItem::followStates);
        connect(simulation, &SimulationRunner::stateChanged, this, &CanvasItem::followStates);
    }
    followStates();
    emit simulationChanged();
}

void CanvasItem::setTheme(Theme* theme) {
    if (theme == m_theme) return;
    if (m_theme) disconnect(m_theme, nullptr, this, nullptr);
    m_theme = theme;
    if (theme) connect(theme, &Theme::changed, this, &CanvasItem::followTheme);
    followTheme();
    emit themeChanged();
}

void CanvasItem::followTheme() {
    m_view.theme = m_theme ? m_theme->kind() : ThemeKind::light;
    m_painter.forget();
    emit sceneChanged();
    update();
}

void CanvasItem::setShowTraffic(bool show) {
    if (show == m_showTraffic) return;
    m_showTraffic = show;
    followStates();
    emit showTrafficChanged();
}

void CanvasItem::setShowTelemetry(bool show) {
    if (show == m_view.telemetry) return;
    m_view.telemetry = show;
    update();
    emit showTelemetryChanged();
}

void CanvasItem::setLocked(bool locked) {
    if (locked == m_locked) return;
    m_locked = locked;
    endTool();
    update();
    emit lockedChanged();
}

void CanvasItem::paint(QPainter* painter) {
    if (!m_scene) {
        painter->fillRect(QRectF(0, 0, width(), height()), QColor(colours().canvas));
        return;
    }
    m_view.size = QSizeF(width(), height());
    m_view.pixelRatio = window() ? window()->effectiveDevicePixelRatio() : 1;
    std::vector<TrafficDot> dots;
    const bool active = m_simulation && m_simulation->isActive();
    // Further away dots would be dust on the lines.
    if (m_showTraffic && active && m_view.zoom >= 0.1) dots = m_traffic.dots(*m_scene, m_view.visible());
    m_painter.paint(*painter, *m_scene, m_view, dots);
    paintOverlay(*painter);
}

void CanvasItem::paintOverlay(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    paintLit(painter);
    if (m_portsOf >= 0 && !m_locked && (!m_tool || m_hover.kind == HitKind::port)) {
        const Card& card = m_scene->cards()[std::size_t(m_portsOf)];
        if (card.alive) paintPorts(painter, card);
    }
    // Handles say that a zone can be given another size.
    if (!m_locked)
        for (const Container& zone : m_scene->containers()) {
            if (!zone.selected || !zone.framed) continue;
            const QRectF r(m_view.toView(zone.rect.topLeft()), zone.rect.size() * m_view.zoom);
            painter.setPen(QPen(QColor(colours().accent), 1.5));
            painter.setBrush(QColor(colours().raised));
            for (const QPointF corner : {r.topLeft(), r.topRight(), r.bottomLeft(), r.bottomRight()})
                painter.drawRoundedRect(QRectF(corner - QPointF(4, 4), QSizeF(8, 8)), 2, 2);
        }
    // The ends of a selected line can be taken.
    if (!m_locked && !m_tool && m_document && m_document->selection()->count() == 1)
        if (const int line = m_scene->line({m_document->selection()->primaryId().toStdString()}); line >= 0) {
            const std::vector<QPointF>& points = m_scene->lines()[std::size_t(line)].points;
            painter.setPen(QPen(QColor(colours().accent), 1.6));
            painter.setBrush(QColor(colours().raised));
            if (points.size() >= 2) {
                // That of the start stands a little off its port, which stays free for new lines.
                const QPointF start = m_view.toView(points[0]), next = m_view.toView(points[1]);
                const double length = (next - start).manhattanLength();
                painter.drawEllipse(start + (next - start) * std::min(1.0, 14 / std::max(length, 1.0)), 4.5, 4.5);
                painter.drawEllipse(m_view.toView(points.back()), 4.5, 4.5);
            }
        }
    paintMarks(painter);
    paintTargets(painter);
    if (m_ghost) paintGhost(painter);
    if (m_tool) m_tool->paint(painter);
}

void CanvasItem::setLitIds(const QStringList& ids) {
    if (ids == m_litIds) return;
    m_litIds = ids;
    update();
    emit litIdsChanged();
}

void CanvasItem::paintLit(QPainter& painter) const {
    constexpr double rings[][2] = {{1.5, 1}, {4.5, 0.4}, {8.5, 0.18}};  // distance from the card, opacity
    painter.setBrush(Qt::NoBrush);
    for (const QString& id : m_litIds) {
        const QRectF rect = itemRect(id);
        if (rect.isEmpty()) continue;
        for (const auto& ring : rings) {
            QColor ink(colours().accent);
            ink.setAlphaF(static_cast<float>(ring[1]));
            painter.setPen(QPen(ink, ring[0] < 2 ? 2 : 4));
            const double radius = 11 * m_view.zoom + ring[0];
            painter.drawRoundedRect(rect.adjusted(-ring[0], -ring[0], ring[0], ring[0]), radius, radius);
        }
    }
}

void CanvasItem::paintPorts(QPainter& painter, const Card& card) const {
    for (const Side side : {Side::top, Side::right, Side::bottom, Side::left}) {
        const QPointF at = m_view.toView(Scene::portOf(card, side));
        const bool hot = m_hover.kind == HitKind::port && m_hover.side == side;
        painter.setPen(QPen(QColor(colours().accent), 1.6));
        painter.setBrush(QColor(hot ? colours().accent : colours().raised));
        painter.drawEllipse(at, hot ? 6.0 : 4.5, hot ? 6.0 : 4.5);
    }
}

void CanvasItem::paintReason(QPainter& painter, QPointF at, const QString& reason) const {
    const QFont font = uiFont(12, QFont::Medium);
    const QFontMetricsF metrics(font);
    const QRectF words = metrics.boundingRect(QRectF(0, 0, 300, 200), Qt::TextWordWrap, reason);
    QRectF box(at + QPointF(16, 18), words.size() + QSizeF(26, 16));
    // The bubble stays inside the view.
    if (box.right() > width() - 8) box.moveRight(width() - 8);
    if (box.bottom() > height() - 8) box.moveBottom(at.y() - 14);
    painter.setPen(QPen(QColor(colours().error), 1));
    painter.setBrush(QColor(colours().raised));
    painter.drawRoundedRect(box, 8, 8);
    painter.setFont(font);
    painter.setPen(QColor(colours().text));
    painter.drawText(box.adjusted(13, 8, -10, -8), Qt::TextWordWrap, reason);
}

/// While a line is drawn: cards that it may end at are lit, the others step back.
void CanvasItem::paintTargets(QPainter& painter) {
    const QString source = m_tool ? m_tool->source() : QString();
    if (source != m_targetsOf) {
        m_targetsOf = source;
        m_targets.clear();
    }
    if (source.isEmpty()) return;
    for (const int index : m_scene->cardsIn(m_view.visible())) {
        const Card& card = m_scene->cards()[std::size_t(index)];
        if (card.id.value == source.toStdString()) continue;
        const auto known = m_targets.find(index);
        const bool allowed =
            known != m_targets.end()
                ? known->second
                : (m_targets[index] = m_document->refusal(source, QString::fromStdString(card.id.value)).isEmpty());
        const QRectF rect(m_view.toView(card.rect.topLeft()), card.rect.size() * m_view.zoom);
        const double radius = radiusCard * m_view.zoom;
        if (allowed) {
            QColor ring(colours().ok);
            ring.setAlphaF(0.8f);
            painter.setPen(QPen(ring, 1.6));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), radius + 2, radius + 2);
        } else {
            QColor veil(colours().canvas);
            veil.setAlphaF(0.55f);
            painter.setPen(Qt::NoPen);
            painter.setBrush(veil);
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), radius, radius);
        }
    }
}

/// Shows the way from where things stand to where they are put, where motion is welcome.
void CanvasItem::animateRearranging() {
    constexpr std::size_t most = 400;
    if (!m_theme || m_theme->reducedMotion() || !isVisible() || m_document->design().components.size() > most) return;
    m_rearrangedFrom = m_document->design();
    m_rearrangement.stop();
    m_rearrangement.setStartValue(0.0);
    m_rearrangement.setEndValue(1.0);
    m_rearrangement.start();
}

void CanvasItem::showRearranging(double share) {
    if (!m_scene || !m_document) return;
    Design shown = m_document->design();
    if (share < 1) {
        Edits edits;
        for (const Component& now : m_document->design().components) {
            const Component* then = m_rearrangedFrom.components.find(now.id);
            if (!then || then->position == now.position) continue;
            Component between = now;
            between.position = {then->position.x + (now.position.x - then->position.x) * share,
                                then->position.y + (now.position.y - then->position.y) * share};
            edits.push_back(Put<Component>{std::move(between), std::nullopt});
        }
        for (const Zone& now : m_document->design().zones) {
            const Zone* then = m_rearrangedFrom.zones.find(now.id);
            if (!then || !then->frame || !now.frame || *then->frame == *now.frame) continue;
            const auto mix = [share](double a, double b) { return a + (b - a) * share; };
            Zone between = now;
            between.frame =
                Frame{mix(then->frame->x, now.frame->x), mix(then->frame->y, now.frame->y),
                      mix(then->frame->width, now.frame->width), mix(then->frame->height, now.frame->height)};
            edits.push_back(Put<Zone>{std::move(between), std::nullopt});
        }
        applyEdits(shown, edits);
    }
    m_scene->setDesign(shown);
    emit sceneChanged();
    update();
}

void CanvasItem::paintGhost(QPainter& painter) {
    if (m_ghost->line >= 0) {
        const Line& line = m_scene->lines()[std::size_t(m_ghost->line)];
        painter.save();
        painter.scale(m_view.zoom, m_view.zoom);
        painter.translate(-m_view.origin);
        painter.setPen(QPen(QColor(colours().accent), 4));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(roundedPath(line.points, connectionRadius));
        painter.restore();
    }
    m_painter.paintGhost(painter, m_ghost->card, m_view);
    painter.setPen(QPen(QColor(colours().accent), 1));
    for (const QLineF& guide : m_ghost->guides)
        painter.drawLine(QLineF(m_view.toView(guide.p1()), m_view.toView(guide.p2())));
}

QPointF CanvasItem::freePlace(QPointF wanted) const {
    constexpr int columns = 3, tries = 300;
    constexpr double across = 240, down = 120;
    if (!m_scene) return wanted;
    const std::vector<Card>& cards = m_scene->cards();
    for (int i = 0; i < tries; ++i) {
        const QPointF at = wanted + QPointF(i % columns * across, i / columns * down);
        const QRectF rect(at, QSizeF(cardWidth, cardHeight));
        const bool covers = std::any_of(cards.begin(), cards.end(),
                                        [&rect](const Card& card) { return card.alive && card.rect.intersects(rect); });
        if (!covers) return at;
    }
    return wanted;
}

QPointF CanvasItem::labelPlace(const QString& lineId) const {
    const int line = m_scene ? m_scene->line({lineId.toStdString()}) : -1;
    return line < 0 ? QPointF() : m_view.toView(m_scene->lines()[std::size_t(line)].labelAt);
}

QRectF CanvasItem::itemRect(const QString& id) const {
    if (!m_scene) return {};
    const QRectF rect = m_scene->rectOf(id);
    return {m_view.toView(rect.topLeft()), rect.size() * m_view.zoom};
}

}  // namespace loadpath
