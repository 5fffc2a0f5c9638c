// Numbers as people read them, always with '.' as decimal sign and no grouping that depends on a
// locale: for messages, texts of the command line and files. The window localises figures itself.
#pragma once

#include <string>
#include <string_view>

namespace loadpath {

/// Shortest text that reads back as the same double; whole numbers without a fraction ("4", "0.1").
std::string shortest(double value);
/// Fixed number of decimals ("0.39").
std::string fixed(double value, int decimals);
/// Three significant digits with an SI suffix: 11574 → "11.6 k", 0.5 → "0.5", 2.5e9 → "2.5 G".
std::string compact(double value);
/// Rate per second: "11.6 k/s".
std::string rate(double perSecond);
/// Milliseconds in the unit that suits: "250 µs", "12.3 ms", "4.2 s", "3.5 h".
std::string duration(double milliseconds);
/// Share of one as a percentage: 0.875 → "87.5 %".
std::string percent(double share, int decimals = 1);
/// Availability as a percentage with as many digits as its nines deserve, never rounded up to 100 %.
std::string availability(double value);
/// A ratio as "2.59×": two decimals below ten, rounded down so that 0.999 does not read as just enough.
std::string factor(double value);
/// Downtime in the unit that suits ("58 min/yr", "8.8 h/yr", "3.7 d/yr"); argument in minutes a year.
std::string downtime(double minutesPerYear);
/// The count with the word that goes with it: "1 instance", "3 instances".
std::string plural(long long count, std::string_view one, std::string_view many);

}  // namespace loadpath
