#include "cli/files.h"

#include <QFileInfo>

namespace loadpath::cli {
namespace {

int runScreenshot(Console& console, const Arguments& arguments, const Window& window) {
    ScreenshotArguments wanted;
    wanted.output = outputOf(arguments);
    if (!wanted.output.endsWith(u".png", Qt::CaseInsensitive))
        throw UsageError{QStringLiteral("-o must name a .png file")};
    wanted.design = arguments.files.value(0);
    if (arguments.has(QStringLiteral("template"))) {
        if (!wanted.design.isEmpty()) throw UsageError{QStringLiteral("give FILE or --template, not both")};
        wanted.design = QStringLiteral("template:") + arguments.value(QStringLiteral("template"));
    }
    if (wanted.design == u"-") throw UsageError{QStringLiteral("the window cannot open standard input")};
    if (arguments.has(QStringLiteral("size"))) {
        const QStringList sides = arguments.value(QStringLiteral("size")).split(u'x');
        bool wide = false, high = false;
        wanted.width = sides.value(0).toInt(&wide);
        wanted.height = sides.value(1).toInt(&high);
        if (sides.size() != 2 || !wide || !high || wanted.width < 100 || wanted.height < 100 || wanted.width > 8000 ||
            wanted.height > 8000)
            throw UsageError{QStringLiteral("--size must be WxH from 100x100 to 8000x8000")};
    }
    wanted.theme = arguments.value(QStringLiteral("theme"), QStringLiteral("light"));
    wanted.panels = arguments.value(QStringLiteral("panel")).split(u',', Qt::SkipEmptyParts);
    wanted.select = arguments.value(QStringLiteral("select")).split(u',', Qt::SkipEmptyParts);
    wanted.simulateS = numberOf(arguments, QStringLiteral("simulate"), 0, 0, 86400);
    if (!window.takeScreenshot) {
        console.err << "loadpath: this build has no window\n";
        return badInput;
    }
    // A file that cannot be read is told here, with its places, as every command does.
    if (!wanted.design.isEmpty() && !readInput(console, wanted.design)) return badInput;
    const QString problem = window.takeScreenshot(wanted);
    if (problem.isEmpty()) return done;
    console.err << "loadpath: " << problem.toStdString() << '\n';
    return badInput;
}

}  // namespace

Command screenshotCommand() {
    return {QStringLiteral("screenshot"),
            QStringLiteral("-o OUT.png [FILE | --template ID] [--size WxH] [--theme light|dark] …"),
            QStringLiteral("Take a picture of the real window, without a display"),
            {},
            {{QStringLiteral("o"), QStringLiteral("OUT.png"), QStringLiteral("The picture"), {}},
             {QStringLiteral("template"), QStringLiteral("ID"), QStringLiteral("A template in place of FILE"), {}},
             {QStringLiteral("size"), QStringLiteral("WxH"), QStringLiteral("Size of the window in px"), {}},
             {QStringLiteral("theme"),
              QStringLiteral("light|dark"),
              QStringLiteral("Colours of the window (light)"),
              {QStringLiteral("light"), QStringLiteral("dark")}},
             {QStringLiteral("panel"),
              QStringLiteral("NAME"),
              QStringLiteral("A panel to show; may be given several times"),
              {}},
             {QStringLiteral("select"),
              QStringLiteral("ID"),
              QStringLiteral("What is selected; may be given several times"),
              {}},
             {QStringLiteral("simulate"), QStringLiteral("S"), QStringLiteral("Simulated seconds to run before"), {}}},
            0,
            1,
            Draws::nothing,
            runScreenshot};
}

}  // namespace loadpath::cli
