// The built-in designs, for the chooser: one row a problem, its first attempt beside it, the smallest
// first, narrowed by a search text.
#pragma once

#include "assets.h"

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>

namespace loadpath {

class TemplateModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The workspace has the templates")
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int total READ total CONSTANT)

public:
    enum Role {
        TemplateIdRole = Qt::UserRole + 1,
        NameRole,
        DescriptionRole,
        ComponentsRole,
        CountTextRole,
        FirstAttemptRole,  // id of the naive design of the same problem; empty when there is none
    };

    explicit TemplateModel(const std::vector<TemplateInfo>& templates, QObject* parent = nullptr);

    int count() const { return rowCount(); }
    int total() const { return static_cast<int>(m_all.size()); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    const QString& filter() const { return m_filter; }
    void setFilter(const QString& filter);

signals:
    void filterChanged();
    void countChanged();

private:
    struct Problem {
        TemplateInfo design;
        std::string firstAttempt;
    };
    bool matches(const Problem& problem) const;
    std::vector<std::size_t> shown() const;

    std::vector<Problem> m_all;
    QString m_filter;
    std::vector<std::size_t> m_shown;  // into m_all
};

}  // namespace loadpath
