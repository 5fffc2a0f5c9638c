#include "analysis/estimate_formula.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include "analysis/capacity.h"

namespace loadpath {
namespace {

constexpr int deepestNesting = 64;
constexpr std::size_t longestFormula = 10000;

struct Function {
    std::string_view name;
    std::size_t arguments;
    double (*compute)(const double*);
    std::string_view written, meaning;
};

/// 115.00000000000001 is 115 that went through a division: it does not need a 116th server.
double roundedUp(double value) {
    const double nearest = std::round(value);
    return std::abs(value - nearest) <= 1e-9 * std::max(1.0, std::abs(value)) ? nearest : std::ceil(value);
}

/// Positions of a number system of `base` that tell `count` things apart; exact where logarithms are not.
double positions(double count, double base) {
    if (std::isnan(count) || !(base > 1) || std::isinf(count)) return noFigure;
    double digits = 0, reach = 1;
    for (; reach < count; reach *= base) ++digits;
    return digits;
}

const std::array<Function, 16> functions{{
    {"ceil", 1, [](const double* x) { return roundedUp(x[0]); }, "round up", "x rounded up to a whole number"},
    {"floor", 1, [](const double* x) { return -roundedUp(-x[0]); }, "round down", "x rounded down"},
    {"round", 1, [](const double* x) { return std::round(x[0]); }, "round", "x rounded to the nearest whole number"},
    {"sqrt", 1, [](const double* x) { return std::sqrt(x[0]); }, "√", "square root"},
    {"exp", 1, [](const double* x) { return std::exp(x[0]); }, "exp", "e to the power of x"},
    {"ln", 1, [](const double* x) { return std::log(x[0]); }, "ln", "natural logarithm"},
    {"log2", 1, [](const double* x) { return std::log2(x[0]); }, "log₂", "logarithm to base 2"},
    {"log10", 1, [](const double* x) { return std::log10(x[0]); }, "log₁₀", "logarithm to base 10"},
    {"bits", 1, [](const double* x) { return positions(x[0], 2); }, "bits for", "bits that tell x things apart"},
    {"digits", 2, [](const double* x) { return std::max(1.0, positions(x[0], x[1])); }, "digits for",
     "digits of base y that tell x things apart"},
    {"min", 2, [](const double* x) { return std::min(x[0], x[1]); }, "the smaller of", "the smaller of x and y"},
    {"max", 2, [](const double* x) { return std::max(x[0], x[1]); }, "the larger of", "the larger of x and y"},
    {"pow", 2, [](const double* x) { return std::pow(x[0], x[1]); }, "power", "x to the power of y"},
    {"birthday", 2, [](const double* x) { return birthdayCollision(x[0], x[1]); }, "birthday",
     "probability that any two of x random numbers out of y agree"},
    {"zipf", 3, [](const double* x) { return zipfShare(x[0], x[1], x[2]); }, "Zipf share",
     "share of requests for the x most popular of y keys, exponent z"},
    {"if_positive", 3, [](const double* x) { return x[0] > 0 ? x[1] : x[2]; }, "if positive",
     "y where x is above 0, else z"},
}};

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isNameCharacter(char c) { return isLetter(c) || isDigit(c) || c == '.'; }

}  // namespace

double birthdayCollision(double count, double space) {
    if (std::isnan(count) || std::isnan(space) || space <= 0) return noFigure;
    if (count <= 1) return 0;
    return -std::expm1(-count * (count - 1) / 2 / space);
}

namespace {
/// Generalised harmonic number: exact for few keys, Euler–Maclaurin past them (error below 1e-9 of it).
double harmonicNumber(double n, double alpha) {
    constexpr int exact = 1000;
    const int head = static_cast<int>(std::min<double>(n, exact));
    double sum = 0;
    for (int i = head; i >= 1; --i) sum += std::pow(i, -alpha);
    if (n <= exact) return sum;
    const double a = exact, b = n;
    const double integral =
        std::abs(alpha - 1) < 1e-12 ? std::log(b / a) : (std::pow(b, 1 - alpha) - std::pow(a, 1 - alpha)) / (1 - alpha);
    const double ends = (std::pow(b, -alpha) - std::pow(a, -alpha)) / 2;
    const double slope = -alpha * (std::pow(b, -alpha - 1) - std::pow(a, -alpha - 1)) / 12;
    return sum + integral + ends + slope;
}
}  // namespace

double zipfShare(double top, double keys, double alpha) {
    if (std::isnan(top) || std::isnan(keys) || std::isnan(alpha) || !std::isfinite(keys) || keys < 1) return noFigure;
    if (top >= keys) return 1;
    if (top < 1) return 0;
    return harmonicNumber(std::floor(top), alpha) / harmonicNumber(std::floor(keys), alpha);
}

/// Recursive descent into postfix; the nesting is bounded, long sums are loops.
class FormulaParser {
public:
    explicit FormulaParser(std::string_view text) : m_text(text) {}

