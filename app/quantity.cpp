#include "quantity.h"

#include "support/format.h"

#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace loadpath {
namespace {

struct Unit {
    const char* name;
    double factor;  // to the first unit of its family
};
// Units of one family convert into each other.
constexpr Unit times[] = {{"ms", 1},     {"us", 1e-3},     {"µs", 1e-3},      {"s", 1e3},
                          {"min", 60e3}, {"h", 3600e3},    {"d", 86400e3},    {"y", 365 * 86400e3},
                          {"sec", 1e3},  {"day", 86400e3}, {"days", 86400e3}, {"years", 365 * 86400e3}};
constexpr Unit sizes[] = {{"B", 1},     {"kB", 1e3},  {"KB", 1e3},   {"MB", 1e6},        {"GB", 1e9},
                          {"TB", 1e12}, {"PB", 1e15}, {"KiB", 1024}, {"MiB", 1048576.0}, {"GiB", 1073741824.0}};
constexpr Unit rates[] = {{"1/s", 1},         {"/s", 1},          {"rps", 1},          {"req/s", 1},         {"qps", 1},
                          {"/min", 1.0 / 60}, {"/h", 1.0 / 3600}, {"/d", 1.0 / 86400}, {"/day", 1.0 / 86400}};
constexpr Unit bits[] = {{"Gbit/s", 1e9}, {"Mbit/s", 1e6}, {"kbit/s", 1e3}, {"Gbps", 1e9}, {"Mbps", 1e6}};

template <std::size_t n>
std::optional<double> conversion(const Unit (&family)[n], const QString& from, const QString& to) {
    const Unit *source = nullptr, *target = nullptr;
    for (const Unit& unit : family) {
        if (from == QString::fromUtf8(unit.name)) source = &unit;
        if (to == QString::fromUtf8(unit.name)) target = &unit;
    }
    if (!source || !target) return std::nullopt;
    return source->factor / target->factor;
}

std::optional<double> conversion(const QString& from, const QString& to) {
    if (from.compare(to, Qt::CaseInsensitive) == 0) return 1.0;
    if (const auto factor = conversion(times, from, to)) return factor;
    if (const auto factor = conversion(sizes, from, to)) return factor;
    if (const auto factor = conversion(rates, from, to)) return factor;
    return conversion(bits, from, to);
}

std::optional<double> siFactor(QChar suffix) {
    switch (suffix.unicode()) {
        case 'k':
        case 'K':
            return 1e3;
        case 'M':
            return 1e6;
        case 'G':
        case 'B':
            return 1e9;
        case 'T':
            return 1e12;
        default:
            return std::nullopt;
    }
}

std::optional<double> plainNumber(const QString& text) {
    bool ok = false;
    QLocale strict;
    strict.setNumberOptions(QLocale::RejectGroupSeparator);
    double value = strict.toDouble(text, &ok);
    if (!ok) value = QLocale::c().toDouble(text, &ok);
    if (!ok) value = QLocale().toDouble(text, &ok);
    if (!ok || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// Decimal digits as they were meant: 99.9 % is 0.999, not the product of two roundings.
double asWritten(double converted) { return QString::number(converted, 'g', 15).toDouble(); }

QString digits(double value, int significant) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    // Shortest text of that precision, without an exponent where a person would write none.
    for (int precision = 1; precision <= significant; ++precision) {
        const double rounded = QString::number(value, 'g', precision).toDouble();
        if (rounded != value && precision < significant) continue;
        const double magnitude = value == 0 ? 0 : std::floor(std::log10(std::abs(value)));
        if (magnitude > 15 || magnitude < -7) return locale.toString(value, 'g', precision);
        return locale.toString(value, 'f', std::max(0, precision - 1 - static_cast<int>(magnitude)));
    }
    return locale.toString(value);
}

QString withUnit(double value, int decimals, const QString& unit) {
    return QLocale().toString(value, 'f', decimals) + QChar(0x202f) + unit;
}

/// The digits that the command line prints, in the user's notation: window and command line agree.
QString localised(const QString& plain, const QString& unit) {
    const QString number = plain.left(plain.indexOf(QRegularExpression(QStringLiteral("[^0-9.]"))));
    return withUnit(number.toDouble(), static_cast<int>(number.section(QLatin1Char('.'), 1).size()), unit);
}

/// Two significant places below ten, one below a hundred.
int decimalsFor(double value) { return std::abs(value) < 9.95 ? 1 : 0; }

}  // namespace

std::optional<double> parseQuantity(const QString& entry, std::string_view unit) {
    const QString text = entry.simplified().replace(QChar(0x202f), u' ').replace(QChar(0xa0), u' ');
    if (const auto value = plainNumber(text)) {
        // "99.95" for a share can only have been meant as a percentage.
        return unit == "share" && *value > 1 && *value <= 100 ? asWritten(*value / 100) : *value;
    }
    static const QRegularExpression shape(QStringLiteral("^([-+]?[0-9.,']*[0-9](?:[eE][-+]?[0-9]+)?) ?(.+)$"));
    const QRegularExpressionMatch match = shape.match(text);
    if (!match.hasMatch()) return std::nullopt;
    const auto number = plainNumber(match.captured(1));
    if (!number) return std::nullopt;
    QString suffix = match.captured(2).trimmed();
    if (suffix == u"%") return unit == "share" ? std::optional(asWritten(*number / 100)) : std::nullopt;
    const QString own = QString::fromUtf8(unit.data(), qsizetype(unit.size()));
    if (const auto factor = conversion(suffix, own)) return asWritten(*number * *factor);
    const auto si = siFactor(suffix.front());
    suffix = suffix.mid(1).trimmed();
    if (!si || unit == "share") return std::nullopt;
    if (suffix.isEmpty()) return asWritten(*number * *si);
    const auto factor = conversion(suffix, own);
    return factor ? std::optional(asWritten(*number * *si * *factor)) : std::nullopt;
}

QString quantityText(double value, std::string_view unit) {
    if (unit == "share") return digits(QString::number(value * 100, 'g', 14).toDouble(), 14) + QStringLiteral(" %");
    return digits(value, 17);
}

QString availabilityText(double availability) {
    if (!std::isfinite(availability)) return noFigureText;
    return localised(QString::fromStdString(loadpath::availability(availability)), QStringLiteral("%"));
}

QString downtimeText(double minutes) {
    if (!std::isfinite(minutes)) return noFigureText;
    if (minutes < 1) return withUnit(minutes * 60, decimalsFor(minutes * 60), QStringLiteral("s/yr"));
    if (minutes < 120) return withUnit(minutes, decimalsFor(minutes), QStringLiteral("min/yr"));
    if (minutes < 2880) return withUnit(minutes / 60, decimalsFor(minutes / 60), QStringLiteral("h/yr"));
    return withUnit(minutes / 1440, decimalsFor(minutes / 1440), QStringLiteral("d/yr"));
}

QString durationText(double ms) {
    if (std::isinf(ms)) return QStringLiteral("∞");
    if (std::isnan(ms)) return noFigureText;
    if (ms < 1) return withUnit(ms * 1000, 0, QStringLiteral("µs"));
    if (ms < 1000) return withUnit(ms, decimalsFor(ms), QStringLiteral("ms"));
    if (ms < 120e3) return withUnit(ms / 1000, decimalsFor(ms / 1000), QStringLiteral("s"));
    if (ms < 7200e3) return withUnit(ms / 60e3, 0, QStringLiteral("min"));
    return withUnit(ms / 3600e3, decimalsFor(ms / 3600e3), QStringLiteral("h"));
}

QString compactText(double value) {
    if (std::isinf(value)) return QStringLiteral("∞");
    if (std::isnan(value)) return noFigureText;
    static constexpr const char* prefixes[] = {"", "k", "M", "G", "T"};
    int step = 0;
    while (std::abs(value) >= 999.5 && step < 4) {
        value /= 1000;
        ++step;
    }
    const bool whole = step == 0 && value == std::round(value);
    const int decimals = whole ? 0 : std::abs(value) < 9.995 ? 2 : std::abs(value) < 99.95 ? 1 : 0;
    const QString number = QLocale().toString(value, 'f', decimals);
    return step == 0 ? number : number + QChar(0x202f) + QLatin1String(prefixes[step]);
}

QString rateText(double perSecond) { return compactText(perSecond) + QStringLiteral("/s"); }

QString factorText(double factor) {
    if (std::isinf(factor)) return QStringLiteral("∞");
    if (std::isnan(factor)) return noFigureText;
    return localised(QString::fromStdString(loadpath::factor(factor)), QStringLiteral("×"));
}

QString percentText(double share, int decimals) {
    if (!std::isfinite(share)) return noFigureText;
    return withUnit(share * 100, decimals, QStringLiteral("%"));
}

}  // namespace loadpath
