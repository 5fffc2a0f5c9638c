#include "layout/line_spacing.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace loadpath {
namespace {

constexpr double distance = 9;   // between parallel lines
constexpr double shortest = 12;  // what must be left of the neighbours of a moved segment
constexpr double reach = 45;     // how far a segment is moved at most
constexpr double rowHeight = 16, columnWidth = 240;

std::uint64_t key(int row, int column) { return (std::uint64_t(std::uint32_t(row)) << 32) | std::uint32_t(column); }
double mainOf(const Point& p, bool horizontal) { return horizontal ? p.y : p.x; }
double crossOf(const Point& p, bool horizontal) { return horizontal ? p.x : p.y; }

}  // namespace

LineSpacing::Segment LineSpacing::segment(Ref ref) const {
    const Line& line = m_lines[std::size_t(ref.line)];
    const std::size_t i = std::size_t(ref.index);
    const Point &a = line.base[i], &b = line.base[i + 1];
    Segment s;
    s.ref = ref;
    s.horizontal = a.y == b.y;
    s.fixed = i == 0 || i + 2 == line.base.size() || line.moves == Moves::never;
    s.at = mainOf(a, s.horizontal);
    s.lo = std::min(crossOf(a, s.horizontal), crossOf(b, s.horizontal));
    s.hi = std::max(crossOf(a, s.horizontal), crossOf(b, s.horizontal));
    return s;
}

template <class F>
void LineSpacing::visitCells(const Segment& s, double around, F visit) const {
    const auto row = [](double v) { return int(std::floor(v / rowHeight)); };
    const auto column = [](double v) { return int(std::floor(v / columnWidth)); };
    for (int r = row(s.at - around); r <= row(s.at + around); ++r)
        for (int c = column(s.lo); c <= column(s.hi); ++c) visit(key(r, c));
}

void LineSpacing::insert(int line) {
    for (int i = 0; i + 1 < int(m_lines[std::size_t(line)].base.size()); ++i) {
        const Segment s = segment({line, i});
        visitCells(s, 0, [&](std::uint64_t cell) { m_cells[s.horizontal ? 1 : 0][cell].push_back(s.ref); });
    }
}

void LineSpacing::erase(int line) {
    for (int i = 0; i + 1 < int(m_lines[std::size_t(line)].base.size()); ++i) {
        const Segment s = segment({line, i});
        visitCells(s, 0, [&](std::uint64_t cell) {
            Index& cells = m_cells[s.horizontal ? 1 : 0];
            const auto it = cells.find(cell);
            if (it == cells.end()) return;
            std::erase(it->second, s.ref);
            if (it->second.empty()) cells.erase(it);
        });
    }
}

void LineSpacing::neighbours(const Segment& s, double around, std::vector<Ref>& found) const {
    found.clear();
    const Index& cells = m_cells[s.horizontal ? 1 : 0];
    visitCells(s, around, [&](std::uint64_t cell) {
        const auto it = cells.find(cell);
        if (it == cells.end()) return;
        for (const Ref& ref : it->second) {
            if (ref.line == s.ref.line) continue;
            const Segment other = segment(ref);
            if (std::abs(other.at - s.at) < around && other.lo < s.hi - 1 && s.lo < other.hi - 1) found.push_back(ref);
        }
    });
}

void LineSpacing::seedNear(const Segment& s) {
    std::vector<Ref> near;
    neighbours(s, reach + distance, near);
    m_seeds.insert(m_seeds.end(), near.begin(), near.end());
}

void LineSpacing::set(int line, int from, int to, const std::vector<Point>& base, Moves moves) {
    if (m_lines.size() <= std::size_t(line)) m_lines.resize(std::size_t(line) + 1);
    const Line& old = m_lines[std::size_t(line)];
    if (old.base == base && old.from == from && old.to == to && old.moves == moves) return;
    remove(line);
    Line& now = m_lines[std::size_t(line)];
    now.from = from;
    now.to = to;
    now.moves = moves;
    now.base = now.points = base;
    now.at.assign(base.size(), 0);
    now.round.assign(base.size(), 0);
    insert(line);
    for (int i = 0; i + 1 < int(base.size()); ++i) {
        m_seeds.push_back({line, i});
        seedNear(segment({line, i}));
    }
    m_changed.push_back(line);
}

void LineSpacing::remove(int line) {
    if (m_lines.size() <= std::size_t(line) || m_lines[std::size_t(line)].base.empty()) return;
    erase(line);
    for (int i = 0; i + 1 < int(m_lines[std::size_t(line)].base.size()); ++i) seedNear(segment({line, i}));
    Line& gone = m_lines[std::size_t(line)];
    gone.base.clear();
    gone.points.clear();
    gone.at.clear();
    gone.round.clear();
}

