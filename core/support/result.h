// A value or the problems that prevented it. The names are those of std::expected (C++23), so that
// the type can be replaced once the compiler has it. Problems are for people: they name the place.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace loadpath {

struct Problem {
    std::string message;  // one sentence, for the user
    std::string pointer;  // JSON pointer of the place; empty where the file as a whole is meant
    int line = 0;         // from 1; 0 = unknown
    int column = 0;       // from 1, in characters; 0 = unknown

    friend bool operator==(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

/// "FILE:LINE:COLUMN: message (at POINTER)", leaving out what is unknown.
std::string describe(const Problem& problem, const std::string& file);

template <class E>
struct Unexpected {
    E error;
};
inline Unexpected<Problems> unexpected(Problems problems) { return {std::move(problems)}; }
inline Unexpected<Problems> unexpected(std::string message) {
    return {Problems{Problem{std::move(message), {}, 0, 0}}};
}

template <class T>
class Result {
public:
    Result(T value) : m_state(std::move(value)) {}
    Result(Unexpected<Problems> problems) : m_state(std::move(problems.error)) {}

    bool has_value() const { return std::holds_alternative<T>(m_state); }
    explicit operator bool() const { return has_value(); }
    T& value() {
        assert(has_value());
        return *std::get_if<T>(&m_state);
    }
    const T& value() const {
        assert(has_value());
        return *std::get_if<T>(&m_state);
    }
    const Problems& error() const {
        assert(!has_value());
        return *std::get_if<Problems>(&m_state);
    }
    T& operator*() { return value(); }
    const T& operator*() const { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

private:
    std::variant<T, Problems> m_state;
};

}  // namespace loadpath
