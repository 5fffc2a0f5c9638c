// Sentences of findings: patterns with values put in, lists, small numbers as words.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

/// Each "{}" of the pattern replaced by the next value.
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values);
/// "A", "A and B", "A, B and C", "A, B, C and 4 more".
std::string listed(const std::vector<std::string>& names, std::size_t limit = 4);
/// "two", …, "ten", then digits.
std::string inWords(long long count);

}  // namespace loadpath
