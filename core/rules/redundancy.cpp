#include "rules/redundancy.h"

#include "analysis/capacity_connections.h"
#include "model/keys.h"
#include "rules/lookup.h"
#include "rules/shared_state.h"
#include "rules/text.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

/// Units left after the fullest of `zones` zones is gone.
int leftAfterZone(int units, int zones) { return units - (units + zones - 1) / zones; }

int mostNeeded(const Node& node) {
    int need = 1;
    for (const Serving& serving : node.serving) need = std::max(need, serving.need);
    return need;
}

bool declaresZones(const Snapshot& snapshot) {
    int count = 0;
    for (const Zone& zone : snapshot.design().zones) count += zone.kind == "zone";
    return count >= 2;
}

ZoneId firstZone(const Snapshot& snapshot, const Node& node) {
    for (const int domain : node.zones) {
        const ZoneId& id = at(snapshot.graph().domains, domain).id;
        const Zone* zone = snapshot.design().zones.find(id);
        if (zone && zone->kind == "zone") return id;
    }
    return {};
}

class Redundancy {
public:
    Redundancy(FixBuilder& fix, int index, Survive what)
        : m_fix(fix),
          m_snapshot(fix.snapshot()),
          m_index(index),
          m_node(at(m_snapshot.graph().nodes, index)),
          m_view(viewOf(m_snapshot, index)),
          m_what(what),
          m_zone(firstZone(m_snapshot, m_node)) {}

    std::string apply() {
        if (m_what == Survive::zone && !canSpread()) return "";
        if (m_node.managed) return m_node.zonal ? spread(2, "") : "";
        if (m_view.isStated(keys::minHealthy.name)) return moreInstances();
        const std::string& type = m_node.type->id;
        if (type == "postgres") return standby();
        if (type == "redis" || type == "geo_index" || type == "prefix_index") return replica();
        if (type == "cassandra") return cassandra();
        if (type == "kafka") return kafka();
        if (type == "rabbitmq") return quorum(keys::instances.name);
        if (type == "mongodb") return quorum("replica_set");
        if (type == "coordination" || type == "neo4j") return quorum(keys::instances.name);
        if (type == "elasticsearch") return elasticsearch();
        if (type == "block_node") return chunks();
        return moreInstances();
    }

private:
    /// Places the component in all zones beside its own. Not done for unplaced ones, nor, when only a
    /// unit is to be survived, where the design knows a single zone.
    std::string spread(std::size_t zones, std::string done) {
        if (m_zone.empty()) return done;
        const bool alreadySpread = m_node.zones.size() >= zones;
        if (m_what == Survive::unit && (alreadySpread || !declaresZones(m_snapshot))) return done;
        const std::vector<ZoneId> all = m_fix.zonesBeside(m_zone, m_what == Survive::zone ? zones : 1);
        if (all.size() < 2) return done;
        m_fix.edit(m_node.id).zones = all;
        const std::string where = inWords(static_cast<long long>(all.size())) + " zones";
        return done.empty() ? "Spread " + m_node.name + " over " + where : done + " over " + where;
    }

    /// Placed in plain zones only: in a region or a boundary, or in a zone inside another, there is
    /// nothing beside it that would be safe.
    bool canSpread() const {
        const Design& design = m_snapshot.design();
        return !m_zone.empty() && std::all_of(m_node.zones.begin(), m_node.zones.end(), [this, &design](int domain) {
            const Domain& own = at(m_snapshot.graph().domains, domain);
            const Zone* zone = design.zones.find(own.id);
            const bool nested = own.parent >= 0 && !at(m_snapshot.graph().domains, own.parent).isRegion;
            return zone && zone->kind == "zone" && !nested;
        });
    }

    std::size_t zonesHere() {
        return m_zone.empty() || m_what == Survive::unit ? 1 : m_fix.zonesBeside(m_zone, 2).size();
    }

    std::string moreInstances() {
        const int need = mostNeeded(m_node);
        int count = std::max(m_node.instances, need + 1);
        if (m_what == Survive::zone)
            while (leftAfterZone(count, static_cast<int>(zonesHere())) < need) ++count;
        if (count == m_node.instances) return spread(2, "");
        setInstances(m_fix, m_index, count);
        return spread(2, "Run " + inWords(count) + " instances of " + m_node.name);
    }

    std::string standby() {
        const int existing = replicaToPromote();
        if (existing < 0) return addStandby();
        m_fix.set(m_node.id, keys::failover.name, "auto");
        const Link& link = at(m_snapshot.graph().links, existing);
        m_fix.edit(link.id).mode = Mode::standby;
        const Node& other = at(m_snapshot.graph().nodes, link.to);
        const ParameterView view = viewOf(m_snapshot, link.to);
        if (view.isSet(keys::promotable.name) && !view(keys::promotable))
            m_fix.set(other.id, keys::promotable.name, true);
        if (m_what == Survive::zone || sharesZone(other)) placeElsewhere(other.id);
        if (m_view(keys::failover) == "auto") return "Move " + other.name + " to another zone";
        return "Promote " + other.name + " automatically";
    }

