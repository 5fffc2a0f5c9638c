#include "layout/layers.h"

#include <algorithm>
#include <map>

namespace loadpath::layered {
namespace {

using Order = std::vector<std::vector<int>>;

void numberPlaces(Layers& layers) {
    for (const std::vector<int>& layer : layers.order)
        for (std::size_t i = 0; i < layer.size(); ++i) layers.vertices[std::size_t(layer[i])].place = int(i);
}

long long crossingsAfter(const Layers& layers, std::size_t layer) {
    // Ends on the next layer in the order of the starts: crossings are its inversions.
    std::vector<int> ends;
    for (const int v : layers.order[layer]) {
        std::vector<int> own;
        for (const int to : layers.vertices[std::size_t(v)].after)
            own.push_back(layers.vertices[std::size_t(to)].place);
        std::sort(own.begin(), own.end());
        ends.insert(ends.end(), own.begin(), own.end());
    }
    const std::size_t size = layers.order[layer + 1].size() + 1;
    std::vector<long long> tree(size + 1, 0);
    long long count = 0, seen = 0;
    for (const int end : ends) {
        long long atMost = 0;
        for (std::size_t i = std::size_t(end) + 1; i > 0; i -= i & (~i + 1)) atMost += tree[i];
        count += seen - atMost;
        for (std::size_t i = std::size_t(end) + 1; i <= size; i += i & (~i + 1)) ++tree[i];
        ++seen;
    }
    return count;
}

/// The child of `outer` in which the cluster lies; the cluster lies inside of it.
int childTowards(const Layers& layers, int cluster, int outer) {
    while (layers.parent(cluster) != outer) cluster = layers.parent(cluster);
    return cluster;
}

/// Sorts one layer by the values of its vertices: clusters stay together, and those of one parent in
/// the order given for all layers.
class LayerSorter {
public:
    LayerSorter(const Layers& layers, const std::vector<double>& clusterPlaces)
        : m_layers(layers), m_clusterPlaces(clusterPlaces) {}

    std::vector<int> sorted(const std::vector<int>& layer) {
        m_result.clear();
        sort(layer, -1);
        return std::move(m_result);
    }

private:
    struct Part {
        double value = 0;
        int cluster = -1;
        std::vector<int> vertices;
    };

    void sort(const std::vector<int>& vertices, int outer) {
        std::vector<Part> parts;
        std::map<int, std::size_t> partOf;
        for (const int v : vertices) {
            const Vertex& vertex = m_layers.vertices[std::size_t(v)];
            if (vertex.cluster == outer) {
                parts.push_back({vertex.value, -1, {v}});
                continue;
            }
            const int child = childTowards(m_layers, vertex.cluster, outer);
            const auto made = partOf.try_emplace(child, parts.size());
            if (made.second) parts.push_back({0, child, {}});
            parts[made.first->second].vertices.push_back(v);
        }
        std::vector<int> clusters;
        for (Part& part : parts) {
            if (part.cluster < 0) continue;
            clusters.push_back(part.cluster);
            for (const int v : part.vertices)
                part.value += m_layers.vertices[std::size_t(v)].value / double(part.vertices.size());
        }
        std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.value < b.value; });
        std::stable_sort(clusters.begin(), clusters.end(), [this](int a, int b) {
            const double pa = m_clusterPlaces[std::size_t(a)], pb = m_clusterPlaces[std::size_t(b)];
            return pa != pb ? pa < pb : a < b;
        });
        std::map<int, std::size_t> where;
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (parts[i].cluster >= 0) where[parts[i].cluster] = i;
        std::size_t next = 0;
        for (const Part& part : parts) {
            if (part.cluster < 0) {
                m_result.push_back(part.vertices.front());
                continue;
            }
            const int cluster = clusters[next++];
            const std::vector<int> inside = parts[where[cluster]].vertices;
            sort(inside, cluster);
        }
    }

    const Layers& m_layers;
    const std::vector<double>& m_clusterPlaces;
    std::vector<int> m_result;
};

/// Mean place of what a cluster holds, as a share of each layer's length.
std::vector<double> placesOfClusters(const Layers& layers) {
    const std::size_t count = layers.graph->clusters.size();
    std::vector<double> sum(count, 0), members(count, 0);
    for (const Vertex& v : layers.vertices) {
        const double share = (v.place + 0.5) / double(layers.order[std::size_t(v.layer)].size());
        for (int c = v.cluster; c >= 0; c = layers.parent(c))
            sum[std::size_t(c)] += share, members[std::size_t(c)] += 1;
    }
    for (std::size_t c = 0; c < count; ++c)
        if (members[c] > 0) sum[c] /= members[c];
    return sum;
}

