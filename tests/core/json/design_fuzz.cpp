#include "json/design_json.h"

#include "support/catalog.h"

#include <QtTest>

#include <random>

using namespace loadpath;

namespace {

const Catalog& palette() { return *test::catalog(); }

class RandomDesign {
public:
    explicit RandomDesign(std::uint64_t seed) : m_random(seed) {}

    Design make() {
        Design design;
        design.header.name = text();
        if (chance(2)) design.header.description = text();
        if (chance(2)) design.header.requirements.functional = {text(), text()};
        if (chance(2)) design.header.requirements.dau = number();
        if (chance(3)) design.header.extra = extra();
        std::vector<ZoneId> zones;
        for (auto n = m_random() % 4; n > 0; --n) {
            Zone zone;
            zone.id = {id("z")};
            zone.name = text();
            zone.kind = chance(2) ? "zone" : "region";
            if (!zones.empty() && chance(2)) zone.parent = zones[m_random() % zones.size()];
            if (chance(2)) zone.frame = Frame{number(), number(), number(), number()};
            if (chance(2)) zone.properties["availability"] = number();
            if (chance(3)) zone.extra = extra();
            zones.push_back(zone.id);
            design.zones.put(zone, std::nullopt);
        }
        std::vector<ComponentId> components;
        for (auto n = m_random() % 12; n > 0; --n) {
            Component component;
            component.id = {id("c")};
            const auto& types = palette().types;
            const ComponentType& type = types[m_random() % types.size()];
            component.type = chance(10) ? "no_such_type" : type.id;
            if (chance(2)) component.name = text();
            component.position = {number(), number()};
            for (const ZoneId& zone : zones)
                if (chance(3)) component.zones.push_back(zone);
            for (const ParameterSpec& spec : type.parameters)
                if (chance(4)) component.properties[spec.key] = value(spec);
            if (chance(4)) component.properties["unheard_of"] = 7;
            if (chance(5)) component.extra = extra();
            components.push_back(component.id);
            design.components.put(component, std::nullopt);
        }
        for (auto n = components.empty() ? 0 : m_random() % 15; n > 0; --n) {
            Connection connection;
            connection.id = {id("e")};
            connection.from = components[m_random() % components.size()];
            connection.to = components[m_random() % components.size()];
            connection.mode = static_cast<Mode>(m_random() % 7);
            for (const ParameterSpec& spec : palette().connectionParameters)
                if (chance(6)) connection.properties[spec.key] = value(spec);
            design.connections.put(connection, std::nullopt);
        }
        if (!components.empty() && chance(2)) {
            Flow flow;
            flow.id = {id("f")};
            flow.entry = components.front();
            flow.share = number();
            flow.op = chance(2) ? Op::read : Op::write;
            if (chance(2)) flow.p99Ms = number();
            if (chance(2)) flow.extra["tags"] = Value::List{"money"};
            design.flows.put(flow, std::nullopt);
        }
        if (chance(2)) design.notes.put(Note{{id("n")}, {number(), number()}, text(), {}}, std::nullopt);
        if (chance(2)) {
            ScenarioSpec scenario;
            scenario.id = {id("s")};
            scenario.seed = static_cast<std::int64_t>(m_random());
            Fault fault;
            fault.kind = "slow";
            fault.target = "x";
            fault.atS = number();
            fault.extra["factor"] = number();
            scenario.faults = {fault, fault};
            design.scenarios.put(scenario, std::nullopt);
        }
        if (chance(3)) design.acknowledged.put(Acknowledgement{{"spof:" + id("k")}, text(), {}}, std::nullopt);
        if (chance(3)) {
            Quantity quantity;
            quantity.id = {id("q")};
            quantity.name = text();
            if (chance(2)) quantity.value = number();
            if (chance(2)) quantity.formula = text();
            quantity.unit = text();
            design.estimates.put(quantity, std::nullopt);
        }
        return design;
    }

private:
    bool chance(std::uint64_t oneIn) { return m_random() % oneIn == 0; }
    std::string id(const char* prefix) { return prefix + std::to_string(++m_ids); }
    double number() {
        switch (m_random() % 4) {
            case 0:
                return static_cast<double>(m_random() % 1000);
            case 1:
                return static_cast<double>(m_random()) / 3e12;
            case 2:
                return -static_cast<double>(m_random() % 100000) / 7;
            default:
                return 0;
        }
    }
    std::string text() {
        static const char* const words[] = {"shop", "\"quoted\"", "back\\slash", "new\nline", "Größe",
                                            "日本", "\x01",       "😀",           ""};
        std::string all;
        for (auto n = m_random() % 8; n > 0; --n) all += std::string(words[m_random() % std::size(words)]) + ' ';
        return all;
    }
    Parameters extra() {
        return {{"colour", Value(text())}, {"nested", Value::Object{{"list", Value::List{1, 2.5, true, {}}}}}};
    }
    Value value(const ParameterSpec& spec) {
        switch (spec.kind) {
            case ValueKind::boolean:
                return chance(2);
            case ValueKind::integer:
            case ValueKind::number:
                return number();
            case ValueKind::text:
            case ValueKind::choice:
            case ValueKind::reference:
                return text();
            case ValueKind::set:
                return Value::List{text(), text()};
            case ValueKind::list: {
                if (spec.fields.empty()) return Value::List{text(), 1};
                return Value::List{Value::Object{{spec.fields.front().key, value(spec.fields.front())}}};
            }
            case ValueKind::object: {
                Value::Object object{{"unheard_of", 1}};
                for (const ParameterSpec& field : spec.fields) object[field.key] = value(field);
                return object;
            }
        }
        return {};
    }

