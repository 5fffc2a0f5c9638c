// Text for XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace loadpath {

/// The text with markup characters escaped; control characters that XML forbids are left out.
std::string escapedXml(std::string_view text);

}  // namespace loadpath
