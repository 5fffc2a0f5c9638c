#include "json/value_json.h"

#include "json/utf8.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <unordered_set>

namespace loadpath {
namespace {

constexpr std::size_t mostBytes = 64u << 20;
constexpr std::size_t mostNesting = 64;
constexpr std::size_t mostProblems = 20;

/// A place in a text, moved forward only, so that lines and columns cost one pass over the text.
struct Cursor {
    std::string_view text;
    std::size_t offset = 0;
    int line = 1, column = 1;

    bool atEnd() const { return offset >= text.size(); }
    char here() const { return text[offset]; }
    void step() {
        const auto byte = static_cast<unsigned char>(text[offset++]);
        if (byte == '\n') {
            ++line;
            column = 1;
        } else if (offset >= text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80) {
            ++column;
        }
    }
    void stepTo(std::size_t target) {
        while (offset < target && !atEnd()) step();
    }
};

Problem problemAt(std::string_view text, std::size_t offset, std::string message) {
    Cursor cursor{text};
    cursor.stepTo(offset);
    return {std::move(message), {}, cursor.line, cursor.column};
}

/// Receives what nlohmann's parser recognises and follows it through the text with a cursor of its
/// own: the parser tells what it read but not where. A token that arrives here is well formed, so
/// finding its end takes no more than looking for the closing quote or the end of the word.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit TreeBuilder(std::string_view text) : m_cursor{text} {}

    JsonNode root;
    Problems problems;

    bool null() override { return scalar({}); }
    bool boolean(bool value) override { return scalar(value); }
    bool number_integer(number_integer_t value) override { return scalar(Value(std::int64_t{value})); }
    bool number_unsigned(number_unsigned_t value) override {
        if (value <= static_cast<number_unsigned_t>(INT64_MAX)) return scalar(Value(static_cast<std::int64_t>(value)));
        return scalar(Value(static_cast<double>(value)));
    }
    bool number_float(number_float_t value, const string_t&) override { return scalar(Value(value)); }
    bool string(string_t& value) override { return scalar(Value(std::move(value))); }
    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(JsonNode::Kind::object); }
    bool start_array(std::size_t) override { return open(JsonNode::Kind::list); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        skipSeparators();
        Level& level = m_levels.back();
        if (!level.keys.insert(name).second) {
            level.dropped = true;
            problems.push_back({"the key \"" + name + "\" stands twice in this object",
                                pointer() + '/' + escapedPointer(name), m_cursor.line, m_cursor.column});
            if (problems.size() >= mostProblems) return false;
        }
        level.key = std::move(name);
        skipString();
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
        std::string reason = error.what();
        const auto overflow = reason.find("number overflow");
        if (overflow != std::string::npos) {
            skipSeparators();
            problems.push_back({"a number is too large", pointer(), m_cursor.line, m_cursor.column});
            return false;
        }
        const auto place = reason.find("column ");
        const auto colon = place == std::string::npos ? std::string::npos : reason.find(": ", place);
        if (colon != std::string::npos) reason.erase(0, colon + 2);
        Problem problem = problemAt(m_cursor.text, position == 0 ? 0 : position - 1, "this is not JSON: " + reason);
        problem.pointer = pointer();
        problems.push_back(std::move(problem));
        return false;
    }

private:
    struct Level {
        JsonNode node;
        std::string key;  // of the member that is being read
        std::unordered_set<std::string> keys;
        bool dropped = false;
    };

    void skipSeparators() {
        while (!m_cursor.atEnd() && std::string_view(" \t\r\n,:").find(m_cursor.here()) != std::string_view::npos)
            m_cursor.step();
    }
    void skipString() {
        m_cursor.step();
        while (!m_cursor.atEnd() && m_cursor.here() != '"') {
            if (m_cursor.here() == '\\') m_cursor.step();
            if (!m_cursor.atEnd()) m_cursor.step();
        }
        if (!m_cursor.atEnd()) m_cursor.step();
    }
    void skipWord() {
        while (!m_cursor.atEnd() && std::string_view(" \t\r\n,:]}").find(m_cursor.here()) == std::string_view::npos)
            m_cursor.step();
    }

