// Lines of a sheet before they are computed. Only the estimate_*.cpp files of this room need it.
#pragma once

#include "analysis/estimate.h"

#include <deque>
#include <optional>
#include <string_view>

namespace loadpath {

/// The effective value of a numeric property; nothing where it is unset.
inline std::optional<double> numberIn(const ParameterView& view, std::string_view key) {
    const Value value = view.value(key);
    if (!value.isNumber()) return std::nullopt;
    return value.number();
}

/// What a line is compared with: a formula over figures of the canvas.
struct Comparison {
    std::string formula;
    bool atLeast = false;  // the canvas must offer at least as much, rather than the same
};

struct DraftLine {
    EstimateLine line;
    std::string formula;  // empty: an input
    Comparison compare;
};

/// A figure of the canvas that formulas may name: "rd.arrival_rps".
struct CanvasFigure {
    double value = 0;
    std::string name, unit;
    std::vector<std::string> components;
};

class EstimateBuilder {
public:
    explicit EstimateBuilder(const Snapshot& snapshot);

    const Snapshot& snapshot() const { return m_snapshot; }
    const FlowGraph& graph() const { return m_snapshot.graph(); }
    const CapacityReport& peak() const { return m_peak; }
    const CapacityReport& average() const { return m_average; }
    const std::string& id(int node) const { return graph().nodes[static_cast<std::size_t>(node)].id.value; }
    const std::string& nameOf(int node) const { return m_snapshot.nameOf(node); }
    ParameterView parameters(int node) const { return m_snapshot.parameters(node); }

    void section(std::string id, std::string title) { m_sections.push_back({std::move(id), std::move(title)}); }
    DraftLine& input(std::string key, std::string name, std::string unit, double value, InputOrigin origin,
                     std::string note = {});
    /// A property of a component; the catalogue's default counts as assumed.
    DraftLine& property(std::string key, int node, std::string_view property, std::string name, std::string unit,
                        std::string note = {});
    DraftLine& figure(std::string key, std::string section, std::string name, std::string unit, std::string formula,
                      Comparison compare = {}, std::string note = {});
    bool has(const std::string& key) const { return m_index.contains(key); }
    /// The design's own sheet has a line of this key.
    bool isStated(const std::string& key) const { return m_snapshot.design().estimates.contains({key}); }
    std::optional<CanvasFigure> canvas(const std::string& name) const;

    EstimateSheet compute();

private:
    DraftLine& add(DraftLine draft);
    void takeOwnSheet();
    int resolve(const std::string& name);
    void compile();
    void order();
    void compareWithCanvas();

    const Snapshot& m_snapshot;
    CapacityReport m_peak, m_average;
    std::vector<EstimateSection> m_sections;
    std::deque<DraftLine> m_drafts;  // references to drafts stand while more are added
    std::unordered_map<std::string, int> m_index;
    std::vector<int> m_compared;  // by draft: the line it is compared with, −1 none
};

/// "{my-db.rf}": a name as formulas spell it.
inline std::string spelled(const std::string& key) { return '{' + key + '}'; }

/// The peak rate of one client's flows, as a formula.
std::string peakOf(const EstimateBuilder& sheet, int client);

// Parts of the sheet.
void addTraffic(EstimateBuilder& sheet);
void addStorage(EstimateBuilder& sheet);
void addBandwidth(EstimateBuilder& sheet);
void addCaches(EstimateBuilder& sheet);
void addConnections(EstimateBuilder& sheet);
void addMessaging(EstimateBuilder& sheet);
void addServers(EstimateBuilder& sheet);
void addIds(EstimateBuilder& sheet);

}  // namespace loadpath
