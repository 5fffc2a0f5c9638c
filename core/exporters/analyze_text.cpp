#include "exporters/analyze_sections.h"
#include "exporters/results.h"
#include "support/format.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

using Align = TextTable::Align;

constexpr std::size_t mostUnits = 8;
constexpr std::size_t mostCutSets = 12;

class AnalyzeText {
public:
    AnalyzeText(const Report& report, Colours colours, Explained explained)
        : m_report(report),
          m_graph(report.snapshot->graph()),
          m_cost(analyseCost(*report.snapshot)),
          m_colours(colours),
          m_explained(explained) {}

    std::string text() {
        verdict();
        flows();
        units();
        cutSets();
        partitions();
        improvements();
        formulas();
        if (m_explained == Explained::yes) derivations();
        capacity();
        asynchronous();
        for (const ReportSection& section : analysisSections(m_report, m_cost)) show(section);
        m_text += '\n' +
                  inked("Exact up to " + compact(static_cast<double>(AvailabilityOptions().nodeBudget)) +
                            " nodes of the decision diagram of a flow, in at most " + std::to_string(memoryBudgetMb) +
                            " MB; past that proven bounds (≥).",
                        Ink::faint, m_colours) +
                  '\n';
        return std::move(m_text);
    }

private:
    const FlowPath& path(const FlowAvailability& flow) const {
        return m_graph.flows[static_cast<std::size_t>(flow.flow)];
    }
    std::string nodeName(int node) const { return m_graph.nodes[static_cast<std::size_t>(node)].name; }

    void heading(const std::string& text) { m_text += '\n' + inked(text, Ink::strong, m_colours) + '\n'; }
    void fact(const char* label, const std::string& value, Ink ink, const std::string& remark) {
        m_text += "  " + inked(label, Ink::faint, m_colours) + std::string(14 - displayWidth(label), ' ') +
                  inked(value, ink, m_colours) + (remark.empty() ? "" : "  " + remark) + '\n';
    }

    static Ink againstTarget(double value, double target) {
        if (target <= 0) return Ink::plain;
        return value >= target ? Ink::good : Ink::error;
    }

    void verdict() {
        const Design& design = m_report.snapshot->design();
        m_text +=
            inked(design.header.name.empty() ? "Untitled design" : design.header.name, Ink::strong, m_colours) + '\n';
        const AvailabilityReport& all = m_report.availability;
        if (all.worstFlow < 0) {
            fact("Availability", "–", Ink::plain, "no client sends requests");
        } else {
            const FlowAvailability& worst = all.flows[static_cast<std::size_t>(all.worstFlow)];
            const double target = path(worst).availabilitySlo;
            std::string remark = downtime(worst.downtimeMinYear) + " down, worst flow " + path(worst).name;
            if (all.flows.size() > 1) remark += "; mean over requests " + availability(all.weighted);
            if (target > 0)
                remark += "; goal " + availability(target) + (worst.availability >= target ? " met" : " missed");
            fact("Availability", availability(all.worst), againstTarget(all.worst, target), remark);
        }
        const CapacityReport& capacity = m_report.capacity;
        if (capacity.diverges)
            fact("Headroom", "none", Ink::error, "load grows without end in a synchronous cycle");
        else if (capacity.saturatesFirst < 0)
            fact("Headroom", "–", Ink::plain, "nothing here has a limit");
        else
            fact("Headroom", factor(capacity.headroom),
                 capacity.headroom < 1      ? Ink::error
                 : capacity.headroom < 1.25 ? Ink::warning
                                            : Ink::good,
                 nodeName(capacity.saturatesFirst) + " saturates first, at " + percent(1 / capacity.headroom) + " now");
        if (m_cost.isKnown())
            fact("Cost", usd(m_cost.total.typical) + " a month", exceedsBudget(m_cost) ? Ink::error : Ink::plain,
                 costRemark(m_cost));
    }

