// Under which heading of the inspector a property stands. Knows keys, no design.
#pragma once

#include <QString>

#include <string_view>

namespace loadpath {

enum class InspectorSection { general, own, calls, capacity, retries, availability, messages, security, other };

InspectorSection sectionOfComponent(std::string_view key);
InspectorSection sectionOfConnection(std::string_view key);
/// `own`: what the type's own properties are headed by.
QString sectionTitle(InspectorSection section, const QString& own);

}  // namespace loadpath
