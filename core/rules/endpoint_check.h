// Checks of endpoints one by one: one finding a component, which lists those at fault and mends them
// all. Knows no rule.
#pragma once

#include "rules/endpoints.h"
#include "rules/rule.h"

#include <functional>
#include <utility>

namespace loadpath {

struct EndpointFault {
    std::string what;  // "GET /feed skips up to 100 k rows"
    Severity severity = Severity::warning;
    std::vector<std::pair<std::string, Value>> changes = {};  // by field; null takes it away
};

struct EndpointCheck {
    std::function<std::optional<EndpointFault>(const Endpoint&)> fault;
    std::string_view pattern;             // with two gaps: the component, the faults
    std::string_view fixOne, fixSeveral;  // titles
};

std::vector<Finding> checkEndpoints(const Evidence& evidence, const Rule& rule, const EndpointCheck& check);

}  // namespace loadpath
