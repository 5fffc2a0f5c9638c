#include "rules/fix_all.h"

#include "analysis/cost.h"

#include <algorithm>

namespace loadpath {
namespace {

struct Touched {
    std::set<std::string> ids;
    bool adds = false;
};

/// What a fix writes to: two that share nothing can be applied to one and the same report.
Touched touchedBy(const Fix& fix, const Design& design) {
    Touched touched;
    const auto note = [&touched](const std::string& id) { touched.ids.insert(id); };
    for (const Edit& edit : fix.edits) {
        if (const auto* put = std::get_if<Put<Component>>(&edit)) {
            note(put->item.id.value);
            touched.adds = touched.adds || !design.components.contains(put->item.id);
        } else if (const auto* connection = std::get_if<Put<Connection>>(&edit)) {
            note(connection->item.id.value);
            note(connection->item.from.value);
            note(connection->item.to.value);
            touched.adds = touched.adds || !design.connections.contains(connection->item.id);
        } else if (const auto* flow = std::get_if<Put<Flow>>(&edit)) {
            note(flow->item.id.value);
        } else {
            // Rarer edits reach further (a dropped component takes its connections along): by themselves.
            touched.adds = true;
        }
    }
    return touched;
}

/// What machines and services are paid by: more of it is dearer even where no price class says so.
bool isBought(std::string_view key) {
    static constexpr std::string_view keys[] = {
        "instances", "nodes",  "master_nodes", "replicas",  "replica_set", "rf",     "shards", "primary_shards",
        "copies",    "parity", "memory_gb",    "vcpu",      "storage_gb",  "iops",   "rcu",    "wcu",
        "pops",      "dcs",    "retention_s",  "sentinels", "retention_d", "machine"};
    return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

bool buysMore(const Component& before, const Component& after) {
    return std::any_of(after.properties.begin(), after.properties.end(), [&before](const auto& property) {
        if (!isBought(property.first)) return false;
        const auto old = before.properties.find(property.first);
        if (old == before.properties.end()) return true;
        if (!property.second.isNumber()) return !(old->second == property.second);
        return property.second.number() > old->second.number();
    });
}

int errorsIn(const Report& report) {
    return static_cast<int>(std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
        return finding.severity == Severity::error && !finding.acknowledged;
    }));
}

std::set<std::string> keysIn(const Report& report) {
    std::set<std::string> keys;
    for (const Finding& finding : report.findings) keys.insert(finding.key());
    return keys;
}

class FixRun {
public:
    FixRun(const Design& design, std::shared_ptr<const Catalog> catalog, const FixWishes& wishes)
        : m_catalog(std::move(catalog)), m_wishes(&wishes) {
        m_outcome.design = design;
        m_outcome.before = reportOf(design);
        m_outcome.after = m_outcome.before;
    }

    FixOutcome run() {
        while (!isStopped()) {
            const std::vector<const Finding*> round = nextRound();
            if (round.empty()) break;
            // Where all together did harm, the next round is of one.
            tryTogether(round);
        }
        return std::move(m_outcome);
    }

private:
    Report reportOf(const Design& design) const {
        return evaluate(Snapshot::of(design, m_catalog), {}, m_wishes->house);
    }
    bool isStopped() {
        m_outcome.stopped = m_outcome.stopped || (m_wishes->stopped && m_wishes->stopped());
        return m_outcome.stopped;
    }
    bool isWanted(const Finding& finding) const {
        if (!finding.fix || finding.acknowledged) return false;
        if (!m_wishes->rule.empty() && finding.rule != m_wishes->rule) return false;
        if (m_tried.contains(finding.key())) return false;
        return m_wishes->scope == FixScope::all || isSafeFix(*finding.fix, *m_outcome.after.snapshot);
    }
    /// Findings whose fixes do not get into each other's way, one that adds things among them at most:
    /// each was placed and named as if it were alone.
    std::vector<const Finding*> nextRound() const {
        std::vector<const Finding*> round;
        std::set<std::string> taken;
        bool adds = false;
        for (const Finding& finding : m_outcome.after.findings) {
            if (!isWanted(finding)) continue;
            const Touched touched = touchedBy(*finding.fix, m_outcome.design);
            if (touched.adds && adds) continue;
            if (m_single && !round.empty()) break;
            if (std::any_of(touched.ids.begin(), touched.ids.end(),
                            [&taken](const std::string& id) { return taken.contains(id); }))
                continue;
            adds = adds || touched.adds;
            taken.insert(touched.ids.begin(), touched.ids.end());
            round.push_back(&finding);
        }
        return round;
    }

