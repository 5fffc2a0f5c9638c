#include "derivation_view.h"

#include "qt_values.h"

#include <QClipboard>
#include <QGuiApplication>

namespace loadpath {
namespace {

/// Derivations name zones "zone:ID"; the canvas knows them by id.
QString itemOf(const std::string& component) {
    QString id = toQt(component);
    if (id.startsWith(u"zone:")) id.remove(0, 5);
    const qsizetype unit = id.indexOf(u'#');
    return unit < 0 ? id : id.left(unit);
}

QStringList itemsOf(const DerivationStep& step) {
    QStringList items;
    for (const std::string& component : step.components) items.append(itemOf(component));
    items.removeDuplicates();
    return items;
}

}  // namespace

DerivationView::DerivationView(QObject* parent)
    : QObject(parent), m_task(this, [this](const Answer& answer) { show(answer.key, answer.derivation); }) {}

QString DerivationView::title() const { return toQt(m_derivation.title); }
QString DerivationView::result() const { return toQt(m_derivation.result); }

QVariantList DerivationView::steps() const {
    QVariantList all;
    for (const DerivationStep& step : m_derivation.steps)
        all.append(QVariantMap{{QStringLiteral("what"), toQt(step.what)},
                               {QStringLiteral("expression"), toQt(step.expression)},
                               {QStringLiteral("result"), toQt(step.result)},
                               {QStringLiteral("items"), itemsOf(step)}});
    return all;
}

QStringList DerivationView::litIds() const {
    if (!m_open) return {};
    if (m_current >= 0 && m_current < static_cast<int>(m_derivation.steps.size()))
        return itemsOf(m_derivation.steps[static_cast<std::size_t>(m_current)]);
    QStringList all;
    for (const DerivationStep& step : m_derivation.steps) all += itemsOf(step);
    all.removeDuplicates();
    return all;
}

void DerivationView::show(const QString& key, Derivation derivation) {
    m_task.cancel();
    m_busy = false;
    m_open = true;
    if (key != m_key) m_current = -1;
    m_key = key;
    m_derivation = std::move(derivation);
    if (m_current >= static_cast<int>(m_derivation.steps.size())) m_current = -1;
    emit changed();
    emit litChanged();
}

void DerivationView::compute(const QString& key, std::function<Derivation(const std::stop_token&)> job) {
    m_busy = true;
    emit changed();
    m_task.start([key, job = std::move(job)](const std::stop_token& stop) { return Answer{key, job(stop)}; });
}

void DerivationView::close() {
    m_task.cancel();
    if (!m_open && !m_busy) return;
    m_open = m_busy = false;
    m_key.clear();
    m_derivation = {};
    m_current = -1;
    emit changed();
    emit litChanged();
}

void DerivationView::light(int step) {
    const int wanted = step < static_cast<int>(m_derivation.steps.size()) ? step : -1;
    if (wanted == m_current) return;
    m_current = wanted;
    emit litChanged();
}

QString DerivationView::text() const {
    QString all = title() + QStringLiteral(": ") + result() + QLatin1Char('\n');
    for (const DerivationStep& step : m_derivation.steps) {
        all += toQt(step.what);
        if (!step.expression.empty()) all += QStringLiteral(": ") + toQt(step.expression);
        all += QStringLiteral(" → ") + toQt(step.result) + QLatin1Char('\n');
    }
    return all;
}

void DerivationView::copy() const { QGuiApplication::clipboard()->setText(text()); }

}  // namespace loadpath
