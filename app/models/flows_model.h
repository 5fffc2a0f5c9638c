// The request classes of the document, edited in place.
#pragma once

#include "document.h"
#include "keyed_list_model.h"

#include <QtQml/qqmlregistration.h>
#include <QPointer>

namespace loadpath {

struct FlowRow {
    QString key, name, entry, entryName, op, shareText, sloText, p99Text;
    double share = 1;
    friend bool operator==(const FlowRow&, const FlowRow&) = default;
};

class FlowsModel : public KeyedListModel<FlowRow> {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(loadpath::Document* document READ document WRITE setDocument NOTIFY documentChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// Clients that a flow may start at
    Q_PROPERTY(QStringList entryIds READ entryIds NOTIFY entriesChanged)
    Q_PROPERTY(QStringList entryNames READ entryNames NOTIFY entriesChanged)

public:
    enum Role {
        FlowIdRole = Qt::UserRole + 1,
        NameRole,
        EntryRole,
        EntryNameRole,
        OpRole,
        ShareRole,
        ShareTextRole,
        SloTextRole,
        P99TextRole
    };

    explicit FlowsModel(QObject* parent = nullptr);
    Document* document() const { return m_document; }
    void setDocument(Document* document);
    int count() const { return rowCount(); }
    const QStringList& entryIds() const { return m_entryIds; }
    const QStringList& entryNames() const { return m_entryNames; }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    /// key: name, entry, op, share, availability_slo, p99_ms. False when the entry cannot be read.
    Q_INVOKABLE bool setText(const QString& flowId, const QString& key, const QString& text);

signals:
    void documentChanged();
    void countChanged();
    void entriesChanged();

private:
    void rebuild();

    QPointer<Document> m_document;
    QStringList m_entryIds, m_entryNames;
};

}  // namespace loadpath
