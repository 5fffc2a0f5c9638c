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

JsonNode stepsTree(const Derivation& derivation) {
    JsonNode steps = json::list();
    for (const DerivationStep& step : derivation.steps) {
        json::Object item;
        item.add("what", Value(step.what)).add("expression", Value(step.expression)).add("result", Value(step.result));
        item.add("components", json::texts(step.components));
        steps.items.push_back(item.take());
    }
    return steps;
}

JsonNode derivationTree(const Derivation& derivation) {
    json::Object tree;
    tree.add("title", Value(derivation.title)).add("result", Value(derivation.result));
    tree.add("steps", stepsTree(derivation));
    return tree.take();
}

}  // namespace loadpath
