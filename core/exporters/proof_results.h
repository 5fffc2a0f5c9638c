// What the experiment of a finding showed, before and after its fix, as text and JSON.
#pragma once

#include "exporters/text_table.h"
#include "proof/proof.h"

#include <string>

namespace loadpath {

std::string proofText(const Finding& finding, const ProofPlan& plan, const ProofResult& result,
                      Colours colours = Colours::plain);
std::string proofJson(const Finding& finding, const ProofPlan& plan, const ProofResult& result);

/// "▁▂▅█": the values by their share of `highest`.
std::string sparkline(const std::vector<double>& values, double highest);

}  // namespace loadpath
