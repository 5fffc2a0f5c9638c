// A design being edited: the only door through which the window changes one. Every intent becomes one
// undoable step of Edits. Knows no engine, no file and no view.
#pragma once

#include "design_change.h"
#include "model/catalog.h"
#include "rules/rule.h"
#include "selection.h"

#include <QtQml/qqmlregistration.h>
#include <QElapsedTimer>
#include <QObject>
#include <QUndoStack>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>

namespace loadpath {

class Document : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The workspace has the document")
    Q_PROPERTY(QString title READ title NOTIFY headerChanged)
    Q_PROPERTY(QString description READ description NOTIFY headerChanged)
    Q_PROPERTY(QString filePath READ filePath NOTIFY originChanged)
    Q_PROPERTY(QString fileName READ fileName NOTIFY originChanged)
    Q_PROPERTY(bool isTemplate READ isTemplate NOTIFY originChanged)
    Q_PROPERTY(bool modified READ modified NOTIFY modifiedChanged)
    Q_PROPERTY(bool isEmpty READ isEmpty NOTIFY revisionChanged)
    Q_PROPERTY(int componentCount READ componentCount NOTIFY revisionChanged)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY historyChanged)
    Q_PROPERTY(bool canRedo READ canRedo NOTIFY historyChanged)
    Q_PROPERTY(QString undoText READ undoText NOTIFY historyChanged)
    Q_PROPERTY(QString redoText READ redoText NOTIFY historyChanged)
    Q_PROPERTY(bool canPaste READ canPaste NOTIFY canPasteChanged)
    Q_PROPERTY(int revision READ revision NOTIFY revisionChanged)
    Q_PROPERTY(loadpath::Selection* selection READ selection CONSTANT)

