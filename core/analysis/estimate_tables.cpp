#include "analysis/estimate_tables.h"

#include "analysis/queueing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loadpath {
namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view reference = "reference course, rounded; orders of magnitude of 2010–2025";
constexpr std::string_view folklore = "the well-known list after Jeff Dean, brought to 2020 hardware";
constexpr std::string_view modelled = "what Loadpath's model takes unless a connection says otherwise";

}  // namespace

const std::vector<LatencyRow>& latencyTable() {
    static const std::vector<LatencyRow> table{
        {"l1", "L1 cache", 1, 0, reference},
        {"branch", "Mispredicted branch", 3, 0, folklore},
        {"l2", "L2 cache", 4, 0, reference},
        {"mutex", "Lock and unlock without contention", 17, 0, folklore},
        {"ram", "Main memory", 100, 0, reference},
        {"compress", "Compress 1 kB with a fast algorithm", 2000, 0, folklore},
        {"ram_mb", "Read 1 MB from memory in a row", 3000, 0, folklore},
        {"ssd", "SSD, random read", 100e3, 0, reference},
        {"ssd_mb", "Read 1 MB from an SSD in a row", 200e3, 0, folklore},
        {"same_zone", "Round trip inside a data centre or zone", 500e3, 0, reference},
        {"cross_zone", "Round trip between zones of a region", 1e6, 0, modelled},
        {"disk_mb", "Read 1 MB from a disk in a row", 5e6, 0, folklore},
        {"disk", "Hard disk, random read", 10e6, 0, reference},
        {"cdn", "Round trip from a user to the nearest edge", 20e6, 0, modelled},
        {"continents", "Round trip between continents", 100e6, 150e6, reference},
        {"regions", "Round trip between regions", 120e6, 0, modelled},
    };
    return table;
}

double secondsOf(Period period) {
    switch (period) {
        case Period::year:
            return 365 * 86400.0;
        case Period::thirtyDays:
            return 30 * 86400.0;
        case Period::week:
            return 7 * 86400.0;
        case Period::day:
            return 86400;
    }
    return 86400;
}

Downtime downtimeOf(double availability) {
    const double down = 1 - availability;
    return {availability,
            down * secondsOf(Period::year),
            down * secondsOf(Period::thirtyDays),
            down * secondsOf(Period::week),
            down * secondsOf(Period::day),
            down <= 0 ? std::numeric_limits<double>::infinity() : -std::log10(down)};
}

std::optional<double> availabilityOf(double downtimeS, Period period) {
    const double whole = secondsOf(period);
    if (!(downtimeS >= 0) || downtimeS > whole) return std::nullopt;
    return 1 - downtimeS / whole;
}

const std::vector<Downtime>& ninesTable() {
    static const std::vector<Downtime> table = [] {
        std::vector<Downtime> rows;
        for (const double availability : {0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99995, 0.99999, 0.999999})
            rows.push_back(downtimeOf(availability));
        return rows;
    }();
    return table;
}

const std::vector<FanOut>& fanOutTable() {
    static const std::vector<FanOut> table = [] {
        std::vector<FanOut> rows;
        for (const int calls : {1, 2, 5, 10, 20, 50, 100, 1000})
            rows.push_back({calls, anySlow(0.01, calls), fastestMean(calls, calls, 1)});
        return rows;
    }();
    return table;
}

const std::vector<Attempts>& attemptsTable() {
    static const std::vector<Attempts> table = [] {
        std::vector<Attempts> rows;
        for (const double failure : {0.01, 0.1, 0.5})
            for (const int most : {3, 5})
                rows.push_back({failure, most, meanAttempts(failure, most), givenUpShare(failure, most)});
        return rows;
    }();
    return table;
}

std::optional<std::int64_t> encodeSnowflake(const Snowflake& parts, int machineBits, int sequenceBits) {
    if (machineBits < 0 || sequenceBits < 0 || machineBits + sequenceBits > 40) return std::nullopt;
    const int timeBits = 63 - machineBits - sequenceBits;
    const auto fits = [](std::int64_t value, int bits) { return value >= 0 && (value >> bits) == 0; };
    if (!fits(parts.milliseconds, timeBits) || !fits(parts.machine, machineBits) || !fits(parts.sequence, sequenceBits))
        return std::nullopt;
    return (parts.milliseconds << (machineBits + sequenceBits)) | (std::int64_t{parts.machine} << sequenceBits) |
           parts.sequence;
}

Snowflake decodeSnowflake(std::int64_t id, int machineBits, int sequenceBits) {
    const auto low = [](std::int64_t value, int bits) {
        return static_cast<int>(value & ((std::int64_t{1} << bits) - 1));
    };
    return {id >> (machineBits + sequenceBits), low(id >> sequenceBits, machineBits), low(id, sequenceBits)};
}

std::string ulid(std::uint64_t milliseconds, std::uint64_t randomHigh16, std::uint64_t randomLow64) {
    std::string text(26, '0');
    std::uint64_t time = milliseconds & ((std::uint64_t{1} << 48) - 1);
    for (std::size_t i = 10; i-- > 0; time >>= 5) text[i] = crockford[time & 31];
    std::uint64_t high = randomHigh16 & 0xffff, low = randomLow64;
    for (std::size_t i = 26; i-- > 10;) {
        text[i] = crockford[low & 31];
        low = (low >> 5) | ((high & 31) << 59);
        high >>= 5;
    }
    return text;
}

std::optional<std::uint64_t> ulidMilliseconds(std::string_view text) {
    if (text.size() != 26 || text[0] > '7') return std::nullopt;
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto digit = crockford.find(text[i]);
        if (digit == std::string_view::npos) return std::nullopt;
        if (i < 10) time = (time << 5) | digit;
    }
    return time;
}

std::string base62(std::uint64_t number) {
    std::string text;
    do {
        text += base62Digits[number % 62];
        number /= 62;
    } while (number > 0);
    std::reverse(text.begin(), text.end());
    return text;
}

std::optional<std::uint64_t> fromBase62(std::string_view text) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    if (text.empty()) return std::nullopt;
    std::uint64_t number = 0;
    for (const char c : text) {
        const auto digit = base62Digits.find(c);
        if (digit == std::string_view::npos || number > (most - digit) / 62) return std::nullopt;
        number = number * 62 + digit;
    }
    return number;
}

}  // namespace loadpath
