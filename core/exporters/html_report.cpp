#include "exporters/html_report.h"

#include "exporters/analyze_sections.h"
#include "exporters/html_run.h"
#include "exporters/html_style.h"
#include "exporters/results.h"
#include "exporters/xml_text.h"
#include "support/format.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr std::size_t mostUnitRows = 12;
constexpr std::size_t mostCutSetRows = 24;

std::string cell(const std::string& text, const char* style = nullptr) {
    return (style ? "<td class=\"" + std::string(style) + "\">" : std::string("<td>")) + escapedXml(text) + "</td>";
}

std::string head(std::initializer_list<const char*> titles) {
    std::string row = "<table><thead><tr>";
    for (const char* title : titles) row += "<th>" + std::string(title) + "</th>";
    return row + "</tr></thead><tbody>\n";
}

/// The drawing without what only a file of its own needs.
std::string inlineSvg(const std::string& svg) {
    const auto start = svg.find("<svg");
    return start == std::string::npos ? std::string() : svg.substr(start);
}

class HtmlReport {
public:
    explicit HtmlReport(const Report& report)
        : m_report(report), m_graph(report.snapshot->graph()), m_cost(analyseCost(*report.snapshot)) {}

    std::string text(const std::string& diagramSvg, const Metrics* metrics) {
        const Design& design = m_report.snapshot->design();
        const std::string title = escapedXml(design.header.name.empty() ? "Untitled design" : design.header.name);
        m_html =
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" +
            title + "</title><style>" + std::string(htmlStyle) + "</style></head><body><main>\n<h1>" + title +
            "</h1>\n";
        if (!design.header.description.empty())
            m_html += "<p class=\"lead\">" + escapedXml(design.header.description) + "</p>\n";
        verdict();
        if (const std::string drawing = inlineSvg(diagramSvg); !drawing.empty())
            m_html += "<figure class=\"diagram\">" + drawing + "</figure>\n";
        requirements();
        findings();
        availability();
        capacity();
        for (const ReportSection& section : analysisSections(m_report, m_cost)) show(section);
        if (metrics) m_html += htmlRun(*metrics, *m_report.snapshot);
        return m_html + "</main></body></html>\n";
    }

private:
    const FlowPath& path(const FlowAvailability& flow) const {
        return m_graph.flows[static_cast<std::size_t>(flow.flow)];
    }
    std::string nodeName(int node) const { return m_graph.nodes[static_cast<std::size_t>(node)].name; }

    void tile(const char* label, const std::string& value, const char* state, const std::string& remark) {
        m_html += "<div class=\"tile " + std::string(state) + "\"><span>" + label + "</span><b>" + escapedXml(value) +
                  "</b><small>" + escapedXml(remark) + "</small></div>\n";
    }

    void verdict() {
        const FindingCounts counts = countFindings(m_report);
        m_html += "<section class=\"tiles\">\n";
        const AvailabilityReport& all = m_report.availability;
        if (all.worstFlow >= 0) {
            const FlowAvailability& worst = all.flows[static_cast<std::size_t>(all.worstFlow)];
            const double goal = path(worst).availabilitySlo;
            tile("Availability", loadpath::availability(worst.availability),
                 goal <= 0                    ? ""
                 : worst.availability >= goal ? "good"
                                              : "error",
                 downtime(worst.downtimeMinYear) + ", worst flow: " + path(worst).name +
                     (goal > 0 ? "; goal " + loadpath::availability(goal) : ""));
        }
        const CapacityReport& load = m_report.capacity;
        if (load.saturatesFirst >= 0)
            tile("Headroom", factor(load.headroom),
                 load.headroom < 1      ? "error"
                 : load.headroom < 1.25 ? "warning"
                                        : "good",
                 nodeName(load.saturatesFirst) + " saturates first");
        if (load.diverges) tile("Load", "diverges", "error", "a synchronous cycle multiplies requests without end");
        tile("Findings", std::to_string(counts.error + counts.warning + counts.info),
             counts.error     ? "error"
             : counts.warning ? "warning"
                              : "good",
             plural(counts.error, "error", "errors") + ", " + plural(counts.warning, "warning", "warnings") + ", " +
                 plural(counts.info, "note", "notes"));
        if (m_cost.isKnown())
            tile("Cost", usd(m_cost.total.typical),
                 exceedsBudget(m_cost) ? "error"
                 : m_cost.budget       ? "good"
                                       : "",
                 "a month; " + costRemark(m_cost));
        m_html += "</section>\n";
    }