public:
    explicit Document(std::shared_ptr<const Catalog> catalog, QObject* parent = nullptr);
    ~Document() override;

    const Design& design() const { return m_design; }
    const std::shared_ptr<const Catalog>& catalog() const { return m_catalog; }
    Selection* selection() { return &m_selection; }
    QUndoStack* undoStack() { return &m_undoStack; }

    QString title() const;
    QString description() const { return QString::fromStdString(m_design.header.description); }
    const QString& filePath() const { return m_filePath; }
    QString fileName() const;
    bool isTemplate() const { return m_isTemplate; }
    bool modified() const { return !m_undoStack.isClean(); }
    bool isEmpty() const { return m_design.components.empty() && m_design.zones.empty() && m_design.notes.empty(); }
    int componentCount() const { return static_cast<int>(m_design.components.size()); }
    bool canUndo() const { return m_undoStack.canUndo(); }
    bool canRedo() const { return m_undoStack.canRedo(); }
    QString undoText() const { return m_undoStack.undoText(); }
    QString redoText() const { return m_undoStack.redoText(); }
    bool canPaste() const;
    int revision() const { return m_revision; }

    // Files (called by the workspace)
    enum class Origin { blank, file, templateText, recovered };
    /// Another design takes the place of this one; its history is empty. `recovered` counts as modified.
    void load(Design design, Origin origin, const QString& filePath = {});
    void markSaved(const QString& filePath);

    // The general door, for C++ that has edits at hand (quick fixes, tidying up)
    /// Nothing happens (and false is returned) when the edits change nothing.
    bool push(const Edits& edits, const QString& text, const QString& mergeKey = {});
    /// Gives the fix of a finding on the design as it is now, or null; set by the analysis.
    using FixSource = std::function<std::optional<Fix>(const QString& findingKey)>;
    void setFixSource(FixSource source) { m_fixSource = std::move(source); }

    Q_INVOKABLE void undo();
    Q_INVOKABLE void redo();
    /// Undoes or redoes until so many steps of the history are done.
    void goTo(int step);

    // Placing and connecting. Positions are canvas px of the card's top left corner.
    Q_INVOKABLE QString addComponent(const QString& type, double x, double y);
    /// A new component that `fromId` calls, in one step; empty when the pair is refused.
    Q_INVOKABLE QString addConnected(const QString& fromId, const QString& type, double x, double y);
    /// A new component in the middle of a connection, in one step; empty when refused.
    Q_INVOKABLE QString insertInto(const QString& connectionId, const QString& type, double x, double y);
    Q_INVOKABLE bool connectComponents(const QString& fromId, const QString& toId);
    /// Why the two cannot be connected; empty when they can.
    Q_INVOKABLE QString refusal(const QString& fromId, const QString& toId) const;
    /// What may be placed behind a component: rows of typeId, name, category, icon.
    Q_INVOKABLE QVariantList typesAfter(const QString& fromId) const;
    Q_INVOKABLE QString addZone(double x, double y, double width, double height);
    Q_INVOKABLE QString addNote(double x, double y, const QString& text = {});
    Q_INVOKABLE QString addFlow(const QString& clientId = {});

    // Selection as a whole
    Q_INVOKABLE void deleteSelection();
    Q_INVOKABLE void deleteItem(const QString& id);
    Q_INVOKABLE void copy();
    Q_INVOKABLE void cut();
    /// Pastes around the point; without one, a little beside where it was copied.
    Q_INVOKABLE bool paste(double x, double y);
    Q_INVOKABLE bool paste();
    Q_INVOKABLE void duplicate();
    Q_INVOKABLE void selectAll();
    /// Moves by a further (dx, dy); calls up to the one with `commit` are one step. Zones take what
    /// stands in them along; a component that leaves or enters a zone's frame changes its placement.
    Q_INVOKABLE void moveSelection(double dx, double dy, bool commit);
    /// Ends a drag with everything where it was before it.
    Q_INVOKABLE void cancelMove();
    /// Places all selected components in a zone; an empty id takes them out of all.
    Q_INVOKABLE void placeSelection(const QString& zoneId);

    // Arranging (document_arrange.cpp). Of a selection that holds two cards or more: those, else all.
    /// In layers, left to right or top down; locked components stay.
    Q_INVOKABLE bool tidyUp(bool topDown = false);
    /// left, centre, right, top, middle or bottom of what is selected
    Q_INVOKABLE void align(const QString& edge);
    /// Equal gaps between three or more.
    Q_INVOKABLE void distribute(bool vertically);
    /// Zones as large as the one selected last.
    Q_INVOKABLE void sameSize();
    Q_INVOKABLE void setSelectionLocked(bool locked);
    Q_INVOKABLE bool isLocked(const QString& id) const;
    /// Cards drawn over or under all others.
    Q_INVOKABLE void bringToFront();
    Q_INVOKABLE void sendToBack();
    /// A zone drawn as one card in place of what stands in it.
    Q_INVOKABLE void setCollapsed(const QString& zoneId, bool collapsed);
    Q_INVOKABLE bool isCollapsed(const QString& zoneId) const;
    /// A copy of what is selected at that distance, in one step.
    Q_INVOKABLE bool duplicateBy(double dx, double dy);

    // Lines (document_lines.cpp)
    /// Corners that the line is led through; calls up to the one with `commit` are one step.
    void setBends(const QString& id, const std::vector<Point>& bends, bool commit);
    /// Selected lines find their own way again.
    Q_INVOKABLE void freeRoutes();
    /// Ids of the two components that a line joins.
    Q_INVOKABLE QStringList endsOf(const QString& id) const;
    Q_INVOKABLE bool hasBends(const QString& id) const;
    /// Hangs one end of a line on another component; false with the reason when it cannot be.
    enum class LineEnd { from, to };
    bool reconnect(const QString& id, LineEnd end, const QString& componentId);
    QString reconnectRefusal(const QString& id, LineEnd end, const QString& componentId) const;
    Q_INVOKABLE bool reverse(const QString& id);

    // Single items
    /// The name of a component, zone or flow, the text of a note; without an id: the document's name.
    Q_INVOKABLE void rename(const QString& id, const QString& text);
    Q_INVOKABLE QString nameOf(const QString& id) const;
    /// Components, zones, lines and notes whose name, type, id or stated property holds all the words:
    /// rows of value (the id), text, detail, icon, category, glyph.
    Q_INVOKABLE QVariantList find(const QString& words) const;
    /// What there is to rename: the name, a line's own label, the text of a note.
    Q_INVOKABLE QString textOf(const QString& id) const;
    /// Zones and regions as {id, name}; boundaries cannot fail and are left out.
    Q_INVOKABLE QVariantList zones() const;
    Q_INVOKABLE void setZoneFrame(const QString& id, double x, double y, double width, double height, bool commit);
    /// kind: component, connection, zone, flow, note, requirements, document. The key is that of the
    /// file, properties and plain keys alike ("mode", "parent", "share"). An invalid value is the
    /// catalogue's to complain about; a value of the wrong type is refused (false).
    Q_INVOKABLE bool setProperty(const QString& kind, const QString& id, const QString& key, const QVariant& value);
    /// The same of several items of one kind, in one step. False when any of them refuses it.
    Q_INVOKABLE bool setProperties(const QString& kind, const QStringList& ids, const QString& key,
                                   const QVariant& value);
    /// From here on edits of one property are one step, however slowly they follow each other.
    void beginExploring();
    void endExploring();
    Q_INVOKABLE void resetProperty(const QString& kind, const QString& id, const QString& key);
    Q_INVOKABLE void setTitle(const QString& title) { rename({}, title); }

    // Findings
    Q_INVOKABLE bool applyFix(const QString& findingKey);
    Q_INVOKABLE void acknowledge(const QString& findingKey, const QString& reason);
    Q_INVOKABLE void withdrawAcknowledgement(const QString& findingKey);

