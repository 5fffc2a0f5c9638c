// Every type with every property at random: nothing crashes, and what a finding says is what the analysis says.
#include "model/edit.h"
#include "rules/fix_all.h"
#include "support/format.h"
#include "support/rule_fixtures.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace loadpath;
using namespace loadpath::test;

namespace {

class WildDesigner {
public:
    explicit WildDesigner(unsigned seed) : m_random(seed) {}

    Design design(int components) {
        Design made;
        for (const char* id : {"z1", "z2", "r1"}) {
            Zone zone;
            zone.id = {id};
            zone.kind = id[0] == 'r' ? "region" : "zone";
            if (below(2)) zone.properties["availability"] = 0.999;
            applyEdits(made, {Put<Zone>{zone, {}}});
        }
        const Catalog& types = *catalog();
        for (int i = 0; i < components; ++i) {
            const ComponentType& type =
                i == 0 ? *types.find("client") : types.types[std::size_t(below(int(types.types.size())))];
            Component c;
            c.id = {"c" + std::to_string(i)};
            c.type = type.id;
            c.position = {i * 240.0, double(below(5)) * 120};
            if (below(2)) c.zones = {{below(2) ? "z1" : "z2"}};
            c.properties = propertiesOf(type.parameters);
            if (i == 0) c.properties["rate_rps"] = 100 * (1 + below(100));
            applyEdits(made, {Put<Component>{c, {}}});
        }
        for (int i = 0; i < components * 3; ++i) {
            Connection c;
            c.id = {"e" + std::to_string(i)};
            const Component &from = made.components[std::size_t(below(components))],
                            &to = made.components[std::size_t(below(components))];
            c.from = from.id;
            c.to = to.id;
            const std::vector<Mode> modes = types.modes(from.type, to.type);
            if (modes.empty() && below(8)) continue;
            c.mode = modes.empty() ? static_cast<Mode>(below(7)) : modes[std::size_t(below(int(modes.size())))];
            c.properties = propertiesOf(types.connectionParameters);
            applyEdits(made, {Put<Connection>{c, {}}});
        }
        return made;
    }

private:
    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

    Parameters propertiesOf(const std::vector<ParameterSpec>& specs) {
        Parameters all;
        for (const ParameterSpec& spec : specs)
            if (below(5) == 0)
                if (Value value = valueOf(spec); !value.isNull()) all[spec.key] = std::move(value);
        return all;
    }
    Value valueOf(const ParameterSpec& spec) {
        switch (spec.kind) {
            case ValueKind::boolean:
                return below(2) == 0;
            case ValueKind::integer:
                return static_cast<std::int64_t>(number(spec));
            case ValueKind::number:
                return number(spec);
            case ValueKind::choice:
                return spec.choices.empty() ? Value()
                                            : Value(spec.choices[std::size_t(below(int(spec.choices.size())))]);
            case ValueKind::text:
                return std::string(below(2) ? "x" : "");
            case ValueKind::reference:
                return "c" + std::to_string(below(9));
            case ValueKind::set: {
                Value::List list;
                for (const std::string& choice : spec.choices)
                    if (below(3) == 0) list.push_back(choice);
                return list;
            }
            case ValueKind::list: {
                Value::List list;
                for (int i = below(3); i > 0; --i)
                    list.push_back(spec.fields.empty() ? Value(std::to_string(i)) : Value(propertiesOf(spec.fields)));
                return list;
            }
            case ValueKind::object:
                return propertiesOf(spec.fields);
        }
        return {};
    }
    /// Ordinary values, and those at and past the ends of the range.
    double number(const ParameterSpec& spec) {
        const double low = std::isfinite(spec.range.minimum) ? spec.range.minimum : -1;
        const double high = std::isfinite(spec.range.maximum) ? spec.range.maximum : 1e6;
        switch (below(8)) {
            case 0:
                return low;
            case 1:
                return high;
            case 2:
                return 0;
            case 3:
                return below(2) ? -1 : 1e12;
            default:
                return low + (std::min(high, low + 100) - low) * below(100) / 100.0;
        }
    }

    std::mt19937 m_random;
};

/// Bounds will do for availability: these graphs are wilder than any drawing.
Report quickReport(const Design& design) {
    AvailabilityOptions options;
    options.nodeBudget = 5000;
    return evaluate(Snapshot::of(design, catalog()), options);
}

}  // namespace

