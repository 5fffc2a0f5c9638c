#include "rules/condition.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace loadpath {
namespace {

bool isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// The parts of a text between words of the grammar, which do not count inside braces.
std::vector<std::string_view> partsBetween(std::string_view text, std::string_view word) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    bool inBraces = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '{') inBraces = true;
        if (text[i] == '}') inBraces = false;
        const bool stands = !inBraces && text.substr(i, word.size()) == word &&
                            (i == 0 || !isWordCharacter(text[i - 1])) &&
                            (i + word.size() >= text.size() || !isWordCharacter(text[i + word.size()]));
        if (!stands) continue;
        parts.push_back(text.substr(start, i - start));
        i += word.size() - 1;
        start = i + 1;
    }
    parts.push_back(text.substr(start));
    return parts;
}

bool isBlank(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
}

/// Equal as far as the arithmetic of doubles can tell.
bool isSame(double a, double b) {
    return a == b || std::abs(a - b) <= 1e-12 * std::max({1.0, std::abs(a), std::abs(b)});
}

}  // namespace

Result<Condition::Comparison> Condition::parseOne(std::string_view text) {
    struct Sign {
        std::string_view text;
        Comparing comparing;
    };
    // Longer signs first: "<=" starts with "<".
    static constexpr std::array<Sign, 7> signs{{{"<=", Comparing::atMost},
                                                {">=", Comparing::atLeast},
                                                {"==", Comparing::equal},
                                                {"!=", Comparing::different},
                                                {"<", Comparing::less},
                                                {">", Comparing::more},
                                                {"=", Comparing::equal}}};
    Comparison comparison;
    std::size_t place = std::string_view::npos;
    const Sign* found = nullptr;
    bool inBraces = false;
    for (std::size_t i = 0; i < text.size() && !found; ++i) {
        if (text[i] == '{') inBraces = true;
        if (text[i] == '}') inBraces = false;
        for (const Sign& sign : signs)
            if (!inBraces && !found && text.substr(i, sign.text.size()) == sign.text) {
                found = &sign;
                place = i;
            }
    }
    const std::string_view left = text.substr(0, place);
    if (isBlank(left)) return unexpected("something to compare is missing");
    auto leftFormula = Formula::parse(left);
    if (!leftFormula) return unexpected(leftFormula.error());
    comparison.left = std::move(*leftFormula);
    if (!found) return comparison;
    const std::string_view right = text.substr(place + found->text.size());
    if (isBlank(right)) return unexpected("what stands after \"" + std::string(found->text) + "\" is missing");
    if (right.find_first_of("<>=!") != std::string_view::npos && right.find('{') == std::string_view::npos)
        return unexpected("only two things are compared at a time; join more with \"and\"");
    auto rightFormula = Formula::parse(right);
    if (!rightFormula) return unexpected(rightFormula.error());
    comparison.comparing = found->comparing;
    comparison.right = std::move(*rightFormula);
    return comparison;
}

Result<Condition> Condition::parse(std::string_view text) {
    Condition condition;
    for (const std::string_view alternative : partsBetween(text, "or")) {
        std::vector<Comparison> all;
        for (const std::string_view one : partsBetween(alternative, "and")) {
            auto comparison = parseOne(one);
            if (!comparison) return unexpected(comparison.error());
            all.push_back(std::move(*comparison));
        }
        condition.m_anyOf.push_back(std::move(all));
    }
    return condition;
}

std::vector<std::string> Condition::names() const {
    std::vector<std::string> all;
    const auto add = [&all](const Formula& formula) {
        for (const std::string& name : formula.names())
            if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
    };
    for (const auto& alternative : m_anyOf)
        for (const Comparison& comparison : alternative) {
            add(comparison.left);
            if (comparison.right) add(*comparison.right);
        }
    return all;
}

bool Condition::holds(const std::function<double(const std::string&)>& valueOf) const {
    const auto valueOfFormula = [&valueOf](const Formula& formula) {
        std::vector<double> values;
        for (const std::string& name : formula.names()) values.push_back(valueOf(name));
        return formula.compute(values);
    };
    const auto agrees = [&](const Comparison& comparison) {
        const double left = valueOfFormula(comparison.left);
        const double right = comparison.right ? valueOfFormula(*comparison.right) : 0;
        if (std::isnan(left) || std::isnan(right)) return false;
        switch (comparison.comparing) {
            case Comparing::less:
                return left < right && !isSame(left, right);
            case Comparing::atMost:
                return left < right || isSame(left, right);
            case Comparing::more:
                return left > right && !isSame(left, right);
            case Comparing::atLeast:
                return left > right || isSame(left, right);
            case Comparing::equal:
                return isSame(left, right);
            case Comparing::different:
                return !isSame(left, right);
        }
        return false;
    };
    return std::any_of(m_anyOf.begin(), m_anyOf.end(), [&agrees](const std::vector<Comparison>& all) {
        return std::all_of(all.begin(), all.end(), agrees);
    });
}

}  // namespace loadpath
