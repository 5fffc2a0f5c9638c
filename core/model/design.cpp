#include "model/design.h"

#include <algorithm>

namespace loadpath {

bool isWellFormedId(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
               c == '-';
    });
}

template <class T>
typename Table<T>::Index& Table<T>::ownIndex() {
    if (!m_index)
        m_index = std::make_shared<Index>();
    else if (m_index.use_count() > 1)
        m_index = std::make_shared<Index>(*m_index);
    return *m_index;
}

template <class T>
void Table<T>::put(T item, std::optional<std::size_t> at) {
    if (const auto known = indexOf(item.id)) {
        if (!at || std::min(*at, m_items.size() - 1) == *known) {
            m_items[*known] = std::make_shared<const T>(std::move(item));
            return;
        }
        drop(item.id);
    }
    const std::size_t place = std::min(at.value_or(m_items.size()), m_items.size());
    Index& index = ownIndex();
    if (place < m_items.size())
        for (auto& [id, position] : index)
            if (position >= place) ++position;
    index[item.id.value] = place;
    m_items.insert(m_items.begin() + static_cast<std::ptrdiff_t>(place), std::make_shared<const T>(std::move(item)));
}

template <class T>
void Table<T>::drop(const typename T::Id& id) {
    const std::size_t place = *indexOf(id);
    Index& index = ownIndex();
    index.erase(id.value);
    if (place + 1 < m_items.size())
        for (auto& [other, position] : index)
            if (position > place) --position;
    m_items.erase(m_items.begin() + static_cast<std::ptrdiff_t>(place));
}

template class Table<Flow>;
template class Table<Zone>;
template class Table<Component>;
template class Table<Connection>;
template class Table<Note>;
template class Table<ScenarioSpec>;
template class Table<Acknowledgement>;
template class Table<Quantity>;

std::string freeId(const Design& design, std::string_view wanted) {
    const auto taken = [&design](const std::string& id) {
        return design.components.contains({id}) || design.connections.contains({id}) || design.zones.contains({id}) ||
               design.flows.contains({id}) || design.notes.contains({id}) || design.scenarios.contains({id});
    };
    std::string base;
    for (const char c : wanted) base += isWellFormedId({&c, 1}) ? c : '-';
    if (base.empty()) base = "item";
    if (!taken(base)) return base;
    for (int number = 2;; ++number)
        if (std::string id = base + std::to_string(number); !taken(id)) return id;
}

}  // namespace loadpath
