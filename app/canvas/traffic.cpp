#include "traffic.h"

#include <QCoreApplication>

#include <cmath>

namespace loadpath {
namespace {

/// Spreads the kinds evenly over successive dots: the golden ratio leaves no gaps and no clusters.
TrafficDot::Kind kindOf(double number, const TrafficRates& rates, bool message) {
    const double place = std::fmod(std::abs(number) * 0.6180339887498949, 1.0);
    const double calls = std::max(rates.callsRps, 1e-12);
    const double failures = rates.failuresRps / calls, retries = rates.retriesRps / calls;
    if (place < failures) return TrafficDot::Kind::failure;
    if (place < failures + retries) return TrafficDot::Kind::retry;
    return message ? TrafficDot::Kind::message : TrafficDot::Kind::success;
}

QPointF along(const Line& line, double distance) {
    for (std::size_t i = 1; i < line.points.size(); ++i) {
        const QPointF d = line.points[i] - line.points[i - 1];
        const double length = d.manhattanLength();
        if (distance <= length) return line.points[i - 1] + d * (length > 0 ? distance / length : 0);
        distance -= length;
    }
    return line.points.back();
}

}  // namespace

double Traffic::dotsPerSecond(double rps) { return rps > 0 ? std::log10(1 + rps) : 0; }

double Traffic::speed(double rps) { return 60 + 30 * dotsPerSecond(rps); }

QString Traffic::legend() {
    return QCoreApplication::translate(
        "Traffic",
        "Dots follow the simulated rate on a log scale: one a second at 9/s, two at 99/s, three at 1 k/s, "
        "four at 10 k/s; they run faster, too.");
}

void Traffic::setRates(int line, const TrafficRates& rates) {
    if (rates.callsRps <= 0) {
        m_lines.erase(line);
        return;
    }
    Stream& stream = m_lines[line];
    if (stream.sent == 0) stream.sent = std::fmod(line * 0.37, 1.0) + 1;  // lines do not beat in step
    stream.rates = rates;
}

void Traffic::advance(double seconds) {
    for (auto& entry : m_lines) entry.second.sent += seconds * dotsPerSecond(entry.second.rates.callsRps);
}

std::vector<TrafficDot> Traffic::dots(const Scene& scene, const QRectF& visible) const {
    std::vector<TrafficDot> dots;
    for (const int index : scene.linesIn(visible)) {
        const auto it = m_lines.find(index);
        if (it == m_lines.end()) continue;
        const Line& line = scene.lines()[std::size_t(index)];
        if (line.points.size() < 2 || line.kind == LineKind::telemetry) continue;
        const TrafficRates& rates = it->second.rates;
        const double spacing = speed(rates.callsRps) / dotsPerSecond(rates.callsRps), length = line.length();
        double number = std::floor(it->second.sent);
        for (double at = (it->second.sent - number) * spacing; at < length && number >= 1; at += spacing, number -= 1)
            dots.push_back({along(line, at), kindOf(number, rates, line.kind != LineKind::call)});
    }
    return dots;
}

}  // namespace loadpath
