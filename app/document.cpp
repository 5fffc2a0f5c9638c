#include "document.h"

#include "edit_command.h"
#include "qt_values.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSignalBlocker>

namespace loadpath {

Document::Document(std::shared_ptr<const Catalog> catalog, QObject* parent)
    : QObject(parent), m_catalog(std::move(catalog)), m_selection(m_design) {
    connect(&m_undoStack, &QUndoStack::cleanChanged, this, &Document::modifiedChanged);
    connect(&m_undoStack, &QUndoStack::indexChanged, this, &Document::historyChanged);
    connect(&m_undoStack, &QUndoStack::undoTextChanged, this, &Document::historyChanged);
    if (qGuiApp) connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &Document::canPasteChanged);
}

Document::~Document() {
    // The stack says farewell with signals that nobody here may hear any more.
    m_undoStack.disconnect(this);
}

QString Document::title() const {
    if (!m_design.header.name.empty()) return toQt(m_design.header.name);
    // Without a name of its own a design goes by that of its file.
    return m_filePath.isEmpty() ? tr("Untitled design") : QFileInfo(m_filePath).baseName();
}

QString Document::fileName() const { return QFileInfo(m_filePath).fileName(); }

void Document::load(Design design, Origin origin, const QString& filePath) {
    m_drag.reset();
    m_selection.clear();
    {
        // Nobody is to see the history of one design beside the content of another.
        const QSignalBlocker quiet(m_undoStack);
        m_undoStack.clear();
        if (origin == Origin::recovered) m_undoStack.resetClean();
    }
    m_design = std::move(design);
    m_filePath = filePath;
    m_isTemplate = origin == Origin::templateText;
    m_lastTyped.clear();
    m_pasteCount = 0;
    ++m_revision;
    DesignChange change;
    change.reset = true;
    change.header = true;
    emit changed(change);
    emit revisionChanged();
    emit headerChanged();
    emit originChanged();
    emit modifiedChanged();
    emit historyChanged();
}

void Document::markSaved(const QString& filePath) {
    m_filePath = filePath;
    m_isTemplate = false;
    m_lastTyped.clear();
    m_undoStack.setClean();
    emit originChanged();
    emit headerChanged();  // the title may be that of the file
}

Edits Document::apply(const Edits& edits) {
    const Design before = m_design;
    Edits inverse = applyEdits(m_design, edits);
    const DesignChange change = changeOf(before, m_design, edits, inverse);
    ++m_revision;
    m_selection.prune();
    emit changed(change);
    emit revisionChanged();
    if (change.header) emit headerChanged();
    return inverse;
}

bool Document::push(const Edits& edits, const QString& text, const QString& mergeKey) {
    Design trial = m_design;
    applyEdits(trial, edits);
    if (trial == m_design) return false;
    m_undoStack.push(new EditCommand([this](const Edits& e) { return apply(e); }, edits, text, mergeKey));
    return true;
}

namespace {

/// Items that can be selected and that `after` has and `before` has not.
QStringList added(const Design& before, const Design& after) {
    QStringList ids;
    for (const Component& c : after.components)
        if (!before.components.contains(c.id)) ids.append(toQt(c.id.value));
    for (const Zone& z : after.zones)
        if (!before.zones.contains(z.id)) ids.append(toQt(z.id.value));
    for (const Note& n : after.notes)
        if (!before.notes.contains(n.id)) ids.append(toQt(n.id.value));
    return ids;
}

}  // namespace

void Document::undo() {
    if (m_drag || !canUndo()) return;
    const Design before = m_design;
    m_lastTyped.clear();
    m_undoStack.undo();
    if (const QStringList ids = added(before, m_design); !ids.isEmpty()) m_selection.selectMany(ids);
}

void Document::redo() {
    if (m_drag || !canRedo()) return;
    const Design before = m_design;
    m_lastTyped.clear();
    m_undoStack.redo();
    if (const QStringList ids = added(before, m_design); !ids.isEmpty()) m_selection.selectMany(ids);
}

void Document::goTo(int step) {
    if (m_drag || step == m_undoStack.index()) return;
    m_lastTyped.clear();
    m_undoStack.setIndex(step);
}

bool Document::applyFix(const QString& findingKey) {
    const std::optional<Fix> fix = m_fixSource ? m_fixSource(findingKey) : std::nullopt;
    return fix && push(fix->edits, toQt(fix->title));
}

void Document::acknowledge(const QString& findingKey, const QString& reason) {
    push({Put<Acknowledgement>{Acknowledgement{{findingKey.toStdString()}, reason.toStdString(), {}}, std::nullopt}},
         tr("Acknowledge a finding"));
}

void Document::withdrawAcknowledgement(const QString& findingKey) {
    push({Drop<Acknowledgement>{{findingKey.toStdString()}}}, tr("Reopen a finding"));
}

}  // namespace loadpath