    void tryTogether(const std::vector<const Finding*>& round) {
        Design mended = m_outcome.design;
        for (const Finding* finding : round) applyEdits(mended, finding->fix->edits);
        Report report = reportOf(mended);
        const bool harmful = errorsIn(report) > errorsIn(m_outcome.after);
        if (harmful && round.size() > 1) {
            m_single = true;
            return;
        }
        const std::set<std::string> left = keysIn(report);
        std::vector<AppliedFix> applied;
        for (const Finding* finding : round) {
            const std::string key = finding->key();
            m_tried.insert(key);
            AppliedFix fix{key, std::string(finding->rule), finding->fix->title};
            if (harmful || left.contains(key))
                m_outcome.refused.push_back(std::move(fix));
            else
                applied.push_back(std::move(fix));
        }
        if (harmful || (applied.empty() && round.size() == 1)) return;  // taken back
        std::move(applied.begin(), applied.end(), std::back_inserter(m_outcome.applied));
        m_outcome.design = std::move(mended);
        m_outcome.after = std::move(report);
    }

    std::shared_ptr<const Catalog> m_catalog;
    const FixWishes* m_wishes;
    FixOutcome m_outcome;
    std::set<std::string> m_tried;
    bool m_single = false;  // the last round did harm: one at a time
};

template <class T>
void addDifferences(const Table<T>& from, const Table<T>& to, Edits& drops, Edits& puts) {
    for (const T& item : from)
        if (!to.contains(item.id)) drops.push_back(Drop<T>{item.id});
    for (const T& item : to) {
        const T* old = from.find(item.id);
        if (!old || !(*old == item)) puts.push_back(Put<T>{item, {}});
    }
}

}  // namespace

bool onlyChangesProperties(const Fix& fix, const Design& design) {
    return std::all_of(fix.edits.begin(), fix.edits.end(), [&design](const Edit& edit) {
        if (const auto* component = std::get_if<Put<Component>>(&edit)) {
            const Component* old = design.components.find(component->item.id);
            return old && old->type == component->item.type && old->zones == component->item.zones &&
                   !buysMore(*old, component->item);
        }
        if (const auto* connection = std::get_if<Put<Connection>>(&edit)) {
            const Connection* old = design.connections.find(connection->item.id);
            return old && old->from == connection->item.from && old->to == connection->item.to &&
                   old->mode == connection->item.mode;
        }
        const auto* flow = std::get_if<Put<Flow>>(&edit);
        return flow && design.flows.contains(flow->item.id);
    });
}

bool isSafeFix(const Fix& fix, const Snapshot& snapshot) {
    if (!onlyChangesProperties(fix, snapshot.design())) return false;
    const bool touchesComponents = std::any_of(fix.edits.begin(), fix.edits.end(), [](const Edit& edit) {
        return std::holds_alternative<Put<Component>>(edit);
    });
    if (!touchesComponents) return true;  // a connection has no price
    Design mended = snapshot.design();
    applyEdits(mended, fix.edits);
    const std::shared_ptr<const Catalog> same(std::shared_ptr<void>(), &snapshot.catalog());
    const double before = analyseCost(snapshot).total.typical;
    const double after = analyseCost(*Snapshot::of(std::move(mended), same)).total.typical;
    return !(after > before * (1 + 1e-9));
}

FixOutcome fixAll(const Design& design, const std::shared_ptr<const Catalog>& catalog, const FixWishes& wishes) {
    return FixRun(design, catalog, wishes).run();
}

Edits editsBetween(const Design& from, const Design& to) {
    // Zones before what stands in them, components before what joins them; what goes, goes first.
    Edits drops, puts;
    addDifferences(from.zones, to.zones, drops, puts);
    Edits connectionDrops, laterPuts;
    addDifferences(from.connections, to.connections, connectionDrops, laterPuts);
    addDifferences(from.components, to.components, connectionDrops, puts);
    addDifferences(from.flows, to.flows, connectionDrops, laterPuts);
    Edits all = std::move(connectionDrops);
    std::move(drops.begin(), drops.end(), std::back_inserter(all));
    std::move(puts.begin(), puts.end(), std::back_inserter(all));
    std::move(laterPuts.begin(), laterPuts.end(), std::back_inserter(all));
    if (!(from.header == to.header)) all.push_back(to.header);
    return all;
}

}  // namespace loadpath
