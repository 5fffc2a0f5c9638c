#include "rules/checks.h"
#include "rules/endpoints.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <set>

namespace loadpath::checks {
namespace {

bool setHas(const Value& set, const char* word) {
    return set.list() && std::find(set.list()->begin(), set.list()->end(), Value(word)) != set.list()->end();
}

bool staysPrivate(const Endpoint& endpoint) {
    return endpoint.cacheControl.find("private") != std::string::npos ||
           endpoint.cacheControl.find("no-store") != std::string::npos;
}

/// Keeps answers of one user from another: by its key, or by whom it hands them out to.
bool tellsUsersApart(const ParameterView& cdn) {
    return setHas(cdn.value("cache_key"), "user") || cdn.value("signed_urls") == Value(true);
}

/// By node: the CDNs through which a flow comes to it.
std::vector<std::set<int>> cdnsInFront(const FlowGraph& graph) {
    std::vector<std::set<int>> found(graph.nodes.size());
    for (const FlowPath& flow : graph.flows) {
        std::vector<int> cdns;
        for (const Visit& visit : flow.visits)
            if (isType(at(graph.nodes, visit.node), "cdn")) cdns.push_back(visit.node);
        if (cdns.empty()) continue;
        for (const Visit& visit : flow.visits) at(found, visit.node).insert(cdns.begin(), cdns.end());
    }
    return found;
}

class PrivateContent {
public:
    PrivateContent(const Evidence& evidence, Placement& placement)
        : m_evidence(evidence),
          m_snapshot(evidence.snapshot),
          m_graph(m_snapshot.graph()),
          m_placement(placement),
          m_cdns(cdnsInFront(m_graph)) {}

    void ofCdns(std::vector<Finding>& findings) const {
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const Node& node = m_graph.nodes[i];
            if (!isType(node, "cdn")) continue;
            const int index = static_cast<int>(i);
            const ParameterView view = viewOf(m_snapshot, index);
            const Value content = view.value("content");
            if (!setHas(content, "private") || tellsUsersApart(view) || allStayPrivate(index)) continue;
            Finding finding{cdn_private_content.id, cdn_private_content.severity};
            finding.message =
                fill("{} keeps private content and does not tell users apart: one may get what another asked for",
                     {node.name});
            finding.components = {node.id};
            Value::List rest;
            for (const Value& kind : *content.list())
                if (!(kind == Value("private"))) rest.push_back(kind);
            if (rest.empty()) rest.emplace_back("static");
            FixBuilder fix(m_snapshot, m_placement);
            fix.set(node.id, "content", std::move(rest));
            finding.fix = fix.titled("Keep private content out of " + node.name);
            findings.push_back(std::move(finding));
        }
    }

    void ofEndpoints(std::vector<Finding>& findings) const {
        for (const int index : m_evidence.endpoints().nodes()) {
            const std::set<int>& cdns = at(m_cdns, index);
            if (!cdns.empty() && std::all_of(cdns.begin(), cdns.end(),
                                             [this](int cdn) { return tellsUsersApart(viewOf(m_snapshot, cdn)); }))
                continue;
            Value list = viewOf(m_snapshot, index).value("endpoints");
            std::vector<std::string> shown;
            for (const Endpoint& endpoint : m_evidence.endpoints().of(index)) {
                if (!endpoint.isCacheable || !endpoint.hasAuth() || staysPrivate(endpoint)) continue;
                shown.push_back(endpoint.shown());
                list = withEndpointField(list, endpoint.place, "cacheable", false);
            }
            if (shown.empty()) continue;
            const Node& node = at(m_graph.nodes, index);
            Finding finding{cdn_private_content.id, cdn_private_content.severity};
            finding.message =
                fill("{} lets caches keep {}, which {} only for whoever signed in: another user may get it",
                     {node.name, listed(shown), shown.size() == 1 ? "is" : "are"});
            finding.components = {node.id};
            FixBuilder fix(m_snapshot, m_placement);
            fix.set(node.id, "endpoints", std::move(list));
            finding.fix = fix.titled("Keep them out of caches");
            findings.push_back(std::move(finding));
        }
    }

private:
    /// What needs signing in behind it is marked, so that it keeps none of that whatever its settings say.
    bool allStayPrivate(int cdn) const {
        bool any = false;
        for (const int index : m_evidence.endpoints().nodes()) {
            if (!at(m_cdns, index).contains(cdn)) continue;
            for (const Endpoint& endpoint : m_evidence.endpoints().of(index)) {
                if (!endpoint.hasAuth()) continue;
                if (!staysPrivate(endpoint)) return false;
                any = true;
            }
        }
        return any && viewOf(m_snapshot, cdn).value("cache_control_honoured") == Value(true);
    }

    const Evidence& m_evidence;
    const Snapshot& m_snapshot;
    const FlowGraph& m_graph;
    Placement& m_placement;
    std::vector<std::set<int>> m_cdns;
};

std::vector<Finding> checkCdnPrivateContent(const Evidence& evidence) {
    std::vector<Finding> findings;
    Placement placement(evidence.snapshot.design());
    const PrivateContent content(evidence, placement);
    content.ofCdns(findings);
    content.ofEndpoints(findings);
    return findings;
}

}  // namespace

const Rule cdn_private_content{
    "cdn-private-content",
    "Private answers in a shared cache",
    "A shared cache answers by address alone. An answer that was meant for one user and may be kept is handed to the "
    "next one who asks for the same address: a stranger's account page, mail or cart. It happens without an error "
    "anywhere, and is found out by users.",
    "RFC 9111, sections 3.5 and 5.2.2.7 (private); web cache deception (O. Gil, 2017)",
    Severity::error,
    checkCdnPrivateContent,
};

}  // namespace loadpath::checks