signals:
    void changed(const loadpath::DesignChange& change);
    void headerChanged();
    void originChanged();
    void modifiedChanged();
    void historyChanged();
    void canPasteChanged();
    void revisionChanged();
    /// Everything is about to be put elsewhere at once: a view may show the way.
    void rearranging();
    /// A connection that cannot be: the sentence for the user.
    void refused(const QString& reason);

private:
    Edits apply(const Edits& edits);
    /// A component of the type at the place, with a free id and a telling name.
    Component newComponent(const QString& type, double x, double y) const;
    /// Shows the design as at the start of the drag with these edits; the steps of a drag are one.
    void dragTo(Edits edits, const QString& text, bool commit);
    void beginDrag();
    std::optional<Connection> reconnected(const QString& id, LineEnd end, const QString& componentId,
                                          std::string& refusal) const;
    void restack(bool front);
    bool pasteFragment(const Design& fragment, std::optional<Point> centre, const QString& text);
    QString labelOf(const QString& kind, const QString& id, const QString& key) const;
    QString mergeKeyOf(const QString& kind, const QString& id, const QString& key);

    std::shared_ptr<const Catalog> m_catalog;
    Design m_design;
    Selection m_selection;
    QUndoStack m_undoStack;
    QString m_filePath;
    bool m_isTemplate = false;
    int m_revision = 0;
    FixSource m_fixSource;

    /// A drag in progress: every step starts again from the design at its beginning, so that what it
    /// passes on its way leaves no trace.
    struct Drag {
        Design start;
        double dx = 0, dy = 0;
        Edits last;
    };
    std::optional<Drag> m_drag;
    int m_gesture = 0;            // distinguishes one drag from the next
    QElapsedTimer m_sinceNudge;   // nudges in quick succession are one step
    QElapsedTimer m_sinceTyping;  // and so are edits of one property
    QString m_lastTyped;
    bool m_exploring = false;
    int m_pasteCount = 0;  // so that repeated pastes do not cover each other
};

}  // namespace loadpath
