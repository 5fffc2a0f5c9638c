#include "connecting.h"

#include "model/keys.h"

#include <algorithm>

namespace loadpath {
namespace {

constexpr std::string_view missPrefix = "miss:";

const Value* stated(const Connection& connection, std::string_view key) {
    const auto it = connection.properties.find(key);
    return it == connection.properties.end() ? nullptr : &it->second;
}

std::string opsOf(const Connection& connection) {
    const Value* ops = stated(connection, "ops");
    return ops && ops->text() ? *ops->text() : "both";
}

bool isStore(const ComponentType& type) {
    return type.behaviour == Behaviour::store || type.behaviour == Behaviour::quorum_store ||
           type.behaviour == Behaviour::pooler;
}

/// One planned line and what follows from it for lines that are already there.
class Planner {
public:
    Planner(const Design& design, const Catalog& catalog, const Component& from, const Component& to)
        : m_design(design),
          m_scratch(design),
          m_catalog(catalog),
          m_from(from),
          m_to(to),
          m_fromType(catalog.typeOf(from.type)),
          m_toType(catalog.typeOf(to.type)) {}

    ConnectionPlan plan() {
        if (m_from.id == m_to.id) return refuse("A connection needs two components");
        const std::vector<Mode> modes = m_catalog.modes(m_from.type, m_to.type);
        if (modes.empty()) return refuse(sentence(m_catalog.legality(m_from.type, Mode::sync, m_to.type).reason));
        for (const Mode mode : modes)
            if (const std::string ops = uncovered(mode); !ops.empty()) return draw(mode, ops);
        return refuse(shownName(m_from, m_catalog) + " is already connected to " + shownName(m_to, m_catalog));
    }

private:
    static ConnectionPlan refuse(std::string reason) { return {{}, std::move(reason), {}}; }
    static std::string sentence(std::string reason) {
        if (!reason.empty() && reason[0] >= 'a' && reason[0] <= 'z')
            reason[0] = static_cast<char>(reason[0] - 'a' + 'A');
        return reason;
    }

    /// Operations that no line between the two in this mode takes yet: both, read, write, or nothing.
    std::string uncovered(Mode mode) const {
        bool read = false, write = false;
        for (const Connection& c : m_design.connections) {
            if (c.from != m_from.id || c.to != m_to.id || c.mode != mode) continue;
            if (mode != Mode::sync) return {};
            const std::string ops = opsOf(c);
            read = read || ops != "write";
            write = write || ops != "read";
        }
        if (read && write) return {};
        return read ? "write" : write ? "read" : "both";
    }

    ConnectionPlan draw(Mode mode, const std::string& ops) {
        Connection line{{}, m_from.id, m_to.id, mode, {}, {}};
        const std::vector<std::string> protocols = m_catalog.legality(m_from.type, mode, m_to.type).protocols;
        if (!protocols.empty()) line.properties["protocol"] = protocols.front();
        if (ops != "both") line.properties["ops"] = ops;
        const bool pushes = (m_to.type == "websocket_gateway" || m_to.type == "sse_gateway") &&
                            (m_fromType.behaviour == Behaviour::compute || m_fromType.behaviour == Behaviour::cache);
        if (mode == Mode::sync && pushes) line.properties["ops"] = "push";
        const bool looksAside = mode == Mode::sync && m_fromType.behaviour == Behaviour::compute;
        if (looksAside && m_fromType.behaviour == Behaviour::compute && isAside(m_to)) readAfterMisses(m_to.id);
        const ComponentId cache = looksAside && isStore(m_toType) && ops != "write" ? cacheAside() : ComponentId{};
        if (cache.empty()) {
            m_plan.added = put(std::move(line));
            return std::move(m_plan);
        }
        Connection writes = line;
        line.properties["ops"] = "read";
        line.properties["p_from"] = std::string(missPrefix) + cache.value;
        m_plan.added = put(std::move(line));
        if (ops == "both" && mayWrite()) {
            writes.properties["ops"] = "write";
            put(std::move(writes));
        }
        return std::move(m_plan);
    }

    ConnectionId put(Connection line) {
        if (line.id.empty()) line.id.value = freeId(m_scratch, "c" + std::to_string(m_scratch.connections.size() + 1));
        ConnectionId id = line.id;
        const Edit edit = Put<Connection>{std::move(line), std::nullopt};
        applyEdits(m_scratch, {edit});
        m_plan.edits.push_back(edit);
        return id;
    }

    bool isAside(const Component& component) const {
        const ComponentType& type = m_catalog.typeOf(component.type);
        return type.behaviour == Behaviour::cache &&
               ParameterView(type.parameters, component.properties)(keys::pattern) == "cache_aside";
    }

    /// The first cache that the caller looks aside to; empty when there is none.
    ComponentId cacheAside() const {
        for (const Connection& c : m_design.connections) {
            if (c.from != m_from.id || c.mode != Mode::sync || opsOf(c) == "write") continue;
            const Component* target = m_design.components.find(c.to);
            if (target && isAside(*target)) return target->id;
        }
        return {};
    }

    /// Reads of stores that the caller makes unconditionally now come after a miss of `cache`.
    void readAfterMisses(const ComponentId& cache) {
        if (!cacheAside().empty()) return;  // they belong to the cache that was there first
        for (const Connection& c : m_design.connections) {
            if (c.from != m_from.id || c.mode != Mode::sync || stated(c, "p") || stated(c, "p_from")) continue;
            const Component* target = m_design.components.find(c.to);
            const std::string ops = opsOf(c);
            if (!target || !isStore(m_catalog.typeOf(target->type)) || (ops != "both" && ops != "read")) continue;
            Connection reads = c;
            reads.properties["ops"] = "read";
            reads.properties["p_from"] = std::string(missPrefix) + cache.value;
            put(std::move(reads));
            if (ops != "both" || !mayWrite()) continue;
            Connection writes = c;
            writes.id = {};
            writes.properties["ops"] = "write";
            put(std::move(writes));
        }
    }

    /// Whether anything that can come by the caller writes. Messages that it consumes count as writes.
    bool mayWrite() const {
        for (const Flow& flow : m_design.flows)
            if (flow.op == Op::write) return true;
        bool anyClient = false;
        for (const Component& component : m_design.components) {
            const ComponentType& type = m_catalog.typeOf(component.type);
            if (type.behaviour != Behaviour::client) continue;
            anyClient = true;
            bool named = false;
            for (const Flow& flow : m_design.flows) named = named || flow.entry == component.id;
            if (!named && ParameterView(type.parameters, component.properties)(keys::readShare) < 1) return true;
        }
        for (const Connection& c : m_design.connections)
            if (c.to == m_from.id && c.mode == Mode::consume) return true;
        return !anyClient;
    }

    const Design& m_design;
    Design m_scratch;  // with what is planned so far, for free ids
    const Catalog& m_catalog;
    const Component &m_from, &m_to;
    const ComponentType &m_fromType, &m_toType;
    ConnectionPlan m_plan;
};

}  // namespace

ConnectionPlan planConnection(const Design& design, const Catalog& catalog, const ComponentId& from,
                              const ComponentId& to) {
    const Component *source = design.components.find(from), *target = design.components.find(to);
    if (!source || !target) return {{}, "A connection needs two components", {}};
    return Planner(design, catalog, *source, *target).plan();
}

const std::string& shownName(const Component& component, const Catalog& catalog) {
    return component.name.empty() ? catalog.typeOf(component.type).name : component.name;
}

}  // namespace loadpath
