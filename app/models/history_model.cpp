#include "history_model.h"

namespace loadpath {

void HistoryModel::setDocument(Document* document) {
    if (document == m_document) return;
    if (m_document) m_document->disconnect(this);
    m_document = document;
    if (m_document) {
        connect(m_document, &Document::historyChanged, this, &HistoryModel::rebuild);
        connect(m_document, &Document::modifiedChanged, this, &HistoryModel::rebuild);
    }
    rebuild();
    emit documentChanged();
}

int HistoryModel::current() const { return m_document ? m_document->undoStack()->index() : 0; }

void HistoryModel::rebuild() {
    std::vector<HistoryRow> rows;
    if (m_document) {
        const QUndoStack& stack = *m_document->undoStack();
        const QString start =
            m_document->filePath().isEmpty() && !m_document->isTemplate() ? tr("New design") : tr("As opened");
        for (int i = 0; i <= stack.count(); ++i)
            rows.push_back({QString::number(i), i == 0 ? start : stack.text(i - 1), i <= stack.index(),
                            i == stack.index(), i == stack.cleanIndex() && !m_document->filePath().isEmpty()});
    }
    patch(std::move(rows));
    emit currentChanged();
}

void HistoryModel::goTo(int row) {
    if (m_document) m_document->goTo(row);
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    const HistoryRow* row = rowAt(index);
    if (!row) return {};
    switch (role) {
        case Qt::DisplayRole:
        case TextRole:
            return row->text;
        case DoneRole:
            return row->done;
        case CurrentRole:
            return row->current;
        case SavedRole:
            return row->saved;
        default:
            return {};
    }
}

QHash<int, QByteArray> HistoryModel::roleNames() const {
    return {{TextRole, "text"}, {DoneRole, "done"}, {CurrentRole, "current"}, {SavedRole, "saved"}};
}

}  // namespace loadpath
