#include "sim/expectation.h"

#include "support/format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace loadpath {
namespace {

using Figure = Expectation::Figure;
using Relation = Expectation::Relation;

enum class Dimension { time, share, rate, count, seconds };

struct FigureWords {
    std::string_view words;
    Figure figure;
    Dimension dimension;
    double quantile = 0;
};
constexpr std::array figureWords{FigureWords{"mean latency", Figure::mean, Dimension::time},
                                 FigureWords{"mean", Figure::mean, Dimension::time},
                                 FigureWords{"p50", Figure::quantile, Dimension::time, 0.5},
                                 FigureWords{"p90", Figure::quantile, Dimension::time, 0.9},
                                 FigureWords{"p95", Figure::quantile, Dimension::time, 0.95},
                                 FigureWords{"p99", Figure::quantile, Dimension::time, 0.99},
                                 FigureWords{"p99.9", Figure::quantile, Dimension::time, 0.999},
                                 FigureWords{"p999", Figure::quantile, Dimension::time, 0.999},
                                 FigureWords{"max", Figure::max, Dimension::time},
                                 FigureWords{"errors", Figure::errors, Dimension::share},
                                 FigureWords{"error ratio", Figure::errors, Dimension::share},
                                 FigureWords{"availability", Figure::availability, Dimension::share},
                                 FigureWords{"throughput", Figure::throughput, Dimension::rate},
                                 FigureWords{"utilisation", Figure::utilisation, Dimension::share},
                                 FigureWords{"utilization", Figure::utilisation, Dimension::share},
                                 FigureWords{"hit ratio", Figure::hitRatio, Dimension::share},
                                 FigureWords{"lag", Figure::lag, Dimension::count},
                                 FigureWords{"lost", Figure::lost, Dimension::count},
                                 FigureWords{"duplicates", Figure::duplicated, Dimension::count},
                                 FigureWords{"dead letters", Figure::deadLettered, Dimension::count},
                                 FigureWords{"stale reads", Figure::staleReads, Dimension::count}};

struct NoneOf {
    std::string_view words;
    Figure figure;
};
constexpr std::array nones{NoneOf{"message lost", Figure::lost},
                           NoneOf{"messages lost", Figure::lost},
                           NoneOf{"message duplicated", Figure::duplicated},
                           NoneOf{"messages duplicated", Figure::duplicated},
                           NoneOf{"message dead-lettered", Figure::deadLettered},
                           NoneOf{"messages dead-lettered", Figure::deadLettered},
                           NoneOf{"stale read", Figure::staleReads},
                           NoneOf{"stale reads", Figure::staleReads},
                           NoneOf{"error", Figure::errors},
                           NoneOf{"errors", Figure::errors}};

struct RelationSign {
    std::string_view sign;
    Relation relation;
};
constexpr std::array signs{RelationSign{"<=", Relation::atMost},  RelationSign{"≤", Relation::atMost},
                           RelationSign{">=", Relation::atLeast}, RelationSign{"≥", Relation::atLeast},
                           RelationSign{"<", Relation::below},    RelationSign{">", Relation::above},
                           RelationSign{"=", Relation::equal}};

struct Unit {
    std::string_view name;
    Dimension dimension;
    double factor;
};
constexpr std::array units{
    Unit{"us", Dimension::time, 1e-3}, Unit{"µs", Dimension::time, 1e-3},     Unit{"ms", Dimension::time, 1},
    Unit{"s", Dimension::time, 1e3},   Unit{"min", Dimension::time, 60e3},    Unit{"ms", Dimension::seconds, 1e-3},
    Unit{"s", Dimension::seconds, 1},  Unit{"min", Dimension::seconds, 60},   Unit{"h", Dimension::seconds, 3600},
    Unit{"%", Dimension::share, 0.01}, Unit{"", Dimension::share, 1},         Unit{"/s", Dimension::rate, 1},
    Unit{"rps", Dimension::rate, 1},   Unit{"k/s", Dimension::rate, 1e3},     Unit{"", Dimension::rate, 1},
    Unit{"", Dimension::count, 1},     Unit{"messages", Dimension::count, 1}, Unit{"reads", Dimension::count, 1}};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The text after the words, where it begins with them and they end there.
std::optional<std::string_view> after(std::string_view text, std::string_view words) {
    if (!text.starts_with(words)) return std::nullopt;
    const std::string_view rest = text.substr(words.size());
    if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t') return std::nullopt;
    return trimmed(rest);
}

struct Amount {
    double value = 0;
    std::string_view rest;
};
std::optional<Amount> readAmount(std::string_view text, Dimension dimension) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || !std::isfinite(number) || number < 0) return std::nullopt;
    const std::string_view rest = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
    const std::string_view word = rest.substr(0, rest.find(' '));
    for (const Unit& unit : units)
        if (unit.dimension == dimension && unit.name == word)
            return Amount{number * unit.factor, trimmed(rest.substr(word.size()))};
    return std::nullopt;
}

