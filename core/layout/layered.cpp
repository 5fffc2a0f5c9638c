#include "layout/layered.h"

#include "layout/box_grid.h"
#include "layout/layers.h"
#include "layout/network_simplex.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

using layered::Layers;
using layered::Link;
using layered::Vertex;

constexpr int exchanges = 6000;

/// What must lie between two things across the direction, in units.
struct Room {
    int card, line, passing;  // between two cards, between a card and a line, between two lines
    int top, bottom, side;    // from the border of a cluster to the middle of a card
    int topLine;              // and of a line
};
constexpr Room rightRoom{5, 3, 1, 3, 3, 3, 2}, downRoom{9, 5, 1, 5, 5, 5, 2};

class Placer {
public:
    explicit Placer(const Layers& layers)
        : m_layers(layers),
          m_graph(*layers.graph),
          m_right(m_graph.direction == Direction::right),
          m_room(m_right ? rightRoom : downRoom) {}

    LayeredDrawing place() {
        const std::vector<int> across = acrossDirection();
        const std::vector<double> along = alongDirection();
        LayeredDrawing drawing;
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const LayeredGraph::Node& node = m_graph.nodes[i];
            const double a = along[std::size_t(m_layers.vertices[i].layer)], c = across[i] * layoutUnit;
            // Cards of one layer begin at one line; across, their middles are what was placed.
            drawing.nodes.push_back(m_right ? Point{a, c - node.height / 2} : Point{c - node.width / 2, a});
        }
        for (std::size_t k = 0; k < m_graph.clusters.size(); ++k)
            drawing.clusters.push_back(frameOf(k, drawing, across));
        return drawing;
    }

