#include "support/result.h"

namespace loadpath {

std::string describe(const Problem& problem, const std::string& file) {
    std::string text = file;
    if (problem.line > 0) {
        text += ':' + std::to_string(problem.line);
        if (problem.column > 0) text += ':' + std::to_string(problem.column);
    }
    if (!text.empty()) text += ": ";
    text += problem.message;
    if (!problem.pointer.empty()) text += " (at " + problem.pointer + ')';
    return text;
}

}  // namespace loadpath
