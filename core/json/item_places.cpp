#include "json/item_places.h"

#include "json/value_json.h"

namespace loadpath {

ItemPlaces itemPlaces(std::string_view text) {
    ItemPlaces places;
    const auto tree = parseJsonTree(text);
    if (!tree) return places;
    for (const std::string_view table : {"flows", "zones", "components", "connections"}) {
        const JsonNode* list = tree->find(table);
        if (!list) continue;
        for (const JsonNode& item : list->items)
            if (const JsonNode* id = item.find("id"); id && id->scalar.text())
                places.emplace(*id->scalar.text(), TextPlace{item.line, item.column});
    }
    return places;
}

}  // namespace loadpath
