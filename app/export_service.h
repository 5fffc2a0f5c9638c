// Writes pictures and reports of the document on a worker; what is exported is the design as it was
// when asked.
#pragma once

#include "analysis_service.h"
#include "document.h"

#include <QUrl>

namespace loadpath {

class ExportService : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The workspace has the exports")
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)

public:
    ExportService(Document* document, QObject* parent = nullptr);
    ~ExportService() override;

    bool busy() const { return m_busy; }
    /// By suffix: png, svg, pdf.
    Q_INVOKABLE void exportDiagram(const QUrl& url);
    /// html
    Q_INVOKABLE void exportReport(const QUrl& url);

signals:
    void busyChanged();
    void finished(const QString& path);
    void failed(const QString& title, const QString& text);

private:
    struct Outcome {
        QString path, problem;
    };
    void accept(const Outcome& outcome);
    void setBusy(bool busy);

    Document* m_document;
    bool m_busy = false;
    BackgroundTask<Outcome> m_task;
};

}  // namespace loadpath
