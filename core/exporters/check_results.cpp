#include "exporters/result_parts.h"
#include "exporters/results.h"
#include "support/format.h"

#include <algorithm>

namespace loadpath {
namespace {

Ink inkOf(Severity severity) {
    switch (severity) {
        case Severity::error:
            return Ink::error;
        case Severity::warning:
            return Ink::warning;
        case Severity::info:
            return Ink::info;
    }
    return Ink::plain;
}

template <class Ids>
JsonNode idList(const Ids& ids) {
    JsonNode node = json::list();
    for (const auto& id : ids) node.items.push_back(json::leaf(id.value));
    return node;
}

std::string places(const Finding& finding) {
    std::string text;
    std::size_t count = 0;
    const auto add = [&](const auto& ids) {
        for (const auto& id : ids) {
            if (++count <= 3) text += (text.empty() ? "" : ", ") + id.value;
        }
    };
    add(finding.components);
    add(finding.connections);
    add(finding.zones);
    if (count > 3) text += " +" + std::to_string(count - 3);
    if (!finding.flow.empty()) text += (text.empty() ? "@" : " @") + finding.flow.value;
    return text;
}

std::string summary(const FindingCounts& counts) {
    std::string text;
    const auto add = [&text](int count, std::string_view one, std::string_view many) {
        if (count > 0) text += (text.empty() ? "" : ", ") + plural(count, one, many);
    };
    add(counts.error, "error", "errors");
    add(counts.warning, "warning", "warnings");
    add(counts.info, "note", "notes");
    return text.empty() ? "nothing found" : text;
}

std::string designName(const Report& report) {
    const std::string& name = report.snapshot->design().header.name;
    return name.empty() ? "Untitled design" : name;
}

}  // namespace

FindingCounts countFindings(const Report& report) {
    FindingCounts counts;
    for (const Finding& finding : report.findings) {
        if (finding.acknowledged) continue;
        switch (finding.severity) {
            case Severity::error:
                ++counts.error;
                break;
            case Severity::warning:
                ++counts.warning;
                break;
            case Severity::info:
                ++counts.info;
                break;
        }
    }
    return counts;
}

std::string checkText(const Report& report, Colours colours) {
    const FindingCounts counts = countFindings(report);
    const Ink verdict = counts.error ? Ink::error : counts.warning ? Ink::warning : Ink::good;
    const char* mark = counts.error ? "✗" : counts.warning ? "!" : "✓";
    std::string text = inked(mark, verdict, colours) + ' ' + inked(designName(report), Ink::strong, colours) + ": " +
                       inked(summary(counts), verdict, colours);
    const auto acknowledged = std::count_if(report.findings.begin(), report.findings.end(),
                                            [](const Finding& finding) { return finding.acknowledged; });
    if (acknowledged) text += " (" + std::to_string(acknowledged) + " more acknowledged)";
    text += '\n';
    if (report.findings.empty()) return text;

    TextTable table({"", "", "", ""}, {});
    for (const Finding& finding : report.findings) {
        const bool seen = finding.acknowledged;
        table.add(
            {{seen ? "accepted" : std::string(name(finding.severity)), seen ? Ink::faint : inkOf(finding.severity)},
             {std::string(finding.rule), seen ? Ink::faint : Ink::plain},
             {places(finding), seen ? Ink::faint : Ink::strong},
             {finding.message, seen ? Ink::faint : Ink::plain}});
        if (finding.fix && !seen) table.add({{}, {}, {}, {"fix: " + finding.fix->title, Ink::faint}});
    }
    return text + '\n' + table.text(colours);
}

JsonNode checkTree(const Report& report, const Problems& warnings) {
    JsonNode findings = json::list();
    for (const Finding& finding : report.findings) {
        json::Object item;
        item.add("rule", Value(std::string(finding.rule)));
        item.add("severity", Value(std::string(name(finding.severity))));
        item.add("components", idList(finding.components));
        item.add("connections", idList(finding.connections));
        item.add("zones", idList(finding.zones));
        if (!finding.flow.empty()) item.add("flow", Value(finding.flow.value));
        item.add("message", Value(finding.message));
        const Rule* rule = findRule(finding.rule);
        item.add("why", Value(rule ? std::string(rule->why) : std::string()));
        item.add("key", Value(finding.key()));
        item.add("acknowledged", Value(finding.acknowledged));
        if (finding.fix) {
            json::Object fix;
            fix.add("title", Value(finding.fix->title));
            item.add("fix", std::move(fix));
        }
        findings.items.push_back(item.take());
    }
    const FindingCounts counts = countFindings(report);
    json::Object root, numbers;
    numbers.add("error", Value(counts.error)).add("warning", Value(counts.warning)).add("info", Value(counts.info));
    root.add("design", Value(report.snapshot->design().header.name));
    root.add("findings", std::move(findings)).add("counts", std::move(numbers));
    if (!warnings.empty()) root.add("warnings", warningTree(warnings));
    return root.take();
}

std::string checkJson(const Report& report, const Problems& warnings) { return writeJson(checkTree(report, warnings)); }

}  // namespace loadpath
