// Reads fields of objects inside a property, such as a topic of a broker or a table of a database.
// Private to graph/; knows no component.
#pragma once

#include "model/value.h"

#include <string>

namespace loadpath::compile {

inline double numberIn(const Value& object, const char* key, double otherwise) {
    const Value* value = object.find(key);
    return value && value->isNumber() ? value->number() : otherwise;
}

inline std::string textIn(const Value& object, const char* key, const std::string& otherwise = {}) {
    const Value* value = object.find(key);
    return value && value->text() ? *value->text() : otherwise;
}

}  // namespace loadpath::compile