void LineSpacing::gather(Ref seed, std::vector<Segment>& group) {
    group.clear();
    group.push_back(segment(seed));
    m_lines[std::size_t(seed.line)].round[std::size_t(seed.index)] = m_round;
    std::vector<Ref> near;
    for (std::size_t i = 0; i < group.size(); ++i) {
        neighbours(group[i], distance, near);
        for (const Ref& ref : near) {
            unsigned& round = m_lines[std::size_t(ref.line)].round[std::size_t(ref.index)];
            if (round == m_round) continue;
            round = m_round;
            group.push_back(segment(ref));
        }
    }
    std::sort(group.begin(), group.end(), [](const Segment& a, const Segment& b) {
        return std::tie(a.at, a.lo, a.ref.line, a.ref.index) < std::tie(b.at, b.lo, b.ref.line, b.ref.index);
    });
}

/// How often the two cross near here when one lies left of (above) the other.
int LineSpacing::crossings(const Segment& before, const Segment& behind) const {
    int count = 0;
    const auto look = [&](const Segment& s, const Segment& other, double way) {
        const std::vector<Point>& p = m_lines[std::size_t(s.ref.line)].base;
        const std::size_t i = std::size_t(s.ref.index);
        const auto goes = [&](const Point& corner, const Point& next) {
            const double end = crossOf(corner, s.horizontal);
            if ((mainOf(next, s.horizontal) - s.at) * way > 0 && end > other.lo && end < other.hi) ++count;
        };
        if (i > 0) goes(p[i], p[i - 1]);
        if (i + 2 < p.size()) goes(p[i + 1], p[i + 2]);
    };
    look(before, behind, 1);
    look(behind, before, -1);
    return count;
}

/// One after the other the segment that fewest of the rest want to precede.
void LineSpacing::orderByCrossings(std::vector<Segment>& group) const {
    constexpr std::size_t most = 160;  // beyond, nobody follows single lines
    const std::size_t count = group.size();
    if (count > most || count < 2) return;
    std::vector<int> wants(count * count, 0);  // [i][j] > 0: i wants to precede j
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = i + 1; j < count; ++j) {
            const Segment &a = group[i], &b = group[j];
            if (a.hi <= b.lo || b.hi <= a.lo) continue;
            const int gain = crossings(b, a) - crossings(a, b);
            wants[i * count + j] = gain;
            wants[j * count + i] = -gain;
        }
    std::vector<Segment> ordered;
    std::vector<char> taken(count, 0);
    while (ordered.size() < count) {
        std::size_t best = count;
        int least = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (taken[i]) continue;
            int before = 0;
            for (std::size_t j = 0; j < count; ++j)
                if (!taken[j]) before += std::max(0, wants[j * count + i]);
            if (best == count || before < least) best = i, least = before;
        }
        taken[best] = 1;
        ordered.push_back(group[best]);
    }
    group = std::move(ordered);
}

/// Whether the segment may lie at `at`: its neighbours stay long enough and nothing is in the way.
bool LineSpacing::fits(const Segment& s, double at) const {
    const Line& line = m_lines[std::size_t(s.ref.line)];
    const std::size_t i = std::size_t(s.ref.index);
    if (at == s.at) return true;
    const double before = mainOf(line.base[i - 1], s.horizontal), after = mainOf(line.base[i + 2], s.horizontal);
    if ((s.at - before) * (at - before) <= 0 || (s.at - after) * (at - after) <= 0) return false;
    if (std::abs(at - before) < shortest || std::abs(at - after) < shortest) return false;
    Point a = line.base[i], b = line.base[i + 1];
    (s.horizontal ? a.y : a.x) = at;
    (s.horizontal ? b.y : b.x) = at;
    return m_boxes.isClear(a, b, 5, -1, -1) && m_boxes.isClear(line.base[i - 1], a, 5, line.from, line.to) &&
           m_boxes.isClear(b, line.base[i + 2], 5, line.from, line.to);
}

bool LineSpacing::collides(const Segment& s, double at, const std::vector<Segment>& group) const {
    for (const Segment& other : group)
        if (other.fixed && other.ref.line != s.ref.line && std::abs(other.at - at) < distance - 1 &&
            other.lo < s.hi - 1 && s.lo < other.hi - 1)
            return true;
    if (at == s.at) return false;
    // Those that are no part of this are taken to lie where they would by themselves.
    Segment moved = s;
    moved.at = at;
    std::vector<Ref> near;
    neighbours(moved, distance - 1, near);
    return std::any_of(near.begin(), near.end(), [&](const Ref& ref) {
        return std::none_of(group.begin(), group.end(), [&](const Segment& g) { return g.ref == ref; });
    });
}

