// Own work of a component: service times, servers, queues (model §1, §4 and the catalogue document).
#include "graph/compile.h"
#include "graph/fields.h"
#include "graph/tables.h"
#include "model/keys.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace loadpath::compile {
namespace {

constexpr double neighboursPerOperation = 50;  // that a graph database visits in its default service time

/// "erlang(4)" → name and argument; also {"kind": "erlang", "k": 4}.
void readDistribution(Node& node, const Value& value) {
    std::string word;
    double argument = 0;
    if (const std::string* text = value.text()) {
        const auto open = text->find('(');
        word = text->substr(0, open);
        if (open != std::string::npos) std::from_chars(text->data() + open + 1, text->data() + text->size(), argument);
    } else if (value.object()) {
        if (const Value* kind = value.find("kind"); kind && kind->text()) word = *kind->text();
        for (const char* key : {"k", "cv", "alpha"})
            if (const Value* number = value.find(key)) argument = number->number();
    }
    if (word == "det") node.distribution = Distribution::deterministic;
    if (word == "erlang") {
        node.distribution = Distribution::erlang;
        node.distributionShape = argument >= 1 ? std::round(argument) : 2;
    }
    if (word == "lognormal") {
        node.distribution = Distribution::lognormal;
        node.distributionShape = argument > 0 ? argument : 1;
    }
    if (word == "pareto") {
        node.distribution = Distribution::pareto;
        node.distributionShape = argument > 1 ? argument : 2.5;  // a mean exists only above 1
    }
}

/// What queries without a usable index add to the mean time of a read, by their shares.
double scanTime(const ParameterView& view, double readMs) {
    if (!view.isStated("tables")) return readMs;
    const Value fixed = view.value("seq_scan_ms");
    double share = 0, scanned = 0;
    for (const StoreTable& table : readTables(view)) {
        const double scanMs = fixed.isNumber() ? fixed.number() : scanMsOf(table.rows.value_or(0));
        for (const TableQuery& query : table.queries) {
            const double part = query.share.value_or(0);
            if (part <= 0 || scanMs <= readMs || isIndexed(table, query)) continue;
            share += part;
            scanned += part * scanMs;
        }
    }
    if (share > 1) scanned /= share;
    return readMs * (1 - std::min(share, 1.0)) + scanned;
}

double defaultServiceMs(const ParameterView& view, double own) {
    if (const Value features = view.value("features"); features.list()) {
        const double each = view.value("feature_cost_ms").number();
        for (const Value& feature : *features.list())
            if (!(feature == Value("routing"))) own += each;
    }
    if (view.isSet("hops") && view.isSet("avg_degree"))
        own *= std::pow(view.value("avg_degree").number(), view.value("hops").number() - 1) / neighboursPerOperation;
    return own;
}

int serversOf(const ParameterView& view) {
    const Value machine = view.value("version_vertical");
    if (!view.isStated(keys::concurrency.name) && view.isStated("version_vertical"))
        return static_cast<int>(2 * numberIn(machine, "vcpu", 8));  // two operations run on each processor
    if (view.isSet(keys::concurrency.name)) return view(keys::concurrency);
    return view.isSet("tasks") ? static_cast<int>(view.value("tasks").number()) : view(keys::parallelism);
}

}  // namespace

void work(Node& node, const ParameterView& view) {
    const bool stated = view.isStated(keys::serviceTimeMs.name);
    double own = std::max(0.0, view(keys::serviceTimeMs));
    if (!stated) own = std::max(0.0, defaultServiceMs(view, own));
    node.serviceMs[0] = node.serviceMs[1] = own;
    if (!stated) {
        node.serviceMs[0] = scanTime(view, own);
        if (view.isSet(keys::writeTimeMs.name)) node.serviceMs[1] = view(keys::writeTimeMs);
    }
    if (view.isSet(keys::applyMs.name)) node.applyMs = std::max(0.0, view(keys::applyMs));
    readDistribution(node, view(keys::serviceDist));
    node.concurrency = std::max(0, serversOf(view));
    const bool elastic = node.type->elastic == ComponentType::Elastic::always ||
                         (node.type->elastic == ComponentType::Elastic::managed && node.managed);
    node.hasUtilisation = node.type->hasStation && !elastic && node.concurrency > 0 && own > 0;
    if (elastic) node.concurrency = 0;
    node.queuePerNode = view(keys::queueScope) == "node";
    node.queueLimit = view.isSet(keys::queueLimit.name) ? view(keys::queueLimit) : -1;
    node.threads = std::max(0, view(keys::threads));
    if (view.value("async_io") == Value(true)) node.threads = 0;
    node.errorRate = std::clamp(view(keys::errorRate), 0.0, 1.0);
    node.hitRatio = std::clamp(view(keys::hitRatio), 0.0, 1.0);
    node.cancelPropagation = view(keys::cancelPropagation);
    node.balancing = node.behaviour == Behaviour::resolver ? view(keys::routing) : view(keys::algorithm);
}

}  // namespace loadpath::compile
