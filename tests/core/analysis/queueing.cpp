// Queueing formulas against independently computed figures and known limits.
#include "analysis/capacity.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace loadpath;

namespace {
bool near(double value, double expected, double relative = 1e-9) {
    return std::abs(value - expected) <= relative * std::max(1.0, std::abs(expected));
}
}  // namespace

class Queueing : public QObject {
    Q_OBJECT

private slots:
    void publishedFigures() {
        QFile file(QStringLiteral(LOADPATH_SOURCE_DIR "/tests/core/analysis/data/vectors.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int compared = 0;
        for (const QJsonValue& entry : QJsonDocument::fromJson(file.readAll()).array()) {
            const QString kind = entry["kind"].toString();
            const QJsonObject params = entry["params"].toObject(), expected = entry["expected"].toObject();
            const auto p = [&params](const char* key) { return params[QLatin1String(key)].toDouble(); };
            const auto e = [&expected](const char* key) { return expected[QLatin1String(key)].toDouble(); };
            if (kind == "mm1") {
                QVERIFY(near(meanWait(1, p("lam") / 1000, 1000 / p("mu")), e("Wq")));
            } else if (kind == "mmc") {
                const int c = static_cast<int>(p("c"));
                QVERIFY(near(erlangC(c, p("lam") * p("S_ms") / 1000), e("erlangC")));
                QVERIFY(near(meanWait(c, p("lam") / 1000, p("S_ms")), e("Wq")));
            } else if (kind == "erlangB") {
                QVERIFY(near(erlangB(static_cast<int>(p("c")), p("a")), e("B")));
            } else if (kind == "mg1") {
                QVERIFY(near(meanWait(1, p("lam") / 1000, p("S_ms"), p("cv2")), e("Wq")));
            } else {
                continue;
            }
            ++compared;
        }
        QCOMPARE(compared, 21);
    }

    void nothingArrivesNothingWaits() {
        QCOMPARE(meanWait(4, 0, 10), 0.0);
        QCOMPARE(erlangB(4, 0), 0.0);
        QCOMPARE(erlangC(4, 0), 0.0);
    }

    void fullServersWaitWithoutEnd() {
        QVERIFY(std::isinf(meanWait(4, 0.4, 10)));
        QVERIFY(std::isinf(meanWait(4, 5, 10)));
        QCOMPARE(erlangC(4, 4), 1.0);
    }

    void manyServersStayFinite() {
        // Halfin–Whitt: with c = a + β√a the probability of waiting tends to 1/(1 + √(2π) β Φ(β) e^(β²/2)).
        const int c = 100'000;
        const double beta = 1, load = c - beta * std::sqrt(double(c));
        const double normal = 0.5 * std::erfc(-beta / std::sqrt(2.0));
        const double limit = 1 / (1 + std::sqrt(2 * M_PI) * beta * normal * std::exp(beta * beta / 2));
        QVERIFY(std::abs(erlangC(c, load) - limit) < 2e-3);
        QVERIFY(erlangB(c, load) > 0);
        QVERIFY(erlangB(c, 10) >= 0);
        QCOMPARE(erlangC(c, 10), 0.0);
    }
};

QTEST_APPLESS_MAIN(Queueing)
#include "queueing.moc"