void LineSpacing::spread(std::vector<Segment>& group) {
    std::vector<Segment*> movable;
    orderByCrossings(group);
    for (Segment& s : group) {
        m_lines[std::size_t(s.ref.line)].at[std::size_t(s.ref.index)] = s.at;
        m_changed.push_back(s.ref.line);
        if (!s.fixed) movable.push_back(&s);
    }
    if (movable.empty() || group.size() == 1) return;

    int ranks = 0;
    double centre = 0;
    for (std::size_t i = 0; i < movable.size(); ++i) {
        Segment& s = *movable[i];
        for (std::size_t j = 0; j < i; ++j)
            if (movable[j]->lo < s.hi - 1 && s.lo < movable[j]->hi - 1) s.rank = std::max(s.rank, movable[j]->rank + 1);
        ranks = std::max(ranks, s.rank + 1);
        centre += s.at / double(movable.size());
    }
    for (const double shift : std::array{0.0, 4.5, -4.5, 9.0, -9.0, 13.5, -13.5, 18.0, -18.0, 27.0, -27.0}) {
        const bool works = std::all_of(movable.begin(), movable.end(), [&](Segment* s) {
            s->wanted = std::round((centre + shift + (s->rank - (ranks - 1) / 2.0) * distance) * 2) / 2;
            return std::abs(s->wanted - s->at) <= reach && fits(*s, s->wanted) && !collides(*s, s->wanted, group);
        });
        if (!works) continue;
        for (const Segment* s : movable) m_lines[std::size_t(s->ref.line)].at[std::size_t(s->ref.index)] = s->wanted;
        return;
    }
    // Not all together: each where it finds a place.
    std::vector<Segment> placed;
    for (Segment* s : movable) {
        for (const double offset : std::array{0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 4.0, -4.0, 0.5, -0.5}) {
            const double at = s->at + offset * distance;
            const bool taken = std::any_of(placed.begin(), placed.end(), [&](const Segment& other) {
                const double least = offset == std::trunc(offset) ? distance - 1 : distance / 2 - 1;
                return other.ref.line != s->ref.line && std::abs(other.at - at) < least && other.lo < s->hi - 1 &&
                       s->lo < other.hi - 1;
            });
            if (taken || !fits(*s, at) || collides(*s, at, group)) continue;
            m_lines[std::size_t(s->ref.line)].at[std::size_t(s->ref.index)] = at;
            break;
        }
        placed.push_back(*s);
        placed.back().at = m_lines[std::size_t(s->ref.line)].at[std::size_t(s->ref.index)];
    }
}

void LineSpacing::finish(int number) {
    Line& line = m_lines[std::size_t(number)];
    line.points = line.base;
    const std::size_t last = line.base.size() - 2;
    for (std::size_t i = 1; i < last; ++i) {
        const bool horizontal = line.base[i].y == line.base[i + 1].y;
        for (const std::size_t end : {i, i + 1}) (horizontal ? line.points[end].y : line.points[end].x) = line.at[i];
    }
    // Two segments that moved may meet a card that neither met alone.
    for (std::size_t i = 0; i <= last; ++i) {
        if (line.points[i] == line.base[i] && line.points[i + 1] == line.base[i + 1]) continue;
        if (m_boxes.isClear(line.points[i], line.points[i + 1], 3, i == 0 ? line.from : -1, i == last ? line.to : -1))
            continue;
        line.points = line.base;
        return;
    }
}

std::vector<int> LineSpacing::update() {
    for (const Area& area : m_touched)
        for (const bool horizontal : {false, true}) {
            Segment s;
            s.ref = {-1, 0};
            s.horizontal = horizontal;
            s.lo = (horizontal ? area.left : area.top) - reach;
            s.hi = (horizontal ? area.right : area.bottom) + reach;
            const double from = horizontal ? area.top : area.left, to = horizontal ? area.bottom : area.right;
            s.at = (from + to) / 2;
            std::vector<Ref> near;
            neighbours(s, (to - from) / 2 + 2 * reach, near);
            m_seeds.insert(m_seeds.end(), near.begin(), near.end());
        }
    m_touched.clear();
    ++m_round;
    std::vector<Segment> group;
    for (const Ref& seed : m_seeds) {
        const Line& line = m_lines[std::size_t(seed.line)];
        if (std::size_t(seed.index) + 1 >= line.base.size() || line.round[std::size_t(seed.index)] == m_round) continue;
        gather(seed, group);
        spread(group);
    }
    m_seeds.clear();
    std::sort(m_changed.begin(), m_changed.end());
    m_changed.erase(std::unique(m_changed.begin(), m_changed.end()), m_changed.end());
    std::erase_if(m_changed, [this](int line) { return m_lines[std::size_t(line)].base.size() < 2; });
    for (const int line : m_changed) finish(line);
    return std::exchange(m_changed, {});
}

}  // namespace loadpath
