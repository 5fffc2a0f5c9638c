#include "json/json_problems.h"

namespace loadpath {

std::string Place::pointer() const {
    if (!parent) return {};
    return parent->pointer() + '/' + (isIndex ? std::to_string(index) : escapedPointer(key));
}

void ProblemList::add(const JsonNode& node, const Place& place, std::string message) {
    if (full()) return;
    problems.push_back({std::move(message), place.pointer(), node.line, node.column});
}

std::string kindOf(const JsonNode& node) {
    switch (node.kind) {
        case JsonNode::Kind::list:
            return "a list";
        case JsonNode::Kind::object:
            return "an object";
        case JsonNode::Kind::scalar:
            break;
    }
    if (node.scalar.isNull()) return "null";
    if (node.scalar.boolean()) return "true or false";
    return node.scalar.text() ? "a text" : "a number";
}

}  // namespace loadpath
