// Figures as people type and read them, in the language of the system: "1.5k", "200 ms", "99.95 %".
// The engine's own texts (support/format.h) are for files and the command line.
#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace loadpath {

/// Reads an entry for a property that is kept in `unit` ("ms", "GB", "1/s", "share", …). A plain number
/// is in that unit; SI suffixes and related units are converted. Nothing when it cannot be read.
std::optional<double> parseQuantity(const QString& text, std::string_view unit);

/// As put into a field: digits that read back as the same number; a share as a percentage.
QString quantityText(double value, std::string_view unit);

// For display
QString availabilityText(double availability);  // "99.989 %": never rounded up to 100
QString downtimeText(double minutesPerYear);    // "9.6 h/yr"
QString durationText(double milliseconds);      // "84 ms"
QString rateText(double perSecond);             // "12.4 k/s"
QString compactText(double value);              // "12.4 k"
QString factorText(double factor);              // "1.3 ×"
QString percentText(double share, int decimals = 0);
inline const QString noFigureText = QStringLiteral("–");

}  // namespace loadpath
