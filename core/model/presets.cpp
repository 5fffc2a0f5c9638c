#include "model/presets.h"

#include <algorithm>

namespace loadpath {

const Preset* findPreset(const ComponentType& type, std::string_view id) {
    const auto it =
        std::find_if(type.presets.begin(), type.presets.end(), [id](const Preset& p) { return p.id == id; });
    return it == type.presets.end() ? nullptr : &*it;
}

const Preset* presetOf(const ComponentType& type, const Parameters& stated) {
    const Preset* found = nullptr;
    for (const Preset& preset : type.presets) {
        const bool holds = std::all_of(preset.values.begin(), preset.values.end(), [&stated](const auto& wanted) {
            const auto own = stated.find(wanted.first);
            return own != stated.end() && own->second == wanted.second;
        });
        if (holds && !preset.values.empty() && (!found || preset.values.size() > found->values.size())) found = &preset;
    }
    return found;
}

Parameters withoutPreset(const ComponentType& type, Parameters stated) {
    if (const Preset* preset = presetOf(type, stated))
        for (const auto& value : preset->values) stated.erase(value.first);
    return stated;
}

Parameters withPreset(const ComponentType& type, const Preset& preset, Parameters stated) {
    stated = withoutPreset(type, std::move(stated));
    for (const auto& value : preset.values) stated.insert_or_assign(value.first, value.second);
    return stated;
}

}  // namespace loadpath
