// All that the program can tell about a rule: its words, what it has to set, and an example, bad and
// mended, that is one of the rule's own fixtures. For the window, the command line and pictures.
#pragma once

#include "rules/report.h"

#include <optional>
#include <string>
#include <vector>

namespace loadpath {

struct RuleExample {
    Design bad, good;
    std::string key, message;  // of the finding in the bad one
    std::string fixTitle;      // empty: `good` is not the bad one mended but another design
};

struct RulePage {
    const Rule* rule = nullptr;
    std::string mending;  // how to fix it, as sentences
    std::string proving;  // what "Prove it" runs; empty: nothing
    std::optional<RuleExample> example;
};

RulePage rulePage(const Rule& rule);
/// What a proof of that kind does, in words; empty for none.
std::string_view describe(Proof proof);

}  // namespace loadpath
