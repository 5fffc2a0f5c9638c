#include "comparison.h"

#include "analysis/cost.h"
#include "connecting.h"
#include "edit_texts.h"
#include "qt_values.h"
#include "quantity.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

using Kind = ItemDifference::Kind;

QString kindWord(Kind kind) {
    switch (kind) {
        case Kind::component:
            return DesignComparison::tr("component");
        case Kind::connection:
            return DesignComparison::tr("connection");
        case Kind::zone:
            return DesignComparison::tr("zone");
        case Kind::flow:
            return DesignComparison::tr("flow");
        case Kind::note:
            return DesignComparison::tr("note");
    }
    return {};
}

QString presenceWord(Presence presence) {
    return presence == Presence::added     ? QStringLiteral("added")
           : presence == Presence::removed ? QStringLiteral("removed")
                                           : QStringLiteral("changed");
}

QString nameIn(const Design& design, const Catalog& catalog, const ItemDifference& item) {
    const auto component = [&](const ComponentId& id) {
        const Component* c = design.components.find(id);
        return c ? toQt(shownName(*c, catalog)) : toQt(id.value);
    };
    switch (item.kind) {
        case Kind::component:
            return component({item.id});
        case Kind::connection:
            if (const Connection* c = design.connections.find({item.id}))
                return component(c->from) + QStringLiteral(" → ") + component(c->to);
            break;
        case Kind::zone:
            if (const Zone* z = design.zones.find({item.id}); z && !z->name.empty()) return toQt(z->name);
            break;
        case Kind::flow:
            if (const Flow* f = design.flows.find({item.id}); f && !f->name.empty()) return toQt(f->name);
            break;
        case Kind::note:
            if (const Note* n = design.notes.find({item.id})) return toQt(n->text).simplified().left(40);
            break;
    }
    return toQt(item.id);
}

template <class T>
Edits putOf(const Table<T>& table, const std::string& id) {
    const T* item = table.find({id});
    return item ? Edits{Put<T>{*item, std::nullopt}} : Edits{};
}

/// What became of it, in words: "Instances of Redis: 1 → 3".
QString detailOf(const Design& before, const Design& after, const Catalog& catalog, const ItemDifference& item) {
    if (item.presence != Presence::changed) return {};
    if (item.onlyMoved) return DesignComparison::tr("moved");
    const Edits put = item.kind == Kind::component    ? putOf(after.components, item.id)
                      : item.kind == Kind::connection ? putOf(after.connections, item.id)
                      : item.kind == Kind::flow       ? putOf(after.flows, item.id)
                                                      : Edits{};
    return describeEdits(before, catalog, put).join(u'\n');
}

struct Verdict {
    double availability = noFigure, headroom = noFigure, cost = noFigure;
    int errors = 0, warnings = 0;
};

Verdict verdictOf(const Design& design, const std::shared_ptr<const Catalog>& catalog) {
    const auto snapshot = Snapshot::of(design, catalog);
    const Report report = evaluate(snapshot);
    const CostReport cost = analyseCost(*snapshot);
    Verdict verdict;
    if (report.availability.worstFlow >= 0) verdict.availability = report.availability.worst;
    verdict.headroom = report.capacity.diverges ? 0 : report.capacity.headroom;
    if (cost.isKnown()) verdict.cost = cost.total.typical;
    for (const Finding& finding : report.findings) {
        if (finding.acknowledged) continue;
        verdict.errors += finding.severity == Severity::error ? 1 : 0;
        verdict.warnings += finding.severity == Severity::warning ? 1 : 0;
    }
    return verdict;
}

enum class Better { more, less };

QVariantMap figure(const QString& label, double before, double after, const QString& beforeText,
                   const QString& afterText, Better better) {
    QString state = QStringLiteral("same");
    // What reads the same is the same.
    if (beforeText != afterText && !std::isnan(before) && !std::isnan(after))
        state = (after > before) == (better == Better::more) ? QStringLiteral("better") : QStringLiteral("worse");
    return {{QStringLiteral("label"), label},
            {QStringLiteral("before"), beforeText},
            {QStringLiteral("after"), afterText},
            {QStringLiteral("state"), state}};
}

