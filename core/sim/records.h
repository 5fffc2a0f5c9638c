// The things in motion during a run: visits to components, calls between them, messages. Plain data in
// pools; they refer to each other by index and generation.
#pragma once

#include "sim/event_queue.h"
#include "sim/plan.h"
#include "sim/pool.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace loadpath::sim {

struct NodeState;
struct Station;

enum class Status : std::uint8_t { ok, failed, rejected, timedOut };

/// Why a request did not complete; the words stand in FlowMetrics::reasons.
enum class Reason : std::uint8_t {
    nothing,
    noInstance,
    instanceLost,
    queueFull,
    error,
    timeout,
    loop,
    memory,
    breakerOpen,
    bulkheadFull,
    poolTimeout,
    unreachable,
    rateLimited,
    diskFull,
    clockBack
};
inline constexpr std::array<std::string_view, 15> reasonNames{
    "none",         "no_live_instance", "instance_lost", "queue_full",   "error_reply",
    "timeout",      "call_loop",        "memory_limit",  "breaker_open", "bulkhead_full",
    "pool_timeout", "unreachable",      "rate_limited",  "disk_full",    "clock_set_back"};

/// One word, so that it travels in a register: three bytes would be written apart and read as one.
class Outcome {
public:
    constexpr Outcome(Status status = Status::ok, Reason reason = Reason::nothing, bool hit = false)
        : m_bits(static_cast<std::uint32_t>(status) | static_cast<std::uint32_t>(reason) << 8 |
                 static_cast<std::uint32_t>(hit) << 16) {}
    constexpr Status status() const { return static_cast<Status>(m_bits & 0xffu); }
    constexpr Reason reason() const { return static_cast<Reason>(m_bits >> 8 & 0xffu); }
    constexpr bool hit() const { return m_bits >> 16 != 0; }  // of a cache
    constexpr bool ok() const { return status() == Status::ok; }

private:
    std::uint32_t m_bits;
};

/// One visit of a request to a component, and at once the attempt of the call that caused it: from the
/// moment the caller sends it until the caller has its answer. At the client it is the request itself.
struct Job {
    Ref self;                          // a further attempt in the same place takes a new generation
    Ref parent;                        // the visit that waits for the answer; none: nobody
    std::uint32_t next = none;         // of the same queue
    std::uint32_t tally = none;        // waited for together with other calls
    NodeState* node = nullptr;         // none before somebody was picked
    Station* station = nullptr;        // none at a client and at the front of a quorum
    const VisitPlan* visit = nullptr;  // none: nothing to do beyond its own work
    const CallPlan* plan = nullptr;    // the call; none at a client, a replica operation and a message
    std::uint64_t request = 0;
    Time arrived = 0;
    std::uint64_t missed = 0;  // by branch: the cache asked there did not have it
    int flow = 0;
    int branch = 0;                  // of the parent
    int pending = 0;                 // branches of the stage that are still out
    int routed = -1;                 // instance whose outstanding requests it counts among
    Outcome outcome;                 // on its way back
    std::uint32_t delivery = none;   // the message that caused it
    int successes = 0, missing = 0;  // of a quorum: replica operations that answered, that are out
    Time pause = 0;                  // before the last retry
    std::uint16_t stage = 0, attempt = 0;
    std::uint8_t depth = 0, operation = 0;
    enum class Phase : std::uint8_t { pausing, pooling, wire, waiting, service, calling, replying } phase = Phase::wire;
    bool inUse = false, replica = false, measured = false, holdsThread = false, ownMiss = false, counted = false;
    bool detached = false;               // whoever called has given up
    bool leads = false;                  // others wait for what it fetches
    bool guarded = false;                // counts among the calls of a guard
    std::uint32_t guard = 0, epoch = 0;  // of its link; of its breaker when it went out
    Ref twin;                            // the other of two hedged attempts
    Time sent = 0;
};

/// Several calls that are waited for as one.
struct Tally {
    Ref self;
    std::uint32_t next = none;
    int out = 0, needed = 0, queued = 0;  // queued: still to be made, in sequence
    bool settled = false, hit = false, inUse = false;
};

/// A message on its way to one consumer group.
struct Delivery {
    Ref self;
    std::uint32_t next = none;
    int subscription = 0, partition = 0, attempts = 0;
    std::uint64_t key = 0;
    Time published = 0;
    bool poison = false, inUse = false;
};

/// News of an instance on its way to somebody who must notice it first.
struct Notice {
    enum class Whom : std::uint8_t { route, group } whom = Whom::route;
    Ref self;
    std::uint32_t next = none;
    int index = 0, instance = 0;  // route or subscription; its instance or station
    std::uint32_t edition = 0;    // older than the latest: void
    bool up = false, inUse = false;
};

enum class EventKind : std::uint32_t {
    arrive,  // of visits
    depart,
    resume,
    reply,
    timeout,
    retry,
    hedge,
    pooled,
    arrival,  // of flows
    message,
    redeliver,
    faultBegins,
    faultEnds,
    notice,
    outage,
    step,  // of a fault that goes on by steps
    user,  // of clients
    modulate
};
inline constexpr EventKind lastOfVisits = EventKind::pooled;

inline constexpr std::uint32_t mostJobs = 4'000'000;  // visits in progress: memory stays bounded

}  // namespace loadpath::sim
