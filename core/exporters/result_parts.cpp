#include "exporters/result_parts.h"

namespace loadpath {

JsonNode warningTree(const Problems& warnings) {
    JsonNode node = json::list();
    for (const Problem& problem : warnings) {
        json::Object item;
        item.add("message", Value(problem.message)).add("pointer", Value(problem.pointer));
        item.add("line", Value(problem.line)).add("column", Value(problem.column));
        node.items.push_back(item.take());
    }
    return node;
}

}  // namespace loadpath
