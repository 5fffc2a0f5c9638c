// Steps of compileFlowGraph, in this order. Private to graph/.
#pragma once

#include "graph/flow_graph.h"

namespace loadpath::compile {

void domains(FlowGraph& graph, const Design& design, const Catalog& catalog);
void nodes(FlowGraph& graph, const Design& design, const Catalog& catalog);
void links(FlowGraph& graph, const Design& design, const Catalog& catalog);
void subscriptions(FlowGraph& graph, const Design& design, const Catalog& catalog);
/// Readers of change logs, and what reading them costs the database.
void changeFeeds(FlowGraph& graph, const Design& design, const Catalog& catalog);
/// What the proxies of a service mesh add to connections between its members.
void meshes(FlowGraph& graph, const Design& design, const Catalog& catalog);
/// Hit ratios of caches whose hit model is not "given".
void hitRatios(FlowGraph& graph, const Design& design, const Catalog& catalog);
void flows(FlowGraph& graph, const Design& design, const Catalog& catalog);

/// Topics, quorums and the layout of copies of one component.
void serving(Node& node, const ParameterView& view);
/// Service times, servers and queues of one component; its type is set.
void work(Node& node, const ParameterView& view);

/// Peak rate of a client: stated, or of its users (model §1).
double peakRps(const ParameterView& client);

}  // namespace loadpath::compile
