// A JSON text as a tree that remembers where everything stood, and Values as JSON text.
#pragma once

#include "model/value.h"
#include "support/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loadpath {

/// A parsed value with the place it came from. Objects keep the order of the file.
struct JsonNode {
    Value scalar;  // null, boolean, number or text; unused for lists and objects
    enum class Kind { scalar, list, object } kind = Kind::scalar;
    std::vector<JsonNode> items;                            // list
    std::vector<std::pair<std::string, JsonNode>> members;  // object
    int line = 1, column = 1;

    const JsonNode* find(std::string_view key) const;
    Value toValue() const;
    static JsonNode of(const Value& value);
};

/// Refuses syntax errors, encodings other than UTF-8, duplicate keys, NaN and overflowing numbers,
/// nesting over 64, texts over 64 MiB. A byte-order mark is skipped.
Result<JsonNode> parseJsonTree(std::string_view text);
Result<Value> parseJson(std::string_view text);

/// Two-space indent; an array or object that fits in `width` columns stands on one line.
/// Figures that do not exist (NaN, infinite) become null; ill-formed UTF-8 becomes U+FFFD.
std::string writeJson(const Value& value, int width = 100);
/// The same with the members of objects in the order of the tree.
std::string writeJson(const JsonNode& node, int width = 100);

/// A key as a step of a JSON pointer: '~' and '/' escaped.
std::string escapedPointer(std::string_view key);

}  // namespace loadpath
