#include "rules/limiters.h"

#include "rules/lookup.h"
#include "support/format.h"

namespace loadpath {
namespace {

constexpr const char* listKey = "rate_limits";

std::string wordIn(const Value& object, const char* key, const char* otherwise) {
    const Value* found = object.find(key);
    if (!found) return otherwise;
    if (found->text()) return *found->text();
    return found->isNumber() ? shortest(found->number()) : otherwise;
}

double numberOf(const Value& object, const char* key, double otherwise) {
    const Value* found = object.find(key);
    return found ? found->number(otherwise) : otherwise;
}

RateLimit limitFrom(const Value& object, int node, int place) {
    RateLimit limit;
    limit.node = node;
    limit.place = place;
    limit.algorithm = wordIn(object, "algorithm", "token_bucket");
    limit.key = wordIn(object, "key", "user_id");
    limit.store = wordIn(object, "store", "redis");
    limit.onStoreFailure = wordIn(object, "on_store_failure", "fail_open");
    limit.response = wordIn(object, "response", "429");
    limit.limit = numberOf(object, "limit", 0);
    limit.windowS = numberOf(object, "window_s", 60);
    limit.ratePerS = numberOf(object, "rate_per_s", 0);
    limit.burst = numberOf(object, "burst", 0);
    const Value* retryAfter = object.find("retry_after");
    limit.retryAfter = !retryAfter || !(*retryAfter == Value(false));
    return limit;
}

bool hasWord(const Value& set, const char* word) {
    return set.list() && std::find(set.list()->begin(), set.list()->end(), Value(word)) != set.list()->end();
}

}  // namespace

std::string RateLimit::shown() const {
    if (limit > 0) return shortest(limit) + " in " + shortest(windowS) + " s";
    return ratePerS > 0 ? rate(ratePerS) : std::string();
}

std::vector<RateLimit> rateLimitsOf(const Snapshot& snapshot, int index) {
    const Node& node = at(snapshot.graph().nodes, index);
    const ParameterView view = viewOf(snapshot, index);
    std::vector<RateLimit> limits;
    if (node.behaviour == Behaviour::limiter) {
        Value::Object own;
        for (const char* key : {"algorithm", "key", "store", "on_store_failure", "response", "limit", "window_s",
                                "rate_per_s", "burst", "retry_after"})
            if (Value value = view.value(key); !value.isNull()) own.insert_or_assign(key, std::move(value));
        limits.push_back(limitFrom(own, index, -1));
    }
    const Value list = view.value(listKey);
    if (list.list())
        for (std::size_t i = 0; i < list.list()->size(); ++i)
            if ((*list.list())[i].object()) limits.push_back(limitFrom((*list.list())[i], index, static_cast<int>(i)));
    return limits;
}

bool limitsRate(const Snapshot& snapshot, int index) {
    const Node& node = at(snapshot.graph().nodes, index);
    if (node.behaviour == Behaviour::limiter) return true;
    const ParameterView view = viewOf(snapshot, index);
    const Value list = view.value(listKey);
    if ((list.list() && !list.list()->empty()) || hasWord(view.value("features"), "rate_limit")) return true;
    if (isType(node, "waf")) return hasWord(view.value("rules"), "rate");
    return view.value("waf") == Value(true);
}

void setLimitField(FixBuilder& fix, const RateLimit& limit, const char* field, Value value) {
    const ComponentId& id = at(fix.snapshot().graph().nodes, limit.node).id;
    if (limit.place < 0) {
        fix.set(id, field, std::move(value));
        return;
    }
    const auto stated = fix.edit(id).properties.find(listKey);
    if (stated == fix.edit(id).properties.end() || !stated->second.list()) return;
    Value::List limits = *stated->second.list();
    auto* object = std::get_if<Value::Object>(&at(limits, limit.place).data);
    if (!object) return;
    object->insert_or_assign(field, std::move(value));
    fix.set(id, listKey, std::move(limits));
}

bool addRateLimit(FixBuilder& fix, int index) {
    const Node& node = at(fix.snapshot().graph().nodes, index);
    if (!node.type) return false;
    const ParameterView view = viewOf(fix.snapshot(), index);
    const auto has = [&node](const char* key) { return findSpec(node.type->parameters, key) != nullptr; };
    if (isType(node, "waf")) {
        Value::List rules = view.value("rules").list() ? *view.value("rules").list() : Value::List{};
        rules.emplace_back("rate");
        fix.set(node.id, "rules", std::move(rules));
        return true;
    }
    if (has(listKey)) {
        if (has("features")) {
            const Value now = view.value("features");
            Value::List features = now.list() ? *now.list() : Value::List{};
            features.emplace_back("rate_limit");
            fix.set(node.id, "features", std::move(features));
        }
        const Value now = view.value(listKey);
        Value::List limits = now.list() ? *now.list() : Value::List{};
        limits.emplace_back(Value::Object{{"name", "address"},
                                          {"algorithm", "token_bucket"},
                                          {"key", "ip"},
                                          {"rate_per_s", 20},
                                          {"burst", 100},
                                          {"store", "redis"},
                                          {"on_store_failure", "fail_open"},
                                          {"retry_after", true}});
        fix.set(node.id, listKey, std::move(limits));
        return true;
    }
    if (!has("waf")) return false;
    fix.set(node.id, "waf", true);
    return true;
}

}  // namespace loadpath
