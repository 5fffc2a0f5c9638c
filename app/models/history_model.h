// The steps of a document's history with their names, the one it stands at, and the one that was saved.
#pragma once

#include "document.h"
#include "keyed_list_model.h"

#include <QtQml/qqmlregistration.h>
#include <QPointer>

namespace loadpath {

struct HistoryRow {
    QString key, text;
    bool done = false, current = false, saved = false;
    friend bool operator==(const HistoryRow&, const HistoryRow&) = default;
};

class HistoryModel : public KeyedListModel<HistoryRow> {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(loadpath::Document* document READ document WRITE setDocument NOTIFY documentChanged)
    Q_PROPERTY(int current READ current NOTIFY currentChanged)

public:
    enum Role { TextRole = Qt::UserRole + 1, DoneRole, CurrentRole, SavedRole };

    explicit HistoryModel(QObject* parent = nullptr) : KeyedListModel(parent) {}

    Document* document() const { return m_document; }
    void setDocument(Document* document);
    int current() const;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Undoes or redoes up to there: 0 is where the history begins.
    Q_INVOKABLE void goTo(int row);

signals:
    void documentChanged();
    void currentChanged();

private:
    void rebuild();

    QPointer<Document> m_document;
};

}  // namespace loadpath
