#include "rules/api_paths.h"
#include "rules/checks.h"
#include "rules/endpoint_check.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkUnboundedList(const Evidence& evidence) {
    const double many = evidence.threshold(unbounded_list, "rows");
    const auto fault = [many](const Endpoint& endpoint) -> std::optional<EndpointFault> {
        if (endpoint.method != "GET" || endpoint.pagination != "none" || !(endpoint.rows > many) ||
            endsInTemplate(endpoint.path))
            return std::nullopt;
        return EndpointFault{endpoint.shown() + " answers with up to " + compact(endpoint.rows) + " rows at once",
                             unbounded_list.severity,
                             {{"pagination", "cursor"}}};
    };
    return checkEndpoints(evidence, unbounded_list,
                          {fault, "{}: {}", "Answer in pages, by a cursor", "Answer in pages, by cursors"});
}

}  // namespace

const Rule unbounded_list{
    "unbounded-list",
    "List without pages",
    "A list that is answered whole grows with the data: one call then holds a connection, memory of the server and the "
    "network for seconds, and the caller sees a timeout where yesterday it worked. Pages of a fixed size cost the same "
    "for ever.",
    "Google API Improvement Proposals, AIP-158 (pagination)",
    Severity::warning,
    checkUnboundedList,
    {{"rows", 1000, 0, 1e12, "a list longer than this answered at once"}},
};

}  // namespace loadpath::checks
