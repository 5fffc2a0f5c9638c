#include "model/difference.h"

namespace loadpath {
namespace {

using Kind = ItemDifference::Kind;

bool isOnlyMoved(const Component& a, Component b) {
    b.position = a.position;
    return a == b;
}
bool isOnlyMoved(const Connection& a, Connection b) {
    b.bends = a.bends;
    return a == b;
}
bool isOnlyMoved(const Zone& a, Zone b) {
    b.frame = a.frame;
    return a == b;
}
bool isOnlyMoved(const Note& a, Note b) {
    b.position = a.position;
    return a == b;
}
bool isOnlyMoved(const Flow&, const Flow&) { return false; }

template <class T>
void compare(std::vector<ItemDifference>& found, Kind kind, const Table<T>& before, const Table<T>& after) {
    for (const T& now : after) {
        const T* then = before.find(now.id);
        if (!then)
            found.push_back({kind, now.id.value, Presence::added, false});
        else if (then != &now && !(*then == now))
            found.push_back({kind, now.id.value, Presence::changed, isOnlyMoved(*then, now)});
    }
    for (const T& then : before)
        if (!after.contains(then.id)) found.push_back({kind, then.id.value, Presence::removed, false});
}

/// Leads one scratch design to another, step by step, and keeps the steps.
class Way {
public:
    explicit Way(const Design& from) : m_at(from) {}

    template <class T>
    void dropOthers(Table<T> Design::*table, const Design& to) {
        std::vector<typename T::Id> gone;
        for (const T& item : m_at.*table)
            if (!(to.*table).contains(item.id)) gone.push_back(item.id);
        for (const typename T::Id& id : gone) go(Drop<T>{id});
    }
    template <class T>
    void putAll(Table<T> Design::*table, const Design& to) {
        const Table<T>& wanted = to.*table;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const Table<T>& now = m_at.*table;
            if (i < now.size() && now[i] == wanted[i]) continue;
            go(Put<T>{wanted[i], i});
        }
    }
    /// Parents may stand behind their children and may have changed places: at first none has any.
    void putZones(const Design& to) {
        for (const Zone& zone : to.zones) {
            const Zone* now = m_at.zones.find(zone.id);
            if (now && now->parent == zone.parent) continue;
            Zone free = zone;
            free.parent = {};
            go(Put<Zone>{std::move(free), std::nullopt});
        }
        putAll<Zone>(&Design::zones, to);
    }
    void go(const Edit& edit) {
        applyEdits(m_at, {edit});
        m_edits.push_back(edit);
    }
    const Design& at() const { return m_at; }
    Edits take() { return std::move(m_edits); }

private:
    Design m_at;
    Edits m_edits;
};

}  // namespace

std::vector<ItemDifference> differenceOf(const Design& before, const Design& after) {
    std::vector<ItemDifference> found;
    compare(found, Kind::component, before.components, after.components);
    compare(found, Kind::connection, before.connections, after.connections);
    compare(found, Kind::zone, before.zones, after.zones);
    compare(found, Kind::flow, before.flows, after.flows);
    compare(found, Kind::note, before.notes, after.notes);
    return found;
}

Edits editsFromTo(const Design& from, const Design& to) {
    Way way(from);
    way.dropOthers<Quantity>(&Design::estimates, to);
    way.dropOthers<Acknowledgement>(&Design::acknowledged, to);
    way.dropOthers<ScenarioSpec>(&Design::scenarios, to);
    way.dropOthers<Note>(&Design::notes, to);
    way.dropOthers<Flow>(&Design::flows, to);
    way.dropOthers<Connection>(&Design::connections, to);
    way.dropOthers<Component>(&Design::components, to);
    way.dropOthers<Zone>(&Design::zones, to);
    if (!(way.at().header == to.header)) way.go(to.header);
    way.putZones(to);
    way.putAll<Component>(&Design::components, to);
    way.putAll<Connection>(&Design::connections, to);
    way.putAll<Flow>(&Design::flows, to);
    way.putAll<Note>(&Design::notes, to);
    way.putAll<ScenarioSpec>(&Design::scenarios, to);
    way.putAll<Acknowledgement>(&Design::acknowledged, to);
    way.putAll<Quantity>(&Design::estimates, to);
    return way.take();
}

Design bothOf(const Design& before, const Design& after) {
    Design both = after;
    const auto add = [&both](const auto& table, const auto& now) {
        Edits edits;
        for (const auto& item : table)
            if (!now.contains(item.id)) edits.push_back(Put<std::decay_t<decltype(item)>>{item, std::nullopt});
        applyEdits(both, edits);
    };
    // A zone may stand before its parent, and cannot be put without it.
    std::size_t had = 0;
    do {
        had = both.zones.size();
        add(before.zones, both.zones);
    } while (had != both.zones.size());
    add(before.components, after.components);
    add(before.connections, after.connections);
    add(before.notes, after.notes);
    return both;
}

}  // namespace loadpath
