#include "rules/house_rules.h"

#include "analysis/cost.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "support/format.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

using Format = MessagePart::Format;

double numberOfValue(const Value& value) {
    if (const bool* truth = value.boolean()) return *truth ? 1 : 0;
    return value.isNumber() ? value.number() : noFigure;
}

std::string textOfValue(const Value& value) {
    if (value.isNull()) return "unset";
    if (const bool* truth = value.boolean()) return *truth ? "yes" : "no";
    if (const std::string* text = value.text()) return *text;
    if (value.isNumber()) return shortest(value.number());
    if (const Value::List* list = value.list()) {
        std::string joined;
        for (const Value& item : *list) joined += (joined.empty() ? "" : ", ") + textOfValue(item);
        return joined.empty() ? "none" : joined;
    }
    return value.object()->empty() ? "unset" : "set";
}

std::string written(double number, Format format) {
    if (std::isnan(number)) return "unknown";
    switch (format) {
        case Format::percent:
            return percent(number);
        case Format::availability:
            return availability(number);
        case Format::rate:
            return rate(number);
        case Format::duration:
            return duration(number);
        case Format::number:
            return compact(number);
        case Format::natural:
            return shortest(number);
    }
    return {};
}

/// Figures by name for one snapshot; what costs something is worked out when it is first asked for.
class HouseFigures {
public:
    explicit HouseFigures(const Evidence& evidence) : m_evidence(&evidence) {}

    const Snapshot& snapshot() const { return m_evidence->snapshot; }

    double ofDesign(std::string_view name) const {
        const Requirements& wanted = snapshot().design().header.requirements;
        const AvailabilityReport& availability = m_evidence->availability;
        const bool hasFlows = availability.worstFlow >= 0;
        if (name == "components") return static_cast<double>(snapshot().graph().nodes.size());
        if (name == "connections") return static_cast<double>(snapshot().graph().links.size());
        if (name == "availability") return hasFlows ? availability.worst : noFigure;
        if (name == "downtime_min_year") return hasFlows ? (1 - availability.worst) * 525600 : noFigure;
        if (name == "headroom") return m_evidence->capacity.headroom;
        if (name == "cost_usd_month") return costs().isKnown() ? costs().total.typical : noFigure;
        if (name == "availability_slo") return wanted.availabilitySlo.value_or(noFigure);
        if (name == "p99_ms") return wanted.p99Ms.value_or(noFigure);
        if (name == "rto_s") return wanted.rtoS.value_or(noFigure);
        if (name == "rpo_s") return wanted.rpoS.value_or(noFigure);
        if (name == "budget_usd_month") return wanted.budgetUsdMonth.value_or(noFigure);
        return noFigure;
    }

    /// Nothing where the name is a property.
    std::optional<double> ofComponent(std::string_view name, int node) const {
        const FlowGraph& graph = snapshot().graph();
        const ComponentLoad& load = at(m_evidence->capacity.nodes, node);
        if (name == "arrival_rps") return load.arrivalRps;
        if (name == "read_rps") return load.readRps;
        if (name == "write_rps") return load.writeRps;
        if (name == "capacity_rps") return load.capacityRps;
        if (name == "utilisation") return load.utilisation;
        if (name == "wait_ms") return load.waitMs;
        if (name == "response_ms") return load.responseMs;
        if (name == "downtime_min_year") return at(downtimes(), node);
        if (name == "cost_usd_month") {
            const ComponentCost* cost = costs().of(node);
            return cost ? cost->usd.typical : noFigure;
        }
        if (name == "callers") return static_cast<double>(neighbours(at(graph.incoming, node), true));
        if (name == "calls") return static_cast<double>(neighbours(at(graph.outgoing, node), false));
        if (name == "zones") return static_cast<double>(componentOf(snapshot(), node).zones.size());
        return std::nullopt;
    }

