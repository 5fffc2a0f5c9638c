// Records of the requests in progress: they stay where they are until they are freed, freed places are
// used again, and a generation tells a record from its predecessor in the same place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace loadpath::sim {

inline constexpr std::uint32_t none = 0xffffffffu;

/// Names a record; void once the record is freed.
struct Ref {
    std::uint32_t index = none, generation = 0;
    bool isNone() const { return index == none; }
};

inline std::uint32_t nextGeneration(std::uint32_t generation) { return (generation + 1) & 0x07ffffffu; }

/// T has `Ref self` (27 bits of its generation are used), `std::uint32_t next` and `bool inUse`.
template <class T>
class Pool {
public:
    T& take() {
        ++m_used;
        if (m_free == none) return added();
        T& item = (*this)[m_free];
        m_free = item.next;
        const Ref self = item.self;
        item = blank;
        item.self = self;
        item.inUse = true;
        return item;
    }
    void release(T& item) {
        --m_used;
        item.self.generation = nextGeneration(item.self.generation);
        item.inUse = false;
        item.next = m_free;
        m_free = item.self.index;
    }
    T& operator[](std::uint32_t index) { return m_chunks[index / chunk][index % chunk]; }
    const T& operator[](std::uint32_t index) const { return m_chunks[index / chunk][index % chunk]; }
    /// nullptr once it is freed.
    T* find(Ref ref) {
        if (ref.isNone()) return nullptr;
        T& item = (*this)[ref.index];
        return item.self.generation == ref.generation ? &item : nullptr;
    }
    const T* find(Ref ref) const { return const_cast<Pool*>(this)->find(ref); }
    bool holds(Ref ref) const { return find(ref) != nullptr; }
    std::uint32_t used() const { return m_used; }
    std::uint32_t size() const { return m_size; }

private:
    static constexpr std::uint32_t chunk = 256;
    static constexpr T blank{};  // copied in a few wide moves, where a fresh value would be built field by field

    T& added() {
        if (m_size % chunk == 0) m_chunks.push_back(std::make_unique<T[]>(chunk));
        T& item = (*this)[m_size];
        item.self = {m_size++, 0};
        item.inUse = true;
        return item;
    }

    std::vector<std::unique_ptr<T[]>> m_chunks;
    std::uint32_t m_free = none, m_used = 0, m_size = 0;
};

}  // namespace loadpath::sim
