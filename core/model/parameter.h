// Descriptions of properties (key, unit, range, default, help), and typed keys to read them with.
// What is described here is data from palette/; engines never spell a key by hand (see keys.h).
#pragma once

#include "model/value.h"

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

enum class ValueKind { boolean, integer, number, text, choice, set, list, object, reference };

struct Range {
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
};

struct ParameterSpec {
    std::string key;     // as in the file, with its unit as suffix: timeout_ms
    std::string label;   // "Timeout"
    std::string unit;    // "ms", "1/s", "GB"; empty for none; "share" for 0..1 shown as a percentage
    std::string help;    // one or two sentences
    std::string source;  // of the default: "vendor SLA, 2023-01", "teaching default"
    ValueKind kind = ValueKind::number;
    Value fallback;         // null = unset: a condition on it is false
    Value managedFallback;  // default while `managed` is true; null = the same as `fallback`
    Range range;
    std::vector<std::string> choices;   // choice and set
    std::vector<ParameterSpec> fields;  // object, and elements of a list of objects
    bool advanced = false;              // the window shows it folded away
};

/// The legal value nearest to `value` (clamped, unknown choice → fallback); nullopt when it is of the
/// wrong kind altogether. `value` itself when it is legal.
std::optional<Value> nearestLegal(const ParameterSpec& spec, const Value& value);
/// What is wrong with `value`, as a sentence that names the key; empty when it is legal.
std::string complaint(const ParameterSpec& spec, const Value& value);
const ParameterSpec* findSpec(const std::vector<ParameterSpec>& specs, std::string_view key);

/// Names a property and the C++ type it is read as: double, int, bool, std::string, or Value.
template <class T>
struct ParameterKey {
    std::string_view name;
};

/// Reads properties: what is stated (brought into range), else the default of the catalogue.
class ParameterView {
public:
    ParameterView(const std::vector<ParameterSpec>& specs, const Parameters& stated)
        : m_specs(&specs), m_stated(&stated) {}

    double operator()(ParameterKey<double> key) const { return value(key.name).number(); }
    int operator()(ParameterKey<int> key) const { return static_cast<int>(value(key.name).number()); }
    bool operator()(ParameterKey<bool> key) const;
    std::string operator()(ParameterKey<std::string> key) const;
    Value operator()(ParameterKey<Value> key) const { return value(key.name); }

    /// The effective value; null when unset.
    Value value(std::string_view key) const;
    bool isStated(std::string_view key) const { return m_stated->find(key) != m_stated->end(); }
    bool isSet(std::string_view key) const { return !value(key).isNull(); }
    const std::vector<ParameterSpec>& specs() const { return *m_specs; }

private:
    const std::vector<ParameterSpec>* m_specs;
    const Parameters* m_stated;
};

}  // namespace loadpath