    std::optional<double> ofConnection(std::string_view name, int link) const {
        if (name == "calls_rps") return at(m_evidence->capacity.linkRps, link);
        return std::nullopt;
    }

private:
    std::size_t neighbours(const std::vector<int>& links, bool incoming) const {
        std::set<int> others;
        for (const int link : links) {
            const Link& l = at(snapshot().graph().links, link);
            if (l.mode != Mode::telemetry) others.insert(incoming ? l.from : l.to);
        }
        return others.size();
    }
    const CostReport& costs() const {
        if (!m_costs) m_costs = analyseCost(snapshot());
        return *m_costs;
    }
    const std::vector<double>& downtimes() const {
        if (!m_downtimes.empty() || snapshot().graph().nodes.empty()) return m_downtimes;
        m_downtimes.assign(snapshot().graph().nodes.size(), 0);
        for (const FlowAvailability& flow : m_evidence->availability.flows) {
            std::vector<double> own(m_downtimes.size(), 0);
            for (const UnitFigures& unit : flow.units)
                if (unit.node >= 0) at(own, unit.node) += unit.downtimeMinYear;
            for (std::size_t i = 0; i < own.size(); ++i) m_downtimes[i] = std::max(m_downtimes[i], own[i]);
        }
        return m_downtimes;
    }

    const Evidence* m_evidence;
    mutable std::optional<CostReport> m_costs;
    mutable std::vector<double> m_downtimes;  // by node: minutes a year that it costs the flow it costs most
};

/// A component or a connection under test: its figures and properties by name.
struct Subject {
    int node = -1, link = -1;
};

bool passes(const PropertyTest& test, const ParameterView& view) {
    const Value value = view.value(test.key);
    if (test.anyOf.empty()) return value.isNull() == test.mustBeUnset;
    return std::any_of(test.anyOf.begin(), test.anyOf.end(), [&value](const Value& wanted) {
        if (value.list() && !wanted.list())
            return std::find(value.list()->begin(), value.list()->end(), wanted) != value.list()->end();
        return value == wanted;
    });
}

class HouseChecker {
public:
    explicit HouseChecker(const Evidence& evidence) : m_figures(evidence), m_placement(evidence.snapshot.design()) {}

    std::vector<Finding> check(const HouseRule& rule) {
        std::vector<Finding> findings;
        const FlowGraph& graph = snapshot().graph();
        if (const auto* components = std::get_if<ComponentSelector>(&rule.selector)) {
            for (int node = 0; node < static_cast<int>(graph.nodes.size()); ++node)
                if (selects(*components, node)) tryOne(rule, {node, -1}, findings);
        } else if (const auto* connections = std::get_if<ConnectionSelector>(&rule.selector)) {
            for (int link = 0; link < static_cast<int>(graph.links.size()); ++link)
                if (selects(*connections, link)) tryOne(rule, {-1, link}, findings);
        }
        return findings;
    }

private:
    const Snapshot& snapshot() const { return m_figures.snapshot(); }

    bool selects(const ComponentSelector& selector, int node) const {
        if (!selector.types.empty() && !selector.types.contains(componentOf(snapshot(), node).type)) return false;
        const ParameterView view = viewOf(snapshot(), node);
        return std::all_of(selector.tests.begin(), selector.tests.end(),
                           [&view](const PropertyTest& test) { return passes(test, view); });
    }
    bool selects(const ConnectionSelector& selector, int link) const {
        const Link& l = at(snapshot().graph().links, link);
        if (!selector.modes.empty() && !selector.modes.contains(l.mode)) return false;
        if (!selects(selector.from, l.from) || !selects(selector.to, l.to)) return false;
        const ParameterView view = viewOfLink(snapshot(), link);
        return std::all_of(selector.tests.begin(), selector.tests.end(),
                           [&view](const PropertyTest& test) { return passes(test, view); });
    }

    /// A figure, or nothing where the name is that of a property, which then stands in `property`.
    std::optional<double> figureOf(const std::string& name, const Subject& subject, Value& property) const {
        if (name.starts_with("design.")) return m_figures.ofDesign(std::string_view(name).substr(7));
        if (subject.link >= 0) {
            const Link& l = at(snapshot().graph().links, subject.link);
            if (name.starts_with("from.")) return figureOf(name.substr(5), {l.from, -1}, property);
            if (name.starts_with("to.")) return figureOf(name.substr(3), {l.to, -1}, property);
            if (const auto figure = m_figures.ofConnection(name, subject.link)) return figure;
            property = viewOfLink(snapshot(), subject.link).value(name);
            return std::nullopt;
        }
        if (const auto figure = m_figures.ofComponent(name, subject.node)) return figure;
        property = viewOf(snapshot(), subject.node).value(name);
        return std::nullopt;
    }
    double number(const std::string& name, const Subject& subject) const {
        Value property;
        const auto figure = figureOf(name, subject, property);
        return figure ? *figure : numberOfValue(property);
    }

