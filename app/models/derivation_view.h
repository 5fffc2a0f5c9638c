// The worked calculation that the window shows, and the components it lights: of one step, or of all.
// Long ones are computed on a worker. Knows no engine.
#pragma once

#include "background_task.h"
#include "support/derivation.h"

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QVariantList>

namespace loadpath {

class DerivationView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The analysis and the estimates have one each")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// What is shown, as the cell named it
    Q_PROPERTY(QString key READ key NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString result READ result NOTIFY changed)
    /// {what, expression, result, items}
    Q_PROPERTY(QVariantList steps READ steps NOTIFY changed)
    Q_PROPERTY(int current READ current NOTIFY litChanged)
    /// Ids of the components and zones to light; empty when closed
    Q_PROPERTY(QStringList litIds READ litIds NOTIFY litChanged)

public:
    explicit DerivationView(QObject* parent = nullptr);

    bool isOpen() const { return m_open; }
    bool busy() const { return m_busy; }
    const QString& key() const { return m_key; }
    QString title() const;
    QString result() const;
    QVariantList steps() const;
    int current() const { return m_current; }
    QStringList litIds() const;

    void show(const QString& key, Derivation derivation);
    /// Computes it on the worker; what was open stays until it is there.
    void compute(const QString& key, std::function<Derivation(const std::stop_token&)> job);
    Q_INVOKABLE void close();
    /// −1: all steps
    Q_INVOKABLE void light(int step);
    /// The calculation as text, for the clipboard.
    Q_INVOKABLE QString text() const;
    Q_INVOKABLE void copy() const;

signals:
    void changed();
    void litChanged();

private:
    struct Answer {
        QString key;
        Derivation derivation;
    };

    bool m_open = false, m_busy = false;
    QString m_key;
    Derivation m_derivation;
    int m_current = -1;
    BackgroundTask<Answer> m_task;
};

}  // namespace loadpath
