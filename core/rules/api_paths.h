// Paths of an interface taken apart: segments, collections, versions, and how a path is spelled by the
// usual conventions (nouns, plural, kebab-case, at most one collection inside another). Knows no design.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

enum class PathFlaw { verb, singular, nesting, spelling };

struct PathSegment {
    std::string text;
    bool isTemplate = false;  // {id}, :id, <id>, *
    bool isPrefix = false;    // v1, api: no collection
};
std::vector<PathSegment> pathSegments(std::string_view path);

/// Ends in a word for many things, or one that has no plural.
bool namesMany(std::string_view segment);
/// Has a segment such as v1.
bool hasVersionSegment(std::string_view path);
/// Its last segment is a template: it is about one thing.
bool endsInTemplate(std::string_view path);

/// What is wrong with a path, each flaw once. `isAction`: its last segment may be something to do
/// ("cancel") rather than to have.
std::vector<PathFlaw> pathFlaws(std::string_view path, bool isAction);
/// The path without those flaws; the same path where no rewriting helps.
std::string tidyPath(std::string_view path, bool isAction);

}  // namespace loadpath