    int replicaToPromote() const {
        int found = -1;
        for (const int link : at(m_snapshot.graph().outgoing, m_index)) {
            const Link& l = at(m_snapshot.graph().links, link);
            if (!l.legal || (l.mode != Mode::standby && l.mode != Mode::replicate)) continue;
            if (!isIn(at(m_snapshot.graph().nodes, l.to), "sql_node")) continue;
            // A standby before a replica, then by id: the order of the file must not decide.
            const auto rank = [&](int i) {
                const Link& candidate = at(m_snapshot.graph().links, i);
                return std::pair(candidate.mode != Mode::standby, at(m_snapshot.graph().nodes, candidate.to).id);
            };
            if (found < 0 || rank(link) < rank(found)) found = link;
        }
        return found;
    }

    bool sharesZone(const Node& other) const {
        return !m_zone.empty() && std::any_of(other.zones.begin(), other.zones.end(), [this](int domain) {
            return at(m_snapshot.graph().domains, domain).id == m_zone;
        });
    }

    void placeElsewhere(const ComponentId& id) {
        if (m_zone.empty() || (m_what == Survive::unit && !declaresZones(m_snapshot))) return;
        const std::vector<ZoneId> zones = m_fix.zonesBeside(m_zone, m_what == Survive::zone ? 2 : 1);
        if (zones.size() >= 2) m_fix.edit(id).zones = {zones[1]};
    }

    std::string addStandby() {
        Parameters properties{{std::string(keys::promotable.name), true}};
        for (const std::string_view key : {keys::serviceTimeMs.name, keys::concurrency.name, keys::writeTimeMs.name})
            if (m_view.isStated(key)) properties.insert_or_assign(std::string(key), m_view.value(key));
        const Point beside = m_fix.positionOf(m_node.id);
        const ComponentId standby =
            m_fix.add("postgres_replica", m_node.id.value + "-standby", m_node.name + " standby",
                      {beside.x, beside.y + 4 * Placement::grid}, {}, std::move(properties));
        placeElsewhere(standby);
        m_fix.connect(m_node.id, standby, Mode::standby);
        m_fix.set(m_node.id, keys::failover.name, "auto");
        return "Add a standby to " + m_node.name + " and promote it automatically";
    }

    std::string replica() {
        if (m_view.isSet(keys::topology.name) && m_view(keys::topology) == "single")
            m_fix.set(m_node.id, keys::topology.name, m_node.instances > 1 ? "cluster" : "sentinel");
        if (m_view(keys::replicas) < 1) m_fix.set(m_node.id, keys::replicas.name, 1);
        return spread(2, "Give " + m_node.name + " a replica that takes over");
    }

    /// Three members at least, an odd number, in three zones where it has zones.
    std::string quorum(std::string_view key) {
        const int now = m_view(ParameterKey<int>{key});
        const int members = std::max(3, now % 2 == 0 ? now + 1 : now);
        if (members != now) m_fix.set(m_node.id, key, members);
        if (m_node.type->id == "rabbitmq" && m_view.value("replicas").number(3) < 3)
            m_fix.set(m_node.id, "replicas", 3);
        makeQueuesQuorum();
        return spread(3, "Run " + inWords(members) + " members of " + m_node.name);
    }

    void makeQueuesQuorum() {
        const Value queues = m_view.value("queues");
        if (m_node.type->id != "rabbitmq" || !queues.list()) return;
        Value::List changed = *queues.list();
        bool any = false;
        for (Value& queue : changed) {
            auto* object = std::get_if<Value::Object>(&queue.data);
            const Value* type = object ? queue.find("type") : nullptr;
            if (!type || !(*type == Value("classic"))) continue;
            object->insert_or_assign("type", "quorum");
            any = true;
        }
        if (any) m_fix.set(m_node.id, "queues", std::move(changed));
    }

    static int replicasAsked(const std::string& level, int copies) {
        if (level == "one" || level == "any") return 1;
        if (level == "two") return std::min(2, copies);
        if (level == "three") return std::min(3, copies);
        return level == "all" ? copies : copies / 2 + 1;
    }

