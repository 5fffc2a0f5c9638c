#include "rules/tags.h"

#include "rules/lookup.h"

namespace loadpath {

bool hasTag(const Value& tags, std::string_view tag) {
    const Value::List* words = tags.list();
    return words && std::any_of(words->begin(), words->end(),
                                [tag](const Value& word) { return word.text() && *word.text() == tag; });
}

bool isTagged(const Value& object, std::string_view tag) {
    const Value* tags = object.find("tags");
    return tags && hasTag(*tags, tag);
}

bool componentHasTag(const Snapshot& snapshot, int node, std::string_view tag) {
    return hasTag(viewOf(snapshot, node).value("tags"), tag);
}

bool connectionHasTag(const Snapshot& snapshot, int link, std::string_view tag) {
    return hasTag(viewOfLink(snapshot, link).value("tags"), tag);
}

bool flowHasTag(const Snapshot& snapshot, const FlowPath& flow, std::string_view tag) {
    const Flow* stated = snapshot.design().flows.find(flow.id);
    if (!stated) return false;
    const auto tags = stated->extra.find("tags");
    return tags != stated->extra.end() && hasTag(tags->second, tag);
}

}  // namespace loadpath
