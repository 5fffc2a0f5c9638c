// The document beside another state of it: what is there only now, only then, and what is different, with
// what that does to the figures. The canvas shows both designs in one picture while it is active.
#pragma once

#include "background_task.h"
#include "document.h"
#include "model/difference.h"
#include "rules/report.h"

#include <QtQml/qqmlregistration.h>
#include <QVariantList>

#include <unordered_map>

namespace loadpath {

class DesignComparison : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The workspace has the comparison")
    Q_PROPERTY(bool active READ active NOTIFY changed)
    /// What the document is compared with: "the version of 21:04"
    Q_PROPERTY(QString title READ title NOTIFY changed)
    /// Rows of id, kind, name, presence (added, removed, changed), detail
    Q_PROPERTY(QVariantList items READ items NOTIFY changed)
    Q_PROPERTY(int added READ added NOTIFY changed)
    Q_PROPERTY(int removed READ removed NOTIFY changed)
    Q_PROPERTY(int different READ different NOTIFY changed)
    /// Rows of label, before, after, state (same, better, worse); empty until they are computed
    Q_PROPERTY(QVariantList figures READ figures NOTIFY figuresChanged)

public:
    explicit DesignComparison(Document* document, QObject* parent = nullptr);
    ~DesignComparison() override;

    void compareWith(Design before, const QString& title);
    Q_INVOKABLE void stop();
    /// Takes the document back to what it is compared with, as one step.
    Q_INVOKABLE void restore();

    bool active() const { return m_active; }
    const QString& title() const { return m_title; }
    const QVariantList& items() const { return m_items; }
    int added() const { return count(Presence::added); }
    int removed() const { return count(Presence::removed); }
    int different() const { return count(Presence::changed); }
    const QVariantList& figures() const { return m_figures; }
    /// Both designs in one.
    const Design& both() const { return m_both; }
    /// By id of components, connections, zones and notes.
    const std::unordered_map<std::string, Presence>& marks() const { return m_marks; }
    /// Until the figures are there (tests, pictures).
    void waitForFigures();

signals:
    void changed();
    void figuresChanged();

private:
    void follow();
    int count(Presence presence) const;

    Document* m_document;
    bool m_active = false;
    QString m_title;
    Design m_before, m_both;
    QVariantList m_items, m_figures;
    std::unordered_map<std::string, Presence> m_marks;
    BackgroundTask<QVariantList> m_task;
};

}  // namespace loadpath
