#include "house/house_rules_json.h"

#include "house/house_names.h"
#include "json/json_problems.h"

#include <algorithm>
#include <array>

namespace loadpath {
namespace {

constexpr std::size_t mostRules = 1000;
constexpr std::string_view rulesFormat = "loadpath-rules";

class HouseReader {
public:
    explicit HouseReader(const Catalog& catalog) : m_catalog(catalog) {}

    Result<HouseRules> read(const JsonNode& root) {
        const Place top;
        if (isObject(root, top) && allKnown(root, top, {"format", "version", "description", "rules"})) {
            const JsonNode *format = root.find("format"), *version = root.find("version");
            if (!format || !format->scalar.text() || *format->scalar.text() != rulesFormat)
                m_problems.add(
                    format ? *format : root, format ? top.at("format") : top,
                    "this is not a file of house rules: \"format\" must be \"" + std::string(rulesFormat) + '"');
            else if (!version || !version->scalar.isNumber() || version->scalar.number() != 1)
                m_problems.add(version ? *version : root, version ? top.at("version") : top, "\"version\" must be 1");
            else
                readRules(root, top);
        }
        if (m_problems.empty()) return std::move(m_rules);
        std::stable_sort(m_problems.problems.begin(), m_problems.problems.end(),
                         [](const Problem& a, const Problem& b) {
                             return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                         });
        return unexpected(std::move(m_problems.problems));
    }

private:
    bool isObject(const JsonNode& node, const Place& place) {
        if (node.kind == JsonNode::Kind::object) return true;
        m_problems.add(node, place, "must be an object, not " + kindOf(node));
        return false;
    }
    /// A key with a typing error would silently mean nothing.
    bool allKnown(const JsonNode& node, const Place& place, std::initializer_list<std::string_view> keys) {
        bool fine = true;
        for (const JsonMember& member : node.members)
            if (std::find(keys.begin(), keys.end(), member.first) == keys.end()) {
                std::string list;
                for (const std::string_view key : keys) list += (list.empty() ? "" : ", ") + std::string(key);
                m_problems.add(member.second, place.at(member.first), "\"" + member.first + "\" is not one of " + list);
                fine = false;
            }
        return fine;
    }
    const std::string* text(const JsonNode& object, const Place& place, std::string_view key, bool needed) {
        const JsonNode* node = object.find(key);
        if (!node) {
            if (needed) m_problems.add(object, place, '"' + std::string(key) + "\" is missing");
            return nullptr;
        }
        const std::string* value = node->scalar.text();
        if (!value)
            m_problems.add(*node, place.at(key), "must be a text, not " + kindOf(*node));
        else if (needed && value->empty())
            m_problems.add(*node, place.at(key), "must not be empty");
        return value;
    }

    void readRules(const JsonNode& root, const Place& top) {
        const JsonNode* list = root.find("rules");
        if (!list || list->kind != JsonNode::Kind::list) {
            m_problems.add(list ? *list : root, list ? top.at("rules") : top, "\"rules\" must be a list");
            return;
        }
        if (list->items.size() > mostRules) {
            m_problems.add(*list, top.at("rules"), "there are more than 1,000 rules");
            return;
        }
        const Place all = top.at("rules");
        for (std::size_t i = 0; i < list->items.size() && !m_problems.full(); ++i) {
            const Place place = all.at(i);
            if (isObject(list->items[i], place)) m_rules.rules.push_back(readRule(list->items[i], place));
        }
    }

    HouseRule readRule(const JsonNode& node, const Place& place) {
        HouseRule rule;
        allKnown(node, place,
                 {"id", "title", "severity", "components", "connections", "when", "message", "why", "source", "fix"});
        if (const std::string* id = text(node, place, "id", true)) readId(*id, *node.find("id"), place.at("id"), rule);
        if (const std::string* title = text(node, place, "title", true)) rule.title = *title;
        if (const std::string* why = text(node, place, "why", true)) rule.why = *why;
        if (const std::string* source = text(node, place, "source", false)) rule.source = *source;
        if (const std::string* word = text(node, place, "severity", false)) {
            const auto level = ruleLevelNamed(*word);
            if (!level || *level == RuleLevel::off)
                m_problems.add(*node.find("severity"), place.at("severity"),
                               "must be one of \"error\", \"warning\" and \"info\"");
            else
                rule.severity = *level == RuleLevel::error     ? Severity::error
                                : *level == RuleLevel::warning ? Severity::warning
                                                               : Severity::info;
        }
        const JsonNode *components = node.find("components"), *connections = node.find("connections");
        if (!components == !connections) {
            m_problems.add(node, place, "a rule is about \"components\" or \"connections\": one of them must be there");
            return rule;
        }
        HouseNames names(m_catalog);
        if (components) {
            const ComponentSelector selector = componentSelector(*components, place.at("components"));
            names.selectComponents(selector.types);
            rule.selector = selector;
        } else {
            const ConnectionSelector selector = connectionSelector(*connections, place.at("connections"));
            names.selectConnections(selector.from.types, selector.to.types);
            rule.selector = selector;
        }
        readCondition(node, place, names, rule);
        readMessage(node, place, names, rule);
        if (const JsonNode* fix = node.find("fix")) readFix(*fix, place.at("fix"), names, rule);
        return rule;
    }

