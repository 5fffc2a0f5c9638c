#include "rules/text.h"

#include <array>

namespace loadpath {

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values) {
    std::string text;
    auto value = values.begin();
    for (;;) {
        const auto gap = pattern.find("{}");
        text += pattern.substr(0, gap);
        if (gap == std::string_view::npos || value == values.end()) return text;
        text += *value++;
        pattern.remove_prefix(gap + 2);
    }
}

std::string listed(const std::vector<std::string>& names, std::size_t limit) {
    std::string text;
    const std::size_t shown = names.size() > limit ? limit - 1 : names.size();
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
        text += names[i];
    }
    if (shown < names.size()) text += " and " + std::to_string(names.size() - shown) + " more";
    return text;
}

std::string inWords(long long count) {
    static constexpr std::array<std::string_view, 11> words{"no",  "one",   "two",   "three", "four", "five",
                                                            "six", "seven", "eight", "nine",  "ten"};
    if (count >= 0 && count < static_cast<long long>(words.size()))
        return std::string(words[static_cast<std::size_t>(count)]);
    return std::to_string(count);
}

}  // namespace loadpath
