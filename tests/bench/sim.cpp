// Speed of the simulator, as ratios in one run: beside SimPy, and beside a tight loop that knows only
// its one model (4-ary heap, plain structs, the same random numbers and the same histogram).
#include "json/design_json.h"
#include "sim/simulator.h"
#include "support/catalog.h"
#include "support/sim_graph.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace loadpath;
using namespace loadpath::test;
using loadpath::sim::Histogram;
using loadpath::sim::Stream;

namespace {

constexpr double rate = 80, serviceMs = 10, timeoutMs = 30'000;
constexpr int rounds = 3;

double seconds(const std::function<void()>& work) {
    const std::clock_t begun = std::clock();  // of the processor: the machine may have other work
    work();
    return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

struct TightEvent {
    std::int64_t time;
    std::uint32_t sequence;
    std::int32_t station;  // −1: arrival
    bool before(const TightEvent& o) const { return time != o.time ? time < o.time : sequence < o.sequence; }
};

class TightHeap {
public:
    void push(TightEvent e) {
        std::size_t at = m_items.size();
        m_items.push_back(e);
        while (at > 0 && e.before(m_items[(at - 1) / 4])) {
            m_items[at] = m_items[(at - 1) / 4];
            at = (at - 1) / 4;
        }
        m_items[at] = e;
    }
    TightEvent pop() {
        const TightEvent top = m_items.front(), last = m_items.back();
        m_items.pop_back();
        std::size_t at = 0;
        const std::size_t n = m_items.size();
        while (4 * at + 1 < n) {
            std::size_t least = 4 * at + 1;
            for (std::size_t c = least + 1; c < std::min(4 * at + 5, n); ++c)
                if (m_items[c].before(m_items[least])) least = c;
            if (!m_items[least].before(last)) break;
            m_items[at] = m_items[least];
            at = least;
        }
        if (n > 0) m_items[at] = last;
        return top;
    }

private:
    std::vector<TightEvent> m_items;
};

/// Stations in series; or apart, each with its own arrivals and its own figures; or one with a timer
/// for every request, that is void when the answer came first.
enum class Shape { series, apart, timed };

/// Returns the mean latency in ms.
double tightLoop(int stations, Shape shape, std::uint64_t requests) {
    struct Station {
        struct Waiting {
            std::int64_t born;
            std::uint64_t number;
        };
        std::vector<Waiting> ring = std::vector<Waiting>(64);
        std::uint32_t first = 0, size = 0;
        double busyNs = 0, inSystemNs = 0;
        std::int64_t changed = 0;
        Stream service, gaps;
        Histogram latency;
    };
    std::vector<Station> queue(static_cast<std::size_t>(stations));
    for (int s = 0; s < stations; ++s)
        queue[static_cast<std::size_t>(s)].service = Stream(static_cast<std::uint64_t>(s) + 1);
    TightHeap heap;
    constexpr std::int32_t firstTimer = 1 << 20, timerMask = (1 << 16) - 1;
    std::vector<char> answered(timerMask + 1, 0);  // by request
    std::uint64_t timedOut = 0, completed = 0, arrived = 0;
    std::uint32_t sequence = 0;
    const double gapNs = 1e9 / rate;
    const int sources = shape == Shape::apart ? stations : 1;
    for (int s = 0; s < stations; ++s)
        queue[static_cast<std::size_t>(s)].gaps = Stream(static_cast<std::uint64_t>(s) + 1000);
    const auto nextArrival = [&](int s, std::int64_t now) {
        const double gap = queue[static_cast<std::size_t>(s)].gaps.exponential() * gapNs + 0.5;
        heap.push({now + static_cast<std::int64_t>(gap), sequence++, -1 - s});
    };
    const auto enter = [&](int s, std::int64_t now, std::int64_t born, std::uint64_t number) {
        Station& station = queue[static_cast<std::size_t>(s)];
        station.inSystemNs += static_cast<double>(now - station.changed) * station.size;
        if (station.size > 0) station.busyNs += static_cast<double>(now - station.changed);
        station.changed = now;
        if (station.size == station.ring.size()) {
            std::vector<Station::Waiting> larger(2 * station.ring.size());
            for (std::uint32_t i = 0; i < station.size; ++i)
                larger[i] = station.ring[(station.first + i) & (station.ring.size() - 1)];
            station.ring.swap(larger);
            station.first = 0;
        }
        station.ring[(station.first + station.size++) & (station.ring.size() - 1)] = {born, number};
        if (station.size == 1)
            heap.push({now + static_cast<std::int64_t>(station.service.exponential() * serviceMs * 1e6 + 0.5),
                       sequence++, s});
    };
    for (int s = 0; s < sources; ++s) nextArrival(s, 0);
    while (completed < requests) {
        const TightEvent e = heap.pop();
        if (e.station < 0) {
            if (++arrived < requests) nextArrival(-1 - e.station, e.time);
            if (shape == Shape::timed) {
                const auto slot = static_cast<std::int32_t>(arrived & timerMask);
                answered[static_cast<std::size_t>(slot)] = 0;
                heap.push({e.time + static_cast<std::int64_t>(timeoutMs * 1e6), sequence++, firstTimer + slot});
            }
            enter(-1 - e.station, e.time, e.time, arrived);
            continue;
        }
        if (e.station >= firstTimer) {
            if (!answered[static_cast<std::size_t>(e.station - firstTimer)]) ++timedOut;
            continue;
        }
        Station& station = queue[static_cast<std::size_t>(e.station)];
        station.inSystemNs += static_cast<double>(e.time - station.changed) * station.size;
        station.busyNs += static_cast<double>(e.time - station.changed);
        station.changed = e.time;
        const std::int64_t born = station.ring[station.first].born;
        if (shape == Shape::timed) answered[station.ring[station.first].number & timerMask] = 1;
        station.first = (station.first + 1) & static_cast<std::uint32_t>(station.ring.size() - 1);
        --station.size;
        if (station.size > 0)
            heap.push({e.time + static_cast<std::int64_t>(station.service.exponential() * serviceMs * 1e6 + 0.5),
                       sequence++, e.station});
        if (shape == Shape::series && e.station + 1 < stations) {
            enter(e.station + 1, e.time, born, 0);
        } else {
            queue[shape == Shape::apart ? static_cast<std::size_t>(e.station) : 0].latency.add(e.time - born);
            ++completed;
        }
    }
    return timedOut == 0 ? queue[0].latency.mean() * 1e-6 : 0;
}

enum class Peer { bare, monitored };

/// Seconds per request; 0 where there is no SimPy, or none that monitors.
double simpySeconds(int stations, Shape shape, Peer peer) {
    const char* const shapes[] = {"series", "apart", "timed"};
    char command[600];
    std::snprintf(command, sizeof command, "/usr/bin/python3 %s/tests/bench/simpy_queues.py %d %d %s %s 2>/dev/null",
                  LOADPATH_SOURCE_DIR, stations, shape == Shape::series && stations > 1 ? 8'000 : 60'000,
                  shapes[static_cast<std::size_t>(shape)], peer == Peer::monitored ? "monitored" : "");
    FILE* pipe = popen(command, "r");
    if (!pipe) return 0;
    double each = 0, mean = 0;
    const int read = std::fscanf(pipe, "%lf %lf", &each, &mean);
    pclose(pipe);
    return read == 2 ? each : 0;
}

SimGraph series(int stations, double timeout = 0) {
    SimGraph graph(rate);
    int from = 0;
    for (int s = 0; s < stations; ++s) {
        const int next = graph.station("s" + std::to_string(s), serviceMs);
        graph.linkAt(graph.connect(from, next)).timeoutMs = timeout;
        from = next;
    }
    return graph;
}

SimGraph apart(int stations) {
    SimGraph graph;
    for (int s = 0; s < stations; ++s) graph.station("s" + std::to_string(s), serviceMs);
    for (int s = 0; s < stations; ++s) {
        graph.flow("f" + std::to_string(s), rate);
        graph.connect(0, s + 1, 0, {}, s);
    }
    return graph;
}

/// "58.3x", or a dash for what was not measured.
std::string ratio(double of, double to) {
    char text[32] = "-";
    if (of > 0) std::snprintf(text, sizeof text, "%.*fx", of / to < 10 ? 2 : 0, of / to);
    return text;
}

void head() {
    std::printf("Simulator, processor time, best of %d interleaved runs\n", rounds);
    std::printf("%-22s %12s %12s %14s %14s %16s %10s\n", "", "ours", "tight loop", "ours : tight", "SimPy : ours",
                "SimPy with its", "mean");
    std::printf("%-22s %12s %12s %14s %14s %16s %10s\n", "", "ns/request", "ns/request", "", "", "monitors : ours",
                "ms");
}

void compare(const char* title, const SimGraph& graph, double totalRate, int stations, Shape shape,
             std::uint64_t requests) {
    constexpr double never = 1e300;
    double ours = never, tight = never, mean = 0, simpy[2] = {never, never};
    Scenario scenario;
    scenario.durationS = static_cast<double>(requests) / totalRate;
    scenario.warmupS = 0;
    scenario.seriesStepS = 0;
    for (int i = 0; i < rounds; ++i) {  // interleaved, and the best of each: the machine has other work
        sim::Engine engine = graph.engine(scenario);
        ours = std::min(ours, seconds([&] {
                            while (engine.advance(1'000'000)) {}
                        }));
        mean = engine.metrics().flows[0].latency.mean;
        tight = std::min(tight, seconds([&] { tightLoop(stations, shape, requests); }));
        for (const Peer kind : {Peer::bare, Peer::monitored}) {
            double& best = simpy[static_cast<std::size_t>(kind)];
            best = std::min(best, simpySeconds(stations, shape, kind));
        }
    }
    const double each = ours / static_cast<double>(requests);
    const auto beside = [&](double other) { return ratio(other < never ? other : 0, each); };
    std::printf("%-22s %12.1f %12.1f %14s %14s %16s %10.2f\n", title, each * 1e9,
                tight / static_cast<double>(requests) * 1e9, ratio(ours, tight).c_str(), beside(simpy[0]).c_str(),
                beside(simpy[1]).c_str(), mean);
    std::fflush(stdout);
}

void urlShortener() {
    const std::string text = fileText(std::string(LOADPATH_SOURCE_DIR) + "/templates/url-shortener.json");
    auto loaded = readDesign(text, *catalog());
    if (!loaded) return;
    const auto snapshot = Snapshot::of(loaded->design, catalog());
    Scenario scenario;
    scenario.durationS = 20;
    scenario.warmupS = 2;
    Simulator simulator(snapshot, scenario);
    const double spent = seconds([&] {
        while (simulator.advance(1'000'000)) {}
    });
    const Metrics m = simulator.metrics();
    std::printf("%-22s %12.1f ns/event  %6.1fx faster than real time, %.2f M events/s, %.0f requests/s, p99 %.1f ms\n",
                "URL shortener", spent / static_cast<double>(m.events) * 1e9, scenario.durationS / spent,
                static_cast<double>(m.events) / spent * 1e-6, m.flows[0].throughputRps + m.flows[1].throughputRps,
                m.flows[0].latency.p99);
}

}  // namespace

int main() {
    head();
    compare("M/M/1, rho 0.8", series(1), rate, 1, Shape::series, 2'000'000);
    compare("tandem of 10", series(10), rate, 10, Shape::series, 200'000);
    compare("M/M/1 with a timeout", series(1, timeoutMs), rate, 1, Shape::timed, 2'000'000);
    compare("1,000 stations", apart(1000), 1000 * rate, 1000, Shape::apart, 1'000'000);
    urlShortener();
    return 0;
}
