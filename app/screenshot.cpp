#include "screenshot.h"

#include "canvas_item.h"
#include "window.h"
#include "workspace.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QImage>
#include <QQuickWindow>
#include <QTemporaryDir>

namespace loadpath {

namespace {

void settle(const std::function<bool()>& done, int atMostMs) {
    const QDeadlineTimer deadline(atMostMs);
    while (!done() && !deadline.hasExpired()) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
}

void rest(int ms) {
    const QDeadlineTimer deadline(ms);
    while (!deadline.hasExpired()) QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

void simulate(SimulationRunner& simulation, double seconds) {
    // Exactly so far: the same command takes the same picture.
    simulation.runTo(seconds);
    settle([&] { return simulation.state() != u"running"; }, 120'000);
}

QString showPanel(QObject* view, RuleDesk& desk, const QString& panel) {
    static const QStringList tabs{QStringLiteral("properties"), QStringLiteral("findings"), QStringLiteral("design")};
    if (tabs.contains(panel))
        view->setProperty("sideTab", tabs.indexOf(panel));
    else if (panel == u"analysis" || panel == u"capacity" || panel == u"what-if" || panel == u"data" ||
             panel == u"cost" || panel.startsWith(u"estimate")) {
        static const QStringList analysis{QStringLiteral("analysis"), QStringLiteral("capacity"),
                                          QStringLiteral("what-if"), QStringLiteral("data"), QStringLiteral("cost")};
        static const QStringList estimate{QStringLiteral("estimate"), QStringLiteral("estimate-inputs"),
                                          QStringLiteral("estimate-tools")};
        const bool isEstimate = estimate.contains(panel);
        if (!isEstimate && !analysis.contains(panel))
            return QCoreApplication::translate("Screenshot", "there is no panel “%1”").arg(panel);
        view->setProperty("benchOpen", true);
        view->setProperty("benchTab", isEstimate ? 1 : 0);
        view->setProperty(isEstimate ? "estimatePage" : "analysisPage",
                          qMax(analysis.indexOf(panel), estimate.indexOf(panel)));
    } else if (panel == u"history")
        view->setProperty("historyOpen", true);
    else if (panel == u"charts")
        view->setProperty("chartsOpen", true);
    else if (panel == u"no-palette")
        view->setProperty("paletteOpen", false);
    else if (panel == u"no-side")
        view->setProperty("sideOpen", false);
    else if (panel == u"templates" || panel == u"shortcuts" || panel.startsWith(u"finding:"))
        QMetaObject::invokeMethod(view, "showDialog", Q_ARG(QString, panel));
    else if (panel.startsWith(u"proof:")) {
        const QString key = panel.section(u':', 1);
        QMetaObject::invokeMethod(view, "showDialog", Q_ARG(QString, QStringLiteral("finding:") + key));
        desk.prove(key);
        settle([&desk] { return desk.proofState() != u"running"; }, 120'000);
    } else
        return QCoreApplication::translate("Screenshot", "there is no panel “%1”").arg(panel);
    return {};
}

}  // namespace

QString takeScreenshot(const ScreenshotRequest& request) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    prepareApplication();
    int argc = 1;
    char name[] = "loadpath";
    char* argv[] = {name, nullptr};
    QApplication application(argc, argv);

    const QTemporaryDir folder;  // the user's settings and journals stay out of it
    Workspace workspace({folder.filePath(QStringLiteral("settings.ini")), folder.filePath(QStringLiteral("recovery"))});
    QString problem;
    QObject::connect(&workspace, &Workspace::failed, &workspace,
                     [&](const QString& title, const QString& text) { problem = title + QStringLiteral("\n") + text; });
    if (!openDesign(workspace, request.design)) return problem;
    workspace.setThemeMode(request.theme);
    workspace.setReducedMotion(true);
    workspace.setWindowSize(request.size);

    Window window(workspace);
    if (!window.view()) return QCoreApplication::translate("Screenshot", "the window could not be made");
    window.view()->resize(request.size);
    window.view()->show();
    settle([&] { return window.view()->isExposed(); }, 5000);
    workspace.analysis()->evaluateNow();
    for (const QString& panel : request.panels)
        if (QString reason = showPanel(window.view(), *workspace.ruleDesk(), panel); !reason.isEmpty()) return reason;
    if (!request.select.isEmpty()) workspace.document()->selection()->selectMany(request.select);
    if (request.simulateS > 0)
        simulate(*workspace.simulation(), request.simulateS);
    else if (!workspace.document()->isEmpty())
        settle([&] { return workspace.analysis()->p99Text() != QStringLiteral("–"); }, 8000);
    if (auto* canvas = window.view()->findChild<CanvasItem*>(QStringLiteral("canvas"))) canvas->fit();
    rest(250);  // what animates or loads in the background comes to rest

    const QImage picture = window.view()->grabWindow();
    if (picture.isNull() || !picture.save(request.output))
        return QCoreApplication::translate("Screenshot", "%1 could not be written").arg(request.output);
    return {};
}

}  // namespace loadpath
