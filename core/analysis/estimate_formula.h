// Formulas of the estimation sheet: parsed once, computed without recursion, written out again with
// words or numbers in place of the names. Knows no sheet and no design.
#pragma once

#include "support/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

/// "reads_rps * day * value_bytes": + - * / ^, parentheses, numbers ("1e6", "20%"), names (letters,
/// digits, '_' and '.'; anything else in braces: "{my-db.rf}") and functions.
class Formula {
public:
    static Result<Formula> parse(std::string_view text);

    /// Names in order of first appearance.
    const std::vector<std::string>& names() const { return m_names; }
    /// `values` by names(). Not a number where an operation has no result (0/0).
    double compute(const std::vector<double>& values) const;
    /// As people write it ("a × b ÷ c"), with `written` in place of each name.
    std::string text(const std::function<std::string(std::size_t name)>& written) const;
    /// True for a single name or number: there is nothing to work out.
    bool isPlain() const { return m_code.size() == 1; }

private:
    friend class FormulaParser;
    enum class Code { number, name, add, subtract, multiply, divide, power, negate, call };
    struct Step {
        Code code = Code::number;
        double number = 0;
        std::size_t index = 0;  // name or function
    };
    struct Word {
        std::string text;
        int name = -1;  // index into m_names; −1: text stands as it is
    };

    std::vector<Step> m_code;  // postfix
    std::vector<Word> m_words;
    std::vector<std::string> m_names;
    std::size_t m_deepest = 0;  // of the stack
};

/// Names and meanings of the functions, for help texts: {"ceil(x)", "x rounded up"}.
struct FormulaFunction {
    std::string_view syntax, meaning;
};
const std::vector<FormulaFunction>& formulaFunctions();

/// P(two of `count` random numbers out of `space` agree): 1 − e^(−n(n−1)/2N).
double birthdayCollision(double count, double space);
/// Share of requests that go to the `top` most popular of `keys` keys under Zipf's law.
double zipfShare(double top, double keys, double alpha);

}  // namespace loadpath
