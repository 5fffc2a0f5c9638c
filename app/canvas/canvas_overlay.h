// What an overlay says of each component: how hot it is, and in which figure. Reads a report; draws nothing.
#pragma once

#include "analysis_service.h"

#include <QString>

#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace loadpath {

struct Heat {
    double share = 0;  // 0 … 1
    QString text;
};

/// what: utilisation, availability, latency or cost; others give nothing.
std::unordered_map<std::string, Heat> heatOf(const Report& report, const QString& what);
/// Ids of components and connections that requests of the flow come by.
std::unordered_set<std::string> wayOf(const Report& report, const QString& flowId);
/// Ids of what the components need and what needs them, directly or not, with the lines between.
std::unordered_set<std::string> surroundings(const Design& design, const QStringList& ids);

}  // namespace loadpath
