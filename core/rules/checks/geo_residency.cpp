#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/tags.h"
#include "rules/text.h"

#include <set>

namespace loadpath::checks {
namespace {

class Residency {
public:
    explicit Residency(const Evidence& evidence)
        : m_evidence(evidence),
          m_snapshot(evidence.snapshot),
          m_graph(m_snapshot.graph()),
          m_passing(m_snapshot),
          m_placement(m_snapshot.design()) {}

    std::vector<Finding> run() {
        m_hasRules = anyZoneSays("gdpr");
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const int node = static_cast<int>(i);
            if (!isIn(m_graph.nodes[i], "store") && m_graph.nodes[i].behaviour != Behaviour::cache) continue;
            if (isExempt(node)) continue;
            const std::vector<std::string> outside = placesOutside(node);
            if (outside.empty()) continue;
            const std::string why = europeanDataIn(node);
            if (!why.empty()) tell(node, outside, why);
        }
        return std::move(m_findings);
    }

private:
    const Zone* zoneOf(int domain) const { return m_snapshot.design().zones.find(at(m_graph.domains, domain).id); }

    /// What the place or the nearest one around it says.
    std::string geoOf(int domain) const {
        for (int d = domain; d >= 0; d = at(m_graph.domains, d).parent)
            if (const Zone* zone = zoneOf(d))
                if (const auto it = zone->properties.find("geo"); it != zone->properties.end() && it->second.text())
                    return *it->second.text();
        return {};
    }
    static bool says(const Zone& zone, std::string_view rule) {
        const auto it = zone.properties.find("compliance");
        return it != zone.properties.end() && hasTag(it->second, rule);
    }
    bool placeSays(int domain, std::string_view rule) const {
        for (int d = domain; d >= 0; d = at(m_graph.domains, d).parent)
            if (const Zone* zone = zoneOf(d); zone && says(*zone, rule)) return true;
        return false;
    }
    bool anyZoneSays(std::string_view rule) const {
        for (const Zone& zone : m_snapshot.design().zones)
            if (says(zone, rule)) return true;
        return false;
    }

    bool isEuropean(int node) const {
        const auto& zones = at(m_graph.nodes, node).zones;
        return std::any_of(zones.begin(), zones.end(), [this](int zone) { return geoOf(zone) == "eu"; });
    }
    bool isUnderGdpr(int node) const {
        if (dataHasTag(m_evidence, m_passing, node, "gdpr")) return true;
        const auto& zones = at(m_graph.nodes, node).zones;
        return std::any_of(zones.begin(), zones.end(), [this](int zone) { return placeSays(zone, "gdpr"); });
    }
    bool isPersonal(int node) const { return dataHasTag(m_evidence, m_passing, node, "pii"); }

    bool isExempt(int node) const {
        static constexpr const char* words[] = {"residency_exempt", "exempt",        "scc",          "anonymised",
                                                "anonymized",       "pseudonymised", "pseudonymized"};
        return std::any_of(std::begin(words), std::end(words), [&](const char* word) {
            if (componentHasTag(m_snapshot, node, word)) return true;
            const auto& in = at(m_graph.incoming, node);
            return std::any_of(in.begin(), in.end(),
                               [&](int link) { return connectionHasTag(m_snapshot, link, word); });
        });
    }

    std::vector<std::string> placesOutside(int node) const {
        std::set<std::string> places;
        for (const int zone : at(m_graph.nodes, node).zones)
            if (const std::string geo = geoOf(zone); !geo.empty() && geo != "eu") places.insert(geo);
        return {places.begin(), places.end()};
    }

    /// Why personal data of Europeans is in this store; empty: nothing says that it is.
    std::string europeanDataIn(int node) const {
        if (isPersonal(node) && isEuropean(node) && isUnderGdpr(node)) return "which also stands in Europe";
        // Copies of copies hold the same.
        std::vector<int> waiting{node};
        for (std::size_t i = 0; i < waiting.size(); ++i)
            for (const int source : primariesOf(m_graph, waiting[i])) {
                if (std::find(waiting.begin(), waiting.end(), source) != waiting.end()) continue;
                waiting.push_back(source);
                if (isPersonal(source) && isEuropean(source) && (isUnderGdpr(source) || isUnderGdpr(node)))
                    return "a copy of " + m_snapshot.nameOf(source);
            }
        if (!isPersonal(node)) return {};
        if (isUnderGdpr(node)) return "which is said to fall under the GDPR";
        return m_hasRules && servesEuropeansAlone(node) ? "and its users are in Europe" : "";
    }

