// A worked calculation: how a number came about, line by line, with the components each line speaks
// of so that the window can light them. Plain text and ids; knows no engine and no design.
#pragma once

#include <string>
#include <vector>

namespace loadpath {

struct DerivationStep {
    std::string what;                     // "Offered load"
    std::string expression;               // "λ · S = 11,574/s · 10 ms"; empty where there is nothing to work out
    std::string result;                   // "115.74 Erlang", with its unit
    std::vector<std::string> components;  // ids of components, or "zone:ID"; empty: none in particular
};

struct Derivation {
    std::string title;   // "Utilisation of Shop API"
    std::string result;  // "0.39"
    std::vector<DerivationStep> steps;
};

}  // namespace loadpath
