#include "analysis/estimate_builder.h"

#include "model/keys.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace loadpath {
namespace {

constexpr double closeEnough = 0.2;  // what the rule about estimates calls a mismatch

struct Constant {
    std::string_view key, name;
    double exact, rounded;
    std::string_view exactText, roundText;
};
constexpr std::array<Constant, 16> constants{
    {{"second", "a second", 1, 1, "1 s", "1 s"},
     {"minute", "seconds a minute", 60, 60, "60 s", "60 s"},
     {"hour", "seconds an hour", 3600, 3600, "3,600 s", "3,600 s"},
     {"day", "seconds a day", 86400, 1e5, "86,400 s", "10⁵ s"},
     {"week", "seconds a week", 604800, 6e5, "604,800 s", "6 × 10⁵ s"},
     {"month", "seconds in 30 days", 2592000, 2.5e6, "2,592,000 s", "2.5 × 10⁶ s"},
     {"year", "seconds a year", 31536000, 3e7, "31,536,000 s", "3 × 10⁷ s"},
     {"days_a_year", "days a year", 365, 365, "365", "365"},
     {"KB", "bytes a kilobyte", 1e3, 1e3, "10³ B", "10³ B"},
     {"MB", "bytes a megabyte", 1e6, 1e6, "10⁶ B", "10⁶ B"},
     {"GB", "bytes a gigabyte", 1e9, 1e9, "10⁹ B", "10⁹ B"},
     {"TB", "bytes a terabyte", 1e12, 1e12, "10¹² B", "10¹² B"},
     {"PB", "bytes a petabyte", 1e15, 1e15, "10¹⁵ B", "10¹⁵ B"},
     {"kilo", "a thousand", 1e3, 1e3, "10³", "10³"},
     {"mega", "a million", 1e6, 1e6, "10⁶", "10⁶"},
     {"giga", "a billion", 1e9, 1e9, "10⁹", "10⁹"}}};

std::string sectionId(const std::string& title) { return "own:" + title; }

}  // namespace

EstimateBuilder::EstimateBuilder(const Snapshot& snapshot)
    : m_snapshot(snapshot), m_peak(analyseCapacity(snapshot)), m_average(analyseAverageLoad(snapshot.graph())) {}

DraftLine& EstimateBuilder::add(DraftLine draft) {
    const auto entry = m_index.emplace(draft.line.key, static_cast<int>(m_drafts.size()));
    if (!entry.second) return m_drafts[static_cast<std::size_t>(entry.first->second)];
    m_drafts.push_back(std::move(draft));
    return m_drafts.back();
}

DraftLine& EstimateBuilder::input(std::string key, std::string name, std::string unit, double value, InputOrigin origin,
                                  std::string note) {
    DraftLine draft;
    draft.line.key = std::move(key);
    draft.line.name = std::move(name);
    draft.line.unit = std::move(unit);
    draft.line.note = std::move(note);
    draft.line.isInput = true;
    draft.line.origin = origin;
    draft.line.exact = draft.line.rounded = value;
    return add(std::move(draft));
}

DraftLine& EstimateBuilder::property(std::string key, int node, std::string_view property, std::string name,
                                     std::string unit, std::string note) {
    const ParameterView view = parameters(node);
    const Value value = view.value(property);
    const bool stated = view.isStated(property);
    DraftLine& draft =
        input(std::move(key), std::move(name), std::move(unit), value.isNumber() ? value.number() : noFigure,
              stated ? InputOrigin::property : InputOrigin::assumption, std::move(note));
    draft.line.property = std::string(property);
    draft.line.components = {id(node)};
    if (const ParameterSpec* spec = findSpec(view.specs(), property)) {
        draft.line.minimum = spec->range.minimum;
        draft.line.maximum = spec->range.maximum;
        if (!stated && draft.line.note.empty() && !spec->source.empty()) draft.line.note = spec->source;
    }
    return draft;
}

