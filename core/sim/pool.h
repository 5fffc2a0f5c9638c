// Records of the requests in progress: indices stay valid while the pool grows, freed places are used
// again, and a generation tells a record from its predecessor in the same place.
#pragma once

#include <cstdint>
#include <vector>

namespace loadpath::sim {

inline constexpr std::uint32_t none = 0xffffffffu;

/// Names a record; void once the record is freed.
struct Ref {
    std::uint32_t index = none, generation = 0;
};

/// T has `std::uint32_t generation` (28 bits are used), `std::uint32_t next` and `bool inUse`.
template <class T>
class Pool {
public:
    std::uint32_t take() {
        ++m_used;
        if (m_free == none) {
            m_items.push_back(T{});
            m_items.back().inUse = true;
            return static_cast<std::uint32_t>(m_items.size() - 1);
        }
        const std::uint32_t index = m_free;
        m_free = m_items[index].next;
        const std::uint32_t generation = m_items[index].generation;
        m_items[index] = T{};
        m_items[index].generation = generation;
        m_items[index].inUse = true;
        return index;
    }
    void release(std::uint32_t index) {
        --m_used;
        T& item = m_items[index];
        item.generation = (item.generation + 1) & 0x0fffffffu;
        item.inUse = false;
        item.next = m_free;
        m_free = index;
    }
    T& operator[](std::uint32_t index) { return m_items[index]; }
    const T& operator[](std::uint32_t index) const { return m_items[index]; }
    bool holds(Ref ref) const { return ref.index != none && m_items[ref.index].generation == ref.generation; }
    Ref ref(std::uint32_t index) const { return {index, m_items[index].generation}; }
    std::uint32_t used() const { return m_used; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_items.size()); }

private:
    std::vector<T> m_items;
    std::uint32_t m_free = none, m_used = 0;
};

}  // namespace loadpath::sim
