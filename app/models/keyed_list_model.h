// Base of list models whose rows have a key: new contents are patched in, so that rows that stay keep
// their delegates, selection and animation. Row: a plain struct with `QString key` and operator==.
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QSet>

#include <vector>

namespace loadpath {

template <class Row>
class KeyedListModel : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    const std::vector<Row>& rows() const { return m_rows; }

protected:
    const Row* rowAt(const QModelIndex& index) const {
        if (!index.isValid() || index.row() < 0 || index.row() >= rowCount()) return nullptr;
        return &m_rows[std::size_t(index.row())];
    }
    int rowOf(const QString& key) const {
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            if (m_rows[i].key == key) return static_cast<int>(i);
        return -1;
    }

    /// Precondition: keys are unique.
    void patch(std::vector<Row> fresh) {
        QSet<QString> kept;
        for (const Row& row : fresh) kept.insert(row.key);
        removeAllBut(kept);
        for (std::size_t i = 0; i < fresh.size();) {
            if (i < m_rows.size() && m_rows[i].key == fresh[i].key) {
                replace(i, std::move(fresh[i]));
                ++i;
                continue;
            }
            const int from = find(fresh[i].key, i + 1);
            if (from >= 0) {
                beginMoveRows({}, from, from, {}, static_cast<int>(i));
                Row moved = std::move(m_rows[std::size_t(from)]);
                m_rows.erase(m_rows.begin() + from);
                m_rows.insert(m_rows.begin() + std::ptrdiff_t(i), std::move(moved));
                endMoveRows();
                continue;
            }
            i = insertRun(fresh, i);
        }
    }

private:
    void removeAllBut(const QSet<QString>& kept) {
        for (std::size_t end = m_rows.size(); end > 0;) {
            if (kept.contains(m_rows[end - 1].key)) {
                --end;
                continue;
            }
            std::size_t begin = end - 1;
            while (begin > 0 && !kept.contains(m_rows[begin - 1].key)) --begin;
            beginRemoveRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
            m_rows.erase(m_rows.begin() + std::ptrdiff_t(begin), m_rows.begin() + std::ptrdiff_t(end));
            endRemoveRows();
            end = begin;
        }
    }
    /// Inserts new rows from `at` up to the next one that is already there; returns where that stands.
    std::size_t insertRun(std::vector<Row>& fresh, std::size_t at) {
        QSet<QString> present;
        for (std::size_t i = at; i < m_rows.size(); ++i) present.insert(m_rows[i].key);
        std::size_t end = at;
        while (end < fresh.size() && !present.contains(fresh[end].key)) ++end;
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(end) - 1);
        m_rows.insert(m_rows.begin() + std::ptrdiff_t(at), std::make_move_iterator(fresh.begin() + std::ptrdiff_t(at)),
                      std::make_move_iterator(fresh.begin() + std::ptrdiff_t(end)));
        endInsertRows();
        return end;
    }
    void replace(std::size_t i, Row row) {
        if (m_rows[i] == row) return;
        m_rows[i] = std::move(row);
        const QModelIndex at = index(static_cast<int>(i));
        emit dataChanged(at, at);
    }
    int find(const QString& key, std::size_t from) const {
        for (std::size_t i = from; i < m_rows.size(); ++i)
            if (m_rows[i].key == key) return static_cast<int>(i);
        return -1;
    }

    std::vector<Row> m_rows;
};

}  // namespace loadpath
