// Time of all rules over designs of many components, by rule. Prints; promises nothing.
#include "rules/rule.h"
#include "support/catalog.h"
#include "support/large_design.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/resource.h>

#include <algorithm>

using namespace loadpath;
using namespace loadpath::test;

namespace {

double millisecondsOf(const std::function<void()>& job) {
    QElapsedTimer timer;
    timer.start();
    job();
    return double(timer.nsecsElapsed()) / 1e6;
}

}  // namespace

class RulesBench : public QObject {
    Q_OBJECT

private slots:
    void everyRule() {
        for (const int size : {1000, 10000}) {
            const auto snapshot = Snapshot::of(largeDesign(size), catalog());
            AvailabilityReport availability;
            CapacityReport capacity;
            const double availabilityMs = millisecondsOf([&] { availability = analyseAvailability(*snapshot); });
            const double capacityMs = millisecondsOf([&] { capacity = analyseCapacity(*snapshot); });
            std::size_t findings = 0;
            const double all = millisecondsOf([&] {
                findings = checkDesign({*snapshot, availability, capacity}).size();
            });

            // What rules share is worked out by the first that asks: warmed up, each is told by itself.
            const Evidence evidence(*snapshot, availability, capacity);
            for (const Rule& rule : allRules()) rule.check(evidence);
            std::vector<std::pair<double, std::string>> costs;
            double sum = 0;
            for (const Rule& rule : allRules()) {
                const double took = millisecondsOf([&] { rule.check(evidence); });
                costs.emplace_back(took, std::string(rule.id));
                sum += took;
            }
            std::sort(costs.rbegin(), costs.rend());
            std::printf("%d components: %zu rules in %.0f ms (%zu findings; availability %.0f ms, capacity %.0f ms)\n",
                        size, allRules().size(), all, findings, availabilityMs, capacityMs);
            for (const auto& [took, id] : costs)
                if (took > sum / 100) std::printf("  %5.1f %%  %8.2f ms  %s\n", took / sum * 100, took, id.c_str());
            rusage used{};
            getrusage(RUSAGE_SELF, &used);
            std::printf("  peak memory %.2f GiB\n", double(used.ru_maxrss) / (1 << 20));
        }
    }
};

QTEST_APPLESS_MAIN(RulesBench)
#include "rules.moc"
