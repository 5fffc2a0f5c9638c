// Brings what the analysis and a run say to the scene, as states to draw.
#pragma once

#include "analysis_service.h"
#include "canvas_overlay.h"
#include "draw/scene.h"
#include "simulation_runner.h"
#include "traffic.h"

namespace loadpath {

/// Services may be null. A run's figures take the place of computed ones while it goes.
void showStates(Scene& scene, Traffic& traffic, const AnalysisService* analysis, const SimulationRunner* simulation,
                const std::unordered_map<std::string, Heat>& heat = {});

}  // namespace loadpath