class Fuzz : public QObject {
    Q_OBJECT

private slots:
    void findingsAreSound();
    void figuresInMessagesAreThoseOfTheAnalysis();
    void fixingAllComesToAnEndAndBringsNoError();
};

void Fuzz::findingsAreSound() {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        const Design design = WildDesigner(seed).design(4 + int(seed % 16));
        const Report report = quickReport(design);
        std::set<std::string> keys;
        for (const Finding& finding : report.findings) {
            const std::string what = "seed " + std::to_string(seed) + ": " + finding.key() + ": " + finding.message;
            QVERIFY2(keys.insert(finding.key()).second, what.c_str());
            QVERIFY2(!finding.message.empty() && finding.message.find("{}") == std::string::npos, what.c_str());
            for (const char* no : {"nan", "inf ", "-0 "})
                QVERIFY2(finding.message.find(no) == std::string::npos, what.c_str());
            for (const ComponentId& id : finding.components) QVERIFY2(design.components.contains(id), what.c_str());
            for (const ConnectionId& id : finding.connections) QVERIFY2(design.connections.contains(id), what.c_str());
            for (const ZoneId& id : finding.zones) QVERIFY2(design.zones.contains(id), what.c_str());
            if (finding.fix) {
                Design mended = design;
                const Edits undo = applyEdits(mended, finding.fix->edits);
                applyEdits(mended, undo);
                QVERIFY2(mended == design, what.c_str());
            }
        }
    }
}

void Fuzz::figuresInMessagesAreThoseOfTheAnalysis() {
    int compared = 0;
    std::vector<Design> designs;
    for (unsigned seed = 1; seed <= 60; ++seed) designs.push_back(WildDesigner(seed).design(4 + int(seed % 16)));
    for (const RuleFixture& fixture : ruleFixtures()) designs.push_back(fixture.design);
    for (std::size_t i = 0; i < designs.size(); ++i) {
        const std::string seed = std::to_string(i);
        const Report report = quickReport(designs[i]);
        std::set<std::string> spofs;
        for (const Finding& finding : report.findings) {
            const std::string what = "seed " + seed + ": " + finding.key() + ": " + finding.message;
            if (finding.rule == "overload" || finding.rule == "high-utilisation") {
                const int node = report.snapshot->graph().node(finding.components.front());
                const ComponentLoad& load = report.capacity.nodes[std::size_t(node)];
                QVERIFY2(finding.rule == "overload" ? load.utilisation >= 1 - 1e-9 : load.utilisation < 1,
                         what.c_str());
                QVERIFY2(finding.message.find(rate(load.arrivalRps)) != std::string::npos, what.c_str());
                QVERIFY2(finding.message.find(rate(load.capacityRps)) != std::string::npos, what.c_str());
                ++compared;
            }
            if (finding.rule == "spof") spofs.insert(finding.components.front().value);
        }
        std::set<std::string> analysed;
        for (const FlowAvailability& flow : report.availability.flows)
            for (const int node : flow.spofNodes)
                analysed.insert(report.snapshot->graph().nodes[std::size_t(node)].id.value);
        for (const std::string& id : spofs) QVERIFY2(analysed.contains(id), ("seed " + seed + " " + id).c_str());
    }
    QVERIFY(compared > 20);
}

void Fuzz::fixingAllComesToAnEndAndBringsNoError() {
    const auto errors = [](const Report& report) {
        return std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
            return finding.severity == Severity::error && !finding.acknowledged;
        });
    };
    for (unsigned seed = 1; seed <= 4; ++seed) {
        const Design design = WildDesigner(seed).design(7);
        for (const FixScope scope : {FixScope::safe, FixScope::all}) {
            FixWishes wishes;
            wishes.scope = scope;
            const FixOutcome outcome = fixAll(design, catalog(), wishes);
            QVERIFY(errors(outcome.after) <= errors(outcome.before));
            Design patched = design;
            const Edits undo = applyEdits(patched, editsBetween(design, outcome.design));
            QVERIFY(writeDesign(patched, *catalog()) == writeDesign(outcome.design, *catalog()));
            applyEdits(patched, undo);
            QVERIFY(patched == design);
            if (scope == FixScope::safe) {
                QCOMPARE(outcome.design.components.size(), design.components.size());
                QCOMPARE(outcome.design.connections.size(), design.connections.size());
            }
        }
    }
}

QTEST_APPLESS_MAIN(Fuzz)
#include "fuzz.moc"
