// What a house rule asks: comparisons of formulas, joined by "and" and "or". Knows no design: who asks
// gives the numbers behind the names.
#pragma once

#include "analysis/estimate_formula.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

/// "utilisation > 0.6 and instances < 3 or managed": "and" binds more tightly. A formula by itself asks
/// whether it is other than 0. What is compared with a figure that does not exist does not hold.
class Condition {
public:
    static Result<Condition> parse(std::string_view text);

    /// Every name, once, in order of first appearance.
    std::vector<std::string> names() const;
    bool holds(const std::function<double(const std::string& name)>& valueOf) const;

private:
    enum class Comparing { less, atMost, more, atLeast, equal, different };
    struct Comparison {
        Formula left;
        Comparing comparing = Comparing::different;
        std::optional<Formula> right;  // none: 0
    };
    static Result<Comparison> parseOne(std::string_view text);

    std::vector<std::vector<Comparison>> m_anyOf;  // of each, all
};

}  // namespace loadpath
