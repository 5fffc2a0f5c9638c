#include "exporters/result_parts.h"
#include "exporters/results.h"
#include "support/format.h"

#include <algorithm>

namespace loadpath {
namespace {

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

struct FindingGroup {
    std::string title;
    Ink ink = Ink::plain;
    std::vector<const Finding*> findings;
};

/// Errors, warnings and notes, then what is accepted; empty ones left out.
std::vector<FindingGroup> groupsOf(const Report& report) {
    std::vector<FindingGroup> groups{{"Errors", Ink::error, {}},
                                     {"Warnings", Ink::warning, {}},
                                     {"Notes", Ink::info, {}},
                                     {"Accepted", Ink::faint, {}}};
    for (const Finding& finding : report.findings)
        groups[finding.acknowledged ? 3 : static_cast<std::size_t>(finding.severity)].findings.push_back(&finding);
    std::erase_if(groups, [](const FindingGroup& group) { return group.findings.empty(); });
    return groups;
}

std::string reasonFor(const Report& report, const Finding& finding) {
    const Acknowledgement* accepted = report.snapshot->design().acknowledged.find({finding.key()});
    return accepted && !accepted->reason.empty() ? accepted->reason : "no reason given";
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

    for (const auto& group : groupsOf(report)) {
        text += '\n' + inked(group.title, group.ink, colours) + '\n';
        std::string_view rule;
        TextTable table({"", ""}, {});
        const auto flush = [&] {
            if (!table.empty()) text += table.text(colours);
            table = TextTable({"", ""}, {});
        };
        for (const Finding* finding : group.findings) {
            if (finding->rule != rule) {
                flush();
                rule = finding->rule;
                text += "  " + inked(wordsOf(report, rule).title, Ink::strong, colours) + "  " +
                        inked(rule, Ink::faint, colours) + '\n';
            }
            const Ink ink = finding->acknowledged ? Ink::faint : Ink::plain;
            table.add({{"  " + places(*finding), ink}, {finding->message, ink}});
            if (finding->acknowledged)
                table.add({{}, {"accepted: " + reasonFor(report, *finding), Ink::faint}});
            else if (finding->fix)
                table.add({{}, {"fix: " + finding->fix->title, Ink::faint}});
        }
        flush();
    }
    return text;
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
        item.add("why", Value(std::string(wordsOf(report, finding.rule).why)));
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
