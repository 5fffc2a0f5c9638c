#include "exporters/results.h"
#include "json/json_build.h"

#include <algorithm>
#include <map>

namespace loadpath {
namespace {

using json::Object;

const char* level(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::info:
            return "note";
    }
    return "none";
}

JsonNode message(std::string_view text) {
    Object node;
    node.add("text", Value(std::string(text)));
    return node.take();
}

/// A path as a URI reference: what is not plain in a path is escaped byte by byte.
std::string asUri(const std::string& path) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~/").find(c) != std::string_view::npos;
        if (plain) {
            uri += c;
        } else {
            uri += '%';
            uri += digits[static_cast<unsigned char>(c) >> 4];
            uri += digits[static_cast<unsigned char>(c) & 15];
        }
    }
    return uri;
}

/// Rules that found something, with their place in the list that results point into.
class SarifRules {
public:
    std::size_t indexOf(const Report& report, const Finding& finding) {
        const auto entry = m_index.emplace(std::string(finding.rule), m_index.size());
        if (entry.second) m_items.push_back(describeRule(wordsOf(report, finding.rule), finding.rule));
        return entry.first->second;
    }
    JsonNode take() { return json::list(std::move(m_items)); }

private:
    static JsonNode describeRule(const RuleWords& words, std::string_view id) {
        Object item, configuration;
        item.add("id", Value(std::string(id)));
        item.add("shortDescription", message(words.title));
        item.add("fullDescription", message(words.why));
        item.add("help", message(std::string(words.why) +
                                 (words.source.empty() ? "" : "\n\nSource: " + std::string(words.source))));
        configuration.add("level", level(words.severity));
        item.add("defaultConfiguration", std::move(configuration));
        return item.take();
    }

    std::map<std::string, std::size_t> m_index;
    std::vector<JsonNode> m_items;
};

/// The first of the finding's items that has a place in the file.
const TextPlace* placeOf(const ItemPlaces& places, const Finding& finding) {
    const auto look = [&places](const auto& ids) -> const TextPlace* {
        for (const auto& id : ids)
            if (const auto it = places.find(id.value); it != places.end()) return &it->second;
        return nullptr;
    };
    if (const TextPlace* place = look(finding.components)) return place;
    if (const TextPlace* place = look(finding.connections)) return place;
    if (const TextPlace* place = look(finding.zones)) return place;
    const auto flow = places.find(finding.flow.value);
    return flow == places.end() ? nullptr : &flow->second;
}

JsonNode location(const CheckedFile& file, const Finding& finding) {
    Object artifact, physical, region, node;
    artifact.add("uri", Value(asUri(file.path)));
    physical.add("artifactLocation", std::move(artifact));
    // A code host shows nothing without a line: what is about the whole design stands at its start.
    const TextPlace* place = placeOf(file.places, finding);
    region.add("startLine", Value(place ? place->line : 1)).add("startColumn", Value(place ? place->column : 1));
    physical.add("region", std::move(region));
    node.add("physicalLocation", std::move(physical));
    JsonNode logical = json::list();
    const auto add = [&logical](const auto& ids, const char* kind) {
        for (const auto& id : ids) {
            Object one;
            one.add("name", Value(id.value)).add("fullyQualifiedName", Value(std::string(kind) + '/' + id.value));
            one.add("kind", kind);
            logical.items.push_back(one.take());
        }
    };
    add(finding.components, "component");
    add(finding.connections, "connection");
    add(finding.zones, "zone");
    if (!finding.flow.empty()) add(std::vector<FlowId>{finding.flow}, "flow");
    if (!logical.items.empty()) node.add("logicalLocations", std::move(logical));
    return node.take();
}

JsonNode result(const CheckedFile& file, const Finding& finding, std::size_t ruleIndex) {
    Object item, fingerprints;
    item.add("ruleId", Value(std::string(finding.rule)));
    item.add("ruleIndex", std::uint64_t{ruleIndex});
    item.add("level", level(finding.severity));
    item.add("message", message(finding.message));
    item.add("locations", json::list({location(file, finding)}));
    fingerprints.add("findingKey/v1", Value(finding.key()));
    item.add("partialFingerprints", std::move(fingerprints));
    if (finding.acknowledged) {
        Object suppression;
        suppression.add("kind", "inSource").add("status", "accepted");
        const Acknowledgement* accepted = file.report.snapshot->design().acknowledged.find({finding.key()});
        if (accepted && !accepted->reason.empty()) suppression.add("justification", Value(accepted->reason));
        item.add("suppressions", json::list({suppression.take()}));
    }
    return item.take();
}

}  // namespace

std::string sarif(const std::vector<CheckedFile>& files) {
    SarifRules rules;
    JsonNode results = json::list();
    for (const CheckedFile& file : files)
        for (const Finding& finding : file.report.findings)
            results.items.push_back(result(file, finding, rules.indexOf(file.report, finding)));
    Object driver, tool, run, root;
    driver.add("name", "Loadpath").add("rules", rules.take());
    tool.add("driver", std::move(driver));
    run.add("tool", std::move(tool)).add("columnKind", "unicodeCodePoints").add("results", std::move(results));
    root.add("$schema", "https://json.schemastore.org/sarif-2.1.0.json").add("version", "2.1.0");
    root.add("runs", json::list({run.take()}));
    return writeJson(root.take());
}

}  // namespace loadpath
