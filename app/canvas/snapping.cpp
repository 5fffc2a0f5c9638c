#include "snapping.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace loadpath {
namespace {

struct Span {
    double lo = 0, hi = 0;
    double middle() const { return (lo + hi) / 2; }
};

Span along(const QRectF& r, bool x) { return x ? Span{r.left(), r.right()} : Span{r.top(), r.bottom()}; }
bool overlap(Span a, Span b) { return a.lo < b.hi && b.lo < a.hi; }

struct Best {
    double shift = 0, distance = 1e300;
    void offer(double by, double reach) {
        if (std::abs(by) > reach || std::abs(by) >= distance) return;
        shift = by;
        distance = std::abs(by);
    }
};

/// Neighbours in the same row (column), nearest first on each side.
void offerGaps(Best& best, const QRectF& moving, const std::vector<QRectF>& others, bool x, double reach) {
    const Span own = along(moving, x), ownAcross = along(moving, !x);
    std::vector<Span> row;
    for (const QRectF& o : others)
        if (overlap(along(o, !x), ownAcross)) row.push_back(along(o, x));
    std::sort(row.begin(), row.end(), [](Span a, Span b) { return a.lo < b.lo; });
    const double size = own.hi - own.lo;
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
        const Span a = row[i], b = row[i + 1];
        const double gap = b.lo - a.hi;
        if (gap <= 0) continue;
        if (gap > size) best.offer(a.hi + (gap - size) / 2 - own.lo, reach);  // in the middle between two
        best.offer(b.hi + gap - own.lo, reach);                               // as far behind as they are apart
        best.offer(a.lo - gap - own.hi, reach);
    }
}

void addGuides(std::vector<QLineF>& guides, const QRectF& moving, const std::vector<QRectF>& others, bool x) {
    const Span own = along(moving, x), ownAcross = along(moving, !x);
    for (const double line : {own.lo, own.middle(), own.hi}) {
        double lo = ownAcross.lo, hi = ownAcross.hi;
        bool any = false;
        for (const QRectF& o : others) {
            const Span s = along(o, x);
            const std::array lines{s.lo, s.middle(), s.hi};
            if (std::none_of(lines.begin(), lines.end(), [line](double l) { return std::abs(l - line) < 0.5; }))
                continue;
            any = true;
            lo = std::min(lo, along(o, !x).lo);
            hi = std::max(hi, along(o, !x).hi);
        }
        if (any) guides.push_back(x ? QLineF(line, lo - 8, line, hi + 8) : QLineF(lo - 8, line, hi + 8, line));
    }
    // Equal gaps, shown between the cards.
    std::vector<Span> row{own};
    for (const QRectF& o : others)
        if (overlap(along(o, !x), ownAcross)) row.push_back(along(o, x));
    std::sort(row.begin(), row.end(), [](Span a, Span b) { return a.lo < b.lo; });
    const auto at = std::find_if(row.begin(), row.end(), [&](Span s) { return s.lo == own.lo && s.hi == own.hi; });
    const std::size_t i = std::size_t(at - row.begin());
    const auto gap = [&](std::size_t k) { return row[k + 1].lo - row[k].hi; };
    const double y = ownAcross.middle();
    const auto show = [&](std::size_t k) {
        guides.push_back(x ? QLineF(row[k].hi, y, row[k + 1].lo, y) : QLineF(y, row[k].hi, y, row[k + 1].lo));
    };
    const auto equal = [&](std::size_t a, std::size_t b) { return gap(a) > 0 && std::abs(gap(a) - gap(b)) < 0.5; };
    if (i > 0 && i + 1 < row.size() && equal(i - 1, i)) show(i - 1), show(i);
    if (i > 1 && equal(i - 2, i - 1)) show(i - 2), show(i - 1);
    if (i + 2 < row.size() && equal(i, i + 1)) show(i), show(i + 1);
}

}  // namespace

Snapped snap(const QRectF& moving, const std::vector<QRectF>& others, double reach, double step) {
    Snapped snapped;
    for (const bool x : {true, false}) {
        Best best;
        const Span own = along(moving, x);
        for (const QRectF& o : others) {
            const Span s = along(o, x);
            best.offer(s.lo - own.lo, reach);
            best.offer(s.hi - own.hi, reach);
            best.offer(s.middle() - own.middle(), reach);
        }
        offerGaps(best, moving, others, x, reach);
        double shift = best.shift;
        if (best.distance > reach) shift = step > 0 ? std::round(own.lo / step) * step - own.lo : 0;
        (x ? snapped.shift.rx() : snapped.shift.ry()) = shift;
    }
    const QRectF there = moving.translated(snapped.shift);
    for (const bool x : {true, false}) addGuides(snapped.guides, there, others, x);
    return snapped;
}

}  // namespace loadpath
