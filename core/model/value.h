// What JSON can say, without a JSON library. A number without fraction is always an integer here
// (1.0 becomes 1), so that equal values are equal and are written alike.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace loadpath {

struct Value {
    using List = std::vector<Value>;
    using Object = std::map<std::string, Value, std::less<>>;

    std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Object> data;

    Value() = default;
    Value(bool b) : data(b) {}
    Value(int i) : data(std::int64_t{i}) {}
    Value(std::int64_t i) : data(i) {}
    Value(double number);  // whole numbers up to 2^53 become integers
    Value(const char* text) : data(std::string(text)) {}
    Value(std::string text) : data(std::move(text)) {}
    Value(List list) : data(std::move(list)) {}
    Value(Object object) : data(std::move(object)) {}

    bool isNull() const { return std::holds_alternative<std::monostate>(data); }
    bool isNumber() const { return std::holds_alternative<std::int64_t>(data) || std::holds_alternative<double>(data); }
    const bool* boolean() const { return std::get_if<bool>(&data); }
    const std::string* text() const { return std::get_if<std::string>(&data); }
    const List* list() const { return std::get_if<List>(&data); }
    const Object* object() const { return std::get_if<Object>(&data); }
    /// The number, or `fallback` where this is none.
    double number(double fallback = 0) const;
    /// Member of an object, or null.
    const Value* find(std::string_view key) const;

    friend bool operator==(const Value&, const Value&) = default;
};

using Parameters = Value::Object;

}  // namespace loadpath
