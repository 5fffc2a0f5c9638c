// The estimation sheet of the document for the window: inputs that can be varied, figures that follow,
// their steps, and the tables to reason with. Works only while it is looked at, on a worker.
#pragma once

#include "analysis/estimate.h"
#include "derivation_view.h"
#include "document.h"
#include "figure_table.h"

#include <QPointer>
#include <QTimer>

namespace loadpath {

struct EstimateInputRow {
    QString key, name, text, unit, source, note;
    bool assumed = false, stated = false;
    QStringList items = {};
    friend bool operator==(const EstimateInputRow&, const EstimateInputRow&) = default;
};

class EstimateInputs : public KeyedListModel<EstimateInputRow> {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The estimates have the inputs")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        NameRole,
        TextRole,
        UnitRole,
        SourceRole,
        AssumedRole,
        StatedRole,
        ItemsRole
    };

    using KeyedListModel::KeyedListModel;
    int count() const { return rowCount(); }
    void setRows(std::vector<EstimateInputRow> rows);
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countChanged();
};

class Estimates : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(loadpath::Document* document READ document WRITE setDocument NOTIFY documentChanged)
    /// Somebody looks at it: only then it is kept current
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(bool binaryBytes READ binaryBytes WRITE setBinaryBytes NOTIFY binaryBytesChanged)
    Q_PROPERTY(loadpath::FigureTable* figures READ figures CONSTANT)
    Q_PROPERTY(loadpath::EstimateInputs* inputs READ inputs CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* latencies READ latencies CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* nines READ nines CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* fanOuts READ fanOuts CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* attempts READ attempts CONSTANT)
    Q_PROPERTY(loadpath::DerivationView* derivation READ derivation CONSTANT)
    /// Figures that the canvas does not carry or does not agree with
    Q_PROPERTY(int disagreements READ disagreements NOTIFY sheetChanged)

public:
    explicit Estimates(QObject* parent = nullptr);

    Document* document() const { return m_document; }
    void setDocument(Document* document);
    bool active() const { return m_active; }
    void setActive(bool active);
    bool busy() const { return m_busy; }
    bool binaryBytes() const { return m_bytes == ByteUnits::binary; }
    void setBinaryBytes(bool binary);
    FigureTable* figures() { return &m_figures; }
    EstimateInputs* inputs() { return &m_inputs; }
    FigureTable* latencies() { return &m_latencies; }
    FigureTable* nines() { return &m_nines; }
    FigureTable* fanOuts() { return &m_fanOuts; }
    FigureTable* attempts() { return &m_attempts; }
    DerivationView* derivation() { return &m_derivation; }
    int disagreements() const { return m_disagreements; }
    const std::shared_ptr<const EstimateSheet>& sheet() const { return m_sheet; }

    Q_INVOKABLE void explain(const QString& key);
    /// What is wrong with the entry; empty when it was taken.
    Q_INVOKABLE QString setInput(const QString& key, const QString& text);
    Q_INVOKABLE void resetInput(const QString& key);
    /// {year, month, day, nines, problem} of an availability such as "99.95"
    Q_INVOKABLE QVariantMap downtime(const QString& availability) const;
    /// {availability, problem} that allows a downtime such as "30 min" in a period: year, month, day
    Q_INVOKABLE QVariantMap availability(const QString& downtime, const QString& period) const;
    /// Fresh ids of the usual schemes: {name, text, about}
    Q_INVOKABLE QVariantList sampleIds() const;
    /// What an id says: {kind, about}; kind is empty for a text that is none.
    Q_INVOKABLE QVariantMap readId(const QString& text) const;
    /// Without a worker (tests, pictures).
    Q_INVOKABLE void evaluateNow();

signals:
    void documentChanged();
    void activeChanged();
    void busyChanged();
    void binaryBytesChanged();
    void sheetChanged();

private:
    void outdate();
    void run();
    void accept(std::shared_ptr<const EstimateSheet> sheet);
    void fill();
    void fillTables();

    QPointer<Document> m_document;
    bool m_active = false, m_busy = false, m_outdated = true;
    ByteUnits m_bytes = ByteUnits::decimal;
    std::shared_ptr<const EstimateSheet> m_sheet;
    int m_disagreements = 0;
    FigureTable m_figures, m_latencies, m_nines, m_fanOuts, m_attempts;
    EstimateInputs m_inputs;
    DerivationView m_derivation;
    QTimer m_debounce;
    BackgroundTask<std::shared_ptr<const EstimateSheet>> m_task;
};

}  // namespace loadpath
