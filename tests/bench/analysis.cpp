// Time of the exact analyses on generated layered designs. Prints; promises nothing.
#include "analysis/availability.h"
#include "analysis/capacity.h"
#include "support/catalog.h"
#include "support/large_design.h"
#include "support/network.h"

#include <QElapsedTimer>
#include <QTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

/// Clients, a balancer, and layers of services in three zones that call some of the next layer.
FlowGraph layered(int components, int flows, int regions = 1) {
    GraphBuilder build;
    std::vector<std::vector<int>> zones;
    for (int r = 0; r < regions; ++r) {
        const int region = build.domain("region" + std::to_string(r), 0.99999);
        auto& own = zones.emplace_back();
        for (const char* id : {"a", "b", "c"}) own.push_back(build.domain(id + std::to_string(r), 0.9999, region));
    }
    const int client = build.client();
    const int balancer = build.node("lb", 0.9999);
    build.graph.nodes.back().managed = true;
    const int layers = 8, width = std::max(1, (components - 2) / layers);
    std::vector<std::vector<int>> layer(layers);
    for (int i = 0; i < components - 2; ++i) {
        const int node = build.node("n" + std::to_string(i), 0.995, 3, 1 + i % 2, zones[std::size_t(i % regions)]);
        Node& made = build.graph.nodes.back();
        made.serviceMs[0] = made.serviceMs[1] = 5;
        made.concurrency = 50;
        made.hasUtilisation = true;
        layer[std::size_t(std::min(layers - 1, i / width))].push_back(node);
    }
    for (int f = 0; f < flows; ++f) {
        const int flow = build.flow(client, f % 2 ? Op::write : Op::read, 100);
        build.call(client, balancer, flow);
        for (std::size_t i = std::size_t(f); i < layer[0].size(); i += std::size_t(flows))
            build.call(balancer, layer[0][i], flow);
        for (std::size_t l = 0; l + 1 < layer.size(); ++l)
            for (std::size_t i = 0; i < layer[l].size(); ++i) {
                const auto& next = layer[l + 1];
                build.call(layer[l][i], next[i % next.size()], flow);
                if (i % 5 == 0) {
                    const int coin = build.coin("p" + std::to_string(i), 0.1);
                    Call& call = build.call(layer[l][i], next[(i * 7 + 3) % next.size()], flow);
                    call.coin = coin;
                    call.probability = 0.1;
                }
            }
    }
    return build.graph;
}

}  // namespace

class AnalysisBench : public QObject {
    Q_OBJECT

private slots:
    void graphChecks() {
        for (const int components : {1000, 10'000}) {
            const FlowGraph graph = compileFlowGraph(largeDesign(components), *catalog());
            QElapsedTimer clock;
            clock.start();
            const std::size_t cycles = synchronousCycles(graph, graph.flows.front()).size();
            const double cyclesMs = double(clock.nsecsElapsed()) / 1e6;
            clock.restart();
            const std::size_t reached = reachedNodes(graph).size();
            std::printf("%6d components: strongly connected components %.1f ms (%zu cycles), reach %.1f ms of %zu\n",
                        components, cyclesMs, cycles, double(clock.nsecsElapsed()) / 1e6, reached);
        }
    }

    void layeredDesigns() {
        struct Size {
            int components, flows, regions;
        };
        for (const auto& [components, flows, regions] : {Size{100, 4, 1},
                                                         {1000, 4, 1},
                                                         {10'000, 1, 1},
                                                         {10'000, 4, 1},
                                                         {10'000, 1, 2},
                                                         {100, 1, 5},
                                                         {10'000, 1, 5}}) {
            const FlowGraph graph = layered(components, flows, regions);
            QElapsedTimer timer;
            timer.start();
            const AvailabilityReport availability = analyseAvailability(graph, {});
            const qint64 exact = timer.nsecsElapsed();
            timer.restart();
            const CapacityReport capacity = analyseCapacity(graph);
            std::printf("%6d components, %d flows, %d regions: availability %.1f ms (%s), capacity %.1f ms\n",
                        components, flows, regions, double(exact) / 1e6,
                        availability.flows[0].exact ? "exact" : "bounds", double(timer.nsecsElapsed()) / 1e6);
            QVERIFY(!capacity.diverges);
        }
    }

    void grids() {
        for (const int size : {4, 6, 8, 9, 10, 11, 12}) {
            const FlowGraph graph = graphOf(gridNetwork(size, size), 0.99);
            QElapsedTimer timer;
            timer.start();
            const FlowAvailability flow = analyseAvailability(graph, {}).flows.at(0);
            std::printf("%2d x %2d grid: %.1f ms (%s), %.12f to %.12f\n", size, size,
                        double(timer.nsecsElapsed()) / 1e6, flow.exact ? "exact" : "bounds", flow.bounds.first,
                        flow.bounds.second);
        }
    }

    void aRealDesign() {
        const auto snapshot = Snapshot::of(largeDesign(60), catalog());
        QElapsedTimer timer;
        qint64 best = 0;
        for (int run = 0; run < 20; ++run) {
            timer.start();
            QVERIFY(analyseAvailability(*snapshot, {}).flows.at(0).exact);
            const qint64 took = timer.nsecsElapsed();
            best = run == 0 ? took : std::min(best, took);
        }
        std::printf("a design of %zu components: availability %.2f ms\n", snapshot->graph().nodes.size(),
                    double(best) / 1e6);
    }
};

QTEST_APPLESS_MAIN(AnalysisBench)
#include "analysis.moc"