    void flows() {
        if (m_report.availability.flows.empty()) return;
        heading("Flows");
        TextTable table(
            {"flow", "rate", "availability", "downtime", "all calls made", "mean latency", "single points of failure"},
            {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right, Align::left});
        for (const FlowAvailability& flow : m_report.availability.flows) {
            const auto index = static_cast<std::size_t>(flow.flow);
            std::string spofs;
            for (const int node : flow.spofNodes) spofs += (spofs.empty() ? "" : ", ") + nodeName(node);
            for (const int domain : flow.spofDomains)
                spofs += (spofs.empty() ? "zone " : ", zone ") + m_graph.domains[static_cast<std::size_t>(domain)].name;
            const bool hasLatency = index < m_report.capacity.flowLatencyMs.size();
            table.add({{path(flow).name},
                       {rate(path(flow).rateRps)},
                       {(flow.exact ? "" : "≥ ") + availability(flow.availability),
                        againstTarget(flow.availability, path(flow).availabilitySlo)},
                       {downtime(flow.downtimeMinYear)},
                       {availability(flow.strict)},
                       {hasLatency ? duration(m_report.capacity.flowLatencyMs[index]) : "–"},
                       {spofs.empty() ? "none" : spofs, spofs.empty() ? Ink::faint : Ink::error}});
        }
        m_text += table.text(m_colours);
    }

    const FlowAvailability* worst() const {
        const int at = m_report.availability.worstFlow;
        return at < 0 ? nullptr : &m_report.availability.flows[static_cast<std::size_t>(at)];
    }

    void units() {
        const FlowAvailability* flow = worst();
        if (!flow || flow->units.empty()) return;
        heading("What costs " + path(*flow).name + " the most");
        TextTable table({"unit", "availability", "costs", "importance"},
                        {Align::left, Align::right, Align::right, Align::right});
        for (std::size_t i = 0; i < std::min(mostUnits, flow->units.size()); ++i) {
            const UnitFigures& unit = flow->units[i];
            table.add({{unit.unit},
                       {availability(unit.availability)},
                       {downtime(unit.downtimeMinYear)},
                       {unit.birnbaum ? fixed(*unit.birnbaum, 6) : "–"}});
        }
        m_text += table.text(m_colours);
        more(flow->units.size(), mostUnits, "units");
    }

    void cutSets() {
        const FlowAvailability* flow = worst();
        if (!flow || flow->cutSets.empty()) return;
        heading("What takes " + path(*flow).name + " down together (minimal cut sets)");
        for (std::size_t i = 0; i < std::min(mostCutSets, flow->cutSets.size()); ++i) {
            std::string units;
            for (const std::string& unit : flow->cutSets[i]) units += (units.empty() ? "" : " + ") + unit;
            m_text += "  " + inked(units, flow->cutSets[i].size() == 1 ? Ink::error : Ink::plain, m_colours) + '\n';
        }
        more(flow->cutSets.size(), mostCutSets, "sets");
        if (flow->cutSetsTruncated)
            m_text += "  " +
                      inked("truncated: complete up to order " + std::to_string(flow->cutSetsCompleteTo), Ink::faint,
                            m_colours) +
                      '\n';
    }

    void partitions() {
        const auto& stores = m_report.availability.partitions;
        if (stores.empty()) return;
        heading("Partitioned stores");
        const char* purposes[] = {"read", "write", "publish", "consume"};
        TextTable table({"store", "for", "partitions", "one up", "all up"},
                        {Align::left, Align::left, Align::right, Align::right, Align::right});
        for (std::size_t i = 0; i < std::min(mostCutSets, stores.size()); ++i) {
            const PartitionAvailability& store = stores[i];
            const Node& node = m_graph.nodes[static_cast<std::size_t>(store.node)];
            std::string what = purposes[static_cast<int>(store.purpose)];
            if (node.topics.size() > 1) what += ' ' + node.topics[static_cast<std::size_t>(store.topic)].name;
            table.add({{node.name},
                       {what},
                       {std::to_string(store.partitions)},
                       {availability(store.one)},
                       {(store.exact ? "" : "≥ ") + availability(store.all)}});
        }
        m_text += table.text(m_colours);
        more(stores.size(), mostCutSets, "stores");
    }

    void more(std::size_t count, std::size_t shown, const char* what) {
        if (count > shown)
            m_text += "  " +
                      inked("… and " + std::to_string(count - shown) + " more " + what + " (--format json has all)",
                            Ink::faint, m_colours) +
                      '\n';
    }

