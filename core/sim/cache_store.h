// What a cache holds (simulation §4): which keys, until when, and which one goes when it is full. Memory
// is bounded by the capacity. Knows neither values nor who asks.
#pragma once

#include "sim/event_queue.h"
#include "sim/random.h"

#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loadpath::sim {

enum class Eviction { leastRecent, leastFrequent, firstIn, random, none };
Eviction evictionNamed(std::string_view word);

class CacheStore {
public:
    CacheStore(std::size_t capacity, Eviction eviction) : m_capacity(capacity), m_eviction(eviction) {}

    bool get(std::uint64_t key, Time now);
    /// Keeps the key until `until`; makes room by the policy. False where a full cache evicts nothing.
    bool put(std::uint64_t key, Time now, Time until, Stream& draw);
    void erase(std::uint64_t key);
    void clear();
    std::size_t size() const { return m_index.size(); }
    std::uint64_t evictions() const { return m_evictions; }

private:
    struct Entry {
        std::uint64_t key = 0;
        Time until = 0;
        std::uint32_t before = 0, after = 0;  // by recency or age
    };
    static constexpr std::uint32_t nobody = 0xffffffffu;
    static constexpr std::size_t mostCounts = 4'000'000;

    void unlink(std::uint32_t at);
    void linkLast(std::uint32_t at);
    void drop(std::uint32_t at);
    std::uint32_t victim(Stream& draw);
    std::uint64_t asked(std::uint64_t key);

    std::size_t m_capacity;
    Eviction m_eviction;
    std::vector<Entry> m_entries;  // dense: the last one fills a gap
    std::unordered_map<std::uint64_t, std::uint32_t> m_index;
    std::uint32_t m_oldest = nobody, m_newest = nobody;
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> m_byUse;  // uses, order of arrival there → key
    std::unordered_map<std::uint64_t, std::pair<std::uint64_t, std::uint64_t>> m_useOf;
    std::unordered_map<std::uint64_t, std::uint64_t> m_counts;
    std::uint64_t m_turn = 0, m_evictions = 0;
};

}  // namespace loadpath::sim
