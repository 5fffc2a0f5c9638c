// What the checks of a simulation came to, as text and JSON.
#pragma once

#include "exporters/text_table.h"
#include "proof/verify.h"

#include <string>

namespace loadpath {

std::string verifyText(const Verification& verification, Colours colours = Colours::plain);
std::string verifyJson(const Verification& verification);

}  // namespace loadpath
