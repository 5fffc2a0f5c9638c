#include "analysis/copies.h"

#include "support/index.h"

#include <map>

namespace loadpath {

bool Copies::copies(const Link& link) {
    return link.legal && (link.mode == Mode::replicate || link.mode == Mode::standby);
}

Copies::Copies(const FlowGraph& graph) : m_graph(graph), m_outgoing(graph.nodes.size()) {
    for (std::size_t l = 0; l < graph.links.size(); ++l)
        if (copies(graph.links[l])) m_outgoing[at(graph.links[l].from)].push_back(static_cast<int>(l));
}

std::vector<int> Copies::reachedFrom(int store) const {
    std::vector<int> reached{store};
    if (m_outgoing[at(store)].empty()) return reached;
    std::map<int, bool> isKnown{{store, true}};
    for (std::size_t i = 0; i < reached.size(); ++i)
        for (const int link : m_outgoing[at(reached[i])])
            if (isKnown.try_emplace(m_graph.links[at(link)].to, true).second)
                reached.push_back(m_graph.links[at(link)].to);
    return reached;
}

std::vector<int> Copies::linksFrom(int store) const {
    std::vector<int> links;
    if (m_outgoing[at(store)].empty()) return links;
    std::map<int, int> distance{{store, 0}};
    for (const int node : reachedFrom(store))  // nearest first
        for (const int link : m_outgoing[at(node)]) {
            const int away = distance.at(node) + 1;
            if (distance.try_emplace(m_graph.links[at(link)].to, away).first->second == away) links.push_back(link);
        }
    return links;
}

}  // namespace loadpath
