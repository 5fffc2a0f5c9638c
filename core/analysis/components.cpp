#include "analysis/components.h"

#include <algorithm>

namespace loadpath {

std::vector<std::vector<int>> stronglyConnected(const std::vector<std::vector<int>>& successors) {
    struct Frame {
        int node;
        std::size_t next;
    };
    const std::size_t count = successors.size();
    std::vector<int> number(count, -1), lowest(count, 0), open;
    std::vector<char> isOpen(count, 0);
    std::vector<std::vector<int>> components;
    std::vector<Frame> frames;
    int numbered = 0;
    for (std::size_t start = 0; start < count; ++start) {
        if (number[start] >= 0) continue;
        frames.push_back({static_cast<int>(start), 0});
        while (!frames.empty()) {
            const std::size_t node = static_cast<std::size_t>(frames.back().node);
            if (frames.back().next == 0) {
                number[node] = lowest[node] = numbered++;
                open.push_back(static_cast<int>(node));
                isOpen[node] = 1;
            }
            bool goesDown = false;
            while (frames.back().next < successors[node].size()) {
                const std::size_t to = static_cast<std::size_t>(successors[node][frames.back().next++]);
                if (number[to] < 0) {
                    frames.push_back({static_cast<int>(to), 0});
                    goesDown = true;
                    break;
                }
                if (isOpen[to]) lowest[node] = std::min(lowest[node], number[to]);
            }
            if (goesDown) continue;
            frames.pop_back();
            if (!frames.empty()) {
                const std::size_t parent = static_cast<std::size_t>(frames.back().node);
                lowest[parent] = std::min(lowest[parent], lowest[node]);
            }
            if (lowest[node] != number[node]) continue;
            auto& component = components.emplace_back();
            int member = -1;
            do {
                member = open.back();
                open.pop_back();
                isOpen[static_cast<std::size_t>(member)] = 0;
                component.push_back(member);
            } while (member != static_cast<int>(node));
            std::sort(component.begin(), component.end());
        }
    }
    return components;
}

}  // namespace loadpath
