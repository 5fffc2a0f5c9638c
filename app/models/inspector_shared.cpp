// Rows for several items at once.
#include "inspector_rows.h"
#include "selection.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <map>

namespace loadpath {
namespace {

/// Items with the same look have rows of the same descriptions and choices.
std::string lookOf(const Design& design, const std::string& id) {
    if (const Component* c = design.components.find({id})) return c->type;
    if (const Connection* c = design.connections.find({id})) {
        const Component *from = design.components.find(c->from), *to = design.components.find(c->to);
        return (from ? from->type : "") + '|' + (to ? to->type : "") + '|' + std::string(name(c->mode));
    }
    return {};
}

/// Whether two items of one look show the same: then there is nothing to compare.
bool sameContent(const Design& design, const std::string& a, const std::string& b) {
    const Component *x = design.components.find({a}), *y = design.components.find({b});
    if (x && y) return x->properties == y->properties && x->zones == y->zones;
    const Connection *v = design.connections.find({a}), *w = design.connections.find({b});
    return v && w && v->properties == w->properties && v->label == w->label;
}

QString shown(const InspectorRow& row) { return row.isStated ? row.text : row.fallbackText; }

void keepCommonChoices(InspectorRow& row, const InspectorRow& other) {
    QStringList choices, labels;
    for (qsizetype i = 0; i < row.choices.size(); ++i) {
        if (!other.choices.contains(row.choices[i])) continue;
        choices.append(row.choices[i]);
        labels.append(row.choiceLabels.value(i, row.choices[i]));
    }
    row.choices = choices;
    row.choiceLabels = labels;
}

bool fits(const InspectorRow& a, const InspectorRow& b) {
    return a.target == b.target && a.kind == b.kind && a.unit == b.unit;
}

using ByKey = QHash<QString, const InspectorRow*>;
ByKey byKey(const std::vector<InspectorRow>& rows) {
    ByKey found;
    for (const InspectorRow& row : rows) found.insert(row.key, &row);
    return found;
}

/// The least and the most of a number, as they are shown.
struct Span {
    double least = 1e300, most = -1e300;
    QString leastText, mostText;
    void take(const InspectorRow& row) {
        bool ok = false;
        const double number = row.value.toDouble(&ok);
        if (!ok) return;
        if (number < least) least = number, leastText = shown(row);
        if (number > most) most = number, mostText = shown(row);
    }
};

/// "mixed", for numbers with their span.
void showMixed(InspectorRow& row, const Span& span) {
    row.fallbackText = QCoreApplication::translate("Inspector", "mixed");
    if (span.least < span.most && (row.kind == u"integer" || row.kind == u"number"))
        row.fallbackText =
            QCoreApplication::translate("Inspector", "mixed, %1 to %2").arg(span.leastText, span.mostText);
    row.text.clear();
    row.value = QVariant();
    row.problem.clear();
    row.scale = {};
}

}  // namespace

std::vector<InspectorRow> sharedRows(const Design& design, const Catalog& catalog,
                                     const std::vector<std::string>& ids) {
    if (ids.empty()) return {};
    std::vector<InspectorRow> common = inspectorRows(design, catalog, ids.front());
    std::erase_if(common, [](const InspectorRow& row) {
        return row.key == u"name" || row.key == u"parent" || row.target == u"note" || row.readOnly;
    });
    std::vector<Span> spans(common.size());
    for (std::size_t i = 0; i < common.size(); ++i) spans[i].take(common[i]);
    std::vector<bool> shared(common.size(), true);

    std::map<std::string, std::vector<std::string>> compared;  // by look; one of each content
    compared[lookOf(design, ids.front())].push_back(ids.front());
    for (std::size_t item = 1; item < ids.size(); ++item) {
        std::vector<std::string>& known = compared[lookOf(design, ids[item])];
        // The last few: things that are alike were mostly made one after the other.
        constexpr std::size_t few = 8;
        const auto from = known.size() > few ? known.end() - few : known.begin();
        if (std::any_of(from, known.end(),
                        [&](const std::string& other) { return sameContent(design, ids[item], other); }))
            continue;
        known.push_back(ids[item]);
        const std::vector<InspectorRow> own = inspectorRows(design, catalog, ids[item]);
        const ByKey rows = byKey(own);
        for (std::size_t i = 0; i < common.size(); ++i) {
            if (!shared[i]) continue;
            const InspectorRow* other = rows.value(common[i].key);
            if (!other || !fits(common[i], *other)) {
                shared[i] = false;
                continue;
            }
            keepCommonChoices(common[i], *other);
            common[i].mixed = common[i].mixed || shown(common[i]) != shown(*other);
            common[i].isStated = common[i].isStated || other->isStated;
            if (other->isStated && !common[i].mixed) common[i].text = other->text;
            spans[i].take(*other);
        }
    }
    std::vector<InspectorRow> rows;
    for (std::size_t i = 0; i < common.size(); ++i) {
        InspectorRow& row = common[i];
        if (!shared[i] || ((row.kind == u"choice" || row.kind == u"set") && row.choices.isEmpty())) continue;
        if (row.mixed) showMixed(row, spans[i]);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace loadpath
