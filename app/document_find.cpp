// Document: finding things by what they are called, what they are, and what is stated of them.
#include "connecting.h"
#include "document.h"
#include "qt_values.h"

#include <algorithm>

namespace loadpath {
namespace {

constexpr qsizetype mostRows = 200;

QString textOfValue(const Value& value) {
    if (value.text()) return toQt(*value.text());
    if (value.boolean()) return *value.boolean() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.isNumber()) return QString::number(value.number(), 'g', 12);
    return {};
}

/// Collects rows for what holds every word.
class Finder {
public:
    explicit Finder(const QString& words) : m_words(words.split(u' ', Qt::SkipEmptyParts)) {}

    /// `said` is what it is called and is; a property is told only when it is the reason.
    void offer(QVariantMap row, const QStringList& said, const Parameters& properties,
               const std::vector<ParameterSpec>& specs) {
        if (m_rows.size() >= mostRows) return;
        QString all = said.join(u' ');
        QStringList reasons;
        for (const auto& property : properties) {
            const ParameterSpec* spec = findSpec(specs, property.first);
            const QString label = spec && !spec->label.empty() ? toQt(spec->label) : toQt(property.first);
            const QString text = label + QStringLiteral(": ") + textOfValue(property.second);
            const QString searched = text + u' ' + toQt(property.first);
            all += u' ' + searched;
            const bool isReason = std::any_of(m_words.begin(), m_words.end(), [&](const QString& word) {
                return searched.contains(word, Qt::CaseInsensitive) &&
                       !said.join(u' ').contains(word, Qt::CaseInsensitive);
            });
            if (isReason) reasons.append(text);
        }
        const bool fits = std::all_of(m_words.begin(), m_words.end(),
                                      [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
        if (!fits) return;
        if (!reasons.isEmpty()) row[QStringLiteral("detail")] = reasons.join(QStringLiteral(", "));
        m_rows.append(row);
    }
    QVariantList rows() { return std::move(m_rows); }

private:
    QStringList m_words;
    QVariantList m_rows;
};

}  // namespace

QVariantList Document::find(const QString& words) const {
    Finder finder(words);
    const auto row = [](const std::string& id, const QString& text, const QString& detail, const QString& glyph) {
        return QVariantMap{{QStringLiteral("value"), toQt(id)},
                           {QStringLiteral("text"), text},
                           {QStringLiteral("detail"), detail},
                           {QStringLiteral("glyph"), glyph}};
    };
    for (const Component& c : m_design.components) {
        const ComponentType& type = m_catalog->typeOf(c.type);
        QVariantMap found = row(c.id.value, toQt(shownName(c, *m_catalog)), toQt(type.name), {});
        found[QStringLiteral("icon")] = toQt(type.icon);
        found[QStringLiteral("category")] = toQt(type.category);
        finder.offer(found, {toQt(shownName(c, *m_catalog)), toQt(type.name), toQt(c.type), toQt(c.id.value)},
                     c.properties, type.parameters);
    }
    for (const Zone& z : m_design.zones)
        finder.offer(row(z.id.value, nameOf(toQt(z.id.value)), toQt(z.kind), QStringLiteral("zone")),
                     {nameOf(toQt(z.id.value)), toQt(z.kind), toQt(z.id.value)}, z.properties,
                     m_catalog->zoneParameters);
    if (words.trimmed().isEmpty()) return finder.rows();
    for (const Connection& c : m_design.connections)
        finder.offer(row(c.id.value, nameOf(toQt(c.id.value)), toQt(c.label), QStringLiteral("connect")),
                     {toQt(c.label), toQt(c.id.value), toQt(name(c.mode))}, c.properties,
                     m_catalog->connectionParameters);
    for (const Note& n : m_design.notes)
        finder.offer(row(n.id.value, toQt(n.text).simplified(), tr("note"), QStringLiteral("note")), {toQt(n.text)}, {},
                     {});
    return finder.rows();
}

}  // namespace loadpath