    /// European clients write here, and to no store in Europe.
    bool servesEuropeansAlone(int node) const {
        for (const int in : at(m_graph.incoming, node))
            for (const Passing::Flow& over : m_passing.over(in)) {
                const FlowPath& flow = at(m_graph.flows, over.flow);
                if (flow.derived || over.op != Op::write || !hasEuropeans(flow.entry)) continue;
                const bool keptInEurope = std::any_of(flow.visits.begin(), flow.visits.end(), [this](const Visit& v) {
                    return std::any_of(v.calls.begin(), v.calls.end(), [this](const Call& call) {
                        return isIn(at(m_graph.nodes, call.target), "store") && isEuropean(call.target);
                    });
                });
                if (!keptInEurope) return true;
            }
        return false;
    }
    bool hasEuropeans(int client) const {
        const Value geo = viewOf(m_snapshot, client).value("geo");
        return geo.list() && std::any_of(geo.list()->begin(), geo.list()->end(), [](const Value& part) {
                   const Value *region = part.find("region"), *share = part.find("share");
                   return region && *region == Value("eu") && (!share || share->number() > 0);
               });
    }

    /// European places of the store itself or of what it copies, and those beside them.
    std::vector<ZoneId> europeanPlaces(FixBuilder& fix, int node) {
        std::vector<ZoneId> own;
        for (const int zone : at(m_graph.nodes, node).zones)
            if (geoOf(zone) == "eu") own.push_back(at(m_graph.domains, zone).id);
        if (!own.empty()) return own;
        for (const int source : primariesOf(m_graph, node))
            for (const int zone : at(m_graph.nodes, source).zones) {
                if (geoOf(zone) != "eu") continue;
                if (at(m_graph.domains, zone).isRegion) return {at(m_graph.domains, zone).id};
                const std::vector<ZoneId> beside = fix.zonesBeside(at(m_graph.domains, zone).id, 2);
                return {beside.back()};
            }
        return {};
    }

    void tell(int node, const std::vector<std::string>& outside, const std::string& why) {
        const Node& store = at(m_graph.nodes, node);
        Finding finding{geo_residency.id, geo_residency.severity};
        finding.components = {store.id};
        finding.message = fill("{} keeps personal data of Europeans in {} ({})", {store.name, listed(outside), why});
        FixBuilder fix(m_snapshot, m_placement);
        if (std::vector<ZoneId> zones = europeanPlaces(fix, node); !zones.empty()) {
            fix.edit(store.id).zones = std::move(zones);
            finding.fix = fix.titled("Keep it in Europe");
        }
        m_findings.push_back(std::move(finding));
    }

    const Evidence& m_evidence;
    const Snapshot& m_snapshot;
    const FlowGraph& m_graph;
    const Passing m_passing;
    Placement m_placement;
    bool m_hasRules = false;
    std::vector<Finding> m_findings;
};

std::vector<Finding> checkGeoResidency(const Evidence& evidence) {
    for (const Zone& zone : evidence.snapshot.design().zones)
        if (zone.properties.contains("geo")) return Residency(evidence).run();
    return {};
}

}  // namespace

const Rule geo_residency{
    "geo-residency",
    "Personal data leaves Europe",
    "Personal data of people in the Union may go to other countries only under conditions: an adequacy decision, "
    "standard "
    "clauses, consent. A replica for speed or recovery is a transfer like any other. Pin such data to a European "
    "region, "
    "copy only what is not personal, or say on what ground it is sent.",
    "Regulation (EU) 2016/679 (GDPR), chapter V",
    Severity::error,
    checkGeoResidency,
};

}  // namespace loadpath::checks
