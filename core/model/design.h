// What is placed: the content of a design file, and nothing derived from it. A Design changes only
// through applyEdits (edit.h). Copying is cheap: items are shared and immutable.
#pragma once

#include "model/design_enums.h"
#include "model/ids.h"
#include "model/value.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace loadpath {

struct Point {
    double x = 0, y = 0;  // px of the canvas at 100 %, y downwards
    friend bool operator==(const Point&, const Point&) = default;
};
struct Frame {
    double x = 0, y = 0, width = 0, height = 0;
    friend bool operator==(const Frame&, const Frame&) = default;
};

// `extra` holds the keys this version does not know; they are written back.

struct Component {
    using Id = ComponentId;
    Id id;
    std::string type, name;  // an empty name means: the name of the type
    Point position;          // top left corner of the card
    std::vector<ZoneId> zones;
    Parameters properties;  // only what is stated
    Parameters extra;
    bool locked = false;  // stays where it is: no dragging, no tidying up
    friend bool operator==(const Component&, const Component&) = default;
};

struct Connection {
    using Id = ConnectionId;
    Id id;
    ComponentId from, to;
    Mode mode = Mode::sync;
    Parameters properties;
    Parameters extra;
    std::string label;         // shown in place of the protocol or topic
    std::vector<Point> bends;  // pinned by the user: the line passes through them in this order
    friend bool operator==(const Connection&, const Connection&) = default;
};

struct Zone {
    using Id = ZoneId;
    Id id;
    std::string name, kind = "zone";  // zone | region | boundary
    ZoneId parent;                    // empty: none
    std::optional<Frame> frame;       // where its container is drawn
    Parameters properties;            // availability, geo, compliance: stand beside the keys in the file
    Parameters extra;
    bool collapsed = false;  // drawn as one card in place of what stands in it
    friend bool operator==(const Zone&, const Zone&) = default;
};

struct Flow {
    using Id = FlowId;
    Id id;
    std::string name;
    ComponentId entry;
    double share = 1;  // of the rate of its client
    Op op = Op::read;
    std::optional<double> availabilitySlo, p99Ms;  // in place of the document's
    Parameters extra;                              // consistency, tags and unknown keys
    friend bool operator==(const Flow&, const Flow&) = default;
};

struct Note {
    using Id = NoteId;
    Id id;
    Point position;
    std::string text;
    Parameters extra;
    friend bool operator==(const Note&, const Note&) = default;
};

struct Fault {
    double atS = 0;
    std::string kind, target;
    std::optional<double> durationS;  // unset: until the end
    Parameters extra;                 // what the kind needs: count, factor, rate, …
    friend bool operator==(const Fault&, const Fault&) = default;
};

struct ScenarioSpec {
    using Id = ScenarioId;
    Id id;
    std::string name;
    double durationS = 60, warmupS = 10, load = 1;
    std::int64_t seed = 1;
    std::vector<Fault> faults;
    std::vector<std::string> expectations;  // "p99 of reads < 200 ms"; read where the scenario is run
    Parameters extra;
    friend bool operator==(const ScenarioSpec&, const ScenarioSpec&) = default;
};

struct Acknowledgement {
    using Id = loadpath::Id<struct FindingTag>;  // Finding::key()
    Id id;
    std::string reason;
    Parameters extra;
    friend bool operator==(const Acknowledgement&, const Acknowledgement&) = default;
};

/// A line of the estimation sheet: a number that somebody states, or a formula over others.
struct Quantity {
    using Id = QuantityId;
    Id id;  // what formulas call it; a name space of its own
    std::string name, section;
    std::optional<double> value;
    std::string formula;  // counts where both stand
    std::string unit;     // "B", "1/s", "B/s", "s", …: how the figure is written
    std::string compare;  // a formula for the figure on the canvas: "rd.arrival_rps"
    std::string note;     // where the number comes from, or what it assumes
    Parameters extra;
    friend bool operator==(const Quantity&, const Quantity&) = default;
};

struct Requirements {
    std::vector<std::string> functional;
    std::optional<double> dau, requestsPerUserDay, peakFactor, availabilitySlo, p99Ms, rtoS, rpoS, horizonY,
        budgetUsdMonth;
    Parameters extra;
    friend bool operator==(const Requirements&, const Requirements&) = default;
};

/// What a design wants otherwise about one rule.
struct RuleSetting {
    std::optional<RuleLevel> level;
    std::map<std::string, double> thresholds;  // by key
    Parameters extra;
    friend bool operator==(const RuleSetting&, const RuleSetting&) = default;
};

/// Everything about the document that is not an item of a table.
struct Header {
    std::string name, description;
    Requirements requirements;
    std::map<std::string, double> prices;      // USD by price class, in place of the catalogue's
    std::map<std::string, RuleSetting> rules;  // by id of the rule
    std::string houseRules;                    // path of a file of own rules, relative to the design; empty: none named
    Parameters extra;                          // unknown keys of the top level, "lesson" among them
    friend bool operator==(const Header&, const Header&) = default;
};

/// Ordered items with unique ids. Items are shared between copies and never change in place.
template <class T>
class Table {
public:
    class Iterator {
    public:
        explicit Iterator(const std::shared_ptr<const T>* at) : m_at(at) {}
        const T& operator*() const { return **m_at; }
        const T* operator->() const { return m_at->get(); }
        Iterator& operator++() {
            ++m_at;
            return *this;
        }
        bool operator==(const Iterator&) const = default;

    private:
        const std::shared_ptr<const T>* m_at;
    };

    std::size_t size() const { return m_items.size(); }
    bool empty() const { return m_items.empty(); }
    Iterator begin() const { return Iterator(m_items.data()); }
    Iterator end() const { return Iterator(m_items.data() + m_items.size()); }
    const T& operator[](std::size_t i) const { return *m_items[i]; }

    const T* find(const typename T::Id& id) const {
        const auto i = indexOf(id);
        return i ? m_items[*i].get() : nullptr;
    }
    bool contains(const typename T::Id& id) const { return m_index && m_index->contains(id.value); }
    std::optional<std::size_t> indexOf(const typename T::Id& id) const {
        if (!m_index) return std::nullopt;
        const auto it = m_index->find(id.value);
        return it == m_index->end() ? std::nullopt : std::optional(it->second);
    }

    friend bool operator==(const Table& a, const Table& b) {
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (a.m_items[i] != b.m_items[i] && !(a[i] == b[i])) return false;
        return true;
    }

    // For applyEdits and readers only.
    void put(T item, std::optional<std::size_t> at);  // replaces by id, else inserts; a place moves it there
    void drop(const typename T::Id& id);              // precondition: contains(id)

private:
    using Index = std::unordered_map<std::string, std::size_t>;
    Index& ownIndex();

    std::vector<std::shared_ptr<const T>> m_items;
    std::shared_ptr<Index> m_index;  // shared until a copy changes the order of items
};

struct Design {
    Header header;
    Table<Flow> flows;
    Table<Zone> zones;
    Table<Component> components;
    Table<Connection> connections;
    Table<Note> notes;
    Table<ScenarioSpec> scenarios;
    Table<Acknowledgement> acknowledged;
    Table<Quantity> estimates;

    friend bool operator==(const Design&, const Design&) = default;
};

/// `wanted` where it is free among components, connections, zones, flows, notes and scenarios, else
/// with the first number appended that is ("db", "db2", "db3").
std::string freeId(const Design& design, std::string_view wanted);

}  // namespace loadpath