    std::string nameOfPart(const std::string& name, const Subject& subject) const {
        if (subject.node >= 0) return name == "name" ? snapshot().nameOf(subject.node) : std::string();
        const Link& l = at(snapshot().graph().links, subject.link);
        if (name == "name") return arrow(snapshot(), subject.link);
        if (name == "from" || name == "from.name") return snapshot().nameOf(l.from);
        return name == "to" || name == "to.name" ? snapshot().nameOf(l.to) : std::string();
    }

    std::string sentence(const HouseRule& rule, const Subject& subject) const {
        std::string text;
        for (const MessagePart& part : rule.message) {
            if (part.name.empty()) {
                text += part.text;
                continue;
            }
            if (std::string own = nameOfPart(part.name, subject); !own.empty()) {
                text += own;
                continue;
            }
            Value property;
            const auto figure = figureOf(part.name, subject, property);
            if (figure)
                text += written(*figure, part.format);
            else if (part.format == Format::natural || !property.isNumber())
                text += textOfValue(property);
            else
                text += written(property.number(), part.format);
        }
        return text;
    }

    void tryOne(const HouseRule& rule, const Subject& subject, std::vector<Finding>& findings) {
        if (rule.when && !rule.when->holds([this, &subject](const std::string& name) { return number(name, subject); }))
            return;
        Finding finding{rule.id, rule.severity};
        finding.message = sentence(rule, subject);
        FixBuilder fix(snapshot(), m_placement);
        if (subject.node >= 0) {
            finding.components = {at(snapshot().graph().nodes, subject.node).id};
            for (const auto& value : rule.fixValues) fix.set(finding.components.front(), value.first, value.second);
        } else {
            finding.connections = {at(snapshot().graph().links, subject.link).id};
            for (const auto& value : rule.fixValues) fix.set(finding.connections.front(), value.first, value.second);
        }
        if (!fix.empty()) finding.fix = fix.titled(rule.fixTitle);
        findings.push_back(std::move(finding));
    }

    HouseFigures m_figures;
    Placement m_placement;
};

}  // namespace

const HouseRule* HouseRules::find(std::string_view id) const {
    const auto it = std::find_if(rules.begin(), rules.end(), [id](const HouseRule& rule) { return rule.id == id; });
    return it == rules.end() ? nullptr : &*it;
}

const std::vector<HouseFigure>& componentFigures() {
    static const std::vector<HouseFigure> all{
        {"arrival_rps", "operations a second at peak", Format::rate},
        {"read_rps", "reads among them", Format::rate},
        {"write_rps", "writes among them", Format::rate},
        {"capacity_rps", "operations a second that it can do", Format::rate},
        {"utilisation", "share of its servers that is busy at peak", Format::percent},
        {"wait_ms", "mean time queued", Format::duration},
        {"response_ms", "mean time queued and served", Format::duration},
        {"downtime_min_year", "minutes a year that it costs the flow it costs most", Format::number},
        {"cost_usd_month", "dollars a month", Format::number},
        {"callers", "components with a connection to it", Format::number},
        {"calls", "components it has a connection to", Format::number},
        {"zones", "zones it is placed in", Format::number},
    };
    return all;
}

const std::vector<HouseFigure>& connectionFigures() {
    static const std::vector<HouseFigure> all{{"calls_rps", "calls or messages a second at peak", Format::rate}};
    return all;
}

const std::vector<HouseFigure>& designFigures() {
    static const std::vector<HouseFigure> all{
        {"components", "how many there are", Format::number},
        {"connections", "how many there are", Format::number},
        {"availability", "of the worst flow", Format::availability},
        {"downtime_min_year", "of the worst flow", Format::number},
        {"headroom", "by what factor the load may grow", Format::number},
        {"cost_usd_month", "dollars a month", Format::number},
        {"availability_slo", "as required", Format::availability},
        {"p99_ms", "as required", Format::duration},
        {"rto_s", "as required", Format::number},
        {"rpo_s", "as required", Format::number},
        {"budget_usd_month", "as required", Format::number},
    };
    return all;
}

std::vector<Finding> checkHouseRules(const HouseRules& rules, const Evidence& evidence) {
    std::vector<Finding> all;
    HouseChecker checker(evidence);
    for (const HouseRule& rule : rules.rules) {
        std::vector<Finding> own = checker.check(rule);
        std::move(own.begin(), own.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace loadpath
