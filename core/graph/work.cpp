// Own work of a component: service times, servers, queues (model §1, §4 and the catalogue document).
#include "graph/compile.h"
#include "graph/fields.h"
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

bool isAsked(const Value::List& where, const Value& column) {
    return column.text() && std::find(where.begin(), where.end(), column) != where.end();
}

/// Whether an index of this type and these columns narrows down the query: the comparison fits the
/// type, and a B-tree or hash begins with (hash: is) what is compared.
bool narrows(const std::string& type, const Value* columns, const Value* where, const std::string& op) {
    if (!columns || !columns->list() || columns->list()->empty() || !where || !where->list()) return false;
    const Value::List& indexed = *columns->list();
    const Value::List& asked = *where->list();
    const bool begins = isAsked(asked, indexed.front());
    if (op == "fulltext" || op == "json") return type == "gin" && begins;
    if (op == "geo") return (type == "gist" || type == "spgist") && begins;
    if (type == "hash")
        return op == "eq" && std::all_of(indexed.begin(), indexed.end(),
                                         [&asked](const Value& column) { return isAsked(asked, column); });
    return (type == "btree" || type == "brin") && begins;
}

bool isIndexed(const Value& table, const Value& query) {
    const Value* where = query.find("where");
    if (!where || !where->list() || where->list()->empty()) return true;  // nothing is said about what it looks for
    const std::string op = textIn(query, "op", "eq");
    if (const Value* key = table.find("pk"); key && narrows("btree", key->find("cols"), where, op)) return true;
    const Value* indexes = table.find("indexes");
    if (!indexes || !indexes->list()) return false;
    return std::any_of(indexes->list()->begin(), indexes->list()->end(), [&](const Value& index) {
        return narrows(textIn(index, "type", "btree"), index.find("columns"), where, op);
    });
}

/// What queries without a usable index add to the mean time of a read, by their shares.
double scanTime(const ParameterView& view, double readMs) {
    const Value tables = view.value("tables");
    double share = 0, scanned = 0;
    if (!tables.list()) return readMs;
    for (const Value& table : *tables.list()) {
        const Value* queries = table.find("queries");
        if (!queries || !queries->list()) continue;
        const Value fixed = view.value("seq_scan_ms");
        const double scanMs = fixed.isNumber() ? fixed.number() : numberIn(table, "rows", 0) / 1e6 * 100;
        for (const Value& query : *queries->list()) {
            const double part = std::clamp(numberIn(query, "share", 0), 0.0, 1.0);
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