    void requirements() {
        const Requirements& wanted = m_report.snapshot->design().header.requirements;
        std::string rows;
        const auto row = [&rows](const char* label, const std::optional<double>& value, std::string (*show)(double)) {
            if (value) rows += "<tr><th>" + std::string(label) + "</th>" + cell(show(*value)) + "</tr>\n";
        };
        row("Users a day", wanted.dau, compact);
        row("Requests per user and day", wanted.requestsPerUserDay, compact);
        row("Peak factor", wanted.peakFactor, shortest);
        row("Availability goal", wanted.availabilitySlo, loadpath::availability);
        row("p99 goal", wanted.p99Ms, duration);
        const auto seconds = [](double value) { return duration(value * 1000); };
        row("Recovery time", wanted.rtoS, seconds);
        row("Recovery point", wanted.rpoS, seconds);
        if (rows.empty() && wanted.functional.empty()) return;
        m_html += "<h2>Requirements</h2>\n";
        if (!wanted.functional.empty()) {
            m_html += "<ul>";
            for (const std::string& line : wanted.functional) m_html += "<li>" + escapedXml(line) + "</li>";
            m_html += "</ul>\n";
        }
        if (!rows.empty()) m_html += "<table class=\"facts\">" + rows + "</table>\n";
    }

    void findings() {
        m_html += "<h2>Findings</h2>\n";
        if (m_report.findings.empty()) m_html += "<p>Nothing found.</p>\n";
        for (const Finding& finding : m_report.findings) {
            const Rule* rule = findRule(finding.rule);
            m_html += "<article class=\"finding " +
                      std::string(finding.acknowledged ? "seen" : name(finding.severity)) + "\"><h3><span>" +
                      (finding.acknowledged ? "acknowledged" : std::string(name(finding.severity))) + "</span> " +
                      escapedXml(finding.message) + "</h3>";
            if (rule) m_html += "<p>" + escapedXml(rule->why) + "</p>";
            if (finding.fix) m_html += "<p class=\"fix\">Fix: " + escapedXml(finding.fix->title) + "</p>";
            m_html += "<p class=\"key\">" + escapedXml(finding.key()) + "</p></article>\n";
        }
    }

    void availability() {
        if (m_report.availability.flows.empty()) return;
        m_html += "<h2>Availability</h2>\n" + head({"Flow", "Rate", "Availability", "Downtime", "With every call made",
                                                    "Single points of failure"});
        for (const FlowAvailability& flow : m_report.availability.flows) {
            std::string spofs;
            for (const int node : flow.spofNodes) spofs += (spofs.empty() ? "" : ", ") + nodeName(node);
            for (const int domain : flow.spofDomains)
                spofs += (spofs.empty() ? "zone " : ", zone ") + m_graph.domains[static_cast<std::size_t>(domain)].name;
            m_html += "<tr>" + cell(path(flow).name) + cell(rate(path(flow).rateRps), "n") +
                      cell((flow.exact ? "" : "≥ ") + loadpath::availability(flow.availability), "n") +
                      cell(downtime(flow.downtimeMinYear), "n") + cell(loadpath::availability(flow.strict), "n") +
                      cell(spofs.empty() ? "none" : spofs) + "</tr>\n";
        }
        m_html += "</tbody></table>\n";
        for (const FlowAvailability& flow : m_report.availability.flows) flowDetails(flow);
        partitionedStores();
        if (m_report.availability.async.empty()) return;
        m_html += "<h3>Processing behind brokers and change logs</h3>\n" + head({"Source", "Consumer", "Availability"});
        for (const AsyncAvailability& async : m_report.availability.async) {
            const auto ends = stageEnds(m_graph, async.flow);
            m_html += "<tr>" + cell(nodeName(ends.first)) + cell(nodeName(ends.second)) +
                      cell((async.exact ? "" : "≥ ") + loadpath::availability(async.availability), "n") + "</tr>\n";
        }
        m_html += "</tbody></table>\n";
    }

    void partitionedStores() {
        const auto& stores = m_report.availability.partitions;
        if (stores.empty()) return;
        const char* purposes[] = {"reads", "writes", "publishing", "consuming"};
        m_html += "<h3>Partitioned stores</h3>\n" + head({"Store", "For", "Partitions", "One up", "All partitions up"});
        for (std::size_t i = 0; i < std::min(mostUnitRows, stores.size()); ++i) {
            const PartitionAvailability& store = stores[i];
            const Node& node = m_graph.nodes[static_cast<std::size_t>(store.node)];
            std::string what = purposes[static_cast<int>(store.purpose)];
            if (node.topics.size() > 1) what += ": " + node.topics[static_cast<std::size_t>(store.topic)].name;
            m_html += "<tr>" + cell(node.name) + cell(what) + cell(std::to_string(store.partitions), "n") +
                      cell(loadpath::availability(store.one), "n") +
                      cell((store.exact ? "" : "≥ ") + loadpath::availability(store.all), "n") + "</tr>\n";
        }
        m_html += "</tbody></table>\n" + rest(stores.size(), mostUnitRows, "stores");
    }

