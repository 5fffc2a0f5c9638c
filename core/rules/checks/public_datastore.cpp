#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/tags.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool saysYes(const ParameterView& view, std::string_view key) { return view.value(key) == Value(true); }

bool passesStatic(const Snapshot& snapshot, const Passing& passing, int link) {
    if (connectionHasTag(snapshot, link, "static")) return true;
    const auto& flows = passing.over(link);
    return !flows.empty() && std::all_of(flows.begin(), flows.end(), [&snapshot](const Passing::Flow& pass) {
        return flowHasTag(snapshot, at(snapshot.graph().flows, pass.flow), "static");
    });
}

std::vector<Finding> checkPublicDatastore(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Passing passing(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        if (!isIn(node, "store") || componentHasTag(snapshot, index, "static")) continue;
        const ParameterView view = viewOf(snapshot, index);
        const bool isOpen = saysYes(view, "public");
        std::vector<int> direct;
        if (!saysYes(view, "presigned_urls"))
            for (const int in : graph.incoming[i]) {
                const Link& link = at(graph.links, in);
                const bool isOfClient = at(graph.nodes, link.from).behaviour == Behaviour::client;
                if (isOfClient && link.legal && link.mode == Mode::sync && !passesStatic(snapshot, passing, in))
                    direct.push_back(in);
            }
        if (!isOpen && direct.empty()) continue;
        Finding finding{public_datastore.id, public_datastore.severity};
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        if (isOpen) fix.set(node.id, "public", false);
        if (!direct.empty()) fix.set(node.id, "presigned_urls", true);
        std::vector<std::string> clients;
        for (const int link : direct) {
            finding.connections.push_back(at(graph.links, link).id);
            clients.push_back(snapshot.nameOf(at(graph.links, link).from));
        }
        std::sort(clients.begin(), clients.end());
        finding.message =
            isOpen ? fill("{} can be reached by everybody on the internet", {node.name})
                   : fill("{} can be reached from {} without a signed, expiring address", {node.name, listed(clients)});
        finding.fix = fix.titled(isOpen ? "Close " + node.name + " to the public" : "Use presigned addresses");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule public_datastore{
    "public-datastore",
    "Data store open to the public",
    "Open buckets and databases without a firewall are among the most common causes of large data leaks, because they "
    "are found by machines that try all addresses. Data belongs behind a service that checks who asks, or behind "
    "addresses that are signed for one object and expire; only files meant for everyone, such as a web site's, may be "
    "open.",
    "OWASP Top 10 (2021): A05 Security Misconfiguration; Amazon S3 user guide: blocking public access",
    Severity::error,
    checkPublicDatastore,
};

}  // namespace loadpath::checks
