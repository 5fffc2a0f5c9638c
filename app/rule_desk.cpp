#include "rule_desk.h"

#include "qt_values.h"
#include "quantity.h"
#include "rule_page.h"
#include "support/format.h"

#include <QXYSeries>

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

QString summaryOf(const ProofCurve& curve) {
    return RuleDesk::tr("%1 answered, %2 failed, 99 % within %3")
        .arg(toQt(compact(curve.completed)), toQt(percent(curve.failedShare())), toQt(duration(curve.p99Ms)));
}

}  // namespace

RuleDesk::RuleDesk(Document* document, AnalysisService* analysis, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_analysis(analysis),
      m_fixTask(this, [this](const Mended& mended) { accept(mended); }),
      m_proofTask(this, [this](Proven proven) { accept(std::move(proven)); }) {
    connect(analysis, &AnalysisService::reportChanged, this, &RuleDesk::countSafe);
}

RuleDesk::~RuleDesk() = default;

void RuleDesk::countSafe() {
    const std::shared_ptr<const Report>& report = m_analysis->report();
    int count = 0;
    if (report)
        for (const Finding& finding : report->findings)
            if (finding.fix && !finding.acknowledged && onlyChangesProperties(*finding.fix, report->snapshot->design()))
                ++count;
    if (count == m_safeFixes) return;
    m_safeFixes = count;
    emit safeFixesChanged();
}

const Finding* RuleDesk::findingOf(const QString& key) const {
    const std::shared_ptr<const Report>& report = m_analysis->report();
    if (!report) return nullptr;
    const std::string wanted = key.toStdString();
    const auto it = std::find_if(report->findings.begin(), report->findings.end(),
                                 [&wanted](const Finding& finding) { return finding.key() == wanted; });
    return it == report->findings.end() ? nullptr : &*it;
}

QVariantMap RuleDesk::page(const QString& id) const {
    const Rule* rule = findRule(id.toStdString());
    if (!rule) {
        if (!m_analysis->report()) return {};
        const RuleWords words = wordsOf(*m_analysis->report(), id.toStdString());
        return {{QStringLiteral("rule"), id},
                {QStringLiteral("title"), toQt(words.title)},
                {QStringLiteral("severity"), toQt(name(words.severity))},
                {QStringLiteral("why"), toQt(words.why)},
                {QStringLiteral("source"), toQt(words.source)},
                {QStringLiteral("mending"), QString()},
                {QStringLiteral("proving"), QString()},
                {QStringLiteral("example"), QString()},
                {QStringLiteral("pictures"), false},
                {QStringLiteral("thresholds"), QVariantList()}};
    }
    const RulePage page = rulePage(*rule);
    QVariantList thresholds;
    for (const Threshold& threshold : rule->thresholds)
        thresholds.append(
            QVariantMap{{QStringLiteral("key"), toQt(threshold.key)},
                        {QStringLiteral("value"), toQt(shortest(threshold.value))},
                        {QStringLiteral("range"),
                         tr("%1 to %2").arg(toQt(shortest(threshold.least)), toQt(shortest(threshold.most)))},
                        {QStringLiteral("meaning"), toQt(threshold.meaning)}});
    return {{QStringLiteral("rule"), id},
            {QStringLiteral("title"), toQt(rule->title)},
            {QStringLiteral("severity"), toQt(name(rule->severity))},
            {QStringLiteral("why"), toQt(rule->why)},
            {QStringLiteral("source"), toQt(rule->source)},
            {QStringLiteral("mending"), toQt(page.mending)},
            {QStringLiteral("proving"), toQt(page.proving)},
            {QStringLiteral("example"), page.example ? toQt(page.example->message) : QString()},
            {QStringLiteral("pictures"), page.example.has_value()},
            {QStringLiteral("thresholds"), thresholds}};
}

void RuleDesk::fixAllSafe() {
    if (m_fixing) return;
    m_fixing = true;
    emit fixingChanged();
    m_fixTask.start([design = m_document->design(), catalog = m_document->catalog(), house = m_analysis->houseRules(),
                     revision = m_document->revision()](const std::stop_token& stop) {
        FixWishes wishes;
        wishes.scope = FixScope::safe;
        wishes.house = house;
        wishes.stopped = [stop] { return stop.stop_requested(); };
        const FixOutcome outcome = fixAll(design, catalog, wishes);
        return Mended{editsBetween(design, outcome.design), static_cast<int>(outcome.applied.size()), revision};
    });
}

void RuleDesk::accept(const Mended& mended) {
    m_fixing = false;
    // Edits put whole items: those of an older design would take back what was done since.
    if (mended.revision != m_document->revision()) {
        fixAllSafe();
        return;
    }
    if (mended.count > 0) m_document->push(mended.edits, tr("Fix all safe ones"));
    emit fixingChanged();
    emit fixed(mended.count);
}

bool RuleDesk::canProve(const QString& findingKey) const {
    const Finding* finding = findingOf(findingKey);
    return finding && hasProof(*m_analysis->report(), *finding);
}

void RuleDesk::prove(const QString& findingKey) {
    m_plan.reset();
    m_result = {};
    m_progress = 0;
    const Finding* finding = findingOf(findingKey);
    m_proofState = finding ? QStringLiteral("running") : QString();
    emit proofChanged();
    if (!finding) return;
    m_proofTask.start([this, report = m_analysis->report(), wanted = *finding](const std::stop_token& stop) {
        constexpr std::uint64_t slice = 50000;
        Proven proven;
        proven.plan = proofPlan(*report, wanted);
        if (!proven.plan) return proven;
        ProofRun run(*proven.plan);
        int told = 0;
        while (run.advance(slice)) {
            if (stop.stop_requested()) return proven;
            const int percent = static_cast<int>(run.progress() * 100);
            if (percent >= told + 5) {
                told = percent;
                QMetaObject::invokeMethod(
                    this,
                    [this, percent] {
                        if (m_proofState != u"running") return;
                        m_progress = percent / 100.0;
                        emit proofChanged();
                    },
                    Qt::QueuedConnection);
            }
        }
        proven.result = run.result();
        proven.complete = true;
        return proven;
    });
}

void RuleDesk::cancelProof() {
    m_proofTask.cancel();
    m_plan.reset();
    m_result = {};
    m_proofState.clear();
    emit proofChanged();
}

void RuleDesk::accept(Proven proven) {
    m_proofState = proven.complete ? QStringLiteral("done") : QString();
    m_plan = std::move(proven.plan);
    m_result = std::move(proven.result);
    m_progress = 1;
    emit proofChanged();
}

QString RuleDesk::proofWhat() const { return m_plan ? toQt(m_plan->what) : QString(); }
QString RuleDesk::proofMeasure() const { return m_plan ? toQt(label(m_plan->measure)) : QString(); }
QString RuleDesk::proofBefore() const { return m_proofState == u"done" ? summaryOf(m_result.before) : QString(); }
QString RuleDesk::proofAfter() const { return m_proofState == u"done" ? summaryOf(m_result.after) : QString(); }

double RuleDesk::proofPeak() const {
    double peak = 0;
    for (const ProofCurve* curve : {&m_result.before, &m_result.after})
        for (const double value : curve->values)
            if (std::isfinite(value)) peak = std::max(peak, value);
    return peak;
}

void RuleDesk::fillCurve(QObject* series, bool mended) const {
    auto* line = qobject_cast<QXYSeries*>(series);
    if (!line) return;
    const ProofCurve& curve = mended ? m_result.after : m_result.before;
    QList<QPointF> points;
    for (std::size_t i = 0; i < curve.timeS.size() && i < curve.values.size(); ++i)
        if (std::isfinite(curve.values[i])) points.append({curve.timeS[i], curve.values[i]});
    line->replace(points);
}

}  // namespace loadpath