    Result<Formula> parse() {
        if (m_text.size() > longestFormula) return unexpected("the formula is too long");
        sum();
        space();
        if (m_problem.empty() && m_at < m_text.size())
            m_problem = "there is something unexpected at \"" + std::string(m_text.substr(m_at, 12)) + '"';
        if (!m_problem.empty()) return unexpected(m_problem);
        return std::move(m_formula);
    }

private:
    using Code = Formula::Code;

    void space() {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n')) ++m_at;
    }
    bool take(std::string_view sign) {
        space();
        if (m_text.substr(m_at, sign.size()) != sign) return false;
        m_at += sign.size();
        return true;
    }
    void problem(std::string text) {
        if (m_problem.empty()) m_problem = std::move(text);
    }
    void write(std::string text) { m_formula.m_words.push_back({std::move(text), -1}); }
    void push(Formula::Step step, std::size_t takes) {
        m_formula.m_code.push_back(step);
        m_stack = m_stack + 1 - takes;
        m_formula.m_deepest = std::max(m_formula.m_deepest, m_stack);
    }

    void sum() {
        product();
        while (m_problem.empty()) {
            if (take("+")) {
                write(" + ");
                product();
                push({Code::add}, 2);
            } else if (take("-") || take("−")) {
                write(" − ");
                product();
                push({Code::subtract}, 2);
            } else {
                return;
            }
        }
    }

    void product() {
        power();
        while (m_problem.empty()) {
            if (take("*") || take("×") || take("·")) {
                write(" × ");
                power();
                push({Code::multiply}, 2);
            } else if (take("/") || take("÷")) {
                write(" ÷ ");
                power();
                push({Code::divide}, 2);
            } else {
                return;
            }
        }
    }

    void power() {
        if (++m_depth > deepestNesting) return problem("the formula is nested too deeply");
        if (take("-") || take("−")) {
            write("−");
            power();
            push({Code::negate}, 1);
        } else {
            primary();
            if (m_problem.empty() && take("^")) {
                write("^");
                power();
                push({Code::power}, 2);
            }
        }
        --m_depth;
    }

    void primary() {
        space();
        if (m_at >= m_text.size()) return problem("the formula ends too early");
        const char c = m_text[m_at];
        if (take("(")) {
            write("(");
            sum();
            if (!take(")")) problem("a parenthesis is not closed");
            write(")");
        } else if (take("{")) {
            const std::size_t end = m_text.find('}', m_at);
            if (end == std::string_view::npos) return problem("a brace is not closed");
            name(std::string(m_text.substr(m_at, end - m_at)));
            m_at = end + 1;
        } else if (isDigit(c) || c == '.') {
            number();
        } else if (isLetter(c)) {
            const std::size_t start = m_at;
            while (m_at < m_text.size() && isNameCharacter(m_text[m_at])) ++m_at;
            const std::string word(m_text.substr(start, m_at - start));
            if (take("("))
                call(word);
            else
                name(word);
        } else {
            problem("there is something unexpected at \"" + std::string(m_text.substr(m_at, 12)) + '"');
        }
    }

