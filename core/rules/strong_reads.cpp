#include "rules/strong_reads.h"

#include "model/keys.h"
#include "rules/lookup.h"
#include "rules/tags.h"

namespace loadpath {
namespace {

bool statesStrong(const Snapshot& snapshot, const FlowPath& flow) {
    const Flow* stated = snapshot.design().flows.find(flow.id);
    if (!stated) return false;
    const auto consistency = stated->extra.find("consistency");
    return consistency != stated->extra.end() && consistency->second == Value("strong");
}

void note(std::string& who, std::string text) {
    if (who.empty()) who = std::move(text);
}

bool isAboutMoney(const Snapshot& snapshot, const FlowPath& flow) {
    return flowHasTag(snapshot, flow, "money") || flowHasTag(snapshot, flow, "payment");
}

}  // namespace

StrongReads::StrongReads(const Snapshot& snapshot)
    : m_strong(snapshot.graph().nodes.size()),
      m_money(snapshot.graph().nodes.size()),
      m_available(snapshot.graph().nodes.size()) {
    const FlowGraph& graph = snapshot.graph();
    for (const FlowPath& flow : graph.flows) {
        const bool isStrong = statesStrong(snapshot, flow), isMoney = isAboutMoney(snapshot, flow),
                   isAvailable = flowHasTag(snapshot, flow, "available_under_partition");
        if (!isStrong && !isMoney && !isAvailable) continue;
        const std::string shown = shownFlow(snapshot, flow);
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls) {
                if (call.kind != Call::Kind::request) continue;
                if (isStrong) note(at(m_strong, call.target), shown);
                if (isMoney) note(at(m_money, call.target), shown);
                if (isAvailable && call.inPhi) note(at(m_available, call.target), shown);
            }
    }
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        const Link& link = graph.links[i];
        if (!link.legal || link.mode != Mode::sync) continue;
        const int index = static_cast<int>(i);
        if (viewOfLink(snapshot, index).value("consistency") == Value("strong"))
            note(at(m_strong, link.to), arrow(snapshot, index));
        for (const std::string_view tag : {"money", "payment"})
            if (connectionHasTag(snapshot, index, tag) || componentHasTag(snapshot, link.to, tag))
                note(at(m_money, link.to), arrow(snapshot, index));
    }
}

void readAndWriteQuorums(FixBuilder& fix, const ComponentId& store) {
    fix.set(store, keys::readCl.name, "quorum");
    fix.set(store, keys::writeCl.name, "quorum");
}

}  // namespace loadpath
