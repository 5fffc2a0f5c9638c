// What must not matter to findings: the order of a file, the spelling of ids, and other findings that
// somebody has acknowledged.
#include "model/edit.h"
#include "support/rule_fixtures.h"

#include <QTest>

#include <map>
#include <random>

using namespace loadpath;
using namespace loadpath::test;

namespace {

using Figures = std::set<std::tuple<std::string, std::string, std::string>>;  // key, severity, message

Figures told(const std::vector<Finding>& findings) {
    Figures all;
    for (const Finding& finding : findings)
        all.emplace(finding.key(), std::string(name(finding.severity)), finding.message);
    return all;
}

template <class T>
std::vector<T> shuffled(const Table<T>& table, std::mt19937& random) {
    std::vector<T> items;
    for (const T& item : table) items.push_back(item);
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random() % i]);
    return items;
}

bool mattersInOrder(const Design& design) {  // alternatives of a resolver: the first is preferred
    for (const Component& component : design.components)
        if (component.type == "dns") return true;
    return false;
}

class Renaming {
public:
    explicit Renaming(const Design& design) {
        // Later ids become smaller, so that everything sorts the other way round.
        int next = 5000;
        for (const Zone& z : design.zones) m_names[z.id.value] = "id" + std::to_string(next--);
        for (const Component& c : design.components) m_names[c.id.value] = "id" + std::to_string(next--);
        for (const Connection& c : design.connections) m_names[c.id.value] = "id" + std::to_string(next--);
        for (const Flow& f : design.flows) m_names[f.id.value] = "id" + std::to_string(next--);
        for (const Component& c : design.components)
            for (const char* op : {".read", ".write"}) m_names[c.id.value + op] = m_names[c.id.value] + op;
    }

    std::string of(const std::string& id) const {
        const auto it = m_names.find(id);
        return it == m_names.end() ? id : it->second;
    }
    Parameters of(Parameters properties) const {
        for (auto& [key, value] : properties) value = renamed(value);
        return properties;
    }

    Design of(const Design& design) const {
        Design out;
        applyEdits(out, {design.header});
        for (Zone z : design.zones) {
            z.id = {of(z.id.value)};
            if (!z.parent.empty()) z.parent = {of(z.parent.value)};
            applyEdits(out, {Put<Zone>{z, {}}});
        }
        for (Component c : design.components) {
            c.id = {of(c.id.value)};
            for (ZoneId& zone : c.zones) zone = {of(zone.value)};
            c.properties = of(c.properties);
            applyEdits(out, {Put<Component>{c, {}}});
        }
        for (Connection c : design.connections) {
            c.id = {of(c.id.value)};
            c.from = {of(c.from.value)};
            c.to = {of(c.to.value)};
            c.properties = of(c.properties);
            applyEdits(out, {Put<Connection>{c, {}}});
        }
        for (Flow f : design.flows) {
            f.id = {of(f.id.value)};
            f.entry = {of(f.entry.value)};
            applyEdits(out, {Put<Flow>{f, {}}});
        }
        return out;
    }

    std::string keyOf(Finding finding) const {
        for (ComponentId& id : finding.components) id = {of(id.value)};
        for (ConnectionId& id : finding.connections) id = {of(id.value)};
        for (ZoneId& id : finding.zones) id = {of(id.value)};
        finding.flow = {of(finding.flow.value)};
        return finding.key();
    }

private:
    Value renamed(const Value& value) const {
        if (const std::string* text = value.text())
            return text->starts_with("miss:") ? Value("miss:" + of(text->substr(5))) : Value(of(*text));
        if (const Value::List* list = value.list()) {
            Value::List items;
            for (const Value& item : *list) items.push_back(renamed(item));
            return items;
        }
        return value;
    }

    std::map<std::string, std::string> m_names;
};

}  // namespace

class Invariance : public QObject {
    Q_OBJECT

private slots:
    void orderOfTheFileDoesNotMatter();
    void spellingOfIdsDoesNotMatter();
    void acknowledgingMarksExactlyOne();
    void writingAndReadingDoesNotMatter();
};

void Invariance::orderOfTheFileDoesNotMatter() {
    std::mt19937 random(7);
    for (const RuleFixture& fixture : ruleFixtures()) {
        const Figures expected = told(findingsOf(fixture.design));
        for (int round = 0; round < 3; ++round) {
            Design other;
            applyEdits(other, {fixture.design.header});
            for (const Zone& z : fixture.design.zones) applyEdits(other, {Put<Zone>{z, {}}});
            for (const Component& c : shuffled(fixture.design.components, random))
                applyEdits(other, {Put<Component>{c, {}}});
            std::vector<Connection> connections = shuffled(fixture.design.connections, random);
            if (mattersInOrder(fixture.design)) {
                connections.clear();
                for (const Connection& c : fixture.design.connections) connections.push_back(c);
            }
            for (const Connection& c : connections) applyEdits(other, {Put<Connection>{c, {}}});
            for (const Flow& f : fixture.design.flows) applyEdits(other, {Put<Flow>{f, {}}});
            const Figures actual = told(findingsOf(other));
            for (const auto& [key, severity, message] : expected)
                QVERIFY2(actual.contains({key, severity, message}),
                         (fixture.shown() + " loses " + key + ": " + message).c_str());
            QCOMPARE(actual.size(), expected.size());
        }
    }
}

void Invariance::spellingOfIdsDoesNotMatter() {
    for (const RuleFixture& fixture : ruleFixtures()) {
        const Renaming renaming(fixture.design);
        // Of components that are equally full, the first id is told as the bottleneck.
        std::set<std::string> expected, actual;
        for (const Finding& finding : findingsOf(fixture.design))
            if (finding.rule != "bottleneck") expected.insert(renaming.keyOf(finding));
        for (const Finding& finding : findingsOf(renaming.of(fixture.design)))
            if (finding.rule != "bottleneck") actual.insert(finding.key());
        QVERIFY2(actual == expected, fixture.shown().c_str());
    }
}

void Invariance::acknowledgingMarksExactlyOne() {
    for (const RuleFixture& fixture : ruleFixtures()) {
        const std::vector<Finding> before = findingsOf(fixture.design);
        for (const Finding& chosen : before) {
            Design design = fixture.design;
            applyEdits(design, {Put<Acknowledgement>{{{chosen.key()}, "known", {}}, {}}});
            const std::vector<Finding> after = findingsOf(design);
            QCOMPARE(after.size(), before.size());
            for (std::size_t i = 0; i < after.size(); ++i) {
                QCOMPARE(after[i].key(), before[i].key());
                QCOMPARE(after[i].acknowledged, after[i].key() == chosen.key());
            }
        }
    }
}

void Invariance::writingAndReadingDoesNotMatter() {
    for (const RuleFixture& fixture : ruleFixtures()) {
        const auto again = readDesign(writeDesign(fixture.design, *catalog()), *catalog());
        QVERIFY2(again, fixture.shown().c_str());
        QVERIFY2(told(findingsOf(again->design)) == told(findingsOf(fixture.design)), fixture.shown().c_str());
    }
}

QTEST_APPLESS_MAIN(Invariance)
#include "invariance.moc"
