// The pending events of a run, ordered by (time, sequence number): one total order, so every way of
// storing them gives the same run. Knows no meaning of an event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace loadpath::sim {

using Time = std::int64_t;  // ns since the start of the run
inline constexpr Time second = 1'000'000'000;

/// Three words, no ownership. `what` says what it is about; a generation that no longer fits
/// makes the event void (a timer whose reply came first).
struct Event {
    Time time = 0;
    std::uint64_t order = 0;  // sequence number << laneBits | lane
    std::uint64_t what = 0;   // generation << kindBits | kind, subject

    static constexpr int laneBits = 24, kindBits = 5;
    std::uint32_t lane() const { return static_cast<std::uint32_t>(order) & ((1u << laneBits) - 1); }
    std::uint32_t subject() const { return static_cast<std::uint32_t>(what); }
    std::uint32_t kind() const { return static_cast<std::uint32_t>(what >> 32) & ((1u << kindBits) - 1); }
    std::uint32_t generation() const { return static_cast<std::uint32_t>(what >> (32 + kindBits)); }
    static std::uint64_t about(std::uint32_t subject, std::uint32_t generation, std::uint32_t kind) {
        return static_cast<std::uint64_t>(generation << kindBits | kind) << 32 | subject;
    }
    bool before(const Event& other) const { return time != other.time ? time < other.time : order < other.order; }
};

/// 4-ary heap. Taking the first event leaves a hole that the next insertion fills, because most
/// events cause one other.
class HeapQueue {
public:
    bool empty() const { return size() == 0; }
    std::size_t size() const { return m_items.size() - (m_hole ? 1 : 0); }

    const Event& top() {  // precondition: not empty
        closeHole();
        return m_items[0];
    }
    Event pop() {  // precondition: not empty
        closeHole();
        m_hole = true;
        return m_items[0];
    }
    [[gnu::always_inline]] void push(const Event event) {  // inline: the event stays in registers
        if (m_hole) {
            m_hole = false;
            siftDown(event);
            return;
        }
        m_items.emplace_back();
        std::size_t at = m_items.size() - 1;
        while (at > 0) {
            const std::size_t parent = (at - 1) / 4;
            if (!event.before(m_items[parent])) break;
            m_items[at] = m_items[parent];
            at = parent;
        }
        m_items[at] = event;
    }

private:
    void closeHole() {
        if (!m_hole) return;
        m_hole = false;
        const Event last = m_items.back();
        m_items.pop_back();
        if (!m_items.empty()) siftDown(last);
    }
    [[gnu::always_inline]] void siftDown(const Event event) {  // into the root
        const std::size_t n = m_items.size();
        std::size_t at = 0;
        for (;;) {
            const std::size_t first = 4 * at + 1;
            if (first >= n) break;
            std::size_t least = first;
            const std::size_t end = first + 4 < n ? first + 4 : n;
            for (std::size_t child = first + 1; child < end; ++child)
                if (m_items[child].before(m_items[least])) least = child;
            if (!m_items[least].before(event)) break;
            m_items[at] = m_items[least];
            at = least;
        }
        m_items[at] = event;
    }

    std::vector<Event> m_items;
    bool m_hole = false;
};

/// Events that are inserted in their order (a constant delay: timeouts, the wire of a connection) wait
/// in a ring; only the first of each stands in the queue. That keeps the queue small.
class Lane {
public:
    bool empty() const { return m_size == 0; }
    std::size_t size() const { return m_size; }
    const Event& front() const { return m_ring[m_first]; }
    const Event& back() const { return m_ring[(m_first + m_size - 1) & (m_ring.size() - 1)]; }
    void push(const Event& event) {
        if (m_size == m_ring.size()) grow();
        m_ring[(m_first + m_size++) & (m_ring.size() - 1)] = event;
    }
    void pop() {
        m_first = (m_first + 1) & (m_ring.size() - 1);
        --m_size;
    }

private:
    void grow() {
        std::vector<Event> larger(m_ring.empty() ? 16 : 2 * m_ring.size());
        for (std::size_t i = 0; i < m_size; ++i) larger[i] = m_ring[(m_first + i) & (m_ring.size() - 1)];
        m_ring.swap(larger);
        m_first = 0;
    }

    std::vector<Event> m_ring;  // size is a power of two
    std::size_t m_first = 0, m_size = 0;
};

}  // namespace loadpath::sim
