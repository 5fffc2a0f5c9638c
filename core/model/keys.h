// Names of the properties that engines read. What they mean stands in palette/; a key that no
// component type describes is an error of the build (tests/core/json/palette.cpp).
#pragma once

#include "model/parameter.h"

namespace loadpath::keys {

// Any component that serves
inline constexpr ParameterKey<int> instances{"instances"};
inline constexpr ParameterKey<int> minHealthy{"min_healthy"};
inline constexpr ParameterKey<bool> managed{"managed"};
inline constexpr ParameterKey<bool> zonal{"zonal"};
inline constexpr ParameterKey<double> availability{"availability"};
inline constexpr ParameterKey<double> mttrS{"mttr_s"};
inline constexpr ParameterKey<double> serviceTimeMs{"service_time_ms"};
inline constexpr ParameterKey<Value> serviceDist{"service_dist"};
inline constexpr ParameterKey<int> concurrency{"concurrency"};
inline constexpr ParameterKey<int> threads{"threads"};
inline constexpr ParameterKey<int> queueLimit{"queue_limit"};
inline constexpr ParameterKey<std::string> queueScope{"queue_scope"};
inline constexpr ParameterKey<double> errorRate{"error_rate"};
inline constexpr ParameterKey<bool> cancelPropagation{"cancel_propagation"};
inline constexpr ParameterKey<double> costUsdMonth{"cost_usd_month"};
inline constexpr ParameterKey<int> maxConnections{"max_connections"};

// Clients
inline constexpr ParameterKey<double> rateRps{"rate_rps"};
inline constexpr ParameterKey<double> dau{"dau"};
inline constexpr ParameterKey<double> requestsPerUserDay{"requests_per_user_day"};
inline constexpr ParameterKey<double> peakFactor{"peak_factor"};
inline constexpr ParameterKey<double> readShare{"read_share"};
inline constexpr ParameterKey<double> users{"users"};
inline constexpr ParameterKey<double> connectionsPerUser{"connections_per_user"};

// By type
inline constexpr ParameterKey<double> ttlS{"ttl_s"};
inline constexpr ParameterKey<std::string> routing{"routing"};
inline constexpr ParameterKey<std::string> algorithm{"algorithm"};
inline constexpr ParameterKey<double> hitRatio{"hit_ratio"};
inline constexpr ParameterKey<double> blockShare{"block_share"};
inline constexpr ParameterKey<std::string> pattern{"pattern"};
inline constexpr ParameterKey<std::string> topology{"topology"};
inline constexpr ParameterKey<int> replicas{"replicas"};
inline constexpr ParameterKey<int> maxclients{"maxclients"};
inline constexpr ParameterKey<double> writeTimeMs{"write_time_ms"};
inline constexpr ParameterKey<std::string> failover{"failover"};
inline constexpr ParameterKey<double> failoverS{"failover_s"};
inline constexpr ParameterKey<bool> promotable{"promotable"};
inline constexpr ParameterKey<double> applyMs{"apply_ms"};
inline constexpr ParameterKey<std::string> pooler{"pooler"};
inline constexpr ParameterKey<int> defaultPoolSize{"default_pool_size"};
inline constexpr ParameterKey<int> maxClientConn{"max_client_conn"};
inline constexpr ParameterKey<std::string> poolMode{"pool_mode"};
inline constexpr ParameterKey<int> rf{"rf"};
inline constexpr ParameterKey<std::string> readCl{"read_cl"};
inline constexpr ParameterKey<std::string> writeCl{"write_cl"};
inline constexpr ParameterKey<Value> topics{"topics"};
inline constexpr ParameterKey<std::string> acks{"acks"};
inline constexpr ParameterKey<int> maxReceiveCount{"max_receive_count"};
inline constexpr ParameterKey<std::string> dlq{"dlq"};
inline constexpr ParameterKey<int> parallelism{"parallelism"};
inline constexpr ParameterKey<Value> healthCheck{"health_check"};

// Connections
inline constexpr ParameterKey<std::string> protocol{"protocol"};
inline constexpr ParameterKey<std::string> criticality{"criticality"};
inline constexpr ParameterKey<std::string> ops{"ops"};
inline constexpr ParameterKey<Value> flows{"flows"};
inline constexpr ParameterKey<double> p{"p"};
inline constexpr ParameterKey<std::string> pFrom{"p_from"};
inline constexpr ParameterKey<std::string> coin{"coin"};
inline constexpr ParameterKey<double> calls{"calls"};
inline constexpr ParameterKey<bool> parallel{"parallel"};
inline constexpr ParameterKey<int> order{"order"};
inline constexpr ParameterKey<std::string> group{"group"};
inline constexpr ParameterKey<int> need{"need"};
inline constexpr ParameterKey<double> weight{"weight"};
inline constexpr ParameterKey<bool> scatter{"scatter"};
inline constexpr ParameterKey<double> latencyMs{"latency_ms"};
inline constexpr ParameterKey<double> timeoutMs{"timeout_ms"};
inline constexpr ParameterKey<int> retries{"retries"};
inline constexpr ParameterKey<std::string> backoff{"backoff"};
inline constexpr ParameterKey<double> backoffBaseMs{"backoff_base_ms"};
inline constexpr ParameterKey<double> backoffCapMs{"backoff_cap_ms"};
inline constexpr ParameterKey<std::string> jitter{"jitter"};
inline constexpr ParameterKey<double> retryBudget{"retry_budget"};
inline constexpr ParameterKey<int> poolSize{"pool_size"};
inline constexpr ParameterKey<std::string> fallback{"fallback"};
inline constexpr ParameterKey<bool> outbox{"outbox"};
inline constexpr ParameterKey<std::string> topic{"topic"};
inline constexpr ParameterKey<std::string> consumerGroup{"consumer_group"};
inline constexpr ParameterKey<int> maxAttempts{"max_attempts"};
inline constexpr ParameterKey<std::string> onError{"on_error"};

}  // namespace loadpath::keys
