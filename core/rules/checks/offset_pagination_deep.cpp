#include "rules/checks.h"
#include "rules/endpoint_check.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkOffsetPaginationDeep(const Evidence& evidence) {
    const double many = evidence.threshold(offset_pagination_deep, "rows");
    const auto fault = [many](const Endpoint& endpoint) -> std::optional<EndpointFault> {
        if (endpoint.pagination != "offset" || !(endpoint.rows > many)) return std::nullopt;
        return EndpointFault{endpoint.shown() + " scans and skips up to " + compact(endpoint.rows) + " rows for a page",
                             offset_pagination_deep.severity,
                             {{"pagination", "cursor"}}};
    };
    return checkEndpoints(evidence, offset_pagination_deep, {fault, "{}: {}", "Page by a cursor", "Page by cursors"});
}

}  // namespace

const Rule offset_pagination_deep{
    "offset-pagination-deep",
    "Deep pages by offset",
    "OFFSET makes the database read and throw away every row before the page, so the last page costs as much as the "
    "whole table, and rows that are added meanwhile shift what the next page shows. A cursor (the key of the last row "
    "seen) starts right there by the index, at the same cost on every page.",
    "Winand, SQL Performance Explained (2012), ch. 7",
    Severity::warning,
    checkOffsetPaginationDeep,
    {{"rows", 10000, 0, 1e12, "a list longer than this paged by offset"}},
};

}  // namespace loadpath::checks
