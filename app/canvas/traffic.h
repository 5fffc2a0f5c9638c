// Dots that travel along the lines, as many and as fast as the simulated rate says: honest traffic.
// Fed with rates, advanced by real time; knows no simulator.
#pragma once

#include "draw/diagram_painter.h"

#include <unordered_map>

namespace loadpath {

struct TrafficRates {
    double callsRps = 0;  // attempts, retries among them
    double failuresRps = 0;
    double retriesRps = 0;
};

class Traffic {
public:
    /// By line of the scene.
    void setRates(int line, const TrafficRates& rates);
    void clear() { m_lines.clear(); }
    bool isEmpty() const { return m_lines.empty(); }
    void advance(double seconds);
    std::vector<TrafficDot> dots(const Scene& scene, const QRectF& visible) const;

    /// Dots that pass a point of the line in a second: one for each power of ten of the rate.
    static double dotsPerSecond(double rps);
    /// Pixels of the canvas a second.
    static double speed(double rps);
    static QString legend();

private:
    struct Stream {
        TrafficRates rates;
        double sent = 0;  // dots that have left so far; the fraction is the way to the next one
    };
    std::unordered_map<int, Stream> m_lines;
};

}  // namespace loadpath
