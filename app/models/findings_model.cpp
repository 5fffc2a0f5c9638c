#include "findings_model.h"

#include "qt_values.h"

namespace loadpath {
namespace {

QString reasonFor(const Report& report, const std::string& key) {
    const Acknowledgement* acknowledged = report.snapshot->design().acknowledged.find({key});
    return acknowledged ? toQt(acknowledged->reason) : QString();
}

}  // namespace

void FindingsModel::setReport(const Report& report) {
    std::vector<FindingRow> rows;
    QSet<QString> keys;
    for (const Finding& finding : report.findings) {
        FindingRow row;
        const std::string key = finding.key();
        row.key = toQt(key);
        if (keys.contains(row.key)) continue;  // two of one key would be one and the same row
        keys.insert(row.key);
        row.rule = toQt(finding.rule);
        const RuleWords words = wordsOf(report, finding.rule);
        row.title = toQt(words.title);
        row.why = toQt(words.why);
        row.source = toQt(words.source);
        row.message = toQt(finding.message);
        row.severity = toQt(name(finding.severity));
        row.flow = toQt(finding.flow.value);
        row.components = toQt(finding.components);
        row.connections = toQt(finding.connections);
        row.zones = toQt(finding.zones);
        if (finding.fix) row.fixTitle = toQt(finding.fix->title);
        row.acknowledged = finding.acknowledged;
        if (row.acknowledged) row.reason = reasonFor(report, key);
        rows.push_back(std::move(row));
    }
    const int before = count();
    patch(std::move(rows));
    if (count() != before) emit countChanged();
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    const FindingRow* row = rowAt(index);
    if (!row) return {};
    switch (role) {
        case KeyRole:
            return row->key;
        case RuleRole:
            return row->rule;
        case Qt::DisplayRole:
        case TitleRole:
            return row->title;
        case MessageRole:
            return row->message;
        case WhyRole:
            return row->why;
        case SourceRole:
            return row->source;
        case SeverityRole:
            return row->severity;
        case ComponentsRole:
            return row->components;
        case ConnectionsRole:
            return row->connections;
        case ZonesRole:
            return row->zones;
        case ItemsRole:
            return row->components + row->connections + row->zones;
        case FlowRole:
            return row->flow;
        case FixTitleRole:
            return row->fixTitle;
        case AcknowledgedRole:
            return row->acknowledged;
        case ReasonRole:
            return row->reason;
        default:
            return {};
    }
}

QHash<int, QByteArray> FindingsModel::roleNames() const {
    return {{KeyRole, "key"},
            {RuleRole, "rule"},
            {TitleRole, "title"},
            {MessageRole, "message"},
            {WhyRole, "why"},
            {SourceRole, "source"},
            {SeverityRole, "severity"},
            {ComponentsRole, "components"},
            {ConnectionsRole, "connections"},
            {ZonesRole, "zones"},
            {ItemsRole, "items"},
            {FlowRole, "flow"},
            {FixTitleRole, "fixTitle"},
            {AcknowledgedRole, "acknowledged"},
            {ReasonRole, "reason"}};
}

}  // namespace loadpath
