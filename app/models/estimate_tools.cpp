// The parts of the estimates that need no design: latencies, downtime, ids.
#include "analysis/estimate_tables.h"
#include "estimates.h"
#include "qt_values.h"
#include "quantity.h"

#include <QDateTime>
#include <QLocale>
#include <QRandomGenerator>
#include <QUuid>

#include <cmath>

namespace loadpath {
namespace {

QString secondsText(double seconds) { return toQt(exactFigure(seconds, "s")); }
// Snowflakes count from their own epoch; Twitter's is the one that people meet.
constexpr qint64 snowflakeEpoch = 1288834974657;

QString momentText(qint64 milliseconds) {
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC)
        .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz 'UTC'"));
}

}  // namespace

void Estimates::fillTables() {
    m_latencies.setColumns(
        {{tr("Operation"), FigureColumn::Align::left, 2.4},
         {tr("Takes"), FigureColumn::Align::right, 1.4},
         {tr("If 1 ns were 1 s"), FigureColumn::Align::right, 1.4, tr("The same, in a span one can feel")}});
    std::vector<FigureRow> latencies;
    for (const LatencyRow& latency : latencyTable()) {
        const auto both = [&latency](double scale) {
            const QString low = secondsText(latency.nanoseconds * scale);
            return latency.upToNanoseconds > 0 ? tr("%1 to %2").arg(low, secondsText(latency.upToNanoseconds * scale))
                                               : low;
        };
        latencies.push_back({toQt(latency.id),
                             {},
                             {{toQt(latency.name)}, {both(1e-9)}, {both(1), QStringLiteral("muted")}},
                             {},
                             tr("Source: %1").arg(toQt(latency.source))});
    }
    m_latencies.setRows(std::move(latencies));

    m_nines.setColumns(
        {{tr("Availability"), FigureColumn::Align::left, 1.2}, {tr("A year")}, {tr("30 days")}, {tr("A day")}});
    std::vector<FigureRow> nines;
    for (const Downtime& row : ninesTable()) {
        const QString text = toQt(exactFigure(row.availability, "share"));
        nines.push_back(
            {text, {}, {{text}, {secondsText(row.yearS)}, {secondsText(row.thirtyDaysS)}, {secondsText(row.dayS)}}});
    }
    m_nines.setRows(std::move(nines));

    m_fanOuts.setColumns({{tr("Calls"), FigureColumn::Align::left, 0.8},
                          {tr("Meet a slow one"), FigureColumn::Align::right, 1.2},
                          {tr("The slowest takes"), FigureColumn::Align::right, 1.4}});
    std::vector<FigureRow> fanOuts;
    for (const FanOut& row : fanOutTable()) {
        const QString calls = QString::number(row.calls);
        fanOuts.push_back({calls,
                           {},
                           {{calls},
                            {toQt(exactFigure(row.anySlow, "share"))},
                            {tr("%1 × the mean").arg(QLocale().toString(row.slowestOfMean, 'f', 2))}}});
    }
    m_fanOuts.setRows(std::move(fanOuts));

    m_attempts.setColumns(
        {{tr("Each fails"), FigureColumn::Align::left, 1},
         {tr("At most")},
         {tr("Made")},
         {tr("Given up"), FigureColumn::Align::right, 1.2, tr("An error, or a letter in the dead-letter queue")}});
    std::vector<FigureRow> attempts;
    for (const Attempts& row : attemptsTable())
        attempts.push_back({QStringLiteral("%1/%2").arg(row.failure).arg(row.most),
                            {},
                            {{toQt(exactFigure(row.failure, "share"))},
                             {QString::number(row.most)},
                             {QLocale().toString(row.mean, 'f', 3)},
                             {toQt(exactFigure(row.givenUp, "share"))}}});
    m_attempts.setRows(std::move(attempts));
}

