// Where the items of a design stand in its file, for results that point into it. Knows no meaning.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace loadpath {

struct TextPlace {
    int line = 0, column = 0;  // from 1
};

/// By id: zones, components, connections and flows. Empty where the text is no design.
using ItemPlaces = std::unordered_map<std::string, TextPlace>;
ItemPlaces itemPlaces(std::string_view text);

}  // namespace loadpath