    void readId(const std::string& id, const JsonNode& node, const Place& place, HouseRule& rule) {
        if (!isWellFormedId(id))
            m_problems.add(node, place, "\"" + id + "\" is not an id: use letters, digits, '_', '.' and '-'");
        else if (findRule(id))
            m_problems.add(node, place, "\"" + id + "\" is a rule of the program");
        else if (m_rules.find(id))
            m_problems.add(node, place, "there are two rules \"" + id + '"');
        rule.id = id;
    }

    /// A text or a list of texts.
    template <class Use>
    void eachText(const JsonNode& node, const Place& place, const Use& use) {
        if (node.scalar.text()) {
            use(*node.scalar.text(), node, place);
        } else if (node.kind == JsonNode::Kind::list) {
            for (std::size_t i = 0; i < node.items.size(); ++i) {
                if (node.items[i].scalar.text())
                    use(*node.items[i].scalar.text(), node.items[i], place.at(i));
                else
                    m_problems.add(node.items[i], place.at(i), "must be a text, not " + kindOf(node.items[i]));
            }
        } else {
            m_problems.add(node, place, "must be a text or a list of texts, not " + kindOf(node));
        }
    }

    ComponentSelector componentSelector(const JsonNode& node, const Place& place) {
        ComponentSelector selector;
        if (!isObject(node, place) || !allKnown(node, place, {"type", "group", "where"})) return selector;
        if (const JsonNode* type = node.find("type"))
            eachText(*type, place.at("type"), [&](const std::string& id, const JsonNode& at, const Place& where) {
                if (!m_catalog.find(id)) m_problems.add(at, where, "there is no component type \"" + id + '"');
                selector.types.insert(id);
            });
        if (const JsonNode* group = node.find("group"))
            eachText(*group, place.at("group"), [&](const std::string& word, const JsonNode& at, const Place& where) {
                const std::size_t before = selector.types.size();
                for (const ComponentType& type : m_catalog.types)
                    if (type.category == word ||
                        std::find(type.groups.begin(), type.groups.end(), word) != type.groups.end())
                        selector.types.insert(type.id);
                if (selector.types.size() == before)
                    m_problems.add(at, where, "there is no group or category \"" + word + '"');
            });
        if (const JsonNode* where = node.find("where")) {
            HouseNames names(m_catalog);
            names.selectComponents(selector.types);
            selector.tests = propertyTests(*where, place.at("where"), names);
        }
        return selector;
    }

    ConnectionSelector connectionSelector(const JsonNode& node, const Place& place) {
        ConnectionSelector selector;
        if (!isObject(node, place) || !allKnown(node, place, {"mode", "from", "to", "where"})) return selector;
        if (const JsonNode* mode = node.find("mode"))
            eachText(*mode, place.at("mode"), [&](const std::string& word, const JsonNode& at, const Place& where) {
                if (const auto known = modeNamed(word))
                    selector.modes.insert(*known);
                else
                    m_problems.add(at, where, "there is no mode \"" + word + '"');
            });
        if (const JsonNode* from = node.find("from")) selector.from = componentSelector(*from, place.at("from"));
        if (const JsonNode* to = node.find("to")) selector.to = componentSelector(*to, place.at("to"));
        if (const JsonNode* where = node.find("where")) {
            HouseNames names(m_catalog);
            names.selectConnections({}, {});
            selector.tests = propertyTests(*where, place.at("where"), names);
        }
        return selector;
    }