void sweep(Layers& layers, bool forwards, bool medians) {
    const std::vector<double> clusters = placesOfClusters(layers);
    const int count = int(layers.order.size());
    // The first one keeps its order but for clusters, whose order is one on all layers.
    for (int i = 0; i < count; ++i) {
        const std::size_t layer = std::size_t(forwards ? i : count - 1 - i);
        for (const int v : layers.order[layer]) {
            Vertex& vertex = layers.vertices[std::size_t(v)];
            const std::vector<int>& near = forwards ? vertex.before : vertex.after;
            vertex.value = vertex.place;
            if (near.empty() || i == 0) continue;
            std::vector<int> places;
            for (const int n : near) places.push_back(layers.vertices[std::size_t(n)].place);
            const double scale = double(layers.order[layer].size()) /
                                 double(layers.order[std::size_t(forwards ? int(layer) - 1 : int(layer) + 1)].size());
            double value = 0;
            if (medians) {
                std::sort(places.begin(), places.end());
                const std::size_t m = places.size() / 2;
                value = places.size() % 2 ? places[m] : (places[m - 1] + places[m]) / 2.0;
            } else {
                for (const int p : places) value += double(p) / double(places.size());
            }
            vertex.value = (value + 0.5) * scale - 0.5;
        }
        layers.order[layer] = LayerSorter(layers, clusters).sorted(layers.order[layer]);
        for (std::size_t k = 0; k < layers.order[layer].size(); ++k)
            layers.vertices[std::size_t(layers.order[layer][k])].place = int(k);
    }
}

int inversions(const Layers& layers, const std::vector<int>& a, const std::vector<int>& b) {
    int count = 0;
    for (const int x : a)
        for (const int y : b) count += layers.vertices[std::size_t(x)].place > layers.vertices[std::size_t(y)].place;
    return count;
}

/// Neighbours in a layer change places where that takes crossings away.
void transpose(Layers& layers) {
    for (int round = 0; round < 12; ++round) {
        bool better = false;
        for (std::vector<int>& layer : layers.order)
            for (std::size_t i = 0; i + 1 < layer.size(); ++i) {
                Vertex &a = layers.vertices[std::size_t(layer[i])], &b = layers.vertices[std::size_t(layer[i + 1])];
                if (a.cluster != b.cluster) continue;
                const int now = inversions(layers, a.before, b.before) + inversions(layers, a.after, b.after);
                const int then = inversions(layers, b.before, a.before) + inversions(layers, b.after, a.after);
                if (then >= now) continue;
                std::swap(layer[i], layer[i + 1]);
                std::swap(a.place, b.place);
                better = true;
            }
        if (!better) return;
    }
}

/// Every layer sorted by what `value` says, clusters together.
template <class F>
void arrange(Layers& layers, F value) {
    for (std::size_t v = 0; v < layers.vertices.size(); ++v) layers.vertices[v].value = value(int(v));
    for (std::vector<int>& layer : layers.order)
        std::stable_sort(layer.begin(), layer.end(), [&](int a, int b) {
            return layers.vertices[std::size_t(a)].value < layers.vertices[std::size_t(b)].value;
        });
    numberPlaces(layers);
    const std::vector<double> clusters = placesOfClusters(layers);
    for (std::vector<int>& layer : layers.order) layer = LayerSorter(layers, clusters).sorted(layer);
    numberPlaces(layers);
}

/// Numbers in the order of a walk along the links, from what has none before it.
std::vector<double> walk(const Layers& layers, bool deep) {
    std::vector<double> number(layers.vertices.size(), -1);
    std::vector<int> open;
    double next = 0;
    for (std::size_t root = 0; root < layers.vertices.size(); ++root) {
        if (number[root] >= 0 || !layers.vertices[root].before.empty()) continue;
        open = {int(root)};
        for (std::size_t done = 0; deep ? !open.empty() : done < open.size();) {
            const int v = deep ? open.back() : open[done++];
            if (deep) open.pop_back();
            if (number[std::size_t(v)] >= 0) continue;
            number[std::size_t(v)] = next++;
            const std::vector<int>& after = layers.vertices[std::size_t(v)].after;
            if (deep)
                open.insert(open.end(), after.rbegin(), after.rend());
            else
                open.insert(open.end(), after.begin(), after.end());
        }
    }
    return number;
}

/// Where things stood; what passes a layer stands between its ends.
std::vector<double> hints(const Layers& layers) {
    std::vector<double> at(layers.vertices.size(), 0);
    const std::size_t nodes = layers.graph->nodes.size();
    for (std::size_t v = 0; v < nodes; ++v) at[v] = layers.graph->nodes[v].hint;
    for (std::size_t v = nodes; v < at.size(); ++v)
        if (!layers.vertices[v].before.empty()) at[v] = at[std::size_t(layers.vertices[v].before.front())];
    return at;
}

}  // namespace

long long countCrossings(const Layers& layers) {
    long long count = 0;
    for (std::size_t i = 0; i + 1 < layers.order.size(); ++i) count += crossingsAfter(layers, i);
    return count;
}

void orderLayers(Layers& layers) {
    const int sweeps = layers.vertices.size() > 4000 ? 4 : 24;
    Order best;
    long long least = -1;
    const auto keepBest = [&] {
        const long long now = countCrossings(layers);
        if (least >= 0 && now >= least) return;
        least = now;
        best = layers.order;
    };
    const std::vector<std::vector<double>> starts{hints(layers), walk(layers, true), walk(layers, false)};
    for (const std::vector<double>& start : starts)
        for (const bool medians : {false, true}) {
            arrange(layers, [&](int v) { return start[std::size_t(v)]; });
            for (int i = 0; i < sweeps && least != 0; ++i) {
                sweep(layers, i % 2 == 0, medians);
                transpose(layers);
                keepBest();
            }
        }
    if (!best.empty()) layers.order = best;
    numberPlaces(layers);
}

}  // namespace loadpath::layered
