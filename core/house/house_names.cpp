#include "house/house_names.h"

#include <algorithm>

namespace loadpath {
namespace {

const HouseFigure* findFigure(const std::vector<HouseFigure>& figures, std::string_view name) {
    const auto it =
        std::find_if(figures.begin(), figures.end(), [name](const HouseFigure& figure) { return figure.name == name; });
    return it == figures.end() ? nullptr : &*it;
}

bool isNumeric(const ParameterSpec& spec) {
    return spec.kind == ValueKind::boolean || spec.kind == ValueKind::integer || spec.kind == ValueKind::number;
}

}  // namespace

void HouseNames::selectConnections(const std::set<std::string>& from, const std::set<std::string>& to) {
    m_isConnection = true;
    m_from = typesOf(from);
    m_to = typesOf(to);
}

HouseNames::Types HouseNames::typesOf(const std::set<std::string>& ids) const {
    Types types;
    for (const ComponentType& type : m_catalog->types)
        if (ids.empty() || ids.contains(type.id)) types.push_back(&type);
    return types;
}

const ParameterSpec* HouseNames::specIn(const Types& types, const std::string& key) {
    for (const ComponentType* type : types)
        if (const ParameterSpec* spec = findSpec(type->parameters, key)) return spec;
    return nullptr;
}

const ParameterSpec* HouseNames::specOf(const std::string& key) const {
    return m_isConnection ? findSpec(m_catalog->connectionParameters, key) : specIn(m_own, key);
}

const ParameterSpec* HouseNames::specOfName(const std::string& name) const {
    if (m_isConnection && name.starts_with("from.")) return specIn(m_from, name.substr(5));
    if (m_isConnection && name.starts_with("to.")) return specIn(m_to, name.substr(3));
    return specOf(name);
}

const HouseFigure* HouseNames::figureOf(const std::string& name) const {
    if (name.starts_with("design.")) return findFigure(designFigures(), std::string_view(name).substr(7));
    if (!m_isConnection) return findFigure(componentFigures(), name);
    if (name.starts_with("from.")) return findFigure(componentFigures(), std::string_view(name).substr(5));
    if (name.starts_with("to.")) return findFigure(componentFigures(), std::string_view(name).substr(3));
    return findFigure(connectionFigures(), name);
}

std::string HouseNames::complaintAbout(const std::string& key, const Value& value) const {
    // Where types differ, a value that one of them takes is right.
    std::string first;
    const auto ask = [&](const std::vector<ParameterSpec>& specs) {
        const ParameterSpec* spec = findSpec(specs, key);
        if (!spec) return false;
        const bool oneOfSet = spec->kind == ValueKind::set && value.text();
        const std::string wrong = complaint(*spec, oneOfSet ? Value(Value::List{value}) : value);
        if (first.empty()) first = wrong;
        return wrong.empty();
    };
    if (m_isConnection) return ask(m_catalog->connectionParameters) ? std::string() : first;
    for (const ComponentType* type : m_own)
        if (ask(type->parameters)) return {};
    return first;
}

bool HouseNames::isNumber(const std::string& name) const {
    if (figureOf(name)) return true;
    const ParameterSpec* spec = specOfName(name);
    return spec && isNumeric(*spec);
}

bool HouseNames::isText(const std::string& name) const {
    if (name == "name" || figureOf(name) || specOfName(name)) return true;
    return m_isConnection && (name == "from" || name == "to" || name == "from.name" || name == "to.name");
}

MessagePart::Format HouseNames::formatOf(const std::string& name) const {
    const HouseFigure* figure = figureOf(name);
    return figure ? figure->format : MessagePart::Format::natural;
}

std::string HouseNames::unknown(const std::string& name) const {
    if (const ParameterSpec* spec = specOfName(name); spec && !isNumeric(*spec))
        return "\"" + name + "\" is no number; compare it in \"where\"";
    return "there is no property or figure \"" + name + "\" " + where();
}

}  // namespace loadpath