DraftLine& EstimateBuilder::figure(std::string key, std::string section, std::string name, std::string unit,
                                   std::string formula, Comparison compare, std::string note) {
    DraftLine draft;
    draft.line.key = std::move(key);
    draft.line.section = std::move(section);
    draft.line.name = std::move(name);
    draft.line.unit = std::move(unit);
    draft.line.note = std::move(note);
    draft.formula = std::move(formula);
    draft.compare = std::move(compare);
    return add(std::move(draft));
}

std::optional<CanvasFigure> EstimateBuilder::canvas(const std::string& name) const {
    const auto total = [this](auto rate, const char* words) {
        CanvasFigure figure{0, words, "1/s", {}};
        for (const FlowPath& flow : graph().flows) {
            if (flow.derived) continue;
            figure.value += rate(flow);
            const std::string& client = id(flow.entry);
            if (std::find(figure.components.begin(), figure.components.end(), client) == figure.components.end())
                figure.components.push_back(client);
        }
        return figure;
    };
    const auto only = [](Op op, double FlowPath::*rate) {
        return [op, rate](const FlowPath& flow) { return flow.op == op ? flow.*rate : 0; };
    };
    if (name == "canvas.peak_rps") return total([](const FlowPath& f) { return f.rateRps; }, "peak of the clients");
    if (name == "canvas.average_rps")
        return total([](const FlowPath& f) { return f.averageRps; }, "average of the clients");
    if (name == "canvas.peak_read_rps") return total(only(Op::read, &FlowPath::rateRps), "peak of reading flows");
    if (name == "canvas.peak_write_rps") return total(only(Op::write, &FlowPath::rateRps), "peak of writing flows");
    if (name == "canvas.average_read_rps")
        return total(only(Op::read, &FlowPath::averageRps), "average of reading flows");
    if (name == "canvas.average_write_rps")
        return total(only(Op::write, &FlowPath::averageRps), "average of writing flows");

    for (std::size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
        const std::string owner = name.substr(0, dot), what = name.substr(dot + 1);
        for (const FlowPath& flow : graph().flows) {
            if (flow.id.value != owner) continue;
            if (what == "rate_rps") return CanvasFigure{flow.rateRps, "peak of " + flow.name, "1/s", {id(flow.entry)}};
            if (what == "average_rps")
                return CanvasFigure{flow.averageRps, "average of " + flow.name, "1/s", {id(flow.entry)}};
        }
        const auto found = graph().nodeById.find(owner);
        if (found == graph().nodeById.end()) continue;
        const auto node = static_cast<std::size_t>(found->second);
        const std::string& label = graph().nodes[node].name;
        const ComponentLoad &peakLoad = m_peak.nodes[node], &averageLoad = m_average.nodes[node];
        const std::pair<std::string_view, std::pair<double, const char*>> figures[] = {
            {"arrival_rps", {peakLoad.arrivalRps, "peak arrivals at "}},
            {"read_rps", {peakLoad.readRps, "peak reads at "}},
            {"write_rps", {peakLoad.writeRps, "peak writes at "}},
            {"capacity_rps", {peakLoad.capacityRps, "capacity of "}},
            {"average_rps", {averageLoad.arrivalRps, "average arrivals at "}},
            {"average_read_rps", {averageLoad.readRps, "average reads at "}},
            {"average_write_rps", {averageLoad.writeRps, "average writes at "}}};
        for (const auto& [key, value] : figures)
            if (what == key) return CanvasFigure{value.first, value.second + label, "1/s", {owner}};
        if (what == "utilisation")
            return CanvasFigure{peakLoad.utilisation, "utilisation of " + label, "share", {owner}};
        const ParameterView view = parameters(static_cast<int>(node));
        const Value value = view.value(what);
        const ParameterSpec* spec = findSpec(view.specs(), what);
        if (value.isNumber())
            return CanvasFigure{
                value.number(), (spec ? spec->label : what) + " of " + label, spec ? spec->unit : "", {owner}};
    }
    return std::nullopt;
}