std::string unitsOf(Dimension dimension) {
    switch (dimension) {
        case Dimension::time:
            return "a time such as \"200 ms\"";
        case Dimension::share:
            return "a share such as \"0.1 %\" or \"0.001\"";
        case Dimension::rate:
            return "a rate such as \"900 /s\"";
        case Dimension::count:
            return "a number";
        case Dimension::seconds:
            return "a time such as \"60 s\"";
    }
    return {};
}

Unexpected<Problems> refused(std::string_view text, const std::string& wanted) {
    return unexpected("\"" + std::string(text) + "\": " + wanted);
}

Result<Expectation> recovery(std::string_view whole, std::string_view rest) {
    const auto amount = readAmount(rest, Dimension::seconds);
    if (!amount) return refused(whole, "after \"recovers within\" there must be " + unitsOf(Dimension::seconds));
    Expectation made;
    made.text = std::string(whole);
    made.relation = Relation::atMost;
    made.bound = amount->value;
    made.figure = amount->rest.empty() ? Figure::recovery : Figure::recoveryAfterFault;
    if (!amount->rest.empty() && amount->rest != "after the fault")
        return refused(whole, "only \"after the fault\" may follow the time");
    return made;
}

}  // namespace

Result<Expectation> parseExpectation(std::string_view text) {
    const std::string_view whole = trimmed(text);
    if (const auto rest = after(whole, "recovers within")) return recovery(whole, *rest);
    Expectation made;
    made.text = std::string(whole);
    if (const auto rest = after(whole, "no")) {
        for (const NoneOf& none : nones)
            if (*rest == none.words) {
                made.figure = none.figure;
                made.relation = Relation::equal;
                return made;
            }
        return refused(whole,
                       "after \"no\" there must be \"message lost\", \"message duplicated\", "
                       "\"message dead-lettered\", \"stale read\" or \"error\"");
    }
    const FigureWords* chosen = nullptr;
    std::string_view rest;
    for (const FigureWords& figure : figureWords) {
        if (chosen && chosen->words.size() >= figure.words.size()) continue;
        if (const auto tail = after(whole, figure.words)) {
            chosen = &figure;
            rest = *tail;
        }
    }
    if (!chosen)
        return refused(whole,
                       "it must begin with what is measured: mean, p50, p90, p95, p99, p999, max, errors, "
                       "availability, throughput, utilisation, hit ratio, lag, lost, duplicates, dead letters, "
                       "stale reads, \"recovers within\" or \"no\"");
    made.figure = chosen->figure;
    made.quantile = chosen->quantile;
    if (const auto tail = after(rest, "of")) {
        const std::string_view id = tail->substr(0, tail->find_first_of(" \t<>="));
        if (id.empty()) return refused(whole, "after \"of\" there must be the id of a flow, component or connection");
        made.target = std::string(id);
        rest = trimmed(tail->substr(id.size()));
    }
    const auto sign = std::find_if(signs.begin(), signs.end(),
                                   [rest](const RelationSign& one) { return rest.starts_with(one.sign); });
    if (sign == signs.end()) return refused(whole, "there must be <, <=, >, >= or = before the number");
    made.relation = sign->relation;
    const auto amount = readAmount(trimmed(rest.substr(sign->sign.size())), chosen->dimension);
    if (!amount || !amount->rest.empty()) return refused(whole, "it must end with " + unitsOf(chosen->dimension));
    made.bound = amount->value;
    return made;
}

}  // namespace loadpath
