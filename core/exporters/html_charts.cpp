#include "exporters/html_charts.h"

#include "exporters/xml_text.h"
#include "support/format.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr std::size_t colours = 8;  // classes s0 … s7 of the page
constexpr double width = 640, height = 240, left = 56, right = 18, top = 34, bottom = 30;

/// The least of 1, 2, 2.5, 5 times a power of ten that is not below `value`.
double roundedUp(double value) {
    if (!(value > 0)) return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 2.5, 5.0})
        if (value <= step * power * (1 + 1e-12)) return step * power;
    return 10 * power;
}

std::string at(double value) { return shortest(std::round(value * 10) / 10); }

std::string text(double x, double y, const char* anchor, const std::string& words, const char* style = "axis") {
    return "<text class=\"" + std::string(style) + "\" x=\"" + at(x) + "\" y=\"" + at(y) + "\" text-anchor=\"" +
           anchor + "\">" + escapedXml(words) + "</text>";
}

std::string line(double x1, double y1, double x2, double y2) {
    return "<line class=\"grid\" x1=\"" + at(x1) + "\" y1=\"" + at(y1) + "\" x2=\"" + at(x2) + "\" y2=\"" + at(y2) +
           "\"/>";
}

}  // namespace

std::string chartSvg(const Chart& chart) {
    if (chart.times.empty()) return {};
    double highest = 0;
    for (const ChartLine& one : chart.lines)
        for (const double value : one.values)
            if (std::isfinite(value)) highest = std::max(highest, value);
    const double end = chart.times.back() > 0 ? chart.times.back() : 1;
    const double step = roundedUp(highest / 4), ceiling = step * std::max(1.0, std::ceil(highest / step - 1e-9));
    const auto x = [end](double time) { return left + time / end * (width - left - right); };
    const auto y = [ceiling](double value) { return height - bottom - value / ceiling * (height - top - bottom); };

    std::string svg = "<svg class=\"chart\" viewBox=\"0 0 " + at(width) + ' ' + at(height) +
                      "\" role=\"img\" aria-label=\"" + escapedXml(chart.title) + "\">";
    if (chart.markFrom > 0)
        svg += "<rect class=\"warmup\" x=\"" + at(left) + "\" y=\"" + at(top) + "\" width=\"" +
               at(x(chart.markFrom) - left) + "\" height=\"" + at(height - top - bottom) + "\"/>";
    for (double value = 0; value <= ceiling * (1 + 1e-9); value += step) {
        svg += line(left, y(value), width - right, y(value));
        svg += text(left - 6, y(value) + 4, "end", compact(value));
    }
    const double timeStep = roundedUp(end / 6);
    for (double time = 0; time <= end * (1 + 1e-9); time += timeStep)
        svg += text(x(time), height - bottom + 16, "middle", shortest(std::round(time * 1e6) / 1e6) + " s");
    svg += text(left, 14, "start", chart.title + (chart.unit.empty() ? "" : " (" + chart.unit + ')'), "title");

    double legendX = width - right;
    for (std::size_t i = chart.lines.size(); i-- > 0;) {
        svg += text(legendX, 14, "end", chart.lines[i].name, ("legend ts" + std::to_string(i % colours)).c_str());
        legendX -= 7.0 * static_cast<double>(std::min<std::size_t>(chart.lines[i].name.size(), 40)) + 16;
    }
    for (std::size_t i = 0; i < chart.lines.size(); ++i) {
        const std::vector<double>& values = chart.lines[i].values;
        std::string path;
        bool pen = false;
        for (std::size_t k = 0; k < values.size() && k < chart.times.size(); ++k) {
            if (!std::isfinite(values[k])) {
                pen = false;
                continue;
            }
            path += (pen ? "L" : "M") + at(x(chart.times[k])) + ' ' + at(y(values[k]));
            pen = true;
        }
        if (!path.empty()) svg += "<path class=\"line s" + std::to_string(i % colours) + "\" d=\"" + path + "\"/>";
    }
    return svg + "</svg>\n";
}

}  // namespace loadpath