    void flowDetails(const FlowAvailability& flow) {
        m_html +=
            "<details open><summary>How the figure of " + escapedXml(path(flow).name) + " comes about</summary>\n";
        if (!flow.formula.empty()) m_html += "<p class=\"formula\">" + escapedXml(flow.formula) + "</p>\n";
        if (!flow.units.empty()) {
            m_html += head({"Unit", "Availability", "Costs", "Importance"});
            for (std::size_t i = 0; i < std::min(mostUnitRows, flow.units.size()); ++i) {
                const UnitFigures& unit = flow.units[i];
                m_html += "<tr>" + cell(unit.unit) + cell(loadpath::availability(unit.availability), "n") +
                          cell(downtime(unit.downtimeMinYear), "n") +
                          cell(unit.birnbaum ? fixed(*unit.birnbaum, 6) : "–", "n") + "</tr>\n";
            }
            m_html += "</tbody></table>\n" + rest(flow.units.size(), mostUnitRows, "units");
        }
        if (!flow.cutSets.empty()) {
            m_html += "<p>Down when all of a line are down (minimal cut sets):</p><ul class=\"cuts\">";
            for (std::size_t i = 0; i < std::min(mostCutSetRows, flow.cutSets.size()); ++i) {
                std::string units;
                for (const std::string& unit : flow.cutSets[i]) units += (units.empty() ? "" : " + ") + unit;
                m_html += "<li>" + escapedXml(units) + "</li>";
            }
            m_html += "</ul>\n" + rest(flow.cutSets.size(), mostCutSetRows, "cut sets");
        }
        m_html += "</details>\n";
    }

    static std::string rest(std::size_t count, std::size_t shown, const char* what) {
        return count > shown ? "<p class=\"key\">… and " + std::to_string(count - shown) + " more " + what + "</p>\n"
                             : "";
    }

    void capacity() {
        m_html +=
            "<h2>Capacity at peak</h2>\n" + head({"Component", "Arrivals", "Capacity", "Used", "Wait", "Response"});
        for (std::size_t i = 0; i < m_report.capacity.nodes.size(); ++i) {
            if (m_graph.nodes[i].behaviour == Behaviour::client) continue;
            const ComponentLoad& load = m_report.capacity.nodes[i];
            const char* state = load.utilisation >= 1 ? "error" : load.utilisation > 0.8 ? "warning" : "good";
            std::string used = "<td class=\"n\">" + escapedXml(percent(load.utilisation));
            if (std::isfinite(load.utilisation))
                used += "<span class=\"bar " + std::string(state) +
                        "\"><i style=\"width:" + fixed(std::min(1.0, load.utilisation) * 100, 1) + "%\"></i></span>";
            m_html += "<tr>" + cell(m_graph.nodes[i].name) + cell(rate(load.arrivalRps), "n") +
                      cell(rate(load.capacityRps), "n") + used + "</td>" + cell(duration(load.waitMs), "n") +
                      cell(duration(load.responseMs), "n") + "</tr>\n";
        }
        m_html += "</tbody></table>\n";
    }

    void show(const ReportSection& section) {
        m_html += "<h2>" + escapedXml(section.title) + "</h2>\n<table><thead><tr>";
        for (const std::string& column : section.columns) m_html += "<th>" + escapedXml(column) + "</th>";
        m_html += "</tr></thead><tbody>\n";
        for (const auto& row : section.rows) {
            m_html += "<tr>";
            for (std::size_t i = 0; i < row.size(); ++i)
                m_html += cell(row[i].text, section.aligns[i] == TextTable::Align::right ? "n" : nullptr);
            m_html += "</tr>\n";
        }
        m_html += "</tbody></table>\n";
        for (const std::string& remark : section.remarks) m_html += "<p class=\"key\">" + escapedXml(remark) + "</p>\n";
        for (const Derivation& derivation : section.derivations) show(derivation);
    }

    void show(const Derivation& derivation) {
        m_html += "<details><summary>" + escapedXml(derivation.title + ": " + derivation.result) + "</summary>" +
                  "<table class=\"facts\"><tbody>\n";
        for (const DerivationStep& step : derivation.steps)
            m_html += "<tr>" + cell(step.what) + cell(step.expression) + cell(step.result, "n") + "</tr>\n";
        m_html += "</tbody></table></details>\n";
    }

    const Report& m_report;
    const FlowGraph& m_graph;
    CostReport m_cost;
    std::string m_html;
};

}  // namespace

std::string htmlReport(const Report& report, const std::string& diagramSvg, const Metrics* metrics) {
    return HtmlReport(report).text(diagramSvg, metrics);
}

}  // namespace loadpath
