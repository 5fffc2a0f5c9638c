// The canvas of the window: one painted item over a scene that follows the document. Turns pointer and
// keys into intents; knows no rule and no engine, only states to draw.
#pragma once

#include "analysis_service.h"
#include "comparison.h"
#include "document.h"
#include "draw/diagram_painter.h"
#include "simulation_runner.h"
#include "theme.h"
#include "tool.h"
#include "traffic.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QTimer>
#include <QVariantAnimation>

namespace loadpath {

class CanvasItem : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(loadpath::Document* document READ document WRITE setDocument NOTIFY documentChanged)
    Q_PROPERTY(loadpath::AnalysisService* analysis READ analysis WRITE setAnalysis NOTIFY analysisChanged)
    Q_PROPERTY(loadpath::SimulationRunner* simulation READ simulation WRITE setSimulation NOTIFY simulationChanged)
    /// While it is active both designs are shown in one.
    Q_PROPERTY(loadpath::DesignComparison* comparison READ comparison WRITE setComparison NOTIFY comparisonChanged)
    Q_PROPERTY(loadpath::Theme* theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(double zoom READ zoom WRITE setZoom NOTIFY viewChanged)
    Q_PROPERTY(bool showTraffic READ showTraffic WRITE setShowTraffic NOTIFY showTrafficChanged)
    Q_PROPERTY(bool showTelemetry READ showTelemetry WRITE setShowTelemetry NOTIFY showTelemetryChanged)
    /// What the dots mean, in a sentence.
    Q_PROPERTY(QString trafficLegend READ trafficLegend CONSTANT)
    /// The item under the pointer; empty for none.
    Q_PROPERTY(QString hoveredId READ hoveredId NOTIFY hoveredChanged)
    /// Nothing can be changed: for presenting.
    Q_PROPERTY(bool locked READ locked WRITE setLocked NOTIFY lockedChanged)
    /// Components and zones that a worked calculation speaks of: they get a halo.
    Q_PROPERTY(QStringList litIds READ litIds WRITE setLitIds NOTIFY litIdsChanged)
    /// none, utilisation, availability, latency, cost, or flow:ID for the way of one flow's requests
    Q_PROPERTY(QString overlay READ overlay WRITE setOverlay NOTIFY overlayChanged)
    /// Only what the selection needs, and what needs it, stands out.
    Q_PROPERTY(bool focusMode READ focusMode WRITE setFocusMode NOTIFY focusModeChanged)
    Q_PROPERTY(bool pointerInside READ pointerInside NOTIFY hoveredChanged)
    Q_PROPERTY(QPointF pointerPlace READ pointerPlace NOTIFY hoveredChanged)
    /// What the keyboard is doing at the moment, in a sentence; empty: nothing special.
    Q_PROPERTY(QString toolHint READ toolHint NOTIFY toolHintChanged)
    Q_PROPERTY(Qt::FocusReason focusReason READ focusReason NOTIFY focusReasonChanged)

public:
    explicit CanvasItem(QQuickItem* parent = nullptr);
    ~CanvasItem() override;

    Document* document() const { return m_document; }
    void setDocument(Document* document);
    AnalysisService* analysis() const { return m_analysis; }
    void setAnalysis(AnalysisService* analysis);
    SimulationRunner* simulation() const { return m_simulation; }
    void setSimulation(SimulationRunner* simulation);
    DesignComparison* comparison() const { return m_comparison; }
    void setComparison(DesignComparison* comparison);
    Theme* theme() const { return m_theme; }
    void setTheme(Theme* theme);
    double zoom() const { return m_view.zoom; }
    void setZoom(double zoom);
    bool showTraffic() const { return m_showTraffic; }
    void setShowTraffic(bool show);
    bool showTelemetry() const { return m_view.telemetry; }
    void setShowTelemetry(bool show);
    QString trafficLegend() const { return Traffic::legend(); }
    QString hoveredId() const { return m_hoveredId; }
    bool locked() const { return m_locked; }
    void setLocked(bool locked);
    QString overlay() const { return m_overlay; }
    void setOverlay(const QString& overlay);
    bool focusMode() const { return m_focusMode; }
    void setFocusMode(bool on);
    bool pointerInside() const { return m_pointerInside; }
    QPointF pointerPlace() const { return m_pointerPlace; }
    QString toolHint() const { return m_toolHint; }
    Qt::FocusReason focusReason() const { return m_focusReason; }
    const QStringList& litIds() const { return m_litIds; }
    void setLitIds(const QStringList& ids);

    // View
    Q_INVOKABLE void zoomIn() { zoomAround(center(), m_view.zoom * 1.25, true); }
    Q_INVOKABLE void zoomOut() { zoomAround(center(), m_view.zoom / 1.25, true); }
    Q_INVOKABLE void resetZoom() { zoomAround(center(), 1, true); }
    Q_INVOKABLE void fit();
    Q_INVOKABLE void zoomToSelection();
    /// Moves the view just as far that the selection is in it.
    Q_INVOKABLE void revealSelection();
    void reveal(const QString& id);
    Q_INVOKABLE QPointF toDesign(QPointF viewPoint) const { return m_view.toCanvas(viewPoint); }
    Q_INVOKABLE QPointF toView(QPointF designPoint) const { return m_view.toView(designPoint); }
    /// Where a new card covers no other: the wanted corner, else the next place to its right or below.
    Q_INVOKABLE QPointF freePlace(QPointF wanted) const;
    Q_INVOKABLE QRectF itemRect(const QString& id) const;
    /// Where a line's label stands, or would.
    Q_INVOKABLE QPointF labelPlace(const QString& lineId) const;
    /// The card that lies best in a direction from another, near and not far aside; −1 for none.
    int neighbourOf(int card, Qt::Key direction) const;
    void panBy(QPointF viewDelta);
    void centreOn(QPointF designPoint);

    // Placing from the palette; points are those of the item
    Q_INVOKABLE QString dropType(const QString& type, QPointF at);
    Q_INVOKABLE void showGhost(const QString& type, QPointF at);
    Q_INVOKABLE void hideGhost();
    Q_INVOKABLE void rename(const QString& id);
    /// Draws a line from the selected card by keyboard.
    Q_INVOKABLE void startConnecting();

    // For tools, minimap, accessibility and tests
    Scene* scene() { return m_scene.get(); }
    const Scene* scene() const { return m_scene.get(); }
    const DiagramView& view() const { return m_view; }
    DiagramPainter& painter() { return m_painter; }
    const Traffic& traffic() const { return m_traffic; }
    const Tokens& colours() const { return tokens(m_view.theme); }
    /// What a type that is dragged over the canvas lines up with.
    std::vector<QLineF> ghostGuides() const { return m_ghost ? m_ghost->guides : std::vector<QLineF>(); }
    bool isDragging() const { return m_tool != nullptr; }
    const Tool* tool() const { return m_tool.get(); }
    /// A bubble that says why not, beside the pointer.
    void paintReason(QPainter& painter, QPointF at, const QString& reason) const;

    void paint(QPainter* painter) override;

signals:
    void documentChanged();
    void analysisChanged();
    void simulationChanged();
    void themeChanged();
    void comparisonChanged();
    void viewChanged();
    void sceneChanged();
    void showTrafficChanged();
    void showTelemetryChanged();
    void hoveredChanged();
    void lockedChanged();
    void overlayChanged();
    void focusModeChanged();
    void focusReasonChanged();
    void toolHintChanged();
    void litIdsChanged();
    void contextMenuRequested(const QString& id, const QPointF& position);
    /// `place` is where the name stands, in the item's coordinates.
    void renameRequested(const QString& id, const QRectF& place);
    void activated(const QString& id);  // double click or Enter
    /// A new line stands, drawn with the pointer or by keyboard.
    void lineDrawn(const QString& id, bool byKeyboard);
    void typeDropped(const QString& type, const QString& id);
    /// A line let go over empty canvas: offer what may follow.
    void connectionDropped(const QString& fromId, const QPointF& position);
    /// A double click on empty canvas: offer what may be placed.
    void typeWanted(const QPointF& position);

protected:
    void componentComplete() override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseUngrabEvent() override;
    void wheelEvent(QWheelEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void touchEvent(QTouchEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void followDocument();
    void followStates();
    void followTheme();
    void followLit();
    void tick();
    void sharpen();
    QPointF center() const { return {width() / 2, height() / 2}; }
    void setView(double zoom, QPointF origin);
    void animateTo(double zoom, QPointF origin);
    void zoomAround(QPointF viewPoint, double zoom, bool animated);
    void showArea(const QRectF& area, double mostZoom);
    Pointer pointerAt(QPointF view, Qt::KeyboardModifiers modifiers) const;
    void startTool(std::unique_ptr<Tool> tool);
    void endTool();
    void showToolHint();
    void revealArea(const QRectF& area);
    void scrollAtBorder();
    int selectedLineEndAt(QPointF view) const;
    void updateHover(QPointF at);
    void updateCursor();
    bool editKey(QKeyEvent* event);
    bool viewKey(QKeyEvent* event);
    void nudge(double dx, double dy);
    bool selectNext(int step);
    void selectNeighbour(Qt::Key direction);
    bool isConnected(int a, int b) const;
    void paintOverlay(QPainter& painter);
    void paintPorts(QPainter& painter, const Card& card) const;
    void paintGhost(QPainter& painter);
    QRectF cardAround(QPointF centre, std::vector<QLineF>* guides) const;
    void paintLit(QPainter& painter) const;
    void paintTargets(QPainter& painter);
    void paintMarks(QPainter& painter) const;
    bool compares() const;
    void animateRearranging();
    void showRearranging(double share);

    QPointer<Document> m_document;
    QPointer<AnalysisService> m_analysis;
    QPointer<SimulationRunner> m_simulation;
    QPointer<DesignComparison> m_comparison;
    QPointer<Theme> m_theme;
    std::unique_ptr<Scene> m_scene;
    DiagramPainter m_painter;
    DiagramView m_view;
    Traffic m_traffic;
    bool m_showTraffic = true, m_locked = false, m_fitted = false;

    std::unique_ptr<Tool> m_tool;
    Qt::MouseButton m_button = Qt::NoButton;
    Pointer m_last;
    bool m_spaceHeld = false;
    QTimer m_scrollTimer, m_trafficTimer, m_sharpenTimer;
    QElapsedTimer m_trafficClock;
    QVariantAnimation m_animation, m_rearrangement;
    Design m_rearrangedFrom;
    QString m_toolHint;
    QString m_targetsOf;                      // a line is being drawn from it
    std::unordered_map<int, bool> m_targets;  // cards that it may end at, as far as they were asked

    QString m_overlay = QStringLiteral("none");
    bool m_focusMode = false, m_pointerInside = false;
    QPointF m_pointerPlace;
    Hit m_hover;
    int m_portsOf = -1;
    QString m_hoveredId;
    QStringList m_litIds;
    Qt::FocusReason m_focusReason = Qt::OtherFocusReason;

    struct Ghost {
        QString type;
        Card card;
        int line = -1;  // it would be inserted into
        std::vector<QLineF> guides;
    };
    std::unique_ptr<Ghost> m_ghost;
    double m_touchDistance = 0;
    QPointF m_touchCentre;
};

}  // namespace loadpath
