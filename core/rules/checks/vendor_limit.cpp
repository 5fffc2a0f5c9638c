#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <map>

namespace loadpath::checks {
namespace {

/// One quota that is exceeded.
struct Excess {
    std::string text;
    double times = 1;
    const Limit* limit = nullptr;  // of load; null: a size
    std::vector<ConnectionId> connections;
};

bool isPublished(const Limit& limit, const Node& node) {
    if (limit.kind == Limit::Kind::quota || limit.kind == Limit::Kind::inFlight) return true;
    return limit.kind == Limit::Kind::hottestKey && isType(node, "dynamodb");
}

std::string kilobytes(double kb) {
    return kb < 1000 ? shortest(std::round(kb * 10) / 10) + " KB" : compact(kb) + " KB";
}

class Sizes {
public:
    Sizes(const Snapshot& snapshot, int index)
        : m_snapshot(snapshot), m_graph(snapshot.graph()), m_index(index), m_node(at(m_graph.nodes, index)) {}

    void collect(std::map<int, std::vector<Excess>>& excesses) const {
        const ParameterView view = viewOf(m_snapshot, m_index);
        if (isType(m_node, "sqs")) payloads(excesses, "messages", view.value("max_msg_kb").number(256));
        if (isType(m_node, "push_provider")) payloads(excesses, "payloads", 4);
        if (isType(m_node, "dynamodb")) record(excesses, "items", view.value("item_bytes").number() / 1024, 400);
        if (isType(m_node, "mongodb"))
            record(excesses, "documents", view.value("doc_bytes").number() / 1024, 16 * 1024);
    }

private:
    void payloads(std::map<int, std::vector<Excess>>& excesses, const char* what, double mostKb) const {
        Excess found;
        double largest = 0;
        for (const int in : at(m_graph.incoming, m_index)) {
            const Link& link = at(m_graph.links, in);
            if (!link.legal || link.mode == Mode::telemetry || link.mode == Mode::control) continue;
            const double kb = viewOfLink(m_snapshot, in).value("payload_kb").number(1);
            if (!(kb > mostKb)) continue;
            largest = std::max(largest, kb);
            found.connections.push_back(link.id);
        }
        if (found.connections.empty()) return;
        found.text = fill("{} of {}, at most {}", {what, kilobytes(largest), kilobytes(mostKb)});
        found.times = largest / mostKb;
        excesses[m_index].push_back(std::move(found));
    }
    void record(std::map<int, std::vector<Excess>>& excesses, const char* what, double kb, double mostKb) const {
        if (!(kb > mostKb)) return;
        Excess found;
        found.text = fill("{} of {}, at most {}", {what, kilobytes(kb), kilobytes(mostKb)});
        found.times = kb / mostKb;
        excesses[m_index].push_back(std::move(found));
    }

    const Snapshot& m_snapshot;
    const FlowGraph& m_graph;
    int m_index;
    const Node& m_node;
};

/// What a designer may set without asking the vendor or changing the keys; nothing else counts as mended.
std::optional<Fix> withinQuota(const Snapshot& snapshot, Placement& placement, int index,
                               const std::vector<Excess>& excesses) {
    const Node& node = at(snapshot.graph().nodes, index);
    FixBuilder fix(snapshot, placement);
    std::string title;
    double prefixes = 0;
    for (const Excess& excess : excesses) {
        if (!excess.limit) return std::nullopt;
        if (isType(node, "object_store") && excess.limit->counted == "prefixes") {
            prefixes = std::max(prefixes, excess.limit->needed());
        } else if (isType(node, "dynamodb") && excess.limit->kind == Limit::Kind::quota) {
            fix.set(node.id, "capacity", "on_demand");
            title = "Pay for what is used instead of provisioning";
        } else {
            return std::nullopt;
        }
    }
    if (prefixes > 0) {
        fix.set(node.id, "prefixes", prefixes);
        title = "Spread the keys over " + fixed(prefixes, 0) + " prefixes";
    }
    if (title.empty()) return std::nullopt;
    return fix.titled(std::move(title));
}

std::vector<Finding> checkVendorLimit(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<int, std::vector<Excess>> excesses;
    for (const Limit& limit : evidence.limits().limits) {
        if (!(limit.use > 1 + 1e-9) || !isPublished(limit, at(graph.nodes, limit.node))) continue;
        const std::string unit = limit.unit == "1/s" ? "/s" : " " + limit.unit;
        Excess excess;
        excess.text = fill("{}: {}{} of {}{}", {limit.name, compact(limit.demand), unit, compact(limit.limit), unit});
        excess.times = limit.use;
        excess.limit = &limit;
        excesses[limit.node].push_back(std::move(excess));
    }
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) Sizes(snapshot, static_cast<int>(i)).collect(excesses);

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (auto& [index, found] : excesses) {
        const Node& node = at(graph.nodes, index);
        std::sort(found.begin(), found.end(), [](const Excess& a, const Excess& b) {
            return a.times != b.times ? a.times > b.times : a.text < b.text;
        });
        Finding finding{vendor_limit.id, vendor_limit.severity};
        std::vector<std::string> texts;
        for (const Excess& excess : found) {
            texts.push_back(excess.text);
            finding.connections.insert(finding.connections.end(), excess.connections.begin(), excess.connections.end());
        }
        finding.message = fill("{} asks for more than the vendor gives ({} times over): {}",
                               {node.name, compact(found.front().times), listed(texts)});
        finding.components = {node.id};
        finding.fix = withinQuota(snapshot, placement, index, found);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule vendor_limit{
    "vendor-limit",
    "Above a vendor's limit",
    "Services that scale by themselves do so within published quotas: per partition, per prefix, per account, per "
    "message. Above them requests are throttled or refused, at peak and without a warning before. Some can be raised "
    "by asking, which takes days; some are part of the design of the service and never move.",
    "Quota pages of the vendors: DynamoDB, S3, SQS, API Gateway, Lambda, FCM, SES",
    Severity::error,
    checkVendorLimit,
    {},
    Proof::peakLoad,
};

}  // namespace loadpath::checks