void EstimateBuilder::takeOwnSheet() {
    for (const Quantity& quantity : m_snapshot.design().estimates) {
        const auto known = m_index.find(quantity.id.value);
        DraftLine fresh;
        fresh.line.key = quantity.id.value;
        fresh.line.name = quantity.id.value;
        DraftLine& draft =
            known == m_index.end() ? add(std::move(fresh)) : m_drafts[static_cast<std::size_t>(known->second)];
        EstimateLine& line = draft.line;
        if (!quantity.name.empty()) line.name = quantity.name;
        if (!quantity.unit.empty()) line.unit = quantity.unit;
        if (!quantity.note.empty()) line.note = quantity.note;
        if (!quantity.section.empty()) {
            line.section = sectionId(quantity.section);
            if (std::none_of(m_sections.begin(), m_sections.end(), [&](const auto& s) { return s.id == line.section; }))
                m_sections.push_back({line.section, quantity.section});
        } else if (known == m_index.end() && !quantity.formula.empty()) {
            line.section = sectionId({});
            if (std::none_of(m_sections.begin(), m_sections.end(), [&](const auto& s) { return s.id == line.section; }))
                m_sections.push_back({line.section, "This design"});
        }
        line.origin = InputOrigin::sheet;
        line.property.clear();
        draft.formula = quantity.formula;
        line.isInput = quantity.formula.empty();
        line.exact = line.rounded = quantity.value.value_or(noFigure);
        if (line.isInput && !quantity.value) line.problem = "neither a value nor a formula is given";
        if (!quantity.compare.empty()) {
            draft.compare.atLeast = quantity.compare.rfind("<=", 0) == 0;
            draft.compare.formula = draft.compare.atLeast ? quantity.compare.substr(2) : quantity.compare;
        }
    }
}

/// The line that a name stands for: of the sheet, of the canvas, or a constant; −1 where there is none.
int EstimateBuilder::resolve(const std::string& name) {
    if (const auto known = m_index.find(name); known != m_index.end()) return known->second;
    if (const auto figure = canvas(name)) {
        DraftLine& draft = input(name, figure->name, figure->unit, figure->value, InputOrigin::canvas);
        draft.line.components = figure->components;
        return static_cast<int>(m_drafts.size()) - 1;
    }
    for (const Constant& constant : constants) {
        if (constant.key != name) continue;
        DraftLine& draft = input(name, std::string(constant.name), "", constant.exact, InputOrigin::constant);
        draft.line.rounded = constant.rounded;
        draft.line.exactText = constant.exactText;
        draft.line.roundText = constant.roundText;
        return static_cast<int>(m_drafts.size()) - 1;
    }
    return -1;
}

void EstimateBuilder::compile() {
    const std::size_t own = m_drafts.size();
    m_compared.assign(own, -1);
    for (std::size_t i = 0; i < own; ++i) {
        if (m_drafts[i].compare.formula.empty()) continue;
        DraftLine draft;
        draft.line.key = "compare:" + m_drafts[i].line.key;
        draft.line.unit = m_drafts[i].line.unit;
        draft.line.origin = InputOrigin::canvas;
        draft.formula = m_drafts[i].compare.formula;
        m_compared[i] = static_cast<int>(m_drafts.size());
        add(std::move(draft));
    }
    for (std::size_t i = 0; i < m_drafts.size(); ++i) {
        if (m_drafts[i].formula.empty()) continue;
        auto parsed = Formula::parse(m_drafts[i].formula);
        if (!parsed) {
            m_drafts[i].line.problem = parsed.error().front().message;
            continue;
        }
        std::vector<int> operands;
        for (const std::string& name : parsed->names()) {
            const int operand = resolve(name);  // may add drafts
            if (operand < 0) {
                m_drafts[i].line.problem = "there is no figure \"" + name + '"';
                break;
            }
            operands.push_back(operand);
        }
        if (!m_drafts[i].line.problem.empty()) continue;
        m_drafts[i].line.operands = std::move(operands);
        m_drafts[i].line.formula = std::move(*parsed);
    }
}

