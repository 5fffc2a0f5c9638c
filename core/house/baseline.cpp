#include "house/baseline.h"

#include "json/json_problems.h"

#include <algorithm>

namespace loadpath {
namespace {

std::optional<Severity> severityNamed(const std::string& word) {
    for (const Severity severity : {Severity::error, Severity::warning, Severity::info})
        if (name(severity) == word) return severity;
    return std::nullopt;
}

/// One result: {"findings": [{"key", "severity"} …]}.
void readOne(const JsonNode& node, const Place& place, ProblemList& problems, Baseline& baseline) {
    const JsonNode* findings = node.find("findings");
    if (!findings || findings->kind != JsonNode::Kind::list) {
        problems.add(node, place, "this is neither a design nor a result of check --format json");
        return;
    }
    const Place list = place.at("findings");
    for (std::size_t i = 0; i < findings->items.size(); ++i) {
        const JsonNode& finding = findings->items[i];
        const JsonNode *key = finding.find("key"), *severity = finding.find("severity");
        const auto level = severity && severity->scalar.text() ? severityNamed(*severity->scalar.text()) : std::nullopt;
        if (!key || !key->scalar.text() || !level) {
            problems.add(finding, list.at(i), "a finding needs its \"key\" and its \"severity\"");
            continue;
        }
        const auto entry = baseline.emplace(*key->scalar.text(), *level);
        if (!entry.second) entry.first->second = std::min(entry.first->second, *level);
    }
}

}  // namespace

bool looksLikeResult(std::string_view text) {
    const auto tree = parseJsonTree(text);
    if (!tree) return false;
    const JsonNode* first = tree->kind == JsonNode::Kind::list && !tree->items.empty() ? &tree->items.front() : &*tree;
    return tree->kind == JsonNode::Kind::list || first->find("findings") != nullptr;
}

Result<Baseline> readBaseline(std::string_view text) {
    const auto tree = parseJsonTree(text);
    if (!tree) return unexpected(tree.error());
    ProblemList problems;
    Baseline baseline;
    const Place top;
    if (tree->kind == JsonNode::Kind::list)
        for (std::size_t i = 0; i < tree->items.size(); ++i) readOne(tree->items[i], top.at(i), problems, baseline);
    else
        readOne(*tree, top, problems, baseline);
    if (!problems.empty()) return unexpected(std::move(problems.problems));
    return baseline;
}

Baseline baselineOf(const Report& report) {
    Baseline baseline;
    for (const Finding& finding : report.findings) baseline.emplace(finding.key(), finding.severity);
    return baseline;
}

int hideKnown(Report& report, const Baseline& baseline) {
    const auto known = [&baseline](const Finding& finding) {
        const auto it = baseline.find(finding.key());
        return it != baseline.end() && finding.severity >= it->second;
    };
    return static_cast<int>(std::erase_if(report.findings, known));
}

}  // namespace loadpath
