#include "rules/chains.h"

#include "rules/lookup.h"

#include <tuple>

namespace loadpath {
namespace {

/// Strongly connected components by Tarjan's method, without recursion. They are numbered so that every
/// edge leads to one of the same or of a smaller number.
std::vector<int> componentNumbers(const std::vector<std::vector<int>>& next) {
    const std::size_t size = next.size();
    std::vector<int> number(size, -1), low(size, 0), component(size, -1), open, waiting;
    std::vector<std::size_t> edge(size, 0);
    int visited = 0, components = 0;
    for (std::size_t root = 0; root < size; ++root) {
        if (number[root] >= 0) continue;
        waiting.push_back(static_cast<int>(root));
        while (!waiting.empty()) {
            const int node = waiting.back();
            if (at(number, node) < 0) {
                at(number, node) = at(low, node) = visited++;
                open.push_back(node);
            }
            if (at(edge, node) < at(next, node).size()) {
                const int target = at(next, node)[at(edge, node)++];
                if (at(number, target) < 0)
                    waiting.push_back(target);
                else if (at(component, target) < 0)
                    at(low, node) = std::min(at(low, node), at(number, target));
                continue;
            }
            waiting.pop_back();
            if (!waiting.empty()) at(low, waiting.back()) = std::min(at(low, waiting.back()), at(low, node));
            if (at(low, node) != at(number, node)) continue;
            for (int member = -1; member != node; open.pop_back()) {
                member = open.back();
                at(component, member) = components;
            }
            ++components;
        }
    }
    return component;
}

}  // namespace

std::vector<int> longestChain(const std::vector<std::vector<int>>& next, const std::vector<char>& counts, int start,
                              const std::function<bool(int, int)>& before) {
    const std::vector<int> component = componentNumbers(next);
    const int components = component.empty() ? 0 : *std::max_element(component.begin(), component.end()) + 1;
    std::vector<std::vector<int>> members(static_cast<std::size_t>(components));
    for (std::size_t i = 0; i < component.size(); ++i) at(members, component[i]).push_back(static_cast<int>(i));

    std::vector<int> length(static_cast<std::size_t>(components), 0);
    const auto longestBehind = [&](int of) {
        int longest = 0;
        for (const int node : at(members, of))
            for (const int target : at(next, node))
                if (at(component, target) != of) longest = std::max(longest, at(length, at(component, target)));
        return longest;
    };
    for (int c = 0; c < components; ++c) {  // what a component leads to has a smaller number
        at(length, c) = longestBehind(c);
        for (const int node : at(members, c)) at(length, c) += at(counts, node) ? 1 : 0;
    }

    const auto firstOf = [&](int c) { return *std::min_element(at(members, c).begin(), at(members, c).end(), before); };
    int here = start >= 0 ? at(component, start) : -1;
    if (here < 0)
        for (int c = 0; c < components; ++c)
            if (here < 0 || at(length, c) > at(length, here) ||
                (at(length, c) == at(length, here) && before(firstOf(c), firstOf(here))))
                here = c;
    std::vector<int> chain;
    while (here >= 0 && at(length, here) > 0) {
        std::vector<int> own;
        for (const int node : at(members, here))
            if (at(counts, node)) own.push_back(node);
        std::sort(own.begin(), own.end(), before);
        chain.insert(chain.end(), own.begin(), own.end());
        int best = -1;
        for (const int node : at(members, here))
            for (const int target : at(next, node)) {
                const int c = at(component, target);
                if (c == here) continue;
                if (best < 0 || at(length, c) > at(length, best) ||
                    (c != best && at(length, c) == at(length, best) && before(firstOf(c), firstOf(best))))
                    best = c;
            }
        here = best;
    }
    return chain;
}

bool standsBefore(const Snapshot& snapshot, int a, int b) {
    const Component &first = componentOf(snapshot, a), &second = componentOf(snapshot, b);
    return std::tie(first.position.x, first.position.y, first.name, first.type, first.id) <
           std::tie(second.position.x, second.position.y, second.name, second.type, second.id);
}

bool isServiceNode(const Node& node) {
    return isType(node, "service") || isType(node, "monolith") || isType(node, "graphql_server");
}

}  // namespace loadpath
