#include "rules/encryption.h"

#include "rules/lookup.h"
#include "rules/tags.h"

namespace loadpath {
namespace {

constexpr std::string_view sensitiveTags[] = {"pii", "pci"};

bool hasSensitiveTag(const Value& tags) {
    return std::any_of(std::begin(sensitiveTags), std::end(sensitiveTags),
                       [&tags](std::string_view tag) { return hasTag(tags, tag); });
}

bool anyItemIsSensitive(const Value& list) {
    if (!list.list()) return false;
    return std::any_of(list.list()->begin(), list.list()->end(), [](const Value& item) {
        const Value* tags = item.find("tags");
        return tags && hasSensitiveTag(*tags);
    });
}

/// Standards that ask for encryption on the way and at rest.
bool mustEncrypt(const Design& design, const Zone* zone) {
    for (int depth = 0; zone && depth < 64; ++depth) {
        const auto compliance = zone->properties.find("compliance");
        if (compliance != zone->properties.end() &&
            (hasTag(compliance->second, "pci") || hasTag(compliance->second, "hipaa")))
            return true;
        zone = zone->parent.empty() ? nullptr : design.zones.find(zone->parent);
    }
    return false;
}

}  // namespace

bool isEncrypted(const Snapshot& snapshot, const Meshes& meshes, int link) {
    // Interfaces of vendors that exist over TLS only stand beside the protocols that say so by name.
    static constexpr std::string_view secure[] = {"https",  "wss",  "tls_tcp", "grpc_web", "s3",
                                                  "dynamo", "push", "sqs",     "pubsub",   "sms"};
    const ParameterView view = viewOfLink(snapshot, link);
    const Link& l = at(snapshot.graph().links, link);
    const Value mutual = view.value("mtls");
    if ((mutual.boolean() && *mutual.boolean()) || meshes.encrypts(l.from, l.to)) return true;
    const Value stated = view.value("tls");
    if (stated.boolean()) return *stated.boolean();
    return std::find(std::begin(secure), std::end(secure), l.protocol) != std::end(secure);
}

Sensitive::Sensitive(const Snapshot& snapshot, const Passing& passing)
    : m_snapshot(&snapshot),
      m_passing(&passing),
      m_nodes(snapshot.graph().nodes.size(), 0),
      m_flows(snapshot.graph().flows.size(), 0) {
    const Design& design = snapshot.design();
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const Component& component = design.components[i];
        const auto listed = [&component](std::string_view key) {
            const auto it = component.properties.find(key);
            return it == component.properties.end() ? Value() : it->second;
        };
        m_nodes[i] = hasSensitiveTag(listed("tags")) || anyItemIsSensitive(listed("tables")) ||
                     anyItemIsSensitive(listed("endpoints")) ||
                     std::any_of(component.zones.begin(), component.zones.end(),
                                 [&design](const ZoneId& id) { return mustEncrypt(design, design.zones.find(id)); });
    }
    for (std::size_t f = 0; f < m_flows.size(); ++f) {
        const Flow* stated = design.flows.find(snapshot.graph().flows[f].id);
        if (!stated) continue;
        const auto tags = stated->extra.find("tags");
        m_flows[f] = tags != stated->extra.end() && hasSensitiveTag(tags->second);
    }
}

bool Sensitive::passes(int link) const {
    const FlowGraph& graph = m_snapshot->graph();
    const Link& l = at(graph.links, link);
    if (holds(l.from) || holds(l.to) || hasSensitiveTag(viewOfLink(*m_snapshot, link).value("tags"))) return true;
    for (const Passing::Flow& pass : m_passing->over(link))
        if (at(m_flows, pass.flow)) return true;
    const Node& target = at(graph.nodes, l.to);
    if (l.mode != Mode::publish || !target.isBroker()) return false;
    const Value topics = viewOf(*m_snapshot, l.to).value("topics");
    if (!topics.list()) return false;
    return std::any_of(topics.list()->begin(), topics.list()->end(), [&](const Value& topic) {
        const Value *name = topic.find("name"), *tags = topic.find("tags");
        const bool isMeant = topics.list()->size() == 1 || (name && *name == Value(l.topic));
        return isMeant && tags && hasSensitiveTag(*tags);
    });
}

bool Sensitive::isReachedBy(int node) const {
    if (holds(node)) return true;
    const auto& in = at(m_snapshot->graph().incoming, node);
    return std::any_of(in.begin(), in.end(), [this](int link) {
        const auto& flows = m_passing->over(link);
        return hasSensitiveTag(viewOfLink(*m_snapshot, link).value("tags")) ||
               std::any_of(flows.begin(), flows.end(),
                           [this](const Passing::Flow& pass) { return at(m_flows, pass.flow) != 0; });
    });
}

}  // namespace loadpath
