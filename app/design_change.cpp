#include "design_change.h"

#include <algorithm>

namespace loadpath {
namespace {

bool sameButGeometry(const Component& a, const Component& b) {
    Component moved = a;
    moved.position = b.position;
    moved.locked = b.locked;
    return moved == b;
}
bool sameButGeometry(const Connection& a, const Connection& b) {
    Connection moved = a;
    moved.bends = b.bends;
    return moved == b;
}
bool sameButGeometry(const Zone& a, const Zone& b) {
    Zone moved = a;
    moved.frame = b.frame;
    moved.collapsed = b.collapsed;
    return moved == b;
}

/// Adds the ids that edits name to the lists of a change.
struct Collector {
    DesignChange& change;

    template <class T>
    void operator()(const Put<T>& put) {
        list(static_cast<const T*>(nullptr)).push_back(put.item.id);
    }
    template <class T>
    void operator()(const Drop<T>& drop) {
        list(static_cast<const T*>(nullptr)).push_back(drop.id);
    }
    void operator()(const Header&) { change.header = true; }

    std::vector<ComponentId>& list(const Component*) { return change.components; }
    std::vector<ConnectionId>& list(const Connection*) { return change.connections; }
    std::vector<ZoneId>& list(const Zone*) { return change.zones; }
    std::vector<FlowId>& list(const Flow*) { return change.flows; }
    std::vector<NoteId>& list(const Note*) { return change.notes; }
    std::vector<ScenarioId>& list(const ScenarioSpec*) { return change.scenarios; }
    std::vector<Acknowledgement::Id>& list(const Acknowledgement*) { return change.acknowledged; }
    std::vector<QuantityId>& list(const Quantity*) { return change.estimates; }
};

template <class T>
void makeUnique(std::vector<T>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

template <class T>
bool onlyMoved(const Table<T>& before, const Table<T>& after, const std::vector<typename T::Id>& ids) {
    return std::all_of(ids.begin(), ids.end(), [&before, &after](const auto& id) {
        const T *old = before.find(id), *now = after.find(id);
        return old && now && sameButGeometry(*old, *now);
    });
}

}  // namespace

DesignChange changeOf(const Design& before, const Design& after, const Edits& done, const Edits& inverse) {
    DesignChange change;
    Collector collect{change};
    for (const Edit& edit : done) std::visit(collect, edit);
    for (const Edit& edit : inverse) std::visit(collect, edit);
    makeUnique(change.components);
    makeUnique(change.connections);
    makeUnique(change.zones);
    makeUnique(change.flows);
    makeUnique(change.notes);
    makeUnique(change.scenarios);
    makeUnique(change.acknowledged);
    makeUnique(change.estimates);
    change.geometryOnly = !change.header && change.flows.empty() && change.scenarios.empty() &&
                          change.acknowledged.empty() && change.estimates.empty() &&
                          onlyMoved(before.components, after.components, change.components) &&
                          onlyMoved(before.connections, after.connections, change.connections) &&
                          onlyMoved(before.zones, after.zones, change.zones);
    return change;
}

}  // namespace loadpath