/// Ranks lines so that operands come first; those in a circle get no rank but a problem.
void EstimateBuilder::order() {
    const std::size_t count = m_drafts.size();
    std::vector<std::vector<int>> users(count);
    std::vector<int> open(count, 0), ready;
    for (std::size_t i = 0; i < count; ++i) {
        for (const int operand : m_drafts[i].line.operands)
            users[static_cast<std::size_t>(operand)].push_back(static_cast<int>(i));
        open[i] = static_cast<int>(m_drafts[i].line.operands.size());
        if (open[i] == 0) ready.push_back(static_cast<int>(i));
    }
    for (std::size_t at = 0; at < ready.size(); ++at) {
        m_drafts[static_cast<std::size_t>(ready[at])].line.rank = static_cast<int>(at);
        for (const int user : users[static_cast<std::size_t>(ready[at])])
            if (--open[static_cast<std::size_t>(user)] == 0) ready.push_back(user);
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (open[i] <= 0) continue;
        EstimateLine& line = m_drafts[i].line;
        line.problem = "the figure depends on itself";
        line.formula.reset();
        line.operands.clear();
        line.exact = line.rounded = noFigure;
    }
    std::vector<int> sorted = ready;
    for (const int index : sorted) {
        EstimateLine& line = m_drafts[static_cast<std::size_t>(index)].line;
        if (!line.formula) continue;
        std::vector<double> exact, rounded;
        const EstimateLine* unknown = nullptr;
        for (const int operand : line.operands) {
            const EstimateLine& source = m_drafts[static_cast<std::size_t>(operand)].line;
            exact.push_back(source.exact);
            rounded.push_back(source.rounded);
            if (!unknown && std::isnan(source.exact)) unknown = &source;
        }
        line.exact = line.formula->compute(exact);
        line.rounded = line.formula->compute(rounded);
        if (std::isnan(line.exact))
            line.problem = unknown ? '"' + unknown->name + "\" is not known" : "the formula divides by nothing";
    }
}

void EstimateBuilder::compareWithCanvas() {
    for (std::size_t i = 0; i < m_compared.size(); ++i) {
        if (m_compared[i] < 0) continue;
        EstimateLine& line = m_drafts[i].line;
        const EstimateLine& canvas = m_drafts[static_cast<std::size_t>(m_compared[i])].line;
        if (std::isnan(canvas.exact) || std::isnan(line.exact)) continue;
        line.onCanvas = canvas.exact;
        for (const int operand : canvas.operands) {
            const EstimateLine& source = m_drafts[static_cast<std::size_t>(operand)].line;
            for (const std::string& component : source.components) {
                auto& all = line.canvasComponents;
                if (std::find(all.begin(), all.end(), component) != all.end()) continue;
                all.push_back(component);
                const int node = graph().node({component});
                if (node >= 0) line.canvasWhere += (line.canvasWhere.empty() ? "" : ", ") + nameOf(node);
            }
        }
        if (m_drafts[i].compare.atLeast) {
            line.agreement = line.onCanvas >= line.exact * (1 - 1e-9) ? Agreement::enough : Agreement::tooLittle;
        } else {
            const double larger = std::max(std::abs(line.exact), std::abs(line.onCanvas));
            const bool close = larger == 0 || std::abs(line.exact - line.onCanvas) <= closeEnough * larger;
            line.agreement = close ? Agreement::agrees : Agreement::differs;
        }
    }
}

EstimateSheet EstimateBuilder::compute() {
    takeOwnSheet();
    compile();
    order();
    compareWithCanvas();
    EstimateSheet sheet;
    sheet.design = m_snapshot.design().header.name;
    sheet.lines.reserve(m_drafts.size());
    for (DraftLine& draft : m_drafts) sheet.lines.push_back(std::move(draft.line));
    for (const auto& entry : m_index) sheet.byKey.emplace(entry.first, entry.second);
    for (EstimateSection& section : m_sections)
        if (std::any_of(sheet.lines.begin(), sheet.lines.end(),
                        [&](const auto& line) { return line.section == section.id; }))
            sheet.sections.push_back(std::move(section));
    return sheet;
}

EstimateSheet estimate(const Snapshot& snapshot) {
    EstimateBuilder builder(snapshot);
    addTraffic(builder);
    addStorage(builder);
    addBandwidth(builder);
    addCaches(builder);
    addConnections(builder);
    addMessaging(builder);
    addServers(builder);
    addIds(builder);
    return builder.compute();
}

}  // namespace loadpath
