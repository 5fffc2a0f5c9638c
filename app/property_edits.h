// Setting any value of any item by the names of the file. Plain edits; knows no window.
#pragma once

#include "model/catalog.h"
#include "model/edit.h"

#include <optional>
#include <string>
#include <string_view>

namespace loadpath {

/// kind: component, connection, zone, flow, note, requirements, document. The key is a property or a
/// plain key of the item ("mode", "parent", "share"); no value takes the statement back. Nothing when
/// the item is not there, or the value is of a type that the file format forbids.
std::optional<Edits> propertyEdits(const Design& design, const Catalog& catalog, std::string_view kind,
                                   const std::string& id, const std::string& key, std::optional<Value> value);

/// The value as stated; null when it is not.
Value statedValue(const Design& design, std::string_view kind, const std::string& id, const std::string& key);

/// Keys of the requirements that are numbers.
struct RequirementField {
    std::string_view key;
    std::optional<double> Requirements::*member;
};
const std::vector<RequirementField>& requirementFields();

}  // namespace loadpath
