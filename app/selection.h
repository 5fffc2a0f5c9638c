// What is selected in a document, by id (ids are unique over the file). Knows the design it selects
// in, but changes nothing in it.
#pragma once

#include "model/design.h"

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>

namespace loadpath {

enum class ItemKind { none, component, connection, zone, note, flow, scenario };

ItemKind kindOf(const Design& design, const std::string& id);

class Selection : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A document has its selection")
    Q_PROPERTY(QStringList ids READ ids NOTIFY changed)
    Q_PROPERTY(int count READ count NOTIFY changed)
    /// none, component, connection, zone, note; multiple when there are several items
    Q_PROPERTY(QString kind READ kind NOTIFY changed)
    Q_PROPERTY(QString primaryId READ primaryId NOTIFY changed)

public:
    explicit Selection(const Design& design, QObject* parent = nullptr);

    const QStringList& ids() const { return m_ids; }
    int count() const { return static_cast<int>(m_ids.size()); }
    QString kind() const;
    QString primaryId() const { return m_ids.isEmpty() ? QString() : m_ids.last(); }
    ItemKind kindOf(const QString& id) const { return loadpath::kindOf(m_design, id.toStdString()); }

    Q_INVOKABLE bool contains(const QString& id) const { return m_ids.contains(id); }
    Q_INVOKABLE void select(const QString& id);
    Q_INVOKABLE void toggle(const QString& id);
    Q_INVOKABLE void clear() { selectMany({}); }
    /// Replaces the selection; what is not in the design is left out.
    Q_INVOKABLE void selectMany(const QStringList& ids);
    Q_INVOKABLE void extend(const QStringList& ids);
    /// Forgets what is no longer in the design.
    void prune();

signals:
    void changed();

private:
    const Design& m_design;
    QStringList m_ids;  // in the order of selection
};

}  // namespace loadpath
