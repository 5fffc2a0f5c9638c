#include "analysis/capacity.h"

namespace loadpath {

double erlangB(int servers, double offeredLoad) {
    if (offeredLoad <= 0) return servers > 0 ? 0 : 1;
    double blocked = 1;
    for (int c = 1; c <= servers && blocked > 0; ++c) blocked = offeredLoad * blocked / (c + offeredLoad * blocked);
    return blocked;
}

double erlangC(int servers, double offeredLoad) {
    if (offeredLoad >= servers) return 1;
    const double blocked = erlangB(servers, offeredLoad);
    return blocked / (1 - offeredLoad / servers * (1 - blocked));
}

double meanWait(int servers, double arrivalRate, double service, double cv2) {
    const double load = arrivalRate * service;
    if (load <= 0) return 0;
    if (load >= servers) return std::numeric_limits<double>::infinity();
    const double waits = erlangC(servers, load);
    if (waits <= 0) return 0;
    return waits * service / (servers - load) * (1 + cv2) / 2;
}

}  // namespace loadpath
