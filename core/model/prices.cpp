#include "model/prices.h"

#include <algorithm>

namespace loadpath {

std::string_view name(PriceUnit unit) {
    switch (unit) {
        case PriceUnit::componentMonth:
            return "month";
        case PriceUnit::machineMonth:
            return "machine and month";
        case PriceUnit::gbMemoryMonth:
            return "GB of memory and month";
        case PriceUnit::gbMonth:
            return "GB and month";
        case PriceUnit::gbEgress:
            return "GB sent";
        case PriceUnit::gbLogs:
            return "GB of logs";
        case PriceUnit::millionRequests:
            return "million requests";
        case PriceUnit::millionReads:
            return "million reads";
        case PriceUnit::millionWrites:
            return "million writes";
        case PriceUnit::millionMessages:
            return "million messages";
        case PriceUnit::readUnitMonth:
            return "read unit and month";
        case PriceUnit::writeUnitMonth:
            return "write unit and month";
        case PriceUnit::busyHour:
            return "busy hour";
        case PriceUnit::thousandUsers:
            return "thousand users";
    }
    return "";
}

const PriceClass* PriceList::find(std::string_view id) const {
    const auto it = std::find_if(classes.begin(), classes.end(), [id](const PriceClass& c) { return c.id == id; });
    return it == classes.end() ? nullptr : &*it;
}

}  // namespace loadpath
