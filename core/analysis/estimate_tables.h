// Numbers to reason with: latencies, what an availability means in downtime, ids. Plain data and
// functions; no design.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

/// A latency everybody should know, and how long it would be if one nanosecond were a second.
struct LatencyRow {
    std::string_view id, name;
    double nanoseconds = 0;      // the lower end of a range
    double upToNanoseconds = 0;  // 0: not a range
    std::string_view source;     // dated
    double humanSeconds() const { return nanoseconds; }
};
/// From the fastest to the slowest.
const std::vector<LatencyRow>& latencyTable();

/// Availability ↔ downtime, with a year of 365 days as the availability analysis has it.
struct Downtime {
    double availability = 1;
    double yearS = 0, thirtyDaysS = 0, weekS = 0, dayS = 0;
    double nines = 0;  // −log10(1 − A); infinite for 1
};
enum class Period { year, thirtyDays, week, day };
double secondsOf(Period period);
Downtime downtimeOf(double availability);
/// The other way round; nothing for a negative downtime or one longer than the period.
std::optional<double> availabilityOf(double downtimeS, Period period);
/// 0.9, 0.99, … as tables of nines have them.
const std::vector<Downtime>& ninesTable();

/// Many calls at once, each slow one time in a hundred.
struct FanOut {
    int calls = 1;
    double anySlow = 0;        // share of requests that meet a slow one
    double slowestOfMean = 1;  // mean of the slowest, in means of one exponential call
};
const std::vector<FanOut>& fanOutTable();

/// Attempts one after the other, each failing alike.
struct Attempts {
    double failure = 0;
    int most = 3;
    double mean = 1;     // attempts made
    double givenUp = 0;  // share that fails every time: an error, or a dead letter
};
const std::vector<Attempts>& attemptsTable();

/// Twitter's layout: 41 bits of milliseconds, 10 of machine, 12 of sequence.
struct Snowflake {
    std::int64_t milliseconds = 0;  // since the epoch of the scheme
    int machine = 0, sequence = 0;
    friend bool operator==(const Snowflake&, const Snowflake&) = default;
};
/// Nothing for parts that do not fit.
std::optional<std::int64_t> encodeSnowflake(const Snowflake& parts, int machineBits = 10, int sequenceBits = 12);
Snowflake decodeSnowflake(std::int64_t id, int machineBits = 10, int sequenceBits = 12);

/// 26 characters of Crockford's Base32: 48 bits of milliseconds, 80 random ones. Sorts by time.
std::string ulid(std::uint64_t milliseconds, std::uint64_t randomHigh16, std::uint64_t randomLow64);
/// The milliseconds in a ULID; nothing for a text that is none.
std::optional<std::uint64_t> ulidMilliseconds(std::string_view text);

/// Base 62 with digits, capitals, small letters; "0" for 0.
std::string base62(std::uint64_t number);
std::optional<std::uint64_t> fromBase62(std::string_view text);

}  // namespace loadpath
