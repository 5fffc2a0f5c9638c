// Brokers (simulation §10). A published message goes into one partition of its topic, once for every
// consumer group. Members take from the partitions they own, first in first out, when they have a free
// server; a queue has one partition that all members share. A message is done with after success, when
// it is skipped, or when it goes to the dead letters.
#include "sim/hot.h"

#include <algorithm>

namespace loadpath::sim {
namespace {

constexpr Time sessionTimeout = 45 * second, rebalancePause = 5 * second;
constexpr Time redeliveryPause = second / 1000;  // a message that fails at once does not spin

}  // namespace

int Engine::partitionOf(int broker, int topic, std::uint64_t request) const {
    const auto partitions = static_cast<std::uint64_t>(std::max(1, nodeOf(broker).topics[at(topic)].partitions));
    const bool keyed = m_plan.settings.nodes[at(broker)].keyed[at(topic)] != 0;
    const double hot = m_nodes[at(broker)].hotShare;
    if (hot > 0 && unitInterval(mix(request ^ 0x686f74)) < hot) return 0;
    return static_cast<int>((keyed ? mix(request) >> 11 : request) % partitions);
}

/// The instance that takes a message for its partition, −1 when too few replicas are up.
int Engine::leaderOf(int broker, int topic, std::uint64_t request) {
    NodeState& node = m_nodes[at(broker)];
    const int instances = static_cast<int>(node.up.size());
    if (node.upList.empty()) return -1;
    if (nodeOf(broker).behaviour != Behaviour::log || nodeOf(broker).managed)
        return node.upList[node.choice.below(static_cast<std::uint32_t>(node.upList.size()))];
    const Serving serving = m_plan.graph->servingOf(broker, Purpose::publish, topic);
    const int first = partitionOf(broker, topic, request) % instances;
    int alive = 0, leader = -1;
    for (int r = 0; r < std::clamp(serving.units, 1, instances); ++r) {
        const int i = (first + r) % instances;
        if (!node.up[at(i)]) continue;
        if (leader < 0) leader = i;
        ++alive;
    }
    return alive >= std::min(serving.need, instances) ? leader : -1;
}

void Engine::publish(int broker, int topic, std::uint64_t request, Content content) {
    const FlowGraph& graph = *m_plan.graph;
    const std::vector<int>& feeds = planOf(broker).feeds;
    for (std::size_t f = 0; f < feeds.size(); ++f) {
        const Subscription& spec = graph.subscriptions[at(feeds[f])];
        if (spec.topic >= 0 && spec.topic != topic) continue;
        // Members of one group share the messages: one draw for all of them, by the first.
        const auto sameGroup = [&](int other) {
            const Subscription& s = graph.subscriptions[at(other)];
            return s.group == spec.group && s.topic == spec.topic;
        };
        bool isFirst = true;
        double total = 0;
        for (std::size_t g = 0; g < feeds.size(); ++g)
            if (sameGroup(feeds[g])) {
                if (g < f) isFirst = false;
                total += graph.subscriptions[at(feeds[g])].share;
            }
        if (!isFirst || !(total > 0)) continue;
        SubscriptionState& state = m_subscriptions[at(feeds[f])];
        int copies = static_cast<int>(std::min(total, 1e4));
        if (const double rest = std::min(total, 1e4) - copies; rest > 0 && state.choice.chance(rest)) ++copies;
        for (; copies > 0; --copies) {
            int chosen = feeds[f];
            if (spec.share < total) {
                double u = state.choice.uniform() * total;
                for (const int g : feeds)
                    if (sameGroup(g)) {
                        chosen = g;
                        u -= graph.subscriptions[at(g)].share;
                        if (u < 0) break;
                    }
            }
            deliver(chosen, topic, request, content);
        }
    }
}

/// Sends one message on its way to a group.
void Engine::deliver(int subscription, int topic, std::uint64_t request, Content content) {
    const Subscription& spec = m_plan.graph->subscriptions[at(subscription)];
    SubscriptionState& state = m_subscriptions[at(subscription)];
    int partition = partitionOf(spec.broker, topic, request);
    if (spec.topic < 0)  // of all topics: partitions stand one topic after the other
        for (int t = 0; t < topic; ++t) partition += std::max(1, nodeOf(spec.broker).topics[at(t)].partitions);
    Delivery& delivery = m_deliveries.take();
    delivery.subscription = subscription;
    delivery.partition = partition;
    delivery.key = request;
    delivery.published = m_now;
    delivery.poison = content == Content::poison;
    ++state.outstanding;
    const Time half = m_plan.links[at(spec.link)].half + m_links[at(spec.link)].added;
    if (half > 0)
        scheduleOn(static_cast<std::uint32_t>(1 + 3 * spec.link), m_now + half, EventKind::message, delivery.self);
    else
        append(delivery.self.index, End::back);
}

/// What nobody took within the retention is gone.
void Engine::expire(int subscription, int index) {
    const int broker = m_plan.graph->subscriptions[at(subscription)].broker;
    const double retention = m_plan.settings.nodes[at(broker)].retentionS * 1e9;
    if (!(retention > 0)) return;
    SubscriptionState& state = m_subscriptions[at(subscription)];
    Partition& partition = state.partitions[at(index)];
    while (partition.head != none) {
        Delivery& oldest = m_deliveries[partition.head];
        if (static_cast<double>(m_now - oldest.published) <= retention) return;
        partition.head = oldest.next;
        if (partition.head == none) partition.tail = none;
        --partition.waiting;
        --state.waiting;
        --state.outstanding;
        ++m_nodes[at(broker)].counts.lost;
        m_deliveries.release(oldest);
    }
}

void Engine::append(std::uint32_t id, End end) {
    Delivery& delivery = m_deliveries[id];
    expire(delivery.subscription, delivery.partition);
    SubscriptionState& state = m_subscriptions[at(delivery.subscription)];
    Partition& partition = state.partitions[at(delivery.partition)];
    delivery.next = end == End::front ? partition.head : none;
    if (end == End::front || partition.head == none)
        partition.head = id;
    else
        m_deliveries[partition.tail].next = id;
    if (end == End::back || delivery.next == none) partition.tail = id;
    ++partition.waiting;
    ++state.waiting;
    offer(delivery.subscription, delivery.partition);
}

/// A message waits: whoever may take it and is free does.
void Engine::offer(int subscription, int index) {
    const int consumer = m_plan.graph->subscriptions[at(subscription)].consumer;
    SubscriptionState& state = m_subscriptions[at(subscription)];
    const Partition& partition = state.partitions[at(index)];
    if (partition.owner >= 0) {
        if (canTake(consumer, partition.owner)) take(subscription, index, partition.owner);
        return;
    }
    const auto n = static_cast<int>(state.seen.size());
    for (int step = 0; step < n; ++step) {
        const int station = (state.round + step) % n;
        if (!canTake(consumer, station)) continue;
        state.round = (station + 1) % n;
        take(subscription, index, station);
        return;
    }
}

bool Engine::canTake(int nodeIndex, int stationIndex) const {
    const NodePlan& plan = planOf(nodeIndex);
    const Station& station = m_nodes[at(nodeIndex)].stations[at(stationIndex)];
    return station.up && station.head == none && (plan.servers == 0 || station.busy.count() < station.servers) &&
           (plan.threads == 0 || station.threads < plan.threads) && m_jobs.used() < mostJobs;
}

/// The station takes one message from what it consumes; false when there is none.
bool Engine::pull(int nodeIndex, int station) {
    NodeState& node = m_nodes[at(nodeIndex)];
    const std::vector<int>& own = planOf(nodeIndex).subscriptions;
    for (std::size_t step = 0; step < own.size(); ++step) {
        const int s = own[(static_cast<std::size_t>(node.round) + step) % own.size()];
        SubscriptionState& state = m_subscriptions[at(s)];
        if (state.waiting == 0) continue;
        const auto partitions = static_cast<int>(state.partitions.size());
        for (int p = 0; p < partitions; ++p) {
            const int index = (state.round + p) % partitions;
            const Partition& partition = state.partitions[at(index)];
            const bool mine = partition.owner == station || (partition.owner == -1 && planOf(nodeIndex).stations > 0);
            if (!mine || !take(s, index, station)) continue;
            if (partition.owner >= 0) state.round = (index + 1) % partitions;
            node.round = (node.round + 1) % 1'000'000;
            return true;
        }
    }
    return false;
}

bool Engine::take(int subscription, int index, int station) {
    const Subscription& spec = m_plan.graph->subscriptions[at(subscription)];
    SubscriptionState& state = m_subscriptions[at(subscription)];
    Partition& partition = state.partitions[at(index)];
    if (partition.blocked || partition.head == none) return false;
    expire(subscription, index);
    if (partition.head == none) return false;
    const std::uint32_t id = partition.head;
    partition.head = m_deliveries[id].next;
    if (partition.head == none) partition.tail = none;
    --partition.waiting;
    --state.waiting;
    ++m_deliveries[id].attempts;

    NodeState& consumer = m_nodes[at(spec.consumer)];
    Job& job = takeJob(consumer, &consumer.stations[at(station)], spec.flow, m_flows[at(spec.flow)].visit);
    job.delivery = id;
    job.request = m_deliveries[id].key;
    job.operation = static_cast<std::uint8_t>(m_plan.flows[at(spec.flow)].operation);
    enter(job);
    return true;
}

/// The consumer is through with a message, one way or the other.
void Engine::processed(std::uint32_t id, Outcome outcome) {
    Delivery& delivery = m_deliveries[id];
    const Subscription& spec = m_plan.graph->subscriptions[at(delivery.subscription)];
    SubscriptionState& state = m_subscriptions[at(delivery.subscription)];
    NodeState& broker = m_nodes[at(spec.broker)];
    const Guarantee guarantee = m_plan.settings.guarantees[at(spec.link)];
    // Acknowledged before the work: what fails does not come again.
    if (!outcome.ok() && !spec.skipsErrors && guarantee != Guarantee::atMostOnce) {
        if (spec.maxAttempts == 0 || delivery.attempts < spec.maxAttempts) {
            // The work may be done already; who remembers ids notices.
            if (outcome.reason() == Reason::instanceLost && guarantee == Guarantee::atLeastOnce)
                ++broker.counts.duplicates;
            Time pause = redeliveryPause;
            if (nodeOf(spec.broker).behaviour == Behaviour::queue)
                pause = std::max(pause, static_cast<Time>(m_plan.settings.visibilityS[at(spec.link)] * 1e9));
            else
                state.partitions[at(delivery.partition)].blocked = true;  // what is behind it keeps its order
            schedule(m_now + pause, EventKind::redeliver, delivery.self);
            return;
        }
        ++broker.counts.deadLettered;
        if (spec.deadLetter >= 0) {
            NodeState& letters = m_nodes[at(spec.deadLetter)];
            ++letters.counts.deadLettered;
            ++letters.counts.arrivals;
            ++letters.counts.completed;
        }
    } else if (!outcome.ok()) {
        ++broker.counts.lost;
    }
    --state.outstanding;
    m_deliveries.release(delivery);
}

void Engine::redeliver(std::uint32_t id) {
    const Delivery delivery = m_deliveries[id];
    SubscriptionState& state = m_subscriptions[at(delivery.subscription)];
    const int broker = m_plan.graph->subscriptions[at(delivery.subscription)].broker;
    state.partitions[at(delivery.partition)].blocked = false;
    const bool ordered = nodeOf(broker).behaviour == Behaviour::log;
    append(id, ordered ? End::front : End::back);
    // Others of a partition that was blocked may be free to go as well.
    for (int waiting = state.partitions[at(delivery.partition)].waiting; ordered && waiting > 0; --waiting) {
        const int before = state.partitions[at(delivery.partition)].waiting;
        offer(delivery.subscription, delivery.partition);
        if (state.partitions[at(delivery.partition)].waiting == before) break;
    }
}

/// Spreads the partitions of a log over the members of the group, in turn.
void Engine::assign(int subscription) {
    const Subscription& spec = m_plan.graph->subscriptions[at(subscription)];
    SubscriptionState& state = m_subscriptions[at(subscription)];
    const Node& broker = nodeOf(spec.broker);
    const bool owned = broker.behaviour == Behaviour::log;
    std::vector<int> members;
    for (std::size_t i = 0; i < state.seen.size(); ++i)
        if (state.seen[i]) members.push_back(static_cast<int>(i));
    for (std::size_t p = 0; p < state.partitions.size(); ++p)
        state.partitions[p].owner = owned ? (members.empty() ? -2 : members[p % members.size()]) : -1;
    for (const int station : members)
        while (canTake(spec.consumer, station) && pull(spec.consumer, station)) {}
}

/// A member of the groups at this component died or came back. A crash shows after the session timeout;
/// then, as after a return, the group pauses and spreads the partitions anew. Queues have no members.
void Engine::announceToGroups(int node, int station) {
    for (const int s : planOf(node).subscriptions) {
        if (nodeOf(m_plan.graph->subscriptions[at(s)].broker).behaviour != Behaviour::log) continue;
        const bool up = m_nodes[at(node)].stations[at(station)].up;
        const Time pause = m_idealDetection ? 0 : (up ? rebalancePause : sessionTimeout + rebalancePause);
        tell(Notice::Whom::group, s, station, up, pause, ++m_subscriptions[at(s)].news[at(station)]);
    }
}

void Engine::groupSees(int subscription, int station, bool up) {
    m_subscriptions[at(subscription)].seen[at(station)] = up;
    assign(subscription);
}

}  // namespace loadpath::sim
