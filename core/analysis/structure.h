// What must work for a request of one flow to succeed (model §3), as a formula over components, takeover
// windows and probabilistic calls, and its decision diagram. Knows no probability.
#pragma once

#include "analysis/bdd.h"
#include "graph/flow_graph.h"

#include <map>
#include <set>

namespace loadpath {

/// A component is asked for something: serv(node).
struct Ask {
    int node = 0;
    Purpose purpose = Purpose::read;
    int topic = 0;
    bool scatter = false;  // of every partition, not of one
    auto operator<=>(const Ask&) const = default;
};

/// One call inside a condition: skipped ∨ (serv ∧ what the target needs in turn).
struct Term {
    Ask ask;
    int part = -1;    // index into Structure::parts; −1: serv alone
    int coin = -1;    // skipped while it is not called
    int missOf = -1;  // … and this cache is up
};

/// At least `need` of the terms.
struct Condition {
    bool isGroup = false;  // alternatives; else one required call that may be skipped
    int need = 1;
    std::vector<Term> terms;
};

/// Everything a component needs behind itself without condition, flattened along required calls
/// (so a cycle of them stands and falls together), and the conditions met on the way.
struct Part {
    std::vector<Ask> asks;
    std::vector<Condition> conditions;
};

/// What can be up or down, in the order in which the flow comes by.
struct Atom {
    enum class Kind { component, takeover, coin } kind = Kind::component;
    int index = 0;  // node, primary, or coin
};

struct Structure {
    std::vector<Part> parts;  // the first is the whole
    std::vector<Atom> atoms;
    std::map<int, std::vector<Serving>> servings;  // by node: how it is asked, fewest units needed first
    std::set<int> scattered;                       // nodes of which all partitions are asked for

    Structure() = default;
    /// One question alone.
    Structure(const FlowGraph& graph, const Ask& ask);
    Structure(const FlowGraph& graph, const FlowPath& flow);
    /// Both must hold.
    void add(const Structure& other);
};

/// The functions a structure is made of, given by whoever knows the variables.
class Leaves {
public:
    virtual ~Leaves() = default;
    virtual Bdd::Ref up(int node, Serving serving) = 0;
    /// Every partition is up; asked for nodes in Structure::scattered.
    virtual Bdd::Ref upEverywhere(int node, Purpose purpose, int topic) = 0;
    virtual Bdd::Ref takesOver(int primary) = 0;
    virtual Bdd::Ref notCalled(int coin) = 0;
    /// The component itself, without standbys.
    Bdd::Ref asked(const FlowGraph& graph, const Ask& ask);
};

/// More than one partition, so that asking one of them is not asking all.
bool hasPartitions(const FlowGraph& graph, int node, Purpose purpose, int topic);

/// Whether results may be cut down to a size, and to which side of the truth.
enum class Rounding { none, down, up };

/// The diagram of the whole structure: the greatest fixed point over required calls inside the least
/// over alternatives. With Rounding::none it is exact unless `bdd` is exhausted. Rounded it lies on its
/// side of the exact function everywhere, whatever the budget; functions on the way are cut down to about
/// `size` nodes. `likely` holds a probability for every level and only decides what is given up first.
Bdd::Ref diagramOf(const FlowGraph& graph, const Structure& structure, Bdd& bdd, Leaves& leaves,
                   Rounding rounding = Rounding::none, std::span<const double> likely = {}, std::size_t size = 4096);

}  // namespace loadpath
