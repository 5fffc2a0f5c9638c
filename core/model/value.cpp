#include "model/value.h"

#include <cmath>

namespace loadpath {

Value::Value(double number) {
    constexpr double exactLimit = 9007199254740992.0;  // 2^53: beyond it neighbours are no longer told apart
    if (std::trunc(number) == number && std::abs(number) <= exactLimit)
        data = static_cast<std::int64_t>(number);
    else
        data = number;
}

double Value::number(double fallback) const {
    if (const auto* i = std::get_if<std::int64_t>(&data)) return static_cast<double>(*i);
    if (const auto* d = std::get_if<double>(&data)) return *d;
    return fallback;
}

const Value* Value::find(std::string_view key) const {
    const Object* members = object();
    if (!members) return nullptr;
    const auto it = members->find(key);
    return it == members->end() ? nullptr : &it->second;
}

}  // namespace loadpath
