// Line charts as inline SVG for the report. Knows no metrics.
#pragma once

#include <string>
#include <vector>

namespace loadpath {

struct ChartLine {
    std::string name;
    std::vector<double> values;  // one per time; NaN leaves a gap
};

struct Chart {
    std::string title, unit;
    std::vector<double> times;  // seconds
    std::vector<ChartLine> lines;
    double markFrom = 0;  // what lies before is shaded: the warm-up
};

/// The chart with axes, grid and legend; coloured by the classes s0, s1, … of the page.
std::string chartSvg(const Chart& chart);

}  // namespace loadpath