    void improvements() {
        const FlowAvailability* flow = worst();
        if (!flow) return;
        TextTable table({"component", "change", "availability", "gains"},
                        {Align::left, Align::left, Align::right, Align::right});
        std::size_t shown = 0;
        ImprovementScope scope;
        for (const Improvement& improvement : improvementsOf(*m_report.snapshot, flow->flow, 20, {}, &scope)) {
            if (improvement.minutesGainedYear < 0.01 || ++shown > mostUnits) break;
            table.add({{nodeName(improvement.node)},
                       {improvement.change},
                       {availability(improvement.availability)},
                       {downtime(improvement.minutesGainedYear)}});
        }
        if (table.empty()) return;
        heading("What would help " + path(*flow).name + " the most");
        m_text += table.text(m_colours);
        if (scope.lookedAt < scope.costly)
            m_text += "  " +
                      inked("worked out for the " + std::to_string(scope.lookedAt) + " costliest of " +
                                std::to_string(scope.costly) + " components",
                            Ink::faint, m_colours) +
                      '\n';
    }

    void derivations() {
        for (const FlowAvailability& flow : m_report.availability.flows) show(flow.derivation);
    }

    void show(const Derivation& derivation) {
        heading(derivation.title + " = " + derivation.result);
        for (const DerivationStep& step : derivation.steps) {
            m_text += "  " + step.what;
            if (!step.expression.empty()) m_text += ": " + step.expression;
            m_text += " = " + step.result + '\n';
        }
    }

    void show(const ReportSection& section) {
        heading(section.title);
        TextTable table(section.columns, section.aligns);
        const std::size_t shown = m_explained == Explained::yes ? section.rows.size() : mostCutSets;
        for (std::size_t i = 0; i < std::min(shown, section.rows.size()); ++i) table.add(section.rows[i]);
        // What a table ends with is its sum.
        if (section.rows.size() > shown && section.endsWithSum) table.add(section.rows.back());
        m_text += table.text(m_colours);
        more(section.rows.size() - (section.endsWithSum ? 1 : 0), shown, "rows");
        for (const std::string& remark : section.remarks) m_text += "  " + inked(remark, Ink::faint, m_colours) + '\n';
        if (m_explained == Explained::yes)
            for (const Derivation& derivation : section.derivations) show(derivation);
    }

    void formulas() {
        bool first = true;
        for (const FlowAvailability& flow : m_report.availability.flows) {
            if (flow.formula.empty()) continue;
            if (first) heading("How the figures come about");
            first = false;
            m_text += "  " + path(flow).name + ": " + flow.formula + '\n';
        }
    }

    void capacity() {
        heading("Capacity at peak");
        TextTable table({"component", "arrivals", "capacity", "used", "wait", "response"},
                        {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right});
        for (std::size_t i = 0; i < m_report.capacity.nodes.size(); ++i) {
            const ComponentLoad& load = m_report.capacity.nodes[i];
            if (m_graph.nodes[i].behaviour == Behaviour::client) continue;
            const bool full = load.utilisation >= 1;
            const Ink ink = full ? Ink::error : load.utilisation > 0.8 ? Ink::warning : Ink::plain;
            table.add({{m_graph.nodes[i].name},
                       {rate(load.arrivalRps)},
                       {rate(load.capacityRps)},
                       {percent(load.utilisation), ink},
                       {duration(load.waitMs), ink},
                       {duration(load.responseMs)}});
        }
        m_text += table.text(m_colours);
    }

    void asynchronous() {
        if (m_report.availability.async.empty()) return;
        heading("Processing behind brokers and change logs");
        TextTable table({"source", "consumer", "availability"}, {Align::left, Align::left, Align::right});
        for (const AsyncAvailability& async : m_report.availability.async) {
            const auto ends = stageEnds(m_graph, async.flow);
            table.add({{nodeName(ends.first)},
                       {nodeName(ends.second)},
                       {(async.exact ? "" : "≥ ") + availability(async.availability)}});
        }
        m_text += table.text(m_colours);
        for (const AsyncChain& chain : m_report.availability.chains) {
            std::string stages;
            for (const int flow : chain.stages) {
                const auto ends = stageEnds(m_graph, flow);
                stages += (stages.empty() ? "" : ", then ") + nodeName(ends.first) + " → " + nodeName(ends.second);
            }
            m_text += "  " + stages + ": " + (chain.exact ? "" : "≥ ") + availability(chain.availability) + '\n';
        }
    }

    const Report& m_report;
    const FlowGraph& m_graph;
    CostReport m_cost;
    Colours m_colours;
    Explained m_explained;
    std::string m_text;
};

}  // namespace

std::string analyzeText(const Report& report, Colours colours, Explained explained) {
    return AnalyzeText(report, colours, explained).text();
}

}  // namespace loadpath
