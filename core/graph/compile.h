// Steps of compileFlowGraph, in this order. Private to graph/.
#pragma once

#include "graph/flow_graph.h"

namespace loadpath::compile {

void domains(FlowGraph& graph, const Design& design, const Catalog& catalog);
void nodes(FlowGraph& graph, const Design& design, const Catalog& catalog);
void links(FlowGraph& graph, const Design& design, const Catalog& catalog);
void subscriptions(FlowGraph& graph, const Design& design, const Catalog& catalog);
void flows(FlowGraph& graph, const Design& design, const Catalog& catalog);

}  // namespace loadpath::compile
