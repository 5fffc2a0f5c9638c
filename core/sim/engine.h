// The kernel: pending events, the state of every component and what happens at each event. Behaviours
// are its members, one file each in behaviours/. Knows neither design nor catalogue.
#pragma once

#include "sim/breaker.h"
#include "sim/faults.h"
#include "sim/hash_ring.h"
#include "sim/histogram.h"
#include "sim/level.h"
#include "sim/metrics.h"
#include "sim/random.h"
#include "sim/records.h"
#include "sim/scenario.h"
#include "sim/zipf.h"

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace loadpath::sim {

inline constexpr int batches = 30;  // of equal duration, for the interval of confidence

/// Servers with one queue: an instance, or a whole component with a common queue.
struct Station {
    Level busy;
    Area busyBefore = 0;  // what belongs to the warm-up
    std::uint32_t head = none, tail = none;
    int threads = 0, waiting = 0, servers = 0;
    bool up = true;

    bool hasRoom(const NodePlan& plan) const {  // a free server and a free thread
        return (plan.servers == 0 || busy.count() < servers) && (plan.threads == 0 || threads < plan.threads);
    }
};

/// One limit, kept apart for every user where it says so.
struct KeyedLimiter {
    explicit KeyedLimiter(const LimiterSpec& limit) : spec(limit) {}
    LimiterSpec spec;
    std::unordered_map<std::uint64_t, Limiter> byUser;
};

/// Counted from the start of the run.
struct NodeCounts {
    std::uint64_t arrivals = 0, completed = 0, failed = 0, rejected = 0, started = 0, hit = 0, asked = 0;
    std::uint64_t deadLettered = 0, duplicates = 0, lost = 0, staleReads = 0;
    Area responseNs = 0, waitNs = 0, inSystemNs = 0;  // the last one is filled when it is read
    int present = 0;                                  // likewise
    double presentAgeS = 0;                           // likewise
};

/// One visit fetches a key; those that missed it meanwhile wait for the result.
struct Fetch {
    Ref leader;
    std::uint64_t request = 0;                 // of the leader
    std::vector<std::pair<Ref, int>> waiting;  // with the branch that waits; −1: a visit to the cache itself
};

/// Writes that a cache has taken and not passed on, since the last regular flush.
struct Unflushed {
    std::int64_t period = 0, writes = 0;
};

/// What every visit touches stands first.
struct NodeState {
    const NodePlan* plan = nullptr;
    Station* only = nullptr;  // the one place where work can go now; none where one has to be picked
    int index = 0;
    int waiting = 0;
    bool careful = false;                       // afterService has more to do than to go on
    bool limited = false;                       // not everybody is let in
    bool closed = false;                        // a client whose users wait for their answers
    bool serves[4] = {true, true, true, true};  // by Purpose
    double slow = 1;
    Level inSystem;
    NodeCounts counts;
    Stream service;

    Histogram response;  // since the end of the warm-up
    NodeCounts before;   // as it was when the warm-up ended
    std::vector<Station> stations;
    std::vector<char> up;     // by instance
    std::vector<int> upList;  // instances that are up, ascending
    std::vector<int> causes;  // by unit: faults that hold it down
    Time downSince = -1;
    Stream hits, errors, choice;
    double extraErrors = 0;
    std::vector<KeyedLimiter> limiters;  // all must admit
    std::vector<Limiter> provider;       // fault: at most one, of whoever runs it
    bool diskFull = false;               // fault: writes fail
    double hotShare = 0;                 // fault: share of requests for one key
    Time refusesUntil = 0;               // fault: a clock that was set back
    bool staleNames = false;             // fault: clients go by old names
    Time staleSince = -1;                // when that ended
    bool bursting = false;               // a client with bursts
    std::size_t traced = 0;              // a client with given times: those that have come
    // of a store with copies, or a copy
    bool hasReplicas = false;
    int primary = -1;
    Time lag = 0, addedLag = 0;
    std::unordered_map<std::uint64_t, Time> written;    // latest write by key
    std::deque<std::pair<Time, std::uint64_t>> writes;  // by time
    std::optional<CacheStore> store;                    // of a real cache
    std::unordered_map<std::uint64_t, Fetch> fetching;  // by key
    std::vector<Unflushed> unflushed;                   // by station
    bool filledByCaller = false;                        // after a fetch that its miss causes
    // of a cache whose content was lost
    double filled = 1, residents = 0;
    std::uint64_t lookups = 0;
    std::uint64_t sampledArrivals = 0;
    Area sampledBusyNs = 0;
    int round = 0;
};

struct RouteState {
    Balancing balancing = Balancing::uniform;
    Stream choice;
    std::uint32_t next = 0;
    std::vector<int> outstanding;     // by instance
    std::vector<char> seen;           // by instance: as the health checks have it
    std::vector<std::uint32_t> news;  // by instance: edition of the latest change
    int seenUp = 0;
    std::vector<Time> since;  // by instance: when it came back; only with a slow start
    HashRing ring;
};

struct LinkCounts {
    std::uint64_t calls = 0, failures = 0, rejected = 0, retries = 0;
};

/// What stands between one instance of a caller and a connection of it.
struct Guard {
    std::optional<Breaker> breaker;
    int inFlight = 0, pooled = 0;  // pooled: connections in use, leaked ones included
    std::deque<Ref> waiting;       // for a connection
};

struct LinkState {
    LinkPlan plan;
    bool guarded = false;        // more happens before a call than to send it
    Time added = 0;              // fault: to each half of the round trip
    LinkCounts counts;           // from the start of the run
    LinkCounts before, sampled;  // at the end of the warm-up, at the last sample
    double tokens = 10;
    Histogram roundTrip;  // since the end of the warm-up
    Stream backoff, luck;
    std::vector<Guard> guards;  // by station of the caller
    double loss = 0;            // fault: share of messages that have to be sent again
    bool cut = false;           // fault: nothing gets through
    bool hasty = false;         // fault: no pause before a retry
};

struct FlowState {
    NodeState* entry = nullptr;
    const VisitPlan* visit = nullptr;
    Stream gaps;
    double rate = 0;  // per ns
    Time next = 0;
    std::uint32_t generation = 0;
    Arrivals arrivals = Arrivals::poisson;
    std::uint64_t offered = 0, completed = 0, failed = 0, timedOut = 0, rejected = 0, inWindow = 0;
    std::array<std::uint64_t, reasonNames.size()> reasons{};
    Histogram latency, step;
    std::uint64_t stepOffered = 0, stepErrors = 0;
    std::vector<double> batchSum;
    std::vector<std::uint64_t> batchCount;
};

struct Partition {
    std::uint32_t head = none, tail = none;
    int waiting = 0, owner = -1;
    bool blocked = false;
};

struct SubscriptionState {
    std::vector<Partition> partitions;
    std::vector<char> seen;  // by station of the consumer: a member of the group
    std::vector<std::uint32_t> news;
    std::int64_t outstanding = 0;  // published, not done with
    std::int64_t waiting = 0;
    int round = 0;
    Stream choice;
};

struct Cycle {  // smooth weighted round robin
    std::vector<double> credit;
};

class Engine {
public:
    Engine(Plan plan, Scenario scenario);

    bool advance(std::uint64_t maxEvents);
    bool advanceTo(double timeS);
    Progress progress() const;
    Metrics metrics() const;
    const Series& series() const { return m_series; }
    void setLoad(double factor);
    void inject(const Fault& fault);
    void liftFaults();

private:
    // engine.cpp: events, requests
    bool run(std::uint64_t maxEvents, Time until);
    static double gapOf(FlowState& flow);
    Time stopBefore(Time until) const;
    void boundary();
    bool handle(const Event& event);
    bool handle(Job& job, EventKind kind);
    void schedule(Time time, EventKind kind, Ref subject);
    void scheduleOn(std::uint32_t lane, Time time, EventKind kind, Ref subject);
    bool isVoid(const Event& event) const;
    void arrive(int flow);
    void setRates();
    void endRequest(const Job& job, Outcome outcome);

    // behaviours/station.cpp
    Job& takeJob(NodeState& node, Station* station, int flow, const VisitPlan* visit);
    void enter(Job& job);
    void enterHere(Job& job);
    void line(Job& job);
    void admit(Job& job);
    void startService(Job& job);
    void depart(Job& job);
    void afterService(Job& job);
    void afterServiceHere(Job& job);
    void startNext(NodeState& node, Station& station);
    void finish(Job& job, Outcome outcome);
    bool isAwaited(const Job& job) const;
    double serviceNs(NodeState& node, int operation);
    double drawnService(NodeState& node, double mean);
    bool goesOn(Job& job);
    void updateCare(NodeState& node);

    // behaviours/calls.cpp
    Job* caller(Ref ref);
    bool isCalling(Ref ref) { return caller(ref) != nullptr; }
    void renew(Job& call);
    void runStages(Job& job);
    void startBranch(Job& job, int branch);
    bool isMade(const CallPlan& plan, const Job& job, const Branch& branch);
    void startCalls(Job& job, int branch, const CallPlan& plan);
    void newCall(Job& job, int branch, const CallPlan& plan, std::uint32_t tally);
    void send(Job& call);
    void reply(Job& call, Outcome outcome, Time delay);
    void answer(Job& call);
    void giveUp(Job& call);
    void attemptFailed(Job& call, Outcome outcome);
    Time pauseBefore(Job& call);
    void callDone(Job& call, Outcome outcome);
    void tallied(Job* job, int branch, const CallPlan& plan, std::uint32_t tally, Outcome outcome, bool answered);
    void branchDone(Job& job, int branch, Outcome outcome, bool succeeded);
    void leaveStage(Job& job);

    // behaviours/guards.cpp
    enum class Way { open, closed };
    void prepareGuards(int link);
    void updateGuarded(LinkState& link);
    Way passGuards(Job& call);
    void leaveGuards(Job& call, bool failed, bool slowCounts);
    void nextPooled(LinkState& link, Guard& guard);
    Time wireTime(LinkState& link, Time half);
    void hedge(Job& call);
    void abandon(Job& call);
    bool isCut(const Job& call, int target, int instance) const;
    struct Side {  // of a partition: a component or a zone
        int node = -1, domain = -1;
    };
    struct Cut {
        Side one, other;
        std::size_t fault = 0;
    };
    bool isIn(const Side& side, int node, int instance) const;
    static Time silence();
    void putOnWire(Job& call);

    // behaviours/arrivals.cpp
    const ClientSettings& clientOf(const FlowState& flow) const;
    double highest(const FlowState& flow) const;
    bool takesPlace(FlowState& flow);
    void startClients();
    void think(NodeState& client);
    void userArrives(int client);
    void modulate(int client);
    void begin(int flow);

    // behaviours/replication.cpp
    std::uint64_t keyOf(std::uint64_t request, int flow) const;
    void prepareReplicas();
    void noteReplication(const Job& job);

    // behaviours/admission.cpp
    bool admits(const Job& job);
    double usersOf(const Job& job) const;
    std::uint64_t userOf(const Job& job) const;

    // behaviours/balancing.cpp
    int servingNode(int target, Purpose purpose) const;
    int pickInstance(const CallPlan& plan, int node, const Job& call);
    int pickByBalancer(const CallPlan& plan, const Job& call);
    double warmth(const CallPlan& plan, std::uint32_t instance) const;
    int pickMember(const VisitPlan& visit, int branch, const Job& job);
    bool isReachable(const CallPlan& plan) const;

    // behaviours/quorum.cpp
    void startQuorum(Job& job);
    bool isGathering(Ref ref) const;
    void replicaDone(Job& job, Outcome outcome);

    // behaviours/cache.cpp
    bool lookup(const Job& job);
    bool lookupKey(const Job& job);
    void fill(NodeState& cache, const Job& job);
    void flush(int node);

    // behaviours/coalescing.cpp
    bool joinsFetch(NodeState& cache, Job& job, int branch);
    void endFetches(Job& job, Outcome outcome);
    void endFetch(NodeState& cache, const Job& leader, std::uint64_t key, Outcome outcome);

    // behaviours/write_behind.cpp
    void noteUnflushed(const Job& job);
    void loseUnflushed(int node, int station);

    // behaviours/broker.cpp
    enum class Content { sound, poison };
    enum class End { front, back };
    int partitionOf(int broker, int topic, std::uint64_t request) const;
    int leaderOf(int broker, int topic, std::uint64_t request);
    void publish(int broker, int topic, std::uint64_t request, Content content = Content::sound);
    void deliver(int subscription, int topic, std::uint64_t request, Content content);
    void append(std::uint32_t delivery, End end);
    void expire(int subscription, int partition);
    void offer(int subscription, int partition);
    bool canTake(int node, int station) const;
    bool pull(int node, int station);
    bool take(int subscription, int partition, int station);
    void processed(std::uint32_t delivery, Outcome outcome);
    void redeliver(std::uint32_t delivery);
    void assign(int subscription);
    void announceToGroups(int node, int station);
    void groupSees(int subscription, int station, bool up);

    // behaviours/faults.cpp
    struct ActiveFault {
        Fault spec;
        bool started = false, ended = false;
        std::vector<std::pair<int, int>> units;  // node, unit: held down
        std::vector<int> nodes, links, domains, flows;
        double amount = 0;
        int position = 0, leaked = 0;  // of a deployment; connections of each guard
        bool stepped = false;
    };
    struct Outage {  // of one variable, in random mode
        int node = -1, unit = -1, domain = -1;
        double upS = 0, downS = 0;
        bool down = false;
        std::size_t fault = 0;
        Stream stream;
    };
    void addFault(const Fault& fault);
    void startFault(std::size_t fault);
    void endFault(std::size_t fault);
    // behaviours/disturbances.cpp
    static double numberOf(const ActiveFault& fault, std::string_view key, double otherwise);
    void startDisturbance(std::size_t fault, const FaultTarget& target);
    void endDisturbance(std::size_t fault);
    void applyDisturbances();
    void step(std::size_t fault);
    bool goesByOldNames(int resolver, Stream& draw);

    // behaviours/faults.cpp
    void startOutages(std::size_t fault, const FaultTarget& target);
    void release(Outage& outage);
    void toggle(std::size_t outage);
    void hold(int node, int unit, int change);
    void holdDomain(int domain, int change);
    void refresh(int node);
    void findOnly(NodeState& node);
    bool unitUp(int node, int unit) const;
    void instanceChanged(int node, int instance);
    void loseJobs(int node, int instance);
    void announceToBalancers(int node, int instance);
    void tell(Notice::Whom whom, int index, int instance, bool up, Time delay, std::uint32_t edition);
    void notice(std::uint32_t id);
    bool holdAny(ActiveFault& fault, int node, int count);

    // statistics.cpp
    void startMeasuring();
    void sample();
    void forgetOldSamples();
    std::vector<std::uint64_t> requestsInFlight() const;
    std::vector<double> presentAges() const;
    FlowMetrics flowMetrics(std::size_t flow) const;
    ComponentMetrics componentMetrics(std::size_t node) const;

    const VisitPlan* visitOf(int visit) const { return visit < 0 ? nullptr : &m_plan.visits[at(visit)]; }
    const NodePlan& planOf(int node) const { return m_plan.nodes[at(node)]; }
    const Node& nodeOf(int node) const { return m_plan.graph->nodes[at(node)]; }

    Plan m_plan;
    Scenario m_scenario;
    HeapQueue m_queue;
    std::vector<Lane> m_lanes;  // 0: none; then per link: out, back, timeout
    std::uint64_t m_sequence = 0, m_events = 0, m_requests = 0;
    Time m_now = 0, m_end = 0, m_warmup = 0, m_boundary = 0, m_nextSample = 0, m_step = 0, m_measuredFrom = 0;
    bool m_measuring = false, m_done = false, m_idealDetection = false;
    double m_load = 1, m_wallS = 0, m_batchesPerNs = 0;
    int m_samples = 0;

    Pool<Job> m_jobs;
    Pool<Tally> m_tallies;
    Pool<Delivery> m_deliveries;
    Pool<Notice> m_notices;

    std::vector<NodeState> m_nodes;
    std::vector<RouteState> m_routes;
    std::vector<LinkState> m_links;
    std::vector<FlowState> m_flows;
    std::vector<SubscriptionState> m_subscriptions;
    std::vector<Cycle> m_cycles;
    std::vector<int> m_domainDown;
    std::vector<ActiveFault> m_faults;
    std::vector<Outage> m_outages;
    std::vector<Cut> m_cuts;
    bool m_staleNames = false;
    std::vector<Zipf> m_popularity;  // of keys, by node: those of clients
    int m_anyClient = 0;             // whose keys messages are about
    std::vector<int> m_clientFlows;  // flows that metrics report

    Series m_series;
};

}  // namespace loadpath::sim
