#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/wiring.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

/// Mends the connections of one source that cannot be built.
class Repair {
public:
    Repair(FixBuilder& fix, TimeoutAdvice& advice)
        : m_fix(fix), m_advice(advice), m_snapshot(fix.snapshot()), m_catalog(fix.snapshot().catalog()) {}

    /// What it does, as words for a button; empty where nothing sensible can be done.
    std::string mend(int index) {
        const Link& link = at(m_snapshot.graph().links, index);
        const Node &from = at(m_snapshot.graph().nodes, link.from), &to = at(m_snapshot.graph().nodes, link.to);
        const Legality pair = m_catalog.legality(from.type->id, link.mode, to.type->id);
        if (pair.legal) {
            m_fix.set(link.id, keys::protocol.name, pair.protocols.front());
            return "Use " + pair.protocols.front();
        }
        if (m_catalog.legality(to.type->id, link.mode, from.type->id).legal && link.mode != Mode::sync) {
            Connection& turned = m_fix.edit(link.id);
            std::swap(turned.from, turned.to);
            turned.properties.erase(std::string(keys::protocol.name));
            return "Turn the arrow round";
        }
        if (const auto mode = carryingMode(m_catalog, from.type->id, to.type->id)) {
            Connection& changed = m_fix.edit(link.id);
            changed.mode = *mode;
            changed.properties.erase(std::string(keys::protocol.name));
            return "Change the mode to " + std::string(name(*mode));
        }
        const std::vector<std::string> chain = intermediaries(m_catalog, *from.type, *to.type);
        return chain.empty() ? "" : insert(index, chain);
    }

private:
    struct Stop {
        ComponentId id;
        int node = -1;  // −1: added by this fix
        std::string type, name;
    };

    std::string insert(int index, const std::vector<std::string>& chain) {
        const Link& link = at(m_snapshot.graph().links, index);
        const Node &from = at(m_snapshot.graph().nodes, link.from), &to = at(m_snapshot.graph().nodes, link.to);
        Stop last{from.id, link.from, from.type->id, from.name};
        std::vector<std::string> added;
        bool onDrawnPath = true;
        for (std::size_t i = 0; i < chain.size(); ++i) {
            const int drawn = onDrawnPath ? existing(last, chain[i]) : -1;
            if (drawn >= 0) {
                const Node& node = at(m_snapshot.graph().nodes, drawn);
                last = {node.id, drawn, node.type->id, node.name};
                continue;
            }
            onDrawnPath = false;
            Stop& made = m_made[{last.id, chain[i]}];  // connections of one source share what is put between
            if (made.id.empty()) {
                const ComponentType& type = m_catalog.typeOf(chain[i]);
                const Point a = m_fix.positionOf(from.id), b = m_fix.positionOf(to.id);
                const double part = static_cast<double>(i + 1) / static_cast<double>(chain.size() + 1);
                made = {m_fix.add(type.id, type.id, {}, {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part}), -1,
                        type.id, type.name};
                hop(last, made, index, false);
                added.push_back(type.name);
            }
            last = made;
        }
        hop(last, {to.id, link.to, to.type->id, to.name}, index, true);
        m_fix.drop(link.id);
        if (added.empty()) return "Let " + last.name + " call " + to.name;
        return "Put " + listed(added) + " between";
    }

    /// A component of that type which the stop already calls.
    int existing(const Stop& stop, const std::string& type) const {
        if (stop.node < 0) return -1;
        const FlowGraph& graph = m_snapshot.graph();
        int found = -1;
        for (const int out : at(graph.outgoing, stop.node)) {
            const Link& link = at(graph.links, out);
            const Node& node = at(graph.nodes, link.to);
            if (link.legal && node.type->id == type && (found < 0 || node.id < at(graph.nodes, found).id))
                found = link.to;
        }
        return found;
    }

    void hop(const Stop& from, const Stop& to, int original, bool isLast) {
        const Mode mode = carryingMode(m_catalog, from.type, to.type).value_or(Mode::sync);
        Parameters properties = connectionOf(m_snapshot, original).properties;
        properties.erase(std::string(keys::protocol.name));
        if (!isLast)  // how often the store is asked is the last hop's business
            for (auto it = properties.begin(); it != properties.end();)
                it = it->first == keys::flows.name || it->first == keys::criticality.name ? std::next(it)
                                                                                          : properties.erase(it);
        const std::vector<std::string>& groups = m_catalog.typeOf(from.type).groups;
        const auto isFrom = [&groups](std::string_view group) {
            return std::find(groups.begin(), groups.end(), group) != groups.end();
        };
        if (mode == Mode::sync && (isFrom("compute") || isFrom("ws")) && to.node >= 0)
            properties.try_emplace(std::string(keys::timeoutMs.name), m_advice.forTarget(to.node));
        if (mode == Mode::consume && isFrom("broker")) {
            properties.insert_or_assign(std::string(keys::maxAttempts.name), usualAttempts);
            if (from.node < 0) addDeadLetter(m_fix, from.id, from.name);
        }
        m_fix.connect(from.id, to.id, mode, std::move(properties));
    }

    FixBuilder& m_fix;
    TimeoutAdvice& m_advice;
    const Snapshot& m_snapshot;
    const Catalog& m_catalog;
    std::map<std::pair<ComponentId, std::string>, Stop> m_made;
};

std::string sentence(const Snapshot& snapshot, int index) {
    const Link& link = at(snapshot.graph().links, index);
    const Node &from = at(snapshot.graph().nodes, link.from), &to = at(snapshot.graph().nodes, link.to);
    const Legality legality = snapshot.catalog().legality(from.type->id, link.mode, to.type->id, link.protocol);
    const std::string over = link.protocol.empty() ? "" : " over " + link.protocol;
    return fill("{}{} is not possible: {}", {arrow(snapshot, index), over, legality.reason});
}

std::vector<Finding> checkInvalidConnection(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    TimeoutAdvice advice(evidence);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        std::vector<int> illegal;
        for (const int link : graph.outgoing[i])
            if (!at(graph.links, link).legal) illegal.push_back(link);
        if (illegal.empty()) continue;
        std::sort(illegal.begin(), illegal.end(),
                  [&graph](int a, int b) { return at(graph.links, a).id < at(graph.links, b).id; });
        Finding finding{invalid_connection.id, invalid_connection.severity};
        finding.message = sentence(snapshot, illegal.front());
        if (illegal.size() > 1)
            finding.message +=
                "; and " + plural(static_cast<long long>(illegal.size()) - 1, "more connection", "more connections") +
                " of " + graph.nodes[i].name;
        finding.components = {graph.nodes[i].id};
        FixBuilder fix(snapshot, placement);
        Repair repair(fix, advice);
        bool all = true;
        std::string title;
        for (const int link : illegal) {
            finding.connections.push_back(at(graph.links, link).id);
            title = repair.mend(link);
            all = all && !title.empty();
        }
        if (all)
            finding.fix = fix.titled(illegal.size() == 1
                                         ? title
                                         : "Mend " + inWords(static_cast<long long>(illegal.size())) + " connections");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule invalid_connection{
    "invalid-connection",
    "Connection that cannot be built",
    "The two ends have no protocol in common for this kind of connection, or nobody would expose one to the other. "
    "What is drawn can therefore not be run, and no request is counted over it.",
    "Protocol matrix of the component catalogue",
    Severity::error,
    checkInvalidConnection,
};

}  // namespace loadpath::checks