    void number() {
        double value = 0;
        const auto read = std::from_chars(m_text.data() + m_at, m_text.data() + m_text.size(), value);
        if (read.ec != std::errc()) return problem("\"" + std::string(m_text.substr(m_at, 12)) + "\" is not a number");
        const auto length = static_cast<std::size_t>(read.ptr - (m_text.data() + m_at));
        std::string written(m_text.substr(m_at, length));
        m_at += length;
        if (take("%")) {
            value /= 100;
            written += " %";
        }
        write(written);
        push({Code::number, value, 0}, 0);
    }

    void name(std::string word) {
        if (word.empty()) return problem("a name is missing");
        auto& names = m_formula.m_names;
        const auto known = std::find(names.begin(), names.end(), word);
        const auto index = static_cast<std::size_t>(known - names.begin());
        if (known == names.end()) names.push_back(std::move(word));
        m_formula.m_words.push_back({{}, static_cast<int>(index)});
        push({Code::name, 0, index}, 0);
    }

    void call(const std::string& word) {
        const auto* function =
            std::find_if(functions.begin(), functions.end(), [&word](const Function& f) { return f.name == word; });
        if (function == functions.end()) return problem("there is no function \"" + word + '"');
        write(std::string(function->written) + '(');
        for (std::size_t i = 0; i < function->arguments && m_problem.empty(); ++i) {
            if (i > 0) {
                if (!take(",")) return problem(word + " needs " + std::to_string(function->arguments) + " arguments");
                write(", ");
            }
            sum();
        }
        if (!take(")")) problem(word + " needs " + std::to_string(function->arguments) + " arguments");
        write(")");
        push({Code::call, 0, static_cast<std::size_t>(function - functions.begin())}, function->arguments);
    }

    std::string_view m_text;
    std::size_t m_at = 0, m_stack = 0;
    int m_depth = 0;
    std::string m_problem;
    Formula m_formula;
};

Result<Formula> Formula::parse(std::string_view text) { return FormulaParser(text).parse(); }

double Formula::compute(const std::vector<double>& values) const {
    std::vector<double> stack;
    stack.reserve(m_deepest + 1);
    const auto two = [&stack](auto combine) {
        const double right = stack.back();
        stack.pop_back();
        stack.back() = combine(stack.back(), right);
    };
    for (const Step& step : m_code) switch (step.code) {
            case Code::number:
                stack.push_back(step.number);
                break;
            case Code::name:
                stack.push_back(values[step.index]);
                break;
            case Code::add:
                two([](double a, double b) { return a + b; });
                break;
            case Code::subtract:
                two([](double a, double b) { return a - b; });
                break;
            case Code::multiply:
                two([](double a, double b) { return a * b; });
                break;
            case Code::divide:
                two([](double a, double b) { return b == 0 ? noFigure : a / b; });
                break;
            case Code::power:
                two([](double a, double b) { return std::pow(a, b); });
                break;
            case Code::negate:
                stack.back() = -stack.back();
                break;
            case Code::call: {
                const Function& function = functions[step.index];
                const double* arguments = stack.data() + (stack.size() - function.arguments);
                const double result = function.compute(arguments);
                stack.resize(stack.size() - function.arguments);
                stack.push_back(result);
                break;
            }
        }
    return stack.back();
}

std::string Formula::text(const std::function<std::string(std::size_t)>& written) const {
    std::string all;
    for (const Word& word : m_words) all += word.name < 0 ? word.text : written(static_cast<std::size_t>(word.name));
    return all;
}

const std::vector<FormulaFunction>& formulaFunctions() {
    static const std::vector<FormulaFunction> all = [] {
        static constexpr std::string_view arguments[] = {"", "(x)", "(x, y)", "(x, y, z)"};
        static std::vector<std::string> syntax;
        std::vector<FormulaFunction> list;
        syntax.reserve(functions.size());
        for (const Function& function : functions) {
            syntax.push_back(std::string(function.name) + std::string(arguments[function.arguments]));
            list.push_back({syntax.back(), function.meaning});
        }
        return list;
    }();
    return all;
}

}  // namespace loadpath
