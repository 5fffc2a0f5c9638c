// One step of the undo history: edits that change places with their inverse each time they are
// applied, so undo and redo are the same line.
#pragma once

#include "model/edit.h"

#include <QUndoCommand>

#include <functional>

namespace loadpath {

class EditCommand : public QUndoCommand {
public:
    /// Applies edits to the document's design and returns what undoes them.
    using Apply = std::function<Edits(const Edits&)>;

    /// Steps that follow each other with the same non-empty key become one.
    EditCommand(Apply apply, Edits edits, const QString& text, QString mergeKey = {});

    void undo() override { m_edits = m_apply(m_edits); }
    void redo() override;
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* newer) override;

private:
    Apply m_apply;
    Edits m_edits;  // what the next undo or redo applies
    QString m_mergeKey;
};

}  // namespace loadpath
