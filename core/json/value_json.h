// A JSON text as a tree that remembers where everything stood, and Values as JSON text.
#pragma once

#include "model/value.h"
#include "support/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loadpath {

struct JsonMember;

/// A parsed value with the place it came from. Objects keep the order of the file.
struct JsonNode {
    Value scalar;  // null, boolean, number or text; unused for lists and objects
    enum class Kind { scalar, list, object } kind = Kind::scalar;
    std::vector<JsonNode> items;      // list
    std::vector<JsonMember> members;  // object
    int line = 1, column = 1;

    const JsonNode* find(std::string_view key) const;
    Value toValue() const;
    static JsonNode of(const Value& value);

    JsonNode();
    JsonNode(const JsonNode&);
    JsonNode(JsonNode&&) noexcept;
    JsonNode& operator=(const JsonNode&);
    JsonNode& operator=(JsonNode&&) noexcept;
    ~JsonNode();
};

struct JsonMember {
    JsonMember(std::string key, JsonNode value) : first(std::move(key)), second(std::move(value)) {}

    std::string first;  // the key
    JsonNode second;
};

// Here, where a member is complete.
inline JsonNode::JsonNode() = default;
inline JsonNode::JsonNode(const JsonNode&) = default;
inline JsonNode::JsonNode(JsonNode&&) noexcept = default;
inline JsonNode& JsonNode::operator=(const JsonNode&) = default;
inline JsonNode& JsonNode::operator=(JsonNode&&) noexcept = default;
inline JsonNode::~JsonNode() = default;

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
