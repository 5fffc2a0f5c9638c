// Per-request discrete-event simulation of a snapshot (domain model: flow graph). Pulled by its
// owner with advance(); no callbacks, no threads, no clock. Same snapshot and scenario, same bits.
#pragma once

#include "graph/snapshot.h"
#include "sim/metrics.h"
#include "sim/scenario.h"

#include <memory>

namespace loadpath {

/// Why a scenario cannot run on this design (a target that is not there, an unknown kind); empty when it can.
std::vector<std::string> problems(const Scenario& scenario, const Snapshot& snapshot);

class Simulator {
public:
    Simulator(std::shared_ptr<const Snapshot> snapshot, Scenario scenario);
    ~Simulator();
    Simulator(Simulator&&) noexcept;
    Simulator& operator=(Simulator&&) noexcept;

    /// Handles up to `maxEvents` events; false when the run is over.
    bool advance(std::uint64_t maxEvents);
    /// Handles events up to the simulated time (seconds); false when the run is over.
    bool advanceTo(double timeS);
    Progress progress() const;
    Metrics metrics() const;
    /// The samples so far, for who looks often; metrics() has a copy.
    const Series& series() const;

    // What a person may do while it runs; takes effect at the current simulated time and is part of
    // the run's identity from then on.
    void setLoad(double factor);
    void inject(const Fault& fault);  // at_s is ignored
    void liftFaults();                // ends all faults that are active

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Runs the scenario to its end.
Metrics simulate(std::shared_ptr<const Snapshot> snapshot, const Scenario& scenario);

}  // namespace loadpath
