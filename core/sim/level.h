// How many there are, and for how long: the area under a step function, exact in integers. A change
// costs two additions, because entries subtract their time and exits add theirs.
#pragma once

#include "sim/event_queue.h"

namespace loadpath::sim {

__extension__ typedef __int128 Area;  // counts × ns: 64 bits hold 4 million requests for only 77 minutes

class Level {
public:
    int count() const { return m_count; }
    void add(Time now) {
        ++m_count;
        m_area -= now;
    }
    void remove(Time now) {
        --m_count;
        m_area += now;
    }
    void clear(Time now) {
        m_area += static_cast<Area>(m_count) * now;
        m_count = 0;
    }
    Area area(Time now) const { return m_area + static_cast<Area>(m_count) * now; }

private:
    Area m_area = 0;
    int m_count = 0;
};

}  // namespace loadpath::sim
