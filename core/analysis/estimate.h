// The back of the envelope (issue: estimates): traffic, storage, bandwidth, cache, connections,
// partitions, shards and ids from users and sizes, each with its worked steps, and compared with what
// stands on the canvas. Reads requirements, properties and the design's own sheet; assumes the rest aloud.
#pragma once

#include "analysis/capacity.h"
#include "analysis/estimate_formula.h"
#include "analysis/estimate_units.h"
#include "model/edit.h"
#include "support/derivation.h"

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loadpath {

/// Where an input of the sheet comes from, and so what changing it changes.
enum class InputOrigin {
    requirement,  // the requirements of the document
    property,     // of a component
    connection,   // payload of connections
    canvas,       // follows from the drawing: flows, instances
    sheet,        // stated in the design's own list of estimates
    assumption,   // nobody said; the sheet says what it takes and why
    constant,     // seconds of a day, bytes of a gigabyte
};
std::string_view name(InputOrigin origin);

enum class Agreement {
    none,       // nothing to compare with
    agrees,     // within 20 %
    differs,    // more than 20 % apart
    enough,     // the canvas offers what is needed
    tooLittle,  // it does not
};
std::string_view name(Agreement agreement);

struct EstimateLine {
    std::string key;      // what formulas call it
    std::string section;  // id; empty for inputs that no section shows
    std::string name, unit;
    std::string note;                     // what it assumes, or why it matters
    std::vector<std::string> components;  // ids it speaks of

    bool isInput = false;
    InputOrigin origin = InputOrigin::sheet;
    std::string property;  // origin property: the key on components.front()
    double minimum = 0, maximum = std::numeric_limits<double>::infinity();

    double exact = std::numeric_limits<double>::quiet_NaN();
    double rounded = std::numeric_limits<double>::quiet_NaN();  // with 10^5 s a day and the like
    std::string problem;                                        // why there is no figure
    std::string exactText, roundText;                           // where the number alone would read badly ("10⁵ s")

    Agreement agreement = Agreement::none;
    double onCanvas = std::numeric_limits<double>::quiet_NaN();
    std::string canvasWhere;                    // "Redirect"
    std::vector<std::string> canvasComponents;  // ids

    // For steps; indices into EstimateSheet::lines.
    std::optional<Formula> formula;
    std::vector<int> operands;  // by formula->names()
    int rank = 0;               // operands have lower ones
};

struct EstimateSection {
    std::string id, title;
};

struct EstimateSheet {
    std::string design;
    std::vector<EstimateSection> sections;  // in order, those that have figures
    std::vector<EstimateLine> lines;        // inputs and figures; figures of a section in order
    std::unordered_map<std::string, int> byKey;

    const EstimateLine* find(std::string_view key) const;
};

EstimateSheet estimate(const Snapshot& snapshot);
/// How a line came about: the lines it rests on, the numbers put in, the round figure, the comparison.
Derivation explain(const EstimateSheet& sheet, std::size_t line, ByteUnits bytes = ByteUnits::decimal);
/// "Requirements", "Browsers", "assumed".
std::string sourceOf(const EstimateSheet& sheet, const EstimateLine& line);

/// Changes an input where it stands: the requirement, the property, or the design's own sheet.
/// No value: takes back what was stated.
Edits setEstimateInput(const Design& design, const EstimateSheet& sheet, std::string_view key,
                       std::optional<double> value);

}  // namespace loadpath