    std::vector<PropertyTest> propertyTests(const JsonNode& node, const Place& place, const HouseNames& names) {
        std::vector<PropertyTest> tests;
        if (!isObject(node, place)) return tests;
        for (const JsonMember& member : node.members) {
            const Place where = place.at(member.first);
            PropertyTest test{member.first, {}, false};
            if (!names.isProperty(member.first))
                m_problems.add(member.second, where, "there is no property \"" + member.first + "\" " + names.where());
            if (member.second.kind == JsonNode::Kind::list) {
                for (const JsonNode& item : member.second.items) test.anyOf.push_back(item.toValue());
                if (test.anyOf.empty()) m_problems.add(member.second, where, "an empty list fits nothing");
            } else if (member.second.kind == JsonNode::Kind::object) {
                const JsonNode* set = member.second.find("set");
                if (!set || member.second.members.size() != 1 || !set->scalar.boolean())
                    m_problems.add(member.second, where,
                                   "must be a value, a list of values, {\"set\": true} or {\"set\": false}");
                else
                    test.mustBeUnset = !*set->scalar.boolean();
            } else if (member.second.scalar.isNull()) {
                test.mustBeUnset = true;
            } else {
                test.anyOf.push_back(member.second.toValue());
            }
            for (const Value& value : test.anyOf)
                if (const std::string wrong = names.complaintAbout(member.first, value); !wrong.empty())
                    m_problems.add(member.second, where, wrong);
            tests.push_back(std::move(test));
        }
        return tests;
    }

    void readCondition(const JsonNode& node, const Place& place, const HouseNames& names, HouseRule& rule) {
        const std::string* when = text(node, place, "when", false);
        if (!when) return;
        const JsonNode& at = *node.find("when");
        auto condition = Condition::parse(*when);
        if (!condition) {
            m_problems.add(at, place.at("when"), condition.error().front().message);
            return;
        }
        for (const std::string& name : condition->names())
            if (!names.isNumber(name)) m_problems.add(at, place.at("when"), names.unknown(name));
        rule.when = std::move(*condition);
    }

    void readMessage(const JsonNode& node, const Place& place, const HouseNames& names, HouseRule& rule) {
        const std::string* message = text(node, place, "message", true);
        if (!message) return;
        const JsonNode& at = *node.find("message");
        const auto wrong = [&](std::string problem) { m_problems.add(at, place.at("message"), std::move(problem)); };
        std::size_t start = 0;
        for (std::size_t open = message->find('{'); open != std::string::npos; open = message->find('{', start)) {
            const std::size_t close = message->find('}', open);
            if (close == std::string::npos) return wrong("a '{' has no '}'");
            if (open > start) rule.message.push_back({message->substr(start, open - start), {}, {}});
            rule.message.push_back(placeholder(message->substr(open + 1, close - open - 1), names, wrong));
            start = close + 1;
        }
        if (start < message->size()) rule.message.push_back({message->substr(start), {}, {}});
    }

    template <class Wrong>
    MessagePart placeholder(const std::string& inside, const HouseNames& names, const Wrong& wrong) {
        using Format = MessagePart::Format;
        static constexpr std::array<std::pair<std::string_view, Format>, 5> formats{
            {{"percent", Format::percent},
             {"availability", Format::availability},
             {"rate", Format::rate},
             {"duration", Format::duration},
             {"number", Format::number}}};
        MessagePart part;
        const std::size_t colon = inside.find(':');
        part.name = inside.substr(0, colon);
        part.format = names.formatOf(part.name);
        if (!names.isText(part.name)) wrong(names.unknown(part.name));
        if (colon == std::string::npos) return part;
        const std::string word = inside.substr(colon + 1);
        const auto it =
            std::find_if(formats.begin(), formats.end(), [&word](const auto& f) { return f.first == word; });
        if (it == formats.end())
            wrong("\"" + word + "\" is not one of percent, availability, rate, duration and number");
        else
            part.format = it->second;
        return part;
    }

    void readFix(const JsonNode& node, const Place& place, const HouseNames& names, HouseRule& rule) {
        if (!isObject(node, place) || !allKnown(node, place, {"title", "set"})) return;
        if (const std::string* title = text(node, place, "title", true)) rule.fixTitle = *title;
        const JsonNode* set = node.find("set");
        const Place where = place.at("set");
        if (!set || set->kind != JsonNode::Kind::object || set->members.empty()) {
            m_problems.add(set ? *set : node, set ? where : place, "\"set\" must be an object of values by property");
            return;
        }
        for (const JsonMember& member : set->members) {
            const Value value = member.second.toValue();
            if (!names.isProperty(member.first))
                m_problems.add(member.second, where.at(member.first),
                               "there is no property \"" + member.first + "\" " + names.where());
            else if (const std::string wrong = names.complaintAbout(member.first, value); !wrong.empty())
                m_problems.add(member.second, where.at(member.first), wrong);
            rule.fixValues[member.first] = value;
        }
    }

    const Catalog& m_catalog;
    ProblemList m_problems;
    HouseRules m_rules;
};

}  // namespace

Result<HouseRules> readHouseRules(std::string_view text, const Catalog& catalog) {
    const auto tree = parseJsonTree(text);
    if (!tree) return unexpected(tree.error());
    return HouseReader(catalog).read(*tree);
}

}  // namespace loadpath
