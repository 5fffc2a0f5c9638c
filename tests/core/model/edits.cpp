// Every change of a design can be undone exactly, and none leaves it with a dangling reference.
#include "model/difference.h"
#include "model/edit.h"
#include "support/random_design.h"

#include <QtTest>

using namespace loadpath;
using loadpath::test::RandomDesigner;

class EditsTest : public QObject {
    Q_OBJECT

    static bool isWhole(const Design& d) {
        for (const Connection& c : d.connections)
            if (!d.components.contains(c.from) || !d.components.contains(c.to)) return false;
        for (const Flow& f : d.flows)
            if (!d.components.contains(f.entry)) return false;
        for (const Component& c : d.components)
            for (const ZoneId& z : c.zones)
                if (!d.zones.contains(z)) return false;
        for (const Zone& z : d.zones) {
            if (!z.parent.empty() && !d.zones.contains(z.parent)) return false;
            std::size_t steps = 0;
            for (ZoneId at = z.parent; !at.empty(); at = d.zones.find(at)->parent)
                if (++steps > d.zones.size()) return false;
        }
        return true;
    }

private slots:
    void editsFromToTwoDesignsLeadExactlyThere() {
        RandomDesigner random(11);
        std::vector<Design> states(1);
        for (int i = 0; i < 400; ++i) {
            Design next = states.back();
            for (int k = random.below(6); k >= 0; --k) applyEdits(next, {random.edit(next)});
            states.push_back(std::move(next));
        }
        for (int i = 0; i < 400; ++i) {
            const Design& from = states[std::size_t(random.below(401))];
            const Design& to = states[std::size_t(random.below(401))];
            Design there = from;
            const Edits back = applyEdits(there, editsFromTo(from, to));
            QVERIFY(there == to);
            applyEdits(there, back);
            QVERIFY(there == from);
            QVERIFY(differenceOf(from, from).empty());
            const Design both = bothOf(from, to);
            for (const Component& c : from.components) QVERIFY(both.components.contains(c.id));
            for (const Component& c : to.components) QVERIFY(*both.components.find(c.id) == c);
        }
    }
    void aZoneThatIsGoneIsShownThoughItStoodBeforeItsParent() {
        Design before;
        Zone outer, inner;
        outer.id = {"outer"};
        inner.id = {"inner"};
        Component service;
        service.id = {"s"};
        service.type = "service";
        service.zones = {inner.id};
        applyEdits(before, {Put<Zone>{inner, std::nullopt}, Put<Zone>{outer, std::nullopt}});
        inner.parent = outer.id;
        applyEdits(before, {Put<Zone>{inner, std::nullopt}, Put<Component>{service, std::nullopt}});
        QCOMPARE(before.zones[0].id.value, std::string("inner"));
        const Design both = bothOf(before, {});
        QCOMPARE(both.zones.size(), std::size_t(2));
        QVERIFY(both.zones.find(inner.id)->parent == outer.id);
        QVERIFY(both.components.contains(service.id));
    }
    void thousandsOfRandomEditsUndoneGiveAnEqualDesign() {
        RandomDesigner random(7);
        Design design;
        std::vector<Edits> undo;
        std::vector<Design> states;
        for (int i = 0; i < 5000; ++i) {
            states.push_back(design);
            Edits edits;
            for (int k = random.below(4); k >= 0; --k) edits.push_back(random.edit(design));
            undo.push_back(applyEdits(design, edits));
            QVERIFY(isWhole(design));
        }
        while (!undo.empty()) {
            const Design after = design;
            const Edits redo = applyEdits(design, undo.back());
            QVERIFY(design == states.back());
            Design again = design;
            applyEdits(again, redo);
            QVERIFY(again == after);
            undo.pop_back();
            states.pop_back();
        }
        QVERIFY(design == Design());
    }

    void aPlaceMovesWhatIsThere() {
        Design design;
        for (const char* id : {"a", "b", "c"}) applyEdits(design, {Put<Note>{{{id}, {}, id, {}}, std::nullopt}});
        const Design before = design;
        const Edits undo = applyEdits(design, {Put<Note>{*design.notes.find({"a"}), 2}});
        QCOMPARE(design.notes[0].id.value, "b");
        QCOMPARE(design.notes[2].id.value, "a");
        QCOMPARE(design.notes.indexOf({"c"}).value(), 1u);
        applyEdits(design, undo);
        QVERIFY(design == before);
    }

    void aCopyDoesNotFollowItsOriginal() {
        RandomDesigner random(11);
        Design design = random.design(300);
        const Design copy = design;
        const std::size_t count = copy.components.size();
        QVERIFY(count > 3);
        const ComponentId first = copy.components[0].id;
        applyEdits(design, {Drop<Component>{first}});
        QCOMPARE(copy.components.size(), count);
        QVERIFY(copy.components.contains(first));
        QCOMPARE(*copy.components.indexOf(copy.components[count - 1].id), count - 1);
    }

    void droppingAComponentTakesWhatHangsOnIt() {
        Design design;
        Component a, b;
        a.id = {"a"};
        b.id = {"b"};
        Connection line;
        line.id = {"ab"};
        line.from = a.id;
        line.to = b.id;
        Flow flow;
        flow.id = {"f"};
        flow.entry = a.id;
        applyEdits(design, {Put<Component>{a}, Put<Component>{b}, Put<Connection>{line}, Put<Flow>{flow}});
        const Design whole = design;
        const Edits undo = applyEdits(design, {Drop<Component>{a.id}});
        QCOMPARE(design.components.size(), std::size_t(1));
        QVERIFY(design.connections.empty());
        QVERIFY(design.flows.empty());
        applyEdits(design, undo);
        QVERIFY(design == whole);
    }

    void aConnectionToNowhereIsNotMade() {
        Design design;
        Connection line;
        line.id = {"x"};
        line.from = {"a"};
        line.to = {"b"};
        QVERIFY(applyEdits(design, {Put<Connection>{line}}).empty());
        QVERIFY(design == Design());
    }

    void aZoneIsNeverInsideItself() {
        Design design;
        Zone outer, inner;
        outer.id = {"outer"};
        inner.id = {"inner"};
        inner.parent = outer.id;
        applyEdits(design, {Put<Zone>{outer}, Put<Zone>{inner}});
        outer.parent = inner.id;
        applyEdits(design, {Put<Zone>{outer}});
        QVERIFY(design.zones.find({"outer"})->parent.empty());
    }

    void settingAPropertyToWhatItIsChangesNothing() {
        Design design;
        Component c;
        c.id = {"a"};
        c.properties["instances"] = 3;
        applyEdits(design, {Put<Component>{c}});
        QVERIFY(loadpath::setProperty(design, c.id, "instances", Value(3.0)).empty());
        QVERIFY(loadpath::setProperty(design, c.id, "absent", std::nullopt).empty());
        QVERIFY(loadpath::setProperty(design, ComponentId{"nobody"}, "instances", Value(1)).empty());
        QCOMPARE(loadpath::setProperty(design, c.id, "instances", Value(4)).size(), std::size_t(1));
    }

    void freeIdsAreFreeEverywhere() {
        Design design;
        Component c;
        c.id = {"db"};
        applyEdits(design, {Put<Component>{c}, Put<Note>{{{"db2"}, {}, "", {}}}});
        QCOMPARE(freeId(design, "db"), std::string("db3"));
        QCOMPARE(freeId(design, "My cache!"), std::string("My-cache-"));
        QCOMPARE(freeId(design, ""), std::string("item"));
    }
};

QTEST_APPLESS_MAIN(EditsTest)
#include "edits.moc"
