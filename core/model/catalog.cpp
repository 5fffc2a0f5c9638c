#include "model/catalog.h"

#include <algorithm>

namespace loadpath {
namespace {

bool names(const std::vector<std::string>& entries, const ComponentType& type) {
    return std::any_of(entries.begin(), entries.end(), [&type](const std::string& entry) {
        if (entry == "*" || entry == type.id) return true;
        return entry.starts_with('@') && std::find(type.groups.begin(), type.groups.end(),
                                                   std::string_view(entry).substr(1)) != type.groups.end();
    });
}

}  // namespace

const ComponentType* Catalog::find(std::string_view type) const {
    const auto it = std::find_if(types.begin(), types.end(), [type](const ComponentType& t) { return t.id == type; });
    return it == types.end() ? nullptr : &*it;
}

const ComponentType& Catalog::typeOf(std::string_view type) const {
    static const ComponentType placeholder = [] {
        ComponentType unknown;
        unknown.name = "Unknown component";
        unknown.category = "platform";
        unknown.summary = "A component type that this version does not know.";
        return unknown;
    }();
    const ComponentType* known = find(type);
    return known ? *known : placeholder;
}

Legality Catalog::legality(std::string_view from, Mode mode, std::string_view to, std::string_view protocol) const {
    const ComponentType *source = find(from), *target = find(to);
    // Nothing is known against a component of an unknown type; it has a finding of its own.
    if (!source || !target) return {true, {}, {}};
    Legality result;
    for (const MatrixEntry& entry : matrix) {
        if (entry.mode != mode || !names(entry.from, *source) || !names(entry.to, *target)) continue;
        for (const std::string& spoken : entry.protocols)
            if (std::find(result.protocols.begin(), result.protocols.end(), spoken) == result.protocols.end())
                result.protocols.push_back(spoken);
    }
    result.legal = protocol.empty() ? !result.protocols.empty()
                                    : std::find(result.protocols.begin(), result.protocols.end(), protocol) !=
                                          result.protocols.end();
    if (result.legal) return result;
    if (!result.protocols.empty()) {
        result.reason =
            source->name + " and " + target->name + " do not speak " + std::string(protocol) + "; they speak ";
        for (std::size_t i = 0; i < result.protocols.size(); ++i)
            result.reason += (i ? ", " : "") + result.protocols[i];
        return result;
    }
    if (const std::vector<Mode> possible = modes(from, to); !possible.empty()) {
        result.reason = source->name + " to " + target->name + " works as " + std::string(name(possible.front())) +
                        ", not as " + std::string(name(mode));
        return result;
    }
    for (const Refusal& refusal : refusals)
        if (names(refusal.from, *source) && names(refusal.to, *target)) {
            result.reason = refusal.reason;
            return result;
        }
    result.reason = source->name + " has nothing to say to " + target->name;
    return result;
}

std::vector<Mode> Catalog::modes(std::string_view from, std::string_view to) const {
    const ComponentType *source = find(from), *target = find(to);
    constexpr Mode all[] = {Mode::sync,    Mode::publish,   Mode::consume, Mode::replicate,
                            Mode::standby, Mode::telemetry, Mode::control};
    std::vector<Mode> possible;
    for (const Mode mode : all)
        if (!source || !target || std::any_of(matrix.begin(), matrix.end(), [&](const MatrixEntry& entry) {
                return entry.mode == mode && names(entry.from, *source) && names(entry.to, *target);
            }))
            possible.push_back(mode);
    return possible;
}

}  // namespace loadpath
