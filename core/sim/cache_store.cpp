#include "sim/cache_store.h"

namespace loadpath::sim {

Eviction evictionNamed(std::string_view word) {
    if (word == "lfu") return Eviction::leastFrequent;
    if (word == "fifo" || word == "ttl") return Eviction::firstIn;  // equal times to live: the first in goes first
    if (word == "random") return Eviction::random;
    if (word == "noeviction") return Eviction::none;
    return Eviction::leastRecent;
}

void CacheStore::unlink(std::uint32_t at) {
    Entry& e = m_entries[at];
    (e.before == nobody ? m_oldest : m_entries[e.before].after) = e.after;
    (e.after == nobody ? m_newest : m_entries[e.after].before) = e.before;
}

void CacheStore::linkLast(std::uint32_t at) {
    Entry& e = m_entries[at];
    e.before = m_newest;
    e.after = nobody;
    (m_newest == nobody ? m_oldest : m_entries[m_newest].after) = at;
    m_newest = at;
}

void CacheStore::drop(std::uint32_t at) {
    unlink(at);
    const std::uint64_t key = m_entries[at].key;
    if (const auto it = m_useOf.find(key); it != m_useOf.end()) {
        m_byUse.erase(it->second);
        m_useOf.erase(it);
    }
    m_index.erase(key);
    const auto last = static_cast<std::uint32_t>(m_entries.size() - 1);
    if (at != last) {  // the last entry moves into the gap
        const Entry moved = m_entries[last];
        m_entries[at] = moved;
        m_index[moved.key] = at;
        (moved.before == nobody ? m_oldest : m_entries[moved.before].after) = at;
        (moved.after == nobody ? m_newest : m_entries[moved.after].before) = at;
    }
    m_entries.pop_back();
}

std::uint32_t CacheStore::victim(Stream& draw) {
    switch (m_eviction) {
        case Eviction::leastFrequent:
            return m_index.at(m_byUse.begin()->second);
        case Eviction::random:
            return draw.below(static_cast<std::uint32_t>(m_entries.size()));
        default:
            return m_oldest;
    }
}

/// How often a key was asked for, whether it was there or not. When too many are known, all counts halve.
std::uint64_t CacheStore::asked(std::uint64_t key) {
    if (m_counts.size() >= mostCounts)
        for (auto it = m_counts.begin(); it != m_counts.end();) it = (it->second /= 2) == 0 ? m_counts.erase(it) : ++it;
    return ++m_counts[key];
}

bool CacheStore::get(std::uint64_t key, Time now) {
    const std::uint64_t uses = m_eviction == Eviction::leastFrequent ? asked(key) : 0;
    const auto it = m_index.find(key);
    if (it == m_index.end()) return false;
    const std::uint32_t at = it->second;
    if (m_entries[at].until <= now) {
        drop(at);
        return false;
    }
    if (m_eviction == Eviction::leastRecent) {
        unlink(at);
        linkLast(at);
    } else if (m_eviction == Eviction::leastFrequent) {
        auto& place = m_useOf[key];
        m_byUse.erase(place);
        place = {uses, ++m_turn};
        m_byUse[place] = key;
    }
    return true;
}

bool CacheStore::put(std::uint64_t key, Time now, Time until, Stream& draw) {
    if (m_capacity == 0) return false;
    if (const auto it = m_index.find(key); it != m_index.end()) {
        m_entries[it->second].until = until;
        return true;
    }
    if (m_entries.size() >= m_capacity) {
        if (m_eviction == Eviction::none) {
            if (m_entries[m_oldest].until > now) return false;
            drop(m_oldest);
        } else {
            // The less frequent of the two stays out.
            if (m_eviction == Eviction::leastFrequent && m_counts[key] < m_byUse.begin()->first.first) return false;
            drop(victim(draw));
            ++m_evictions;
        }
    }
    const auto at = static_cast<std::uint32_t>(m_entries.size());
    m_entries.push_back({key, until, nobody, nobody});
    m_index[key] = at;
    linkLast(at);
    if (m_eviction == Eviction::leastFrequent) {
        m_useOf[key] = {m_counts[key], ++m_turn};
        m_byUse[m_useOf[key]] = key;
    }
    return true;
}

void CacheStore::erase(std::uint64_t key) {
    if (const auto it = m_index.find(key); it != m_index.end()) drop(it->second);
}

void CacheStore::clear() {
    m_entries.clear();
    m_index.clear();
    m_byUse.clear();
    m_useOf.clear();
    m_oldest = m_newest = nobody;
}

}  // namespace loadpath::sim