    std::string cassandra() {
        const int before = std::max(1, m_view(keys::rf)), copies = std::max(3, before);
        const bool tooFew = m_view(keys::rf) < 3 || m_node.instances < 3;
        if (m_view(keys::rf) < 3) m_fix.set(m_node.id, keys::rf.name, 3);
        int asked = 0, askedBefore = 0;
        for (const auto& key : {keys::readCl, keys::writeCl}) {
            std::string level = m_view(key);
            askedBefore += replicasAsked(level, before);
            if (level == "all" || level == "three" || (level == "two" && m_what == Survive::zone)) {
                level = "local_quorum";
                m_fix.set(m_node.id, key.name, level);
            }
            asked += replicasAsked(level, copies);
        }
        // Reads that met every write must go on doing so.
        if (askedBefore > before && asked <= copies)
            for (const auto& key : {keys::readCl, keys::writeCl}) m_fix.set(m_node.id, key.name, "local_quorum");
        if (m_node.instances < 3) setInstances(m_fix, m_index, 3);
        return spread(3, tooFew ? "Keep three copies of " + m_node.name : "Let a quorum of " + m_node.name + " answer");
    }

    std::string kafka() {
        if (m_node.instances < 3) setInstances(m_fix, m_index, 3);
        const Value topics = m_view(keys::topics);
        if (topics.list()) {
            Value::List changed = *topics.list();
            bool any = false;
            for (Value& topic : changed) {
                auto* object = std::get_if<Value::Object>(&topic.data);
                if (!object) continue;
                const double rf = topic.find("rf") ? topic.find("rf")->number(3) : 3;
                const double inSync = topic.find("min_isr") ? topic.find("min_isr")->number(2) : 2;
                if (rf < 3) object->insert_or_assign("rf", 3);
                if (inSync >= std::max(3.0, rf)) object->insert_or_assign("min_isr", 2);
                any |= rf < 3 || inSync >= std::max(3.0, rf);
            }
            if (any) m_fix.set(m_node.id, keys::topics.name, std::move(changed));
        }
        return spread(3, "Keep three copies of every topic of " + m_node.name);
    }

    std::string elasticsearch() {
        if (m_view(keys::replicas) < 1) m_fix.set(m_node.id, keys::replicas.name, 1);
        if (m_node.instances < 2) setInstances(m_fix, m_index, 2);
        return spread(2, "Keep a replica of every shard of " + m_node.name);
    }

    /// Three copies, or parity for a lost chunk, and nodes enough to keep them apart. A zone takes along
    /// every chunk that lies there, so more than one of an erasure code: three copies are the honest way.
    std::string chunks() {
        if (m_view.value("redundancy") == Value("erasure") && m_what == Survive::unit) {
            const int data = std::max(1, m_view(ParameterKey<int>{"data"}));
            const int parity = std::max(1, m_view(ParameterKey<int>{"parity"}));
            m_fix.set(m_node.id, "parity", parity);
            if (m_node.instances < data + parity) setInstances(m_fix, m_index, data + parity);
            return spread(2, "Spread data and parity over " + inWords(data + parity) + " nodes");
        }
        if (m_view.value("redundancy") == Value("erasure")) m_fix.set(m_node.id, "redundancy", "replication");
        if (m_view.value("copies").number(3) < 3) m_fix.set(m_node.id, "copies", 3);
        if (m_node.instances < 3) setInstances(m_fix, m_index, 3);
        return spread(3, "Keep three copies of every chunk of " + m_node.name);
    }

    FixBuilder& m_fix;
    const Snapshot& m_snapshot;
    int m_index;
    const Node& m_node;
    ParameterView m_view;
    Survive m_what;
    ZoneId m_zone;
};

}  // namespace

void setInstances(FixBuilder& fix, int index, int instances) {
    const Snapshot& snapshot = fix.snapshot();
    const Node& node = at(snapshot.graph().nodes, index);
    fix.set(node.id, keys::instances.name, instances);
    if (instances <= node.instances) return;
    letInstancesShare(fix, index);
    constexpr std::size_t few = 100;  // callers that are counted exactly
    for (const int link : at(snapshot.graph().outgoing, index)) {
        const Link& l = at(snapshot.graph().links, link);
        if (l.mode != Mode::sync || l.poolSize <= 1 || !isIn(at(snapshot.graph().nodes, l.to), "sql")) continue;
        const double growth = static_cast<double>(l.poolSize) * (instances - node.instances);
        if (at(snapshot.graph().incoming, l.to).size() <= few) {
            const OpenConnections open = openConnections(snapshot, l.to);
            if (open.accepted <= 0 || open.used + growth <= open.accepted) continue;
        }
        const double same = static_cast<double>(l.poolSize) * node.instances / instances;
        fix.set(l.id, keys::poolSize.name, std::max(1, static_cast<int>(same)));
    }
}

std::string makeRedundant(FixBuilder& fix, int node, Survive what) { return Redundancy(fix, node, what).apply(); }

}  // namespace loadpath