private:
    bool isCard(int v) const { return m_layers.vertices[std::size_t(v)].node >= 0; }
    int topOf(int cluster) const { return int(m_layers.vertices.size()) + 2 * cluster; }
    int bottomOf(int cluster) const { return topOf(cluster) + 1; }

    int roomBetween(int a, int b) const {
        return isCard(a) && isCard(b) ? m_room.card : isCard(a) || isCard(b) ? m_room.line : m_room.passing;
    }
    int roomInside(int v) const { return isCard(v) ? m_room.top : m_room.topLine; }
    int roomOutside(int v) const { return isCard(v) ? m_room.top : 1; }

    std::vector<int> acrossDirection() const {
        const int vertices = int(m_layers.vertices.size()), clusters = int(m_graph.clusters.size());
        const int links = int(m_layers.links.size());
        NetworkSimplex simplex(vertices + 2 * clusters + links);
        for (int i = 0; i < links; ++i) {
            const Link& link = m_layers.links[std::size_t(i)];
            const int middle = vertices + 2 * clusters + i;
            simplex.add(middle, link.from, 0, link.weight);
            simplex.add(middle, link.to, 0, link.weight);
        }
        std::vector<char> used(std::size_t(clusters), 0);
        for (int v = 0; v < vertices; ++v) {
            const int cluster = m_layers.vertices[std::size_t(v)].cluster;
            if (cluster < 0) continue;
            simplex.add(topOf(cluster), v, roomInside(v), 0);
            simplex.add(v, bottomOf(cluster), roomInside(v), 0);
            for (int c = cluster; c >= 0 && !used[std::size_t(c)]; c = m_layers.parent(c)) {
                used[std::size_t(c)] = 1;
                simplex.add(topOf(c), bottomOf(c), 1, 12);
                if (const int p = m_layers.parent(c); p >= 0) {
                    simplex.add(topOf(p), topOf(c), 2, 0);
                    simplex.add(bottomOf(c), bottomOf(p), 1, 0);
                }
            }
        }
        for (const std::vector<int>& layer : m_layers.order)
            for (std::size_t i = 0; i + 1 < layer.size(); ++i) separate(simplex, layer[i], layer[i + 1]);
        return simplex.solve(m_layers.vertices.size() > 2500 ? 0 : exchanges);
    }

    /// `b` stands behind `a` in a layer: so do the clusters that hold one of them and not the other.
    void separate(NetworkSimplex& simplex, int a, int b) const {
        const int ca = m_layers.vertices[std::size_t(a)].cluster, cb = m_layers.vertices[std::size_t(b)].cluster;
        int common = ca;
        while (!m_layers.isInside(cb, common)) common = m_layers.parent(common);
        const auto outermost = [&](int cluster) {
            int found = -1;
            for (; cluster != common; cluster = m_layers.parent(cluster)) found = cluster;
            return found;
        };
        const int outerA = outermost(ca), outerB = outermost(cb);
        if (outerA < 0 && outerB < 0)
            simplex.add(a, b, roomBetween(a, b), 0);
        else if (outerA < 0)
            simplex.add(a, topOf(outerB), roomOutside(a), 0);
        else if (outerB < 0)
            simplex.add(bottomOf(outerA), b, roomOutside(b), 0);
        else
            simplex.add(bottomOf(outerA), topOf(outerB), 1, 0);
    }

    std::vector<double> alongDirection() const {
        const std::size_t count = m_layers.order.size();
        std::vector<double> length(count, 0), gap(count, m_right ? 88 : 72), label(count, 0);
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            double& l = length[std::size_t(m_layers.vertices[i].layer)];
            l = std::max(l, m_right ? m_graph.nodes[i].width : m_graph.nodes[i].height);
        }
        // Lines that turn between two layers need lanes; a pill on a short line needs its length.
        std::vector<int> turning(count, 0);
        for (const Link& link : m_layers.links)
            turning[std::size_t(m_layers.vertices[std::size_t(link.from)].layer)] +=
                m_layers.vertices[std::size_t(link.from)].place != m_layers.vertices[std::size_t(link.to)].place;
        for (const LayeredGraph::Edge& edge : m_graph.edges) {
            const int a = m_layers.vertices[std::size_t(edge.from)].layer,
                      b = m_layers.vertices[std::size_t(edge.to)].layer;
            if (std::abs(a - b) == 1 && m_right)
                label[std::size_t(std::min(a, b))] = std::max(label[std::size_t(std::min(a, b))], edge.labelLength);
        }
        std::vector<int> begins(count + 1, 0), ends(count + 1, 0);
        for (std::size_t c = 0; c < m_graph.clusters.size(); ++c) {
            int first = int(count), last = -1;
            for (std::size_t v = 0; v < m_graph.nodes.size(); ++v)
                if (m_layers.isInside(m_graph.nodes[v].cluster, int(c))) {
                    first = std::min(first, m_layers.vertices[v].layer);
                    last = std::max(last, m_layers.vertices[v].layer);
                }
            if (last < 0) continue;
            int deep = 1, deepest = 1;
            for (int p = m_layers.parent(int(c)); p >= 0; p = m_layers.parent(p)) ++deep;
            deepest = std::max(deepest, deep);
            begins[std::size_t(first)] = std::max(begins[std::size_t(first)], deepest);
            ends[std::size_t(last)] = std::max(ends[std::size_t(last)], deepest);
        }
        std::vector<double> at(count, 0);
        for (std::size_t i = 1; i < count; ++i) {
            const double lanes = std::min(6, std::max(0, turning[i - 1] - 3)) * 8.0;
            const double borders = (begins[i] * (m_right ? 24 : 40)) + ends[i - 1] * 24;
            const double between = std::max(gap[i - 1] + lanes, label[i - 1] + 44) + borders;
            at[i] = std::ceil((at[i - 1] + length[i - 1] + between) / layoutUnit) * layoutUnit;
        }
        return at;
    }

    Frame frameOf(std::size_t cluster, const LayeredDrawing& drawing, const std::vector<int>& across) const {
        Area area;
        int inner = 0;
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            if (!m_layers.isInside(m_graph.nodes[i].cluster, int(cluster))) continue;
            const Point p = drawing.nodes[i];
            area.include({p.x, p.y, p.x + m_graph.nodes[i].width, p.y + m_graph.nodes[i].height});
            int deep = 0;
            for (int c = m_graph.nodes[i].cluster; c != int(cluster); c = m_layers.parent(c)) ++deep;
            inner = std::max(inner, deep);
        }
        if (area.left > area.right) return {};
        const double top = across[std::size_t(topOf(int(cluster)))] * layoutUnit,
                     bottom = across[std::size_t(bottomOf(int(cluster)))] * layoutUnit;
        const double border = 24 + inner * 24;
        if (m_right) return {area.left - border, top, area.right - area.left + 2 * border, bottom - top};
        const double head = 40 + inner * 40;
        return {top, area.top - head, bottom - top, area.bottom - area.top + head + border};
    }

    const Layers& m_layers;
    const LayeredGraph& m_graph;
    bool m_right;
    const Room& m_room;
};

}  // namespace

LayeredDrawing drawLayered(const LayeredGraph& graph) {
    if (graph.nodes.empty()) return {{}, std::vector<Frame>(graph.clusters.size())};
    Layers layers = layered::assignLayers(graph);
    layered::orderLayers(layers);
    return Placer(layers).place();
}

}  // namespace loadpath
