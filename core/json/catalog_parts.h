// Reading the pieces that palette files have in common; problems name the file. Knows no component
// type in particular.
#pragma once

#include "json/json_problems.h"
#include "model/parameter.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

namespace loadpath {

struct CatalogFile {
    struct Object {
        const JsonNode& node;
        const Place& place;
    };

    JsonNode tree;
    std::string path;
    Problems& problems;

    void complain(const JsonNode& node, const Place& place, const std::string& message);
    void refuseUnknown(const Object& object, std::initializer_list<std::string_view> known);

    std::string text(const Object& object, std::string_view key);  // empty when left out
    std::string requiredText(const Object& object, std::string_view key);
    std::vector<std::string> texts(const Object& object, std::string_view key);
    bool flag(const Object& object, std::string_view key);
    const JsonNode* object(const Object& parent, std::string_view key);
    void eachObject(const Object& parent, std::string_view key, const std::function<void(const Object&)>& read);
    std::vector<ParameterSpec> parameters(const Object& object, std::string_view key);

    template <class T, std::size_t n>
    T choice(const Object& object, std::string_view key, const std::pair<std::string_view, T> (&words)[n],
             T otherwise) {
        const std::string word = requiredText(object, key);
        if (word.empty()) return otherwise;
        for (const auto& known : words)
            if (known.first == word) return known.second;
        complain(object.node, object.place.at(key), "unknown " + std::string(key) + " \"" + word + '"');
        return otherwise;
    }

private:
    ParameterSpec parameter(const Object& object);
};

/// The word of a palette file for a kind of value.
std::string_view name(ValueKind kind);

}  // namespace loadpath