QVariantList comparedFigures(const Verdict& a, const Verdict& b) {
    constexpr double minutesPerYear = 525600;
    const auto downtime = [](double availability) { return downtimeText((1 - availability) * minutesPerYear); };
    const auto money = [](double usdMonth) { return std::isnan(usdMonth) ? noFigureText : toQt(usd(usdMonth)); };
    const auto number = [](int count) { return QString::number(count); };
    return {
        figure(DesignComparison::tr("Availability"), a.availability, b.availability, availabilityText(a.availability),
               availabilityText(b.availability), Better::more),
        figure(DesignComparison::tr("Downtime"), -a.availability, -b.availability, downtime(a.availability),
               downtime(b.availability), Better::less),
        figure(DesignComparison::tr("Errors"), a.errors, b.errors, number(a.errors), number(b.errors), Better::less),
        figure(DesignComparison::tr("Warnings"), a.warnings, b.warnings, number(a.warnings), number(b.warnings),
               Better::less),
        figure(DesignComparison::tr("Headroom"), a.headroom, b.headroom, factorText(a.headroom), factorText(b.headroom),
               Better::more),
        figure(DesignComparison::tr("Cost a month"), a.cost, b.cost, money(a.cost), money(b.cost), Better::less)};
}

}  // namespace

DesignComparison::DesignComparison(Document* document, QObject* parent)
    : QObject(parent), m_document(document), m_task(this, [this](QVariantList figures) {
          m_figures = std::move(figures);
          emit figuresChanged();
      }) {
    connect(document, &Document::changed, this, [this](const DesignChange& change) {
        if (!m_active) return;
        // Another document has nothing to do with the one that was compared.
        change.reset ? stop() : follow();
    });
}

DesignComparison::~DesignComparison() = default;

void DesignComparison::compareWith(Design before, const QString& title) {
    m_before = std::move(before);
    m_title = title;
    m_active = true;
    m_figures.clear();
    emit figuresChanged();
    follow();
}

void DesignComparison::follow() {
    const Design& after = m_document->design();
    const Catalog& catalog = *m_document->catalog();
    m_both = bothOf(m_before, after);
    m_items.clear();
    m_marks.clear();
    for (const ItemDifference& item : differenceOf(m_before, after)) {
        if (item.kind != Kind::flow) m_marks[item.id] = item.presence;
        const Design& where = item.presence == Presence::removed ? m_before : after;
        m_items.append(QVariantMap{{QStringLiteral("id"), toQt(item.id)},
                                   {QStringLiteral("kind"), kindWord(item.kind)},
                                   {QStringLiteral("name"), nameIn(where, catalog, item)},
                                   {QStringLiteral("presence"), presenceWord(item.presence)},
                                   {QStringLiteral("detail"), detailOf(m_before, after, catalog, item)}});
    }
    m_task.start([before = m_before, after, all = m_document->catalog()](const std::stop_token&) {
        return comparedFigures(verdictOf(before, all), verdictOf(after, all));
    });
    emit changed();
}

void DesignComparison::stop() {
    if (!m_active) return;
    m_active = false;
    m_task.cancel();
    m_items.clear();
    m_marks.clear();
    m_figures.clear();
    m_before = {};
    m_both = {};
    emit changed();
    emit figuresChanged();
}

void DesignComparison::restore() {
    if (!m_active) return;
    const Edits edits = editsFromTo(m_document->design(), m_before);
    const QString text = tr("Go back to %1").arg(m_title);
    stop();
    m_document->push(edits, text);
}

int DesignComparison::count(Presence presence) const {
    const QString word = presenceWord(presence);
    return int(std::count_if(m_items.begin(), m_items.end(), [&word](const QVariant& item) {
        return item.toMap().value(QStringLiteral("presence")) == word;
    }));
}

void DesignComparison::waitForFigures() {
    m_task.waitForIdle();
    QCoreApplication::processEvents();
}

}  // namespace loadpath
