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

    void undo() override { swap(); }
    void redo() override { swap(); }
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* newer) override;

private:
    void swap();

    Apply m_apply;
    Edits m_next;  // what the next undo or redo applies
    Edits m_done;  // what the last one applied
    QString m_mergeKey;
};

}  // namespace loadpath
