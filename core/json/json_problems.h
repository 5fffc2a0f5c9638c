// Collects what is wrong with a tree that was read: at most twenty problems, each with its place.
#pragma once

#include "json/value_json.h"

#include <string>

namespace loadpath {

/// Where a node stands in its file; a child is made on the stack while its parent is being read.
struct Place {
    const Place* parent = nullptr;
    std::string_view key;
    std::size_t index = 0;
    bool isIndex = false;

    Place at(std::string_view member) const { return {this, member, 0, false}; }
    Place at(std::size_t i) const { return {this, {}, i, true}; }
    std::string pointer() const;
};

class ProblemList {
public:
    explicit ProblemList(std::size_t most = 20) : m_most(most) {}

    void add(const JsonNode& node, const Place& place, std::string message);
    bool full() const { return problems.size() >= m_most; }
    bool empty() const { return problems.empty(); }

    Problems problems;

private:
    std::size_t m_most;
};

/// "a text", "a number", "a list", … for sentences.
std::string kindOf(const JsonNode& node);

}  // namespace loadpath
