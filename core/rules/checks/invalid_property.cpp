#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

/// Brings `properties` into range; returns what was wrong, one sentence each.
std::vector<std::string> mend(Parameters& properties, const std::vector<ParameterSpec>& specs) {
    std::vector<std::string> complaints;
    for (auto it = properties.begin(); it != properties.end();) {
        const ParameterSpec* spec = findSpec(specs, it->first);
        std::string wrong = spec && !it->second.isNull() ? complaint(*spec, it->second) : std::string();
        if (wrong.empty()) {
            ++it;
            continue;
        }
        complaints.push_back(std::move(wrong));
        if (std::optional<Value> legal = nearestLegal(*spec, it->second)) {
            it->second = std::move(*legal);
            ++it;
        } else {
            it = properties.erase(it);  // of the wrong kind altogether: the default stands
        }
    }
    return complaints;
}

/// "miss:ID" of a component that is there; without it the call would be made every time.
bool namesComponent(const Snapshot& snapshot, const std::string& source) {
    constexpr std::string_view prefix = "miss:";
    return source.starts_with(prefix) && snapshot.graph().node({source.substr(prefix.size())}) >= 0;
}

Finding finding(const std::string& shown, const std::vector<std::string>& complaints) {
    Finding result{invalid_property.id, invalid_property.severity};
    result.message = shown + ": " + listed(complaints) + "; the nearest legal value is used";
    return result;
}

std::vector<Finding> checkInvalidProperty(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const Catalog& catalog = snapshot.catalog();
    std::vector<Finding> findings;
    const std::string title = "Use the nearest legal value";
    for (const Component& component : snapshot.design().components) {
        if (component.properties.empty()) continue;
        Component mended = component;
        const auto complaints = mend(mended.properties, catalog.typeOf(component.type).parameters);
        if (complaints.empty()) continue;
        Finding result = finding(snapshot.nameOf(snapshot.graph().node(component.id)), complaints);
        result.components = {component.id};
        result.fix = Fix{title, {Put<Component>{std::move(mended), {}}}};
        findings.push_back(std::move(result));
    }
    for (std::size_t i = 0; i < snapshot.design().connections.size(); ++i) {
        const Connection& connection = snapshot.design().connections[i];
        if (connection.properties.empty()) continue;
        Connection mended = connection;
        // An unknown protocol is told by invalid-connection, with what the two could speak.
        const auto complaints = [&] {
            Parameters others = connection.properties;
            const auto protocol = others.extract("protocol");
            auto found = mend(others, catalog.connectionParameters);
            const std::string source = viewOfLink(snapshot, static_cast<int>(i))(keys::pFrom);
            if (!source.empty() && !namesComponent(snapshot, source)) {
                found.push_back("\"" + std::string(keys::pFrom.name) + "\" must be miss: and the id of a cache");
                others.erase(std::string(keys::pFrom.name));
            }
            if (!protocol.empty()) others.insert_or_assign(protocol.key(), protocol.mapped());
            mended.properties = std::move(others);
            return found;
        }();
        if (complaints.empty()) continue;
        Finding result = finding(arrow(snapshot, static_cast<int>(i)), complaints);
        result.connections = {connection.id};
        result.fix = Fix{title, {Put<Connection>{std::move(mended), {}}}};
        findings.push_back(std::move(result));
    }
    for (const Zone& zone : snapshot.design().zones) {
        Zone mended = zone;
        const auto complaints = mend(mended.properties, catalog.zoneParameters);
        if (complaints.empty()) continue;
        Finding result = finding(zone.name.empty() ? zone.id.value : zone.name, complaints);
        result.zones = {zone.id};
        result.fix = Fix{title, {Put<Zone>{std::move(mended), {}}}};
        findings.push_back(std::move(result));
    }
    return findings;
}

}  // namespace

const Rule invalid_property{
    "invalid-property",
    "Property out of range",
    "The file states a value that cannot be: the analyses go on with the nearest one that can, which is not what the "
    "file says. Either the value or the understanding of the property is wrong.",
    "Design file, version 1",
    Severity::error,
    checkInvalidProperty,
};

}  // namespace loadpath::checks
