// Which names the conditions and messages of a house rule may use: the properties of what it selects, and
// the figures. Knows no file.
#pragma once

#include "model/catalog.h"
#include "rules/house_rules.h"

#include <set>
#include <string>
#include <vector>

namespace loadpath {

class HouseNames {
public:
    explicit HouseNames(const Catalog& catalog) : m_catalog(&catalog) {}

    /// Empty: every type.
    void selectComponents(const std::set<std::string>& types) { m_own = typesOf(types); }
    void selectConnections(const std::set<std::string>& from, const std::set<std::string>& to);

    /// Of what is selected itself: of one of the types at least.
    bool isProperty(const std::string& key) const { return specOf(key) != nullptr; }
    std::string complaintAbout(const std::string& key, const Value& value) const;
    /// A figure, or a property that is a number, or true and false.
    bool isNumber(const std::string& name) const;
    /// Whatever a message can show.
    bool isText(const std::string& name) const;
    MessagePart::Format formatOf(const std::string& name) const;
    std::string unknown(const std::string& name) const;
    /// "of these components", for sentences.
    std::string where() const { return m_isConnection ? "of connections" : "of these components"; }

private:
    using Types = std::vector<const ComponentType*>;
    Types typesOf(const std::set<std::string>& ids) const;
    static const ParameterSpec* specIn(const Types& types, const std::string& key);
    const ParameterSpec* specOf(const std::string& key) const;
    /// The spec behind a name with "from." or "to." before it, too.
    const ParameterSpec* specOfName(const std::string& name) const;
    const HouseFigure* figureOf(const std::string& name) const;

    const Catalog* m_catalog;
    bool m_isConnection = false;
    Types m_own, m_from, m_to;
};

}  // namespace loadpath