    std::string pointer() const {
        std::string path;
        for (const Level& level : m_levels) {
            if (level.node.kind == JsonNode::Kind::list)
                path += '/' + std::to_string(level.node.items.size());
            else if (!level.key.empty())
                path += '/' + escapedPointer(level.key);
        }
        return path;
    }

    bool scalar(Value value) {
        skipSeparators();
        JsonNode node;
        node.line = m_cursor.line;
        node.column = m_cursor.column;
        if (!m_cursor.atEnd() && m_cursor.here() == '"')
            skipString();
        else
            skipWord();
        node.scalar = std::move(value);
        put(std::move(node));
        return true;
    }
    bool open(JsonNode::Kind kind) {
        skipSeparators();
        if (m_levels.size() >= mostNesting) {
            problems.push_back(
                {"lists and objects are nested more than 64 deep", pointer(), m_cursor.line, m_cursor.column});
            return false;
        }
        Level level;
        level.node.kind = kind;
        level.node.line = m_cursor.line;
        level.node.column = m_cursor.column;
        m_levels.push_back(std::move(level));
        m_cursor.step();
        return true;
    }
    bool close() {
        skipSeparators();
        m_cursor.step();
        JsonNode node = std::move(m_levels.back().node);
        m_levels.pop_back();
        put(std::move(node));
        return true;
    }
    void put(JsonNode node) {
        if (m_levels.empty()) {
            root = std::move(node);
            return;
        }
        Level& parent = m_levels.back();
        if (parent.node.kind == JsonNode::Kind::list)
            parent.node.items.push_back(std::move(node));
        else if (std::exchange(parent.dropped, false))
            parent.key.clear();
        else
            parent.node.members.emplace_back(std::exchange(parent.key, {}), std::move(node));
    }

    Cursor m_cursor;
    std::vector<Level> m_levels;
};

}  // namespace

std::string escapedPointer(std::string_view key) {
    std::string text;
    for (const char c : key) {
        if (c == '~')
            text += "~0";
        else if (c == '/')
            text += "~1";
        else
            text += c;
    }
    return text;
}

const JsonNode* JsonNode::find(std::string_view key) const {
    for (const auto& member : members)
        if (member.first == key) return &member.second;
    return nullptr;
}

Value JsonNode::toValue() const {
    switch (kind) {
        case Kind::list: {
            Value::List list;
            list.reserve(items.size());
            for (const JsonNode& item : items) list.push_back(item.toValue());
            return list;
        }
        case Kind::object: {
            Value::Object object;
            for (const auto& member : members) object.emplace(member.first, member.second.toValue());
            return object;
        }
        case Kind::scalar:
            break;
    }
    return scalar;
}

JsonNode JsonNode::of(const Value& value) {
    JsonNode node;
    if (const auto* list = value.list()) {
        node.kind = Kind::list;
        node.items.reserve(list->size());
        for (const Value& item : *list) node.items.push_back(of(item));
    } else if (const auto* object = value.object()) {
        node.kind = Kind::object;
        for (const auto& member : *object) node.members.emplace_back(member.first, of(member.second));
    } else {
        node.scalar = value;
    }
    return node;
}

Result<JsonNode> parseJsonTree(std::string_view text) {
    if (text.size() > mostBytes) return unexpected("the file is larger than 64 MiB");
    if (const auto broken = firstInvalidUtf8(text))
        return unexpected(Problems{problemAt(text, *broken, "the text is not UTF-8")});
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
    // The parser takes a NUL byte for the end and would not look at what follows.
    if (const auto nul = text.find('\0'); nul != std::string_view::npos)
        return unexpected(Problems{problemAt(text, nul, "this is not JSON: the text holds a NUL byte")});
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return unexpected("the file is empty");

    TreeBuilder builder(text);
    const bool complete = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    if (!builder.problems.empty()) return unexpected(std::move(builder.problems));
    if (!complete) return unexpected("this is not JSON");
    return std::move(builder.root);
}

Result<Value> parseJson(std::string_view text) {
    const auto tree = parseJsonTree(text);
    if (!tree) return unexpected(tree.error());
    return tree->toValue();
}

}  // namespace loadpath