    std::mt19937_64 m_random;
    int m_ids = 0;
};

}  // namespace

class DesignFuzzTest : public QObject {
    Q_OBJECT
private slots:
    void randomDesignsSurviveWritingAndReading() {
        for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
            const Design design = RandomDesign(seed).make();
            const std::string text = writeDesign(design, palette());
            const auto loaded = readDesign(text, palette());
            QVERIFY2(loaded,
                     loaded ? "" : (describe(loaded.error().front(), std::to_string(seed)) + '\n' + text).c_str());
            QVERIFY2(loaded->design == design, text.c_str());
            QCOMPARE(writeDesign(loaded->design, palette()), text);
        }
    }
    void aFileCutOffAnywhereIsRefusedOrReadButNeverHarms() {
        std::string text;
        for (std::uint64_t seed = 1; text.size() < 3000; ++seed)
            text = writeDesign(RandomDesign(seed).make(), palette());
        std::size_t read = 0;
        for (std::size_t length = 0; length < text.size(); ++length) {
            const auto loaded = readDesign(std::string_view(text).substr(0, length), palette());
            if (loaded)
                ++read;
            else
                QVERIFY(!loaded.error().empty() && !loaded.error().front().message.empty());
        }
        QCOMPARE(read, std::size_t(1));  // only the final newline may be missing
    }
    void randomDamageNeverHarms() {
        std::mt19937_64 random(11);
        int refused = 0, read = 0;
        for (int round = 0; round < 4000; ++round) {
            std::string text = writeDesign(RandomDesign(1 + random() % 50).make(), palette());
            for (auto n = 1 + random() % 4; n > 0; --n) {
                const std::size_t at = random() % text.size();
                switch (random() % 4) {
                    case 0:
                        text[at] = static_cast<char>(random());
                        break;
                    case 1:
                        text.erase(at, random() % 20);
                        break;
                    case 2:
                        text.insert(at, 1, "{}[]\",:0e-ntf\\"[random() % 14]);
                        break;
                    default:
                        text.insert(at, text.substr(random() % text.size(), random() % 60));
                        break;
                }
                if (text.empty()) text = " ";
            }
            const auto loaded = readDesign(text, palette());
            readFragment(text, palette());
            if (!loaded) {
                ++refused;
                QVERIFY(!loaded.error().empty());
                QVERIFY(loaded.error().size() <= 20);
                continue;
            }
            ++read;
            const std::string written = writeDesign(loaded->design, palette());
            const auto again = readDesign(written, palette());
            QVERIFY2(again, again ? "" : (describe(again.error().front(), "") + '\n' + written).c_str());
            QVERIFY2(again->design == loaded->design, written.c_str());
        }
        QVERIFY(refused > 100);
        QVERIFY(read > 100);
    }
    void readingTakesTimeInProportionToTheFile() {
        const auto large = [](int components) {
            Design design;
            for (int i = 0; i < components; ++i) {
                Component component;
                component.id = {"c" + std::to_string(i)};
                component.type = "service";
                component.properties["instances"] = 3;
                design.components.put(component, std::nullopt);
                Connection connection;
                connection.id = {"e" + std::to_string(i)};
                connection.from = {"c" + std::to_string(i / 2)};
                connection.to = component.id;
                design.connections.put(connection, std::nullopt);
            }
            return writeDesign(design, palette());
        };
        const auto seconds = [](const std::string& text, std::size_t expected) {
            double best = 1e9;
            for (int i = 0; i < 3; ++i) {
                QElapsedTimer timer;
                timer.start();
                const auto loaded = readDesign(text, palette());
                best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / 1e9);
                if (!loaded || loaded->design.components.size() != expected) return -1.0;
            }
            return best;
        };
        const double small = seconds(large(2500), 2500), big = seconds(large(10000), 10000);
        QVERIFY(small > 0 && big > 0);
        // Four times the size; sixteen times would be quadratic. Generous, because other work runs beside it.
        QVERIFY2(big < 10 * small, qPrintable(QStringLiteral("%1 s and %2 s").arg(small).arg(big)));
    }
    void moreComponentsThanTheLimitAreRefused() {
        std::string text = "{\"format\": \"loadpath-design\", \"version\": 1, \"components\": [";
        for (int i = 0; i <= 100000; ++i) text += i ? ",0" : "0";
        const auto loaded = readDesign(text + "]}", palette());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().front().message, "there are more than 100,000 components");
    }
};

QTEST_APPLESS_MAIN(DesignFuzzTest)
#include "design_fuzz.moc"
