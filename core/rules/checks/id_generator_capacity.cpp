#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <set>

namespace loadpath::checks {
namespace {

constexpr int bitsOfMachineAndSequence = 22;

struct IdWork {
    double rps = 0;
    double machines = 1;
    bool inProcess = false;  // ids are made by the callers themselves
};

/// Called over the network it makes ids on its own instances; else each instance of a caller makes its own,
/// one for each write that comes by.
IdWork workOf(const Evidence& evidence, int generator) {
    const FlowGraph& graph = evidence.snapshot.graph();
    IdWork work;
    std::set<int> callers;
    for (const int in : at(graph.incoming, generator)) {
        const Link& link = at(graph.links, in);
        if (!link.legal || link.mode == Mode::telemetry) continue;
        if (link.mode == Mode::sync) work.rps += at(evidence.capacity.linkRps, in);
        callers.insert(link.from);
    }
    work.machines = std::max(1, at(graph.nodes, generator).instances);
    if (work.rps > 0 || callers.empty()) return work;
    work.inProcess = true;
    work.machines = 0;
    for (const int caller : callers) {
        work.rps += at(evidence.capacity.nodes, caller).writeRps;
        work.machines += std::max(1, at(graph.nodes, caller).instances);
    }
    return work;
}

bool hasCoordination(const FlowGraph& graph) {
    return std::any_of(graph.nodes.begin(), graph.nodes.end(),
                       [](const Node& node) { return isType(node, "coordination"); });
}

std::vector<Finding> checkIdGeneratorCapacity(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int node = static_cast<int>(i);
        if (!isType(graph.nodes[i], "id_generator")) continue;
        const ParameterView view = viewOf(snapshot, node);
        if (view.value("scheme") != Value("snowflake")) continue;
        const double machineBits = view.value("machine_bits").number(), sequenceBits = view.value("seq_bits").number();
        const double most = std::exp2(sequenceBits) * 1000, machines = std::exp2(machineBits);
        const IdWork work = workOf(evidence, node);
        const double each = work.rps / work.machines;
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> cases;
        std::string title;
        if (each > most) {
            cases.push_back(
                fill("{} ids a second on {}, but {} bits of sequence give {} each",
                     {compact(work.rps), plural(static_cast<long long>(work.machines), "machine", "machines"),
                      compact(sequenceBits), compact(most)}));
            const double needed = std::ceil(work.rps / most);
            if (!work.inProcess && needed <= machines && needed < 1e6) {
                setInstances(fix, node, static_cast<int>(needed));
                title = "Run " + inWords(static_cast<long long>(needed)) + " machines";
            }
        }
        if (work.machines > machines) {
            cases.push_back(fill("{} machines, but {} bits number only {}",
                                 {compact(work.machines), compact(machineBits), compact(machines)}));
            const double needed = std::ceil(std::log2(work.machines));
            const double left = bitsOfMachineAndSequence - needed;
            if (title.empty() && cases.size() == 1 && left >= 0 && each <= std::exp2(left) * 1000) {
                fix.set(graph.nodes[i].id, "machine_bits", needed);
                fix.set(graph.nodes[i].id, "seq_bits", std::min(left, sequenceBits));
                title = fill("Use {} bits for the machine", {compact(needed)});
            } else {
                title.clear();
            }
        }
        const Value numbers = view.value("worker_ids");
        const bool unknown = numbers == Value("coordination") && !hasCoordination(graph);
        if (work.machines > 1 && (numbers == Value("random") || unknown)) {
            cases.push_back(unknown ? "machine numbers come from a coordination service, and there is none"
                                    : "machine numbers are drawn at random, so two may be the same");
            if (title.empty() && cases.size() == 1) {
                fix.set(graph.nodes[i].id, "worker_ids", "ordinal");
                title = "Number machines by their place in the set";
            } else {
                title.clear();
            }
        }
        if (cases.empty()) continue;
        Finding finding{id_generator_capacity.id, id_generator_capacity.severity};
        finding.components = {graph.nodes[i].id};
        finding.message = graph.nodes[i].name + ": " + listed(cases);
        if (!title.empty()) finding.fix = fix.titled(title);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule id_generator_capacity{
    "id-generator-capacity",
    "Ids run out or repeat",
    "A Snowflake id has a millisecond, a machine number and a sequence: 12 bits allow 4,096 ids in a millisecond on "
    "one "
    "machine, 10 bits 1,024 machines. Beyond that the generator waits for the next millisecond or hands out the same "
    "id "
    "twice, and two machines with one number repeat each other from the start.",
    "Twitter, Announcing Snowflake (2010)",
    Severity::error,
    checkIdGeneratorCapacity,
};

}  // namespace loadpath::checks
