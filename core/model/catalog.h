// What may be placed and connected: component types, their properties, the matrix of legal
// connections. Read from palette/ (json/catalog_reader.h); knows no design and no graph.
#pragma once

#include "model/design_enums.h"
#include "model/parameter.h"
#include "model/prices.h"
#include "model/rule_facts.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

/// What the engines do with a component. Several types share one behaviour.
enum class Behaviour {
    client,        // generates requests
    resolver,      // dns: outgoing connections mean "resolves to"
    edge_cache,    // cdn, waf: passes misses on
    balancer,      // one target per request
    gateway,       // api_gateway
    limiter,       // rate_limiter
    compute,       // calls all its targets; service, worker, stream_processor
    cache,         // redis
    store,         // one copy of the data per instance: SQL, DynamoDB, object store, warehouse
    quorum_store,  // cassandra: k of a replica set, by consistency level
    ensemble,      // mongodb, neo4j, coordination: a majority of the members
    shard_store,   // geo_index, prefix_index: each shard has copies of its own, any of them serves
    search_store,  // elasticsearch: shards spread over the data nodes, any copy serves
    chunk_store,   // block_node: copies, or data and parity, spread over the nodes
    pooler,        // pgbouncer
    log,           // kafka: partitions, groups, retention
    queue,         // sqs, rabbitmq: one group, delete on acknowledgement
    topic,         // pubsub_topic: every subscription gets a copy of its own; keeps no order
    dead_letter,
    platform,   // id generator and the like: off the request path unless called
    telemetry,  // observability
    overlay,    // service_mesh: lies around others and is in no path
    unknown,    // a type the catalogue does not have: a visible placeholder
};

/// A subject that belongs to a type and deserves a section of its own: "Rate limiting algorithms".
struct HandbookTopic {
    std::string title, text;
    std::vector<std::string> points;  // may be empty
};

struct Handbook {
    std::string what, when, scaling;                      // prose
    std::vector<std::string> tradeoffs, breaks, numbers;  // points
    std::vector<HandbookTopic> topics;                    // shown after the sections above, in order
};

/// A product, and the values it gives to properties of its type: "Amazon RDS Multi-AZ".
struct Preset {
    std::string id, name;
    Parameters values;   // stated values; what a preset leaves out keeps its default
    std::string source;  // where the figures come from, with the date
};

struct ComponentType {
    std::string id, name, category;
    std::vector<std::string> groups;  // rows and columns of the matrix it belongs to
    Behaviour behaviour = Behaviour::unknown;
    std::string summary;  // one sentence
    std::string card;     // line of the card: text with {key} for values of properties
    std::string icon;     // path of its SVG relative to palette/
    enum class Elastic { never, managed, always } elastic = Elastic::never;  // has no utilisation
    int order = 0;                          // place in its category; ties stand by file
    bool hasStation = false;                // has a service time of its own (and a queue, if it has concurrency)
    std::vector<ParameterSpec> parameters;  // own and common ones, defaults resolved for this type
    Handbook handbook;
    std::vector<Preset> presets;       // by product, in the order of the file
    std::vector<std::string> aliases;  // words that find it: "memcached", "nginx"
};

struct Category {
    std::string id, name;
};

struct Legality {
    bool legal = false;
    std::string reason;                  // why not
    std::vector<std::string> protocols;  // what the pair can speak in this mode, preferred first
};

struct MatrixEntry {
    std::vector<std::string> from, to;  // type ids, or "@group", or "*"
    Mode mode = Mode::sync;
    std::vector<std::string> protocols;
};
struct Refusal {
    std::vector<std::string> from, to;
    std::string reason;
};

class Catalog {
public:
    std::vector<Category> categories;  // in palette order
    std::vector<ComponentType> types;  // by category, then file order
    std::vector<ParameterSpec> connectionParameters;
    std::vector<ParameterSpec> zoneParameters;
    std::map<std::string, double> zoneAvailability;  // by kind: zone, region; boundaries have none
    std::vector<std::string> protocols;
    std::vector<MatrixEntry> matrix;
    std::vector<Refusal> refusals;
    PriceList prices;
    std::vector<RuleFacts> rules;  // what design files may set of rules; empty: anything

    const ComponentType* find(std::string_view type) const;
    /// The type, or a placeholder that stands for unknown ones (never null).
    const ComponentType& typeOf(std::string_view type) const;
    /// Whether `from` → `to` can be built in this mode. An empty protocol asks for the pair alone.
    Legality legality(std::string_view from, Mode mode, std::string_view to, std::string_view protocol = {}) const;
    /// Modes in which the pair is legal, preferred first (sync before publish before consume …).
    std::vector<Mode> modes(std::string_view from, std::string_view to) const;
};

}  // namespace loadpath
