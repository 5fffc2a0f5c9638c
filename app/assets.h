// The palette and the templates that are compiled into the program.
#pragma once

#include "json/catalog_json.h"
#include "json/design_json.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loadpath {

/// The built-in catalogue; read once. A damaged palette is a bug of the build and ends the program.
std::shared_ptr<const Catalog> builtInCatalog();

struct TemplateInfo {
    std::string id, name, description;
    int components = 0;
};
std::vector<TemplateInfo> builtInTemplates();  // by id
/// The text of a template's file; nullopt when there is none of that name.
std::optional<std::string> templateText(const std::string& id);
/// The design that shows a rule at work: `kind` "bad" or "good".
std::optional<std::string> exampleText(const std::string& rule, const std::string& kind);
/// The SVG of an icon by its path relative to palette/.
std::string iconSvg(const std::string& path);

}  // namespace loadpath
