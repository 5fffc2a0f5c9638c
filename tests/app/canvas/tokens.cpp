// Every word of the window can be read in both themes.
#include "theme.h"

#include <QTest>

#include <cmath>

using namespace loadpath;

namespace {

double channel(int value) {
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(QRgb c) {
    return 0.2126 * channel(qRed(c)) + 0.7152 * channel(qGreen(c)) + 0.0722 * channel(qBlue(c));
}

double contrast(QRgb a, QRgb b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace

class TokensTest : public QObject {
    Q_OBJECT
private slots:
    void contrastOfKnownPairs() {
        QVERIFY(std::abs(contrast(0xff000000, 0xffffffff) - 21) < 1e-9);
        QVERIFY(std::abs(contrast(0xff777777, 0xffffffff) - 4.48) < 0.005);
    }

    void wordsCanBeRead_data() {
        QTest::addColumn<uint>("ink");
        QTest::addColumn<uint>("ground");
        for (const ThemeKind theme : {ThemeKind::light, ThemeKind::dark}) {
            const Tokens& t = tokens(theme);
            const char* name = theme == ThemeKind::dark ? "dark" : "light";
            struct Named {
                const char* name;
                QRgb colour;
            };
            std::vector<Named> inks = {{"text", t.text},
                                       {"muted", t.muted},
                                       {"accentText", t.accentText},
                                       {"errorText", t.errorText},
                                       {"warningText", t.warningText},
                                       {"okText", t.okText},
                                       {"infoText", t.infoText}};
            for (const CategoryColours& c : t.categories) inks.push_back({c.id.data(), c.text});
            for (const Named& ink : inks)
                for (const Named& ground :
                     {Named{"canvas", t.canvas}, Named{"surface", t.surface}, Named{"raised", t.raised}})
                    QTest::addRow("%s: %s on %s", name, ink.name, ground.name)
                        << uint(ink.colour) << uint(ground.colour);
            QTest::addRow("%s: text on hover", name) << uint(t.text) << uint(t.hover);
            QTest::addRow("%s: text on a note", name) << uint(t.text) << uint(t.noteFill);
            QTest::addRow("%s: on accent", name) << uint(t.onAccent) << uint(t.accent);
            QTest::addRow("%s: on error", name) << uint(t.onStatus) << uint(t.error);
            QTest::addRow("%s: on warning", name) << uint(t.onWarning) << uint(t.warning);
        }
    }
    void wordsCanBeRead() {
        QFETCH(uint, ink);
        QFETCH(uint, ground);
        const double ratio = contrast(ink, ground);
        QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
    }

    void glyphsStandOutFromTheirTile() {
        for (const ThemeKind theme : {ThemeKind::light, ThemeKind::dark})
            for (const CategoryColours& c : tokens(theme).categories) {
                const Tokens& t = tokens(theme);
                const auto mix = [&](int over, int under) { return int(over * t.tileTint + under * (1 - t.tileTint)); };
                const QRgb tile = qRgb(mix(qRed(c.fill), qRed(t.raised)), mix(qGreen(c.fill), qGreen(t.raised)),
                                       mix(qBlue(c.fill), qBlue(t.raised)));
                QVERIFY2(contrast(c.glyph, tile) >= 3, c.id.data());
            }
    }

    void themeFollowsItsMode() {
        Theme theme;
        int changes = 0;
        connect(&theme, &Theme::changed, this, [&changes] { ++changes; });
        theme.setMode(QStringLiteral("dark"));
        QCOMPARE(theme.canvas(), QColor(0x0F, 0x14, 0x1B));
        theme.setDark(false);
        QCOMPARE(theme.mode(), QStringLiteral("light"));
        QCOMPARE(theme.canvas(), QColor(0xF6, 0xF7, 0xF9));
        theme.setMode(QStringLiteral("purple"));
        QCOMPARE(theme.mode(), QStringLiteral("light"));
        QCOMPARE(changes, 2);
    }
};

QTEST_MAIN(TokensTest)
#include "tokens.moc"
