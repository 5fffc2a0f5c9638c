#include "sim/settings.h"

#include "graph/snapshot.h"
#include "model/keys.h"

#include <algorithm>
#include <functional>

namespace loadpath::sim {
namespace {

HealthCheck healthOf(const ParameterView& view, HealthCheck health) {
    const Value stated = view(keys::healthCheck);
    const auto number = [&stated](std::string_view key, double otherwise) {
        const Value* value = stated.find(key);
        return value ? value->number(otherwise) : otherwise;
    };
    if (const Value* enabled = stated.find("enabled"); enabled && enabled->boolean())
        health.enabled = *enabled->boolean();
    health.intervalS = std::max(0.001, number("interval_s", health.intervalS));
    health.timeoutS = std::max(0.0, number("timeout_s", health.timeoutS));
    health.healthy = std::max(1, static_cast<int>(number("healthy", health.healthy)));
    health.unhealthy = std::max(1, static_cast<int>(number("unhealthy", health.unhealthy)));
    if (const Value open = view.value("fail_open"); open.boolean()) health.failOpen = *open.boolean();
    return health;
}

std::vector<char> keyedTopics(const Node& node, const Value& topics) {
    std::vector<char> keyed(node.topics.size(), 0);
    if (!topics.list()) return keyed;
    for (const Value& topic : *topics.list()) {
        const Value* name = topic.find("name");
        const Value* key = topic.find("key");
        if (!name || !name->text() || !key || !key->text() || key->text()->empty()) continue;
        for (std::size_t t = 0; t < node.topics.size(); ++t)
            if (node.topics[t].name == *name->text()) keyed[t] = 1;
    }
    return keyed;
}

double numberIn(const Value& object, std::string_view key, double otherwise) {
    const Value* value = object.find(key);
    return value ? value->number(otherwise) : otherwise;
}

ClientSettings clientOf(const ParameterView& view) {
    ClientSettings client;
    const Value word = view.value("arrival");
    const std::string arrival = word.text() ? *word.text() : std::string();
    if (arrival == "deterministic") client.arrivals = Arrivals::deterministic;
    if (arrival == "diurnal") client.arrivals = Arrivals::diurnal;
    if (arrival == "mmpp") client.arrivals = Arrivals::modulated;
    if (arrival == "closed") client.arrivals = Arrivals::closed;
    if (arrival == "trace") client.arrivals = Arrivals::trace;
    client.amplitude = std::clamp(view.value("diurnal_amplitude").number(0.5), 0.0, 1.0);
    client.averageShare = 1 / std::max(1.0, view(keys::peakFactor));
    if (const Value flash = view.value("flash"); !flash.isNull()) {
        client.flashAtS = std::max(0.0, numberIn(flash, "at_s", 0));
        client.flashFactor = std::clamp(numberIn(flash, "factor", 1), 0.0, 1e6);
        client.flashDurationS = std::max(0.0, numberIn(flash, "duration_s", 0));
    }
    client.population = std::clamp(view.value("users").number(view.value("dau").number(0)), 0.0, 1e15);
    client.users = static_cast<int>(std::clamp(view.value("users").number(0), 0.0, 1e6));
    client.thinkS = std::max(0.0, view.value("think_time_ms").number(1000) * 1e-3);
    if (const Value trace = view.value("trace_s"); trace.list())
        for (const Value& time : *trace.list()) client.traceS.push_back(std::max(0.0, time.number(0)));
    std::sort(client.traceS.begin(), client.traceS.end());
    return client;
}

CacheSettings cacheOf(const ParameterView& view) {
    CacheSettings cache;
    const auto word = [&view](std::string_view key) {
        const Value value = view.value(key);
        return value.text() ? *value.text() : std::string();
    };
    cache.isReal = word("hit_model") == "real";
    cache.eviction = evictionNamed(word("eviction"));
    const double items =
        view.value("capacity_items")
            .number(view.value("memory_gb").number(0) * 1e9 / std::max(1.0, view.value("value_bytes").number(1024)));
    const std::string coalescing = word("coalescing");
    cache.coalesces = !coalescing.empty() && coalescing != "none";
    cache.ttlJitter = std::clamp(view.value("ttl_jitter").number(0), 0.0, 1.0);
    // What is in the log on disk before the answer survives a crash.
    cache.writesBehind = word("pattern") == "write_behind" && word("persistence") != "aof_always";
    cache.flushIntervalS = std::clamp(view.value("flush_interval_ms").number(1000) * 1e-3, 0.0, 1e9);
    cache.flushBatch = static_cast<int>(std::clamp(view.value("flush_batch").number(0), 0.0, 1e9));
    cache.capacity = static_cast<std::size_t>(std::clamp(items, 0.0, 4e6));
    return cache;
}

LimiterSpec limiterOf(const Value& algorithm, const Value& key, const std::function<double(std::string_view)>& number) {
    LimiterSpec spec;
    spec.algorithm = limitAlgorithmNamed(algorithm.text() ? *algorithm.text() : std::string());
    spec.ratePerS = std::max(0.0, number("rate_per_s"));
    spec.burst = std::max(0.0, number("burst"));
    spec.limit = std::max(0.0, number("limit"));
    spec.window = static_cast<Time>(std::clamp(number("window_s"), 0.0, 4e9) * 1e9);
    if (spec.window == 0) spec.window = 60 * second;
    spec.perUser = !key.text() || (*key.text() != "global" && *key.text() != "endpoint");
    return spec;
}

std::vector<LimiterSpec> limitsOf(const Node& node, const ParameterView& view) {
    std::vector<LimiterSpec> limits;
    if (node.behaviour == Behaviour::limiter)
        limits.push_back(limiterOf(view.value("algorithm"), view.value("key"),
                                   [&view](std::string_view key) { return view.value(key).number(0); }));
    if (const Value list = view.value("rate_limits"); list.list())
        for (const Value& one : *list.list()) {
            const Value* algorithm = one.find("algorithm");
            const Value* key = one.find("key");
            limits.push_back(limiterOf(algorithm ? *algorithm : Value(), key ? *key : Value(),
                                       [&one](std::string_view key) { return numberIn(one, key, 0); }));
        }
    std::vector<LimiterSpec> stated;
    for (LimiterSpec& spec : limits) {
        if (spec.ratePerS <= 0 && spec.limit <= 0) continue;  // says nothing
        spec.complete();
        stated.push_back(spec);
    }
    return stated;
}

Guarantee guaranteeOf(const ParameterView& link, const ParameterView& consumer) {
    const Value word = link.value("delivery");
    if (word == Value("at_most_once")) return Guarantee::atMostOnce;
    const Value ids = consumer.value("dedup_store");
    const bool remembers = ids.text() && !ids.text()->empty();
    return remembers || word == Value("exactly_once") ? Guarantee::exactlyOnce : Guarantee::atLeastOnce;
}

LinkSettings linkOf(const Link& link, Behaviour callerIs, const ParameterView& view, const ParameterView& caller) {
    LinkSettings settings;
    if (const Value stated = view.value("circuit_breaker"); !stated.isNull()) {
        BreakerSpec spec;
        spec.window = static_cast<int>(std::clamp(numberIn(stated, "window", spec.window), 1.0, 1e6));
        spec.minCalls = static_cast<int>(std::clamp(numberIn(stated, "min_calls", spec.minCalls), 1.0, 1e6));
        spec.halfOpenCalls =
            static_cast<int>(std::clamp(numberIn(stated, "half_open_calls", spec.halfOpenCalls), 1.0, 1e6));
        spec.failurePercent = std::clamp(numberIn(stated, "failure_percent", spec.failurePercent), 0.001, 100.0);
        spec.slowPercent = std::clamp(numberIn(stated, "slow_percent", spec.slowPercent), 0.001, 100.0);
        spec.slow = static_cast<Time>(std::clamp(numberIn(stated, "slow_ms", 0), 0.0, 1e9) * 1e6);
        spec.open = static_cast<Time>(std::clamp(numberIn(stated, "open_s", 60), 0.0, 1e9) * 1e9);
        settings.breaker = spec;
    }
    settings.bulkhead = static_cast<int>(std::clamp(view.value("bulkhead").number(0), 0.0, 1e9));
    // A pool that nobody stated is a guess, and does not bind.
    if (view.isStated("pool_size") || callerIs == Behaviour::pooler) settings.pool = link.poolSize;
    settings.poolWaitS = std::max(0.0, caller.value("query_wait_timeout_s").number(0));
    settings.hedgeAfterMs = std::max(0.0, view.value("hedge_after_ms").number(0));
    return settings;
}

}  // namespace

Settings Settings::usual(const FlowGraph& graph) {
    Settings settings;
    settings.nodes.resize(graph.nodes.size());
    settings.links.resize(graph.links.size());
    settings.visibilityS.resize(graph.links.size(), 0);
    settings.guarantees.resize(graph.links.size(), Guarantee::atLeastOnce);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        settings.nodes[i].keyed.resize(graph.nodes[i].topics.size(), 0);
    return settings;
}

Settings Settings::of(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    Settings settings = usual(graph);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const ParameterView view = snapshot.parameters(static_cast<int>(i));
        NodeSettings& node = settings.nodes[i];
        node.health = healthOf(view, node.health);
        if (view.isSet(keys::ttlS.name)) node.ttlS = std::max(0.0, view(keys::ttlS));
        if (const std::string pattern = view(keys::pattern); !pattern.empty())
            node.fillsAside = pattern == "cache_aside";
        node.slowStartS = std::clamp(view.value("slow_start_s").number(0), 0.0, 1e9);
        if (graph.nodes[i].isBroker())
            node.retentionS = std::clamp(
                view.value("retention_h").number(view.value("retention_s").number(0) / 3600) * 3600, 0.0, 4e9);
        if (graph.nodes[i].behaviour == Behaviour::client) {
            node.client = clientOf(view);
            node.keys = std::clamp(view.value("key_space").number(1e6), 1.0, 1e15);
            node.zipf = std::clamp(view.value("zipf_alpha").number(0.9), 0.0, 10.0);
        } else {
            node.lagMs = std::clamp(view.value("lag_ms").number(node.lagMs), 0.0, 1e9);
            node.limits = limitsOf(graph.nodes[i], view);
            node.cache = cacheOf(view);
        }
        node.keyed = keyedTopics(graph.nodes[i], view(keys::topics));
    }
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        if (graph.links[i].mode == Mode::sync || graph.links[i].mode == Mode::publish)
            settings.links[i] =
                linkOf(graph.links[i], graph.nodes[static_cast<std::size_t>(graph.links[i].from)].behaviour,
                       snapshot.parameters(snapshot.design().connections[i]), snapshot.parameters(graph.links[i].from));
        if (graph.links[i].mode == Mode::consume)
            settings.guarantees[i] = guaranteeOf(snapshot.parameters(snapshot.design().connections[i]),
                                                 snapshot.parameters(graph.links[i].to));
        const Node& broker = graph.nodes[static_cast<std::size_t>(graph.links[i].from)];
        if (graph.links[i].mode != Mode::consume || broker.behaviour != Behaviour::queue) continue;
        const Value own = snapshot.parameters(snapshot.design().connections[i]).value("visibility_timeout_s");
        const Value usual = snapshot.parameters(graph.links[i].from).value("visibility_timeout_s");
        settings.visibilityS[i] = std::max(0.0, own.isNull() ? usual.number(30) : own.number(30));
    }
    return settings;
}

}  // namespace loadpath::sim
