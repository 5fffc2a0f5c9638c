#include "model/design_enums.h"

#include <array>
#include <utility>

namespace loadpath {
namespace {

constexpr std::array<std::pair<Mode, std::string_view>, 7> modeNames{{{Mode::sync, "sync"},
                                                                      {Mode::publish, "publish"},
                                                                      {Mode::consume, "consume"},
                                                                      {Mode::replicate, "replicate"},
                                                                      {Mode::standby, "standby"},
                                                                      {Mode::telemetry, "telemetry"},
                                                                      {Mode::control, "control"}}};

constexpr std::array<std::string_view, 4> levelNames{"off", "error", "warning", "info"};

}  // namespace

std::string_view name(Mode mode) { return modeNames[static_cast<std::size_t>(mode)].second; }
std::string_view name(RuleLevel level) { return levelNames[static_cast<std::size_t>(level)]; }
std::string_view name(Op op) { return op == Op::read ? "read" : "write"; }

std::optional<Mode> modeNamed(std::string_view name) {
    for (const auto& [mode, text] : modeNames)
        if (text == name) return mode;
    return std::nullopt;
}

std::optional<RuleLevel> ruleLevelNamed(std::string_view name) {
    for (std::size_t i = 0; i < levelNames.size(); ++i)
        if (levelNames[i] == name) return static_cast<RuleLevel>(i);
    return std::nullopt;
}

std::optional<Op> opNamed(std::string_view name) {
    if (name == "read") return Op::read;
    if (name == "write") return Op::write;
    return std::nullopt;
}

}  // namespace loadpath
