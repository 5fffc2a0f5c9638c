#include "analysis/explain.h"

#include "analysis/formula.h"

namespace loadpath {

void explain(const FlowGraph& graph, const SolvedFlow& solved, FlowAvailability& flow) {
    if (solved.exact) flow.formula = formulaOf(graph, solved.structure, flow.availability);
}

}  // namespace loadpath