QVariantMap Estimates::downtime(const QString& text) const {
    const auto value = parseQuantity(text, "share");
    if (!value || *value < 0 || *value > 1) return {{QStringLiteral("problem"), tr("an availability from 0 to 100 %")}};
    const Downtime down = downtimeOf(*value);
    return {{QStringLiteral("problem"), QString()},
            {QStringLiteral("year"), secondsText(down.yearS)},
            {QStringLiteral("month"), secondsText(down.thirtyDaysS)},
            {QStringLiteral("day"), secondsText(down.dayS)},
            {QStringLiteral("nines"),
             std::isfinite(down.nines) ? QString::number(down.nines, 'g', 3) : QStringLiteral("∞")}};
}

QVariantMap Estimates::availability(const QString& text, const QString& period) const {
    const Period in = period == u"year" ? Period::year : period == u"month" ? Period::thirtyDays : Period::day;
    const auto value = parseQuantity(text, "s");
    const auto available = value ? availabilityOf(*value, in) : std::nullopt;
    if (!available) return {{QStringLiteral("problem"), tr("a time such as “30 min”, no longer than the period")}};
    return {{QStringLiteral("problem"), QString()},
            {QStringLiteral("availability"), toQt(exactFigure(*available, "share"))}};
}

QVariantList Estimates::sampleIds() const {
    auto* random = QRandomGenerator::global();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto row = [](const QString& name, const QString& text, const QString& about) {
        return QVariantMap{
            {QStringLiteral("name"), name}, {QStringLiteral("text"), text}, {QStringLiteral("about"), about}};
    };
    const auto snowflake =
        encodeSnowflake({now - snowflakeEpoch, int(random->bounded(1024)), int(random->bounded(4096))});
    const quint64 code = random->generate64() % 3521614606208ULL;
    return {row(tr("Snowflake"), snowflake ? QString::number(*snowflake) : noFigureText,
                tr("64 bits: 41 of milliseconds, 10 of the machine, 12 counting; sorts by time")),
            row(tr("ULID"), toQt(ulid(quint64(now), random->generate64(), random->generate64())),
                tr("128 bits: 48 of milliseconds, 80 random; 26 characters, sorts by time")),
            row(tr("UUID, random"), QUuid::createUuid().toString(QUuid::WithoutBraces),
                tr("122 random bits; scatters over an index")),
            row(tr("Short code"), toQt(base62(code)).rightJustified(7, u'0'),
                tr("7 characters of base 62: 3.5 trillion codes"))};
}

QVariantMap Estimates::readId(const QString& entry) const {
    const QString text = entry.trimmed();
    const auto answer = [](const QString& kind, const QString& about) {
        return QVariantMap{{QStringLiteral("kind"), kind}, {QStringLiteral("about"), about}};
    };
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (isNumber && number > 0 && text.size() >= 15) {
        const Snowflake parts = decodeSnowflake(number);
        return answer(tr("Snowflake"), tr("%1, machine %2, sequence %3")
                                           .arg(momentText(parts.milliseconds + snowflakeEpoch))
                                           .arg(parts.machine)
                                           .arg(parts.sequence));
    }
    if (const auto time = ulidMilliseconds(text.toUpper().toStdString()))
        return answer(tr("ULID"), momentText(qint64(*time)));
    if (const QUuid uuid(text); !uuid.isNull()) {
        // Version 7 keeps its milliseconds in the first 48 bits.
        const QString hex = uuid.toString(QUuid::Id128);
        if (hex[12] == u'7') return answer(tr("UUID, version 7"), momentText(hex.left(12).toLongLong(nullptr, 16)));
        return answer(tr("UUID, version %1").arg(QString(hex[12])), tr("carries no time that sorts"));
    }
    if (const auto code = fromBase62(text.toStdString()); code && text.size() <= 10)
        return answer(tr("Short code"), tr("number %1").arg(QString::number(*code)));
    return answer({}, tr("no id of a kind that is known here"));
}

}  // namespace loadpath
