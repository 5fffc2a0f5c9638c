#include "rules/endpoints.h"
#include "rules/rule.h"
#include "rules/tables.h"

#include <algorithm>
#include <stdexcept>

namespace loadpath {

const ConsistencyReport& Evidence::consistency() const {
    if (!m_consistency) m_consistency = analyseConsistency(snapshot);
    return *m_consistency;
}

const EstimateSheet& Evidence::estimates() const {
    if (!m_estimates) m_estimates = estimate(snapshot);
    return *m_estimates;
}

const LimitReport& Evidence::limits() const {
    if (!m_limits) m_limits = analyseLimits(snapshot, capacity);
    return *m_limits;
}

const CapacityReport& Evidence::averageLoad() const {
    if (!m_averageLoad) m_averageLoad = analyseAverageLoad(snapshot.graph());
    return *m_averageLoad;
}

const Tables& Evidence::tables() const {
    if (!m_tables) m_tables = std::make_shared<const Tables>(*this);
    return *m_tables;
}

const EndpointTable& Evidence::endpoints() const {
    if (!m_endpoints) m_endpoints = std::make_shared<const EndpointTable>(snapshot);
    return *m_endpoints;
}

double Evidence::threshold(const Rule& rule, std::string_view key) const {
    const auto it = std::find_if(rule.thresholds.begin(), rule.thresholds.end(),
                                 [key](const Threshold& threshold) { return threshold.key == key; });
    if (it == rule.thresholds.end())
        throw std::logic_error(std::string(rule.id) + " has no threshold " + std::string(key));
    const auto& settings = snapshot.design().header.rules;
    if (const auto setting = settings.find(std::string(rule.id)); setting != settings.end())
        if (const auto own = setting->second.thresholds.find(std::string(key)); own != setting->second.thresholds.end())
            return std::clamp(own->second, it->least, it->most);
    return it->value;
}

}  // namespace loadpath
