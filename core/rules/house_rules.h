// Rules that are data: what a team or a teacher adds beside those of the program. A selector, a condition
// over properties and figures, a message. Knows no file format (house/house_rules_json.h reads them).
#pragma once

#include "rules/condition.h"
#include "rules/rule.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace loadpath {

/// What a property must be.
struct PropertyTest {
    std::string key;
    std::vector<Value> anyOf;  // one of them; empty: it must be set (or, with `unset`, must not)
    bool mustBeUnset = false;
};

struct ComponentSelector {
    std::set<std::string> types;  // ids; empty: every type
    std::vector<PropertyTest> tests;
};

struct ConnectionSelector {
    std::set<Mode> modes;  // empty: every mode
    ComponentSelector from, to;
    std::vector<PropertyTest> tests;
};

/// Text of a message, or a value put into it.
struct MessagePart {
    std::string text;  // where `name` is empty
    std::string name;
    enum class Format { natural, percent, availability, rate, duration, number } format = Format::natural;
};

struct HouseRule {
    std::string id, title, why, source;
    Severity severity = Severity::warning;
    std::variant<ComponentSelector, ConnectionSelector> selector;
    std::optional<Condition> when;  // none: whatever is selected
    std::vector<MessagePart> message;
    std::string fixTitle;
    Parameters fixValues;  // that its fix states; empty: no fix
};

/// Rules of a file. Findings point to the ids in it: who keeps findings keeps this.
struct HouseRules {
    std::string file;  // where they come from, for people
    std::vector<HouseRule> rules;

    const HouseRule* find(std::string_view id) const;
};

/// A figure of an analysis that conditions and messages may name.
struct HouseFigure {
    std::string_view name, meaning;
    MessagePart::Format format;
};
const std::vector<HouseFigure>& componentFigures();
const std::vector<HouseFigure>& connectionFigures();  // besides "from." and "to." with those of components
const std::vector<HouseFigure>& designFigures();      // named with "design." before them

std::vector<Finding> checkHouseRules(const HouseRules& rules, const Evidence& evidence);

}  // namespace loadpath
