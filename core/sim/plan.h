// A flow graph laid out for running: what a visit does, stage by stage, with indices for everything
// that has a state. Made once per run; knows no time and no randomness.
#pragma once

#include "graph/flow_graph.h"
#include "sim/event_queue.h"
#include "sim/settings.h"
#include "support/index.h"

#include <memory>
#include <vector>

namespace loadpath::sim {

struct CallPlan {
    Call::Kind kind = Call::Kind::request;
    int link = 0, target = 0, topic = 0;
    int route = 0;          // how the caller picks among the target's instances
    bool optional = false;  // a failure is ignored
    bool forgiven = false;  // a failure counts as success (fallback)
    bool waited = true;
    int visit = -1;  // what the target does, in the same flow; −1: nothing further
    Purpose purpose = Purpose::read;
    int operation = 0;  // index of the service time
    double probability = 1;
    int coin = -1;  // shared by several connections: one draw per request; −1 = own draw
    int missOf = -1;
    bool ownMiss = false;  // made when the visited cache itself missed
    int whole = 1;         // calls when made
    double fraction = 0;   // chance of one more
    bool together = true;  // several calls run together, else in sequence
    double share = 1;
    bool isPlain = false;  // a request without anything particular about link and target
};

/// What is started as one and waited for as one: a call, or one of a group, or k of a group.
struct Branch {
    int need = 0;            // 0: a single call; 1: one member by share; k: all members, the k-th fastest
    std::vector<int> calls;  // indices into VisitPlan::calls
    int after = -1;          // branch of the same visit with the cache call whose miss causes this one
    int cycle = -1;          // weighted cycle over the members, −1 = drawn at random
};

struct Stage {
    int first = 0, last = 0;   // branches [first, last)
    bool isPlainCall = false;  // one call that is always made and nothing depends on: the usual case
    int call = 0;              // the first of the first branch
};

struct VisitPlan {
    int node = 0;
    std::vector<CallPlan> calls;
    std::vector<Branch> branches;
    std::vector<Stage> stages;
};

struct FlowPlan {
    int visit = -1;  // of the entry
    double rateRps = 0;
    int subscription = -1;
    int operation = 0;
};

enum class Balancing { uniform, roundRobin, random, leastConnections, twoChoices, byUser, byKey };

/// A caller and the component it calls.
struct Route {
    int caller = 0, target = 0;
    Balancing balancing = Balancing::uniform;
    bool checksHealth = false;  // sees a change only when its probes do
};

struct LinkPlan {
    Time half = 0, timeout = 0;
    double budget = -1;
    double meshNs = 0;  // mean of what the proxies of a mesh add to a call
};

struct NodePlan {
    double serviceNs[2] = {0, 0};
    int stations = 1;  // queues: instances, or 1 for the whole component
    int servers = 0;   // of one station; 0 = unlimited
    int threads = 0;   // of one station
    int unitsPerInstance = 1;
    bool sharded = false;  // a request is about one shard and cannot go to another
    bool isCache = false;
    bool isBroker = false;
    bool isQuorum = false;
    bool passesErrorsOn = false;  // a balancer: its caller sees why the called one failed
    bool cancels = false;         // does not start what nobody waits for any more
    int queueLimit = -1;          // −1 = unbounded
    double errorRate = 0;
    Distribution distribution = Distribution::exponential;
    double distributionShape = 1;
    bool hasStation = false;         // somebody may wait here
    bool consumes = false;           // messages
    std::vector<int> subscriptions;  // those it takes from
    std::vector<int> feeds;          // of the broker: subscriptions to it
};

struct Plan {
    std::shared_ptr<const FlowGraph> graph;
    Settings settings;
    std::vector<NodePlan> nodes;
    std::vector<LinkPlan> links;
    std::vector<FlowPlan> flows;
    std::vector<VisitPlan> visits;
    std::vector<Route> routes;
    std::vector<std::vector<int>> routesTo;  // by node
    int cycles = 0;

    static Plan of(std::shared_ptr<const FlowGraph> graph, Settings settings);
};

}  // namespace loadpath::sim
