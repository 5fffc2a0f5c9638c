#include "sim/simulator.h"

#include "sim/engine.h"
#include "sim/expectation.h"

#include <algorithm>
#include <cmath>

namespace loadpath {

Scenario Scenario::of(const ScenarioSpec& spec) {
    Scenario scenario;
    scenario.durationS = spec.durationS;
    scenario.warmupS = spec.warmupS;
    scenario.load = spec.load;
    scenario.seed = spec.seed;
    scenario.faults = spec.faults;
    scenario.expectations = spec.expectations;
    return scenario;
}

std::vector<std::string> problems(const Scenario& scenario, const Snapshot& snapshot) {
    std::vector<std::string> found;
    if (!std::isfinite(scenario.durationS) || scenario.durationS <= 0)
        found.emplace_back("the duration must be above 0 s");
    if (!std::isfinite(scenario.warmupS) || scenario.warmupS < 0 || scenario.warmupS >= scenario.durationS)
        found.emplace_back("the warm-up must end before the run does");
    if (!std::isfinite(scenario.load) || scenario.load < 0) found.emplace_back("the load must be a number from 0");
    for (const Fault& fault : scenario.faults)
        if (std::string problem = sim::targetOf(fault, snapshot.graph()).problem; !problem.empty())
            found.push_back(std::move(problem));
    for (const std::string& text : scenario.expectations) {
        const auto expectation = parseExpectation(text);
        if (!expectation) {
            found.push_back("expectation " + expectation.error().front().message);
            continue;
        }
        const FlowGraph& graph = snapshot.graph();
        const std::string& target = expectation->target;
        const bool isFlow = std::any_of(graph.flows.begin(), graph.flows.end(),
                                        [&target](const FlowPath& flow) { return flow.id.value == target; });
        if (!target.empty() && !isFlow && !graph.nodeById.contains(target) && !graph.linkById.contains(target))
            found.push_back("expectation \"" + text + "\": nothing is called \"" + target + "\"");
        const bool recovers = expectation->figure == Expectation::Figure::recovery ||
                              expectation->figure == Expectation::Figure::recoveryAfterFault;
        if (recovers && scenario.faults.empty())
            found.push_back("expectation \"" + text + "\": the scenario has no fault to recover from");
    }
    return found;
}

struct Simulator::State {
    std::shared_ptr<const Snapshot> snapshot;  // owns the graph that the engine reads
    sim::Engine engine;
    Scenario scenario;
};

Simulator::Simulator(std::shared_ptr<const Snapshot> snapshot, Scenario scenario) {
    std::shared_ptr<const FlowGraph> graph(snapshot, &snapshot->graph());
    sim::Plan plan = sim::Plan::of(std::move(graph), sim::Settings::of(*snapshot));
    m_state.reset(new State{std::move(snapshot), sim::Engine(std::move(plan), scenario), std::move(scenario)});
}

Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;
Simulator& Simulator::operator=(Simulator&&) noexcept = default;

bool Simulator::advance(std::uint64_t maxEvents) { return m_state->engine.advance(maxEvents); }
bool Simulator::advanceTo(double timeS) { return m_state->engine.advanceTo(timeS); }
Progress Simulator::progress() const { return m_state->engine.progress(); }
Metrics Simulator::metrics() const {
    Metrics metrics = m_state->engine.metrics();
    if (!m_state->scenario.faults.empty() && !metrics.series.timeS.empty())
        metrics.recovery = recoveryOf(metrics.series, m_state->scenario);
    return metrics;
}
const Series& Simulator::series() const { return m_state->engine.series(); }
void Simulator::setLoad(double factor) { m_state->engine.setLoad(factor); }
void Simulator::inject(const Fault& fault) { m_state->engine.inject(fault); }
void Simulator::liftFaults() { m_state->engine.liftFaults(); }

Metrics simulate(std::shared_ptr<const Snapshot> snapshot, const Scenario& scenario) {
    Simulator simulator(std::move(snapshot), scenario);
    while (simulator.advance(1'000'000)) {}
    return simulator.metrics();
}

}  // namespace loadpath
