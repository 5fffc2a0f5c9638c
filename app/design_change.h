// What one step changed in a design: the ids it touched, not what became of them. Views look each id
// up in the design: there it is to be drawn anew, gone it is to be removed. Knows no Qt.
#pragma once

#include "model/edit.h"

#include <vector>

namespace loadpath {

struct DesignChange {
    bool reset = false;         // another design altogether: the lists below are empty
    bool header = false;        // name, description, requirements
    bool geometryOnly = false;  // positions and frames alone: no engine would give another answer
    std::vector<ComponentId> components;
    std::vector<ConnectionId> connections;
    std::vector<ZoneId> zones;
    std::vector<FlowId> flows;
    std::vector<NoteId> notes;
    std::vector<ScenarioId> scenarios;
    std::vector<Acknowledgement::Id> acknowledged;
    std::vector<QuantityId> estimates;
};

/// The change that led from `before` to `after` by `done`, of which `inverse` is the undoing (it names
/// what fell with the rest).
DesignChange changeOf(const Design& before, const Design& after, const Edits& done, const Edits& inverse);

}  // namespace loadpath
