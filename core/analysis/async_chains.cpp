#include "analysis/async_chains.h"

#include "analysis/solved_flow.h"
#include "support/index.h"

#include <algorithm>
#include <map>

namespace loadpath {

namespace {

/// The derived flow of one stage publishes where the next one consumes, or writes where it reads changes.
class AsyncChains {
public:
    AsyncChains(const FlowGraph& graph, const AvailabilityOptions& options)
        : m_graph(graph), m_options(options), m_next(graph.flows.size()) {
        std::multimap<int, int> takenFrom;  // stages by broker or store
        for (std::size_t f = 0; f < graph.flows.size(); ++f) {
            const FlowPath& path = graph.flows[f];
            if (path.subscription >= 0)
                takenFrom.emplace(graph.subscriptions[at(path.subscription)].broker, static_cast<int>(f));
            else if (path.feed >= 0)
                takenFrom.emplace(graph.feeds[at(path.feed)].source, static_cast<int>(f));
        }
        std::vector<char> isBehind(graph.flows.size(), 0);
        for (const auto& [source, stage] : takenFrom) {
            auto& next = m_next[at(stage)];
            for (const Visit& visit : graph.flows[at(stage)].visits)
                for (const Call& call : visit.calls) {
                    const auto [first, last] = takenFrom.equal_range(call.target);
                    for (auto it = first; it != last; ++it)
                        if (it->second != stage && leadsTo(call, it->second)) next.push_back(it->second);
                }
            // A queue behind a topic, or a mirror, is read in turn.
            const auto [first, last] = takenFrom.equal_range(graph.flows[at(stage)].entry);
            for (auto it = first; it != last; ++it)
                if (it->second != stage && graph.flows[at(it->second)].subscription >= 0) next.push_back(it->second);
            std::sort(next.begin(), next.end());
            next.erase(std::unique(next.begin(), next.end()), next.end());
            for (const int other : next) isBehind[at(other)] = 1;
        }
        for (std::size_t f = 0; f < m_next.size(); ++f)
            if (!isBehind[f] && !m_next[f].empty()) follow({static_cast<int>(f)});
    }

    std::vector<AsyncChain> found;

private:
    static constexpr std::size_t mostChains = 200, longest = 32;

    bool leadsTo(const Call& call, int stage) const {
        const FlowPath& to = m_graph.flows[at(stage)];
        if (to.subscription < 0) return call.kind == Call::Kind::request && call.purpose != Purpose::read;
        const int topic = m_graph.subscriptions[at(to.subscription)].topic;
        return call.kind == Call::Kind::publish && (topic < 0 || call.topic == topic);
    }

    void follow(std::vector<int> chain) {
        if (found.size() >= mostChains) return;
        bool goesOn = false;
        for (const int next : m_next[at(chain.back())]) {
            if (chain.size() >= longest || std::find(chain.begin(), chain.end(), next) != chain.end()) continue;
            goesOn = true;
            auto longer = chain;
            longer.push_back(next);
            follow(std::move(longer));
        }
        if (goesOn || chain.size() < 2) return;
        Structure all(m_graph, m_graph.flows[at(chain.front())]);
        for (std::size_t i = 1; i < chain.size(); ++i) all.add(Structure(m_graph, m_graph.flows[at(chain[i])]));
        SolvedFlow solved(m_graph, std::move(all), m_options);
        AsyncChain result;
        result.stages = std::move(chain);
        result.exact = solved.exact;
        result.bounds = solved.bounds(m_graph);
        result.availability = result.bounds.first;
        found.push_back(std::move(result));
    }

    const FlowGraph& m_graph;
    const AvailabilityOptions& m_options;
    std::vector<std::vector<int>> m_next;
};

}  // namespace

std::vector<AsyncChain> asyncChains(const FlowGraph& graph, const AvailabilityOptions& options) {
    return std::move(AsyncChains(graph, options).found);
}

}  // namespace loadpath
