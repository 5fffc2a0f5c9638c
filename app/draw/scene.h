// What there is to draw: a view of a design with geometry, routes and texts worked out, and states
// (load, findings, selection) that others set. Knows no engine; does not change the design.
#pragma once

#include "layout/routing.h"
#include "model/catalog.h"
#include "model/design.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <limits>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace loadpath {

enum class Tone { none, info, warning, error };

struct CardState {
    double utilisation = std::numeric_limits<double>::quiet_NaN();
    int findings = 0;
    Tone worst = Tone::none;
    bool down = false;
    int up = -1, units = -1;                                 // of a run; −1: not known
    double heat = std::numeric_limits<double>::quiet_NaN();  // 0 … 1 on an overlay; NaN: no overlay
    QString heatText;                                        // its figure
    friend bool operator==(const CardState& a, const CardState& b);
};

struct LineState {
    double rateRps = 0;
    Tone tone = Tone::none;
    friend bool operator==(const LineState&, const LineState&) = default;
};

struct Card {
    ComponentId id;
    QRectF rect;
    QString name, line, icon, category;
    QStringList chips;  // zones that no container around the card shows
    int stack = 1;
    bool known = true;
    bool isDeadLetter = false;
    bool alive = true, selected = false, dimmed = false;
    bool locked = false;
    int box = -1;           // in the router
    int order = 0;          // place in the design: later ones lie on top
    unsigned look = 0;      // the same for cards with the same icon and category
    unsigned revision = 0;  // changes with every change of its looks
    CardState state;

    QRectF visibleRect() const { return rect.adjusted(-8, -16, 24, 16); }
};

enum class LineKind { call, message, replication, deadLetter, telemetry, control };

/// Where a line passes over another one that crosses it.
struct Hop {
    int segment = 0;  // from points[segment] to the next
    double x = 0;
    friend bool operator==(const Hop&, const Hop&) = default;
};

struct Line {
    ConnectionId id;
    int from = 0, to = 0;  // cards
    LineKind kind = LineKind::call;
    std::vector<QPointF> points;
    std::vector<Hop> hops;  // along the line
    QRectF bounds;
    QString label;
    QPointF labelAt;  // middle of the pill
    bool labelFits = false;
    bool optional = false;
    bool pinned = false;  // led through bends that the user set
    bool alive = true, selected = false, dimmed = false;
    LineState state;

    double length() const;
};

struct Container {
    ZoneId id;
    QString name, kind;
    QRectF rect;
    int depth = 0;
    bool framed = false;  // false: drawn around its members
    bool selected = false, target = false;
};

struct NoteShape {
    NoteId id;
    QString text;
    QRectF rect;
    bool selected = false;
};

enum class HitKind { nothing, card, port, line, zoneTitle, zoneEdge, note };

struct Hit {
    HitKind kind = HitKind::nothing;
    int index = -1;           // into cards, lines, containers or notes
    Side side = Side::right;  // of a port
    int edges = 0;            // zoneEdge: 1 left, 2 top, 4 right, 8 bottom
    friend bool operator==(const Hit&, const Hit&) = default;
};

class Scene {
public:
    explicit Scene(std::shared_ptr<const Catalog> catalog);

    /// Brings the scene to this design; what did not change costs next to nothing.
    void setDesign(const Design& design);
    const Design& design() const { return m_design; }

    // States; the ids are those of the design.
    void setCardState(const ComponentId& id, const CardState& state);
    void setLineState(const ConnectionId& id, const LineState& state);
    void clearStates();
    void setSelection(const QStringList& ids);
    void setDropTarget(const ZoneId& zone);
    /// Only these cards and lines stand out; nothing for all.
    void setLit(const std::optional<std::unordered_set<std::string>>& ids);
    /// What a card stands for: the components of a collapsed zone, else itself.
    std::vector<ComponentId> standsFor(const Card& card) const;

    // Indices are stable while the item lives; skip those that are not alive.
    const std::vector<Card>& cards() const { return m_cards; }
    const std::vector<Line>& lines() const { return m_lines; }
    const std::vector<Container>& containers() const { return m_containers; }  // outer ones first
    const std::vector<NoteShape>& notes() const { return m_notes; }
    int card(const ComponentId& id) const;
    int line(const ConnectionId& id) const;
    QString idOf(const Hit& hit) const;
    QRectF rectOf(const QString& id) const;

    /// Around everything; null when there is nothing.
    QRectF bounds() const;
    /// In the order they are painted.
    std::vector<int> cardsIn(const QRectF& area) const;
    std::vector<int> linesIn(const QRectF& area) const;
    /// `scale`: px of the screen per px of the canvas; tolerances are px of the screen.
    Hit hit(QPointF at, double scale) const;
    /// The innermost zone with a frame around the point; −1 for none.
    int framedZoneAt(QPointF at) const;
    std::vector<QString> itemsIn(const QRectF& area) const;  // cards and notes that touch it

    static QRectF titleRect(const Container& zone);
    static QPointF portOf(const Card& card, Side side);

private:
    bool updateCards(const Design& design);
    bool updateLines(const Design& design);
    void showDesign(const Design& design);
    void applyLit();
    void updateContainers(const Design& design);
    void updateNotes(const Design& design);
    void fill(Card& card, const Component& component);
    void fill(Line& line, const Connection& connection);
    void reroute();
    void placeLabel(Line& line);
    /// Hops of the lines in `changed` and of those that cross where they were or are.
    void updateHops(const std::vector<int>& changed, const std::vector<QRectF>& areas);
    void findHops(Line& line) const;
    struct Wanted {
        std::string id;
        QRectF rect;
    };
    /// Makes lines go around these and no others of the same kind.
    void setObstacles(std::unordered_map<std::string, int>& boxes, const std::vector<Wanted>& wanted);

    std::shared_ptr<const Catalog> m_catalog;
    Design m_design;  // shares its items with the one it shows
    Router m_router;
    BoxGrid m_lineGrid;
    std::vector<Card> m_cards;
    std::vector<Line> m_lines;
    std::vector<Container> m_containers;
    std::vector<NoteShape> m_notes;
    std::unordered_map<std::string, int> m_cardById, m_lineById;
    std::unordered_map<std::string, int> m_titleBoxes, m_noteBoxes;       // by id; boxes of the router
    std::vector<QRectF> m_goneLines;                                      // where lines were that are no more
    std::unordered_map<std::string, std::vector<ComponentId>> m_members;  // of collapsed zones
    std::optional<std::unordered_set<std::string>> m_lit;
    QStringList m_selection;
    BoxGrid m_cardGrid;
};

}  // namespace loadpath
