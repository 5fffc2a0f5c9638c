// The properties of what is selected (of the document when nothing is) as rows that say how to edit
// them. Entries are parsed here; whether a value is legal is the catalogue's word.
#pragma once

#include "document.h"
#include "inspector_rows.h"
#include "keyed_list_model.h"

#include <QtQml/qqmlregistration.h>
#include <QPointer>

namespace loadpath {

class InspectorModel : public KeyedListModel<InspectorRow> {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(loadpath::Document* document READ document WRITE setDocument NOTIFY documentChanged)
    /// document, component, connection, zone, note or multiple
    Q_PROPERTY(QString subject READ subject NOTIFY subjectChanged)
    Q_PROPERTY(QString subjectId READ subjectId NOTIFY subjectChanged)
    Q_PROPERTY(QString title READ title NOTIFY subjectChanged)
    /// Name of the type, "eu-west-1 · zone", "sync connection"
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY subjectChanged)
    Q_PROPERTY(QString typeId READ typeId NOTIFY subjectChanged)
    Q_PROPERTY(bool showAdvanced READ showAdvanced WRITE setShowAdvanced NOTIFY showAdvancedChanged)
    Q_PROPERTY(int advancedCount READ advancedCount NOTIFY subjectChanged)
    /// Keys of the rows to show; empty: all
    Q_PROPERTY(QStringList only READ only WRITE setOnly NOTIFY onlyChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        LabelRole,
        UnitRole,
        KindRole,          // boolean, integer, number, text, prose, choice, set, list, object, reference
        ValueRole,         // bool, number, text or list of texts as edited
        TextRole,          // as shown in a field: "99.95 %", "4", JSON for list and object
        FallbackTextRole,  // what holds when nothing is stated; empty: nothing
        IsStatedRole,
        MinimumRole,
        MaximumRole,
        ChoicesRole,
        ChoiceLabelsRole,
        HelpRole,
        SourceRole,
        SectionRole,
        ProblemRole,  // what is wrong with the value or with the last entry; empty: nothing
        AdvancedRole,
        ReadOnlyRole,
        MixedRole,     // several are selected, and they differ in it
        SliderRole,    // none, beside (the field) or below
        PositionRole,  // of the value on its slider, 0 … 1
    };

    explicit InspectorModel(QObject* parent = nullptr);
    ~InspectorModel() override;

    Document* document() const { return m_document; }
    void setDocument(Document* document);
    const QString& subject() const { return m_subject; }
    const QString& subjectId() const { return m_subjectId; }
    const QString& title() const { return m_title; }
    const QString& subtitle() const { return m_subtitle; }
    const QString& typeId() const { return m_typeId; }
    bool showAdvanced() const { return m_showAdvanced; }
    void setShowAdvanced(bool show);
    int advancedCount() const { return m_advancedCount; }
    int count() const { return rowCount(); }
    const QStringList& only() const { return m_only; }
    void setOnly(const QStringList& keys);

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// An entry from a field: "1.5k", "200 ms", "99.95 %", JSON for lists and objects. An empty text
    /// resets. False, with the row's problem saying why, when it cannot be.
    Q_INVOKABLE bool setText(const QString& key, const QString& text);
    /// From a switch, a chooser, a spin box, a list of ticks.
    Q_INVOKABLE bool setValue(const QString& key, const QVariant& value);
    Q_INVOKABLE void reset(const QString& key);
    /// Puts the value at a place of its slider. Between begin and end the slider's range stands still and
    /// all is one step.
    Q_INVOKABLE void beginExploring(const QString& key);
    Q_INVOKABLE void explore(const QString& key, double position);
    Q_INVOKABLE void endExploring();

signals:
    void documentChanged();
    void subjectChanged();
    void showAdvancedChanged();
    void countChanged();
    void onlyChanged();

private:
    void rebuild();
    void onSelectionChanged();
    /// The value that an entry says; nothing, with the problem, when it says none that can be.
    std::optional<Value> parsed(const InspectorRow& row, const QString& text, QString& problem) const;
    bool set(const InspectorRow& row, const Value& value, const QString& text);
    bool refuse(const QString& key, const QString& text, const QString& problem);
    const InspectorRow* row(const QString& key) const;
    ExploreScale scaleOf(const InspectorRow& row) const;
    /// What several selected items show together: components, else lines, else zones.
    QStringList editedTogether() const;
    const ParameterSpec* specOf(const InspectorRow& row, const QString& id) const;

    QPointer<Document> m_document;
    QString m_subject = QStringLiteral("document"), m_subjectId, m_title, m_subtitle, m_typeId;
    QStringList m_ids;  // that an entry goes to; empty: the document
    QStringList m_only;
    QString m_exploredKey;
    ExploreScale m_explored;
    bool m_showAdvanced = false;
    int m_advancedCount = 0;
    struct Entry {
        QString text, problem;
    };
    QHash<QString, Entry> m_refused;  // entries that were not accepted, by key
};

}  // namespace loadpath
