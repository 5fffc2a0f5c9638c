#include "exporters/results.h"
#include "json/json_build.h"

#include <set>

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

JsonNode message(const std::string& text) {
    Object node;
    node.add("text", Value(text));
    return node.take();
}

/// A path as a URI reference: what is not plain in a path is escaped byte by byte.
std::string asUri(const std::string& path) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string uri;
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

JsonNode driver(const std::set<std::string_view>& used) {
    JsonNode rules = json::list();
    for (const std::string_view id : used) {
        const Rule* rule = findRule(id);
        Object item, configuration;
        item.add("id", Value(std::string(id)));
        if (rule) {
            item.add("shortDescription", message(std::string(rule->title)));
            item.add("fullDescription", message(std::string(rule->why)));
            configuration.add("level", level(rule->severity));
            item.add("defaultConfiguration", std::move(configuration));
        }
        rules.items.push_back(item.take());
    }
    Object node;
    node.add("name", "Loadpath").add("rules", std::move(rules));
    return node.take();
}

JsonNode location(const std::string& path, const Finding& finding) {
    Object artifact, physical, node;
    artifact.add("uri", Value(asUri(path)));
    physical.add("artifactLocation", std::move(artifact));
    node.add("physicalLocation", std::move(physical));
    JsonNode logical = json::list();
    const auto add = [&logical](const auto& ids, const char* kind) {
        for (const auto& id : ids) {
            Object place;
            place.add("name", Value(id.value)).add("kind", kind);
            logical.items.push_back(place.take());
        }
    };
    add(finding.components, "component");
    add(finding.connections, "connection");
    add(finding.zones, "zone");
    if (!logical.items.empty()) node.add("logicalLocations", std::move(logical));
    return node.take();
}

JsonNode result(const std::string& path, const Finding& finding) {
    Object item, fingerprints;
    item.add("ruleId", Value(std::string(finding.rule)));
    item.add("level", level(finding.severity));
    item.add("message", message(finding.message));
    item.add("locations", json::list({location(path, finding)}));
    fingerprints.add("findingKey/v1", Value(finding.key()));
    item.add("partialFingerprints", std::move(fingerprints));
    if (finding.acknowledged) {
        Object suppression;
        suppression.add("kind", "inSource");
        item.add("suppressions", json::list({suppression.take()}));
    }
    return item.take();
}

}  // namespace

std::string sarif(const std::vector<std::pair<std::string, Report>>& files) {
    std::set<std::string_view> used;
    JsonNode results = json::list();
    for (const auto& file : files)
        for (const Finding& finding : file.second.findings) {
            used.insert(finding.rule);
            results.items.push_back(result(file.first, finding));
        }
    Object tool, run, root;
    tool.add("driver", driver(used));
    run.add("tool", std::move(tool)).add("results", std::move(results)).add("columnKind", "unicodeCodePoints");
    root.add("$schema", "https://json.schemastore.org/sarif-2.1.0.json").add("version", "2.1.0");
    root.add("runs", json::list({run.take()}));
    return writeJson(root.take());
}

}  // namespace loadpath
