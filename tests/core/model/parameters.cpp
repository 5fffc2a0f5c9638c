// Properties: what is stated, brought into range, else the catalogue's default.
#include "model/keys.h"

#include <QtTest>

using namespace loadpath;

class ParametersTest : public QObject {
    Q_OBJECT

    static std::vector<ParameterSpec> specs() {
        ParameterSpec instances{.key = "instances", .kind = ValueKind::integer, .fallback = 2, .range = {1, 10}};
        ParameterSpec managed{.key = "managed", .kind = ValueKind::boolean, .fallback = false};
        ParameterSpec availability{.key = "availability", .kind = ValueKind::number, .fallback = 0.995};
        availability.range = {0, 1};
        availability.managedFallback = 0.9999;
        ParameterSpec mode{.key = "pattern", .kind = ValueKind::choice, .fallback = "none"};
        mode.choices = {"none", "cache_aside"};
        return {instances, managed, availability, mode};
    }

private slots:
    void aWholeNumberIsOneHoweverItIsWritten() {
        QVERIFY(Value(1.0) == Value(1));
        QVERIFY(!(Value(1.5) == Value(1)));
        QCOMPARE(Value(0.25).number(), 0.25);
        QVERIFY(Value("1").number(7) == 7);
    }

    void statedValuesAreBroughtIntoRange() {
        const auto s = specs();
        Parameters stated{{"instances", 40}, {"pattern", "sideways"}};
        const ParameterView view(s, stated);
        QCOMPARE(view(keys::instances), 10);
        QCOMPARE(view(keys::pattern), std::string("none"));
        QCOMPARE(complaint(s[0], stated["instances"]), std::string("\"instances\" must be between 1 and 10"));
        QCOMPARE(complaint(s[3], stated["pattern"]), std::string("\"pattern\" must be one of none, cache_aside"));
        QVERIFY(complaint(s[0], 3).empty());
        QVERIFY(!complaint(s[0], 2.5).empty());
        QVERIFY(!complaint(s[0], "three").empty());
    }

    void choicesAreKnownInCapitalsToo() {
        const auto s = specs();
        const Parameters stated{{"pattern", "CACHE_ASIDE"}};
        QCOMPARE(ParameterView(s, stated)(keys::pattern), std::string("cache_aside"));
        QVERIFY(complaint(s[3], stated.at("pattern")).empty());
        QCOMPARE(nearestLegal(s[3], "Sideways"), std::optional<Value>("none"));
    }

    void wrongKindsFallBackToTheDefault() {
        const auto s = specs();
        const Parameters stated{{"instances", "many"}};
        QCOMPARE(ParameterView(s, stated)(keys::instances), 2);
    }

    void aManagedServiceHasItsVendorsDefault() {
        const auto s = specs();
        const Parameters none, managed{{"managed", true}}, own{{"managed", true}, {"availability", 0.9}};
        QCOMPARE(ParameterView(s, none)(keys::availability), 0.995);
        QCOMPARE(ParameterView(s, managed)(keys::availability), 0.9999);
        QCOMPARE(ParameterView(s, own)(keys::availability), 0.9);
    }

    void whatHasNoDefaultIsUnset() {
        const auto s = specs();
        const Parameters none;
        QVERIFY(!ParameterView(s, none).isSet("max_connections"));
        QVERIFY(ParameterView(s, none).isSet("instances"));
        QVERIFY(!ParameterView(s, none).isStated("instances"));
    }
};

QTEST_APPLESS_MAIN(ParametersTest)
#include "parameters.moc"
