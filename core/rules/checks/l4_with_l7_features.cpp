#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

const Value* statedIn(const Component& component, const char* key) {
    const auto it = component.properties.find(key);
    return it == component.properties.end() ? nullptr : &it->second;
}

bool listHas(const Value* list, std::initializer_list<const char*> words) {
    if (!list || !list->list()) return false;
    return std::any_of(list->list()->begin(), list->list()->end(), [&words](const Value& item) {
        return std::any_of(words.begin(), words.end(), [&item](const char* word) { return item == Value(word); });
    });
}

/// What it is asked for that takes reading the request. Stated properties: the type itself has none of these.
std::vector<std::string> askedOfLayerSeven(const Component& component) {
    std::vector<std::string> asked;
    const Value* rules = statedIn(component, "routing_rules");
    if (rules && rules->list() && std::any_of(rules->list()->begin(), rules->list()->end(), [](const Value& rule) {
            const Value* match = rule.find("match");  // a host name may be seen in the TLS handshake
            return match ? !(*match == Value("host")) : !(rule.find("host") && !rule.find("path"));
        }))
        asked.emplace_back("routing by path, header or cookie");
    const Value* stickiness = statedIn(component, "stickiness");
    if (stickiness && (*stickiness == Value("cookie") || *stickiness == Value("header_hash")))
        asked.emplace_back("stickiness by cookie or header");
    const Value* features = statedIn(component, "features");
    const Value* limits = statedIn(component, "rate_limits");
    if (listHas(features, {"authn", "authz"})) asked.emplace_back("checks of tokens");
    if (listHas(features, {"rate_limit"}) || (limits && limits->list() && !limits->list()->empty()))
        asked.emplace_back("rate limits for HTTP");
    const Value* waf = statedIn(component, "waf");
    if (waf && *waf == Value(true)) asked.emplace_back("a web application firewall");
    return asked;
}

/// The same component on layer 7, without what that type does not know; nothing where a connection of it
/// speaks something else than HTTP.
std::optional<Fix> asLayerSeven(const Snapshot& snapshot, Placement& placement, int index) {
    const ComponentType* type = snapshot.catalog().find("lb_l7");
    const FlowGraph& graph = snapshot.graph();
    if (!type) return std::nullopt;
    for (const auto* links : {&at(graph.outgoing, index), &at(graph.incoming, index)})
        for (const int i : *links) {
            const Link& link = at(graph.links, i);
            const bool out = link.from == index;
            const Node& other = at(graph.nodes, out ? link.to : link.from);
            const std::string_view otherType = other.type ? std::string_view(other.type->id) : std::string_view();
            const std::string stated = viewOfLink(snapshot, i)(keys::protocol);
            if (link.legal && !snapshot.catalog()
                                   .legality(out ? "lb_l7" : otherType, link.mode, out ? otherType : "lb_l7", stated)
                                   .legal)
                return std::nullopt;
        }
    FixBuilder fix(snapshot, placement);
    Component& component = fix.edit(at(graph.nodes, index).id);
    const bool limits = component.properties.contains("rate_limits") || component.properties.contains("features");
    component.type = type->id;
    component.properties.erase("rate_limits");
    component.properties.erase("features");
    if (limits) component.properties.insert_or_assign("waf", true);
    for (auto it = component.properties.begin(); it != component.properties.end();) {
        const ParameterSpec* spec = findSpec(type->parameters, it->first);
        it = spec && !complaint(*spec, it->second).empty() ? component.properties.erase(it) : std::next(it);
    }
    return fix.titled("Make it a layer 7 balancer");
}

std::vector<Finding> checkL4WithL7Features(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isType(graph.nodes[i], "lb_l4")) continue;
        const int index = static_cast<int>(i);
        const std::vector<std::string> asked = askedOfLayerSeven(componentOf(snapshot, index));
        if (asked.empty()) continue;
        Finding finding{l4_with_l7_features.id, l4_with_l7_features.severity};
        finding.message = fill("{} passes on connections without reading them; {} needs a balancer on layer 7",
                               {graph.nodes[i].name, listed(asked)});
        finding.components = {graph.nodes[i].id};
        finding.fix = asLayerSeven(snapshot, placement, index);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule l4_with_l7_features{
    "l4-with-l7-features",
    "Layer 4 cannot read requests",
    "A balancer on layer 4 sees addresses and ports and forwards bytes; paths, headers, cookies and tokens are inside "
    "an encrypted stream that it never opens. What depends on them has to be done by something that ends the "
    "connection and reads HTTP.",
    "Elastic Load Balancing documentation: Network and Application Load Balancers compared",
    Severity::error,
    checkL4WithL7Features,
};

}  // namespace loadpath::checks
