#include "json/utf8.h"
#include "json/value_json.h"
#include "support/format.h"

#include <cmath>

namespace loadpath {
namespace {

void appendText(std::string& out, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8Length(text, i);
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            ++i;
            continue;
        }
        const char c = text[i];
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    out += "\\u00";
                    out += digits[static_cast<unsigned char>(c) >> 4];
                    out += digits[static_cast<unsigned char>(c) & 15];
                } else {
                    out.append(text, i, length);
                }
        }
        i += length;
    }
    out += '"';
}

void appendScalar(std::string& out, const Value& value) {
    if (const auto* flag = value.boolean())
        out += *flag ? "true" : "false";
    else if (const auto* text = value.text())
        appendText(out, *text);
    else if (const auto* integer = std::get_if<std::int64_t>(&value.data))
        out += std::to_string(*integer);
    else if (const auto* number = std::get_if<double>(&value.data); number && std::isfinite(*number))
        out += shortest(*number);
    else
        out += "null";
}

int columns(std::string_view text) {
    int count = 0;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
    return count;
}

class Writer {
public:
    explicit Writer(int width) : m_width(width) {}

    void write(const JsonNode& node, int indent, bool commaFollows) {
        if (node.kind == JsonNode::Kind::scalar) {
            appendScalar(out, node.scalar);
            return;
        }
        const std::size_t start = out.size();
        const int room = m_width - lineColumns() - (commaFollows ? 1 : 0);
        if (writeInline(node, start, room)) return;
        out.resize(start);
        const bool isList = node.kind == JsonNode::Kind::list;
        const std::size_t count = isList ? node.items.size() : node.members.size();
        out += isList ? '[' : '{';
        for (std::size_t i = 0; i < count; ++i) {
            out += '\n';
            out.append(static_cast<std::size_t>(indent) + 2, ' ');
            if (!isList) {
                appendText(out, node.members[i].first);
                out += ": ";
            }
            const bool more = i + 1 < count;
            write(isList ? node.items[i] : node.members[i].second, indent + 2, more);
            if (more) out += ',';
        }
        out += '\n';
        out.append(static_cast<std::size_t>(indent), ' ');
        out += isList ? ']' : '}';
    }

    std::string out;

private:
    int lineColumns() const {
        const auto newline = out.rfind('\n');
        return columns(std::string_view(out).substr(newline == std::string::npos ? 0 : newline + 1));
    }

    /// Appends the node on one line; gives up, leaving a part behind, once it is wider than `room`.
    bool writeInline(const JsonNode& node, std::size_t start, int room) {
        if (node.kind == JsonNode::Kind::scalar) {
            appendScalar(out, node.scalar);
            return fits(start, room);
        }
        const bool isList = node.kind == JsonNode::Kind::list;
        const std::size_t count = isList ? node.items.size() : node.members.size();
        out += isList ? '[' : '{';
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) out += ", ";
            if (!isList) {
                appendText(out, node.members[i].first);
                out += ": ";
            }
            if (!writeInline(isList ? node.items[i] : node.members[i].second, start, room)) return false;
        }
        out += isList ? ']' : '}';
        return fits(start, room);
    }
    bool fits(std::size_t start, int room) const { return columns(std::string_view(out).substr(start)) <= room; }

    int m_width;
};

}  // namespace

std::string writeJson(const JsonNode& node, int width) {
    Writer writer(width);
    writer.write(node, 0, false);
    writer.out += '\n';
    return std::move(writer.out);
}

std::string writeJson(const Value& value, int width) { return writeJson(JsonNode::of(value), width); }

}  // namespace loadpath
