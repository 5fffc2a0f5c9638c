// Makes trees to be written, with the members of objects in the order in which they are added.
#pragma once

#include "json/value_json.h"

#include <string>
#include <utility>
#include <vector>

namespace loadpath::json {

inline JsonNode leaf(Value value) {
    JsonNode node;
    node.scalar = std::move(value);
    return node;
}

inline JsonNode list(std::vector<JsonNode> items = {}) {
    JsonNode node;
    node.kind = JsonNode::Kind::list;
    node.items = std::move(items);
    return node;
}

inline JsonNode texts(const std::vector<std::string>& words) {
    JsonNode node = list();
    for (const std::string& word : words) node.items.push_back(leaf(word));
    return node;
}

/// An object under construction: Object().add("a", 1).add("b", "x").
class Object {
public:
    Object() { m_node.kind = JsonNode::Kind::object; }

    Object& add(std::string key, JsonNode value) {
        m_node.members.emplace_back(std::move(key), std::move(value));
        return *this;
    }
    Object& add(std::string key, Value value) { return add(std::move(key), leaf(std::move(value))); }
    Object& add(std::string key, const char* value) { return add(std::move(key), leaf(value)); }
    Object& add(std::string key, Object value) { return add(std::move(key), std::move(value.m_node)); }
    Object& add(std::string key, std::uint64_t value) {
        return add(std::move(key), leaf(static_cast<std::int64_t>(value)));
    }

    JsonNode take() { return std::move(m_node); }

private:
    JsonNode m_node;
};

}  // namespace loadpath::json
