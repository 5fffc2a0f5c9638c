// From the start of a process to its first frame, beside an empty Qt Quick window started the same way,
// and from an edit to the verdict. Every start is a process of its own; disk warm.
#include "analysis_service.h"
#include "document.h"
#include "selection.h"
#include "simulation_runner.h"
#include "support/large_design.h"
#include "window.h"
#include "workspace.h"

#include "json/design_json.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace loadpath;

namespace {

constexpr int runs = 7;

double now() {
    return std::chrono::duration<double, std::milli>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// The child: shows a window, tells when its first frame stood, ends.
int showOne(int argc, char** argv, bool whole) {
    prepareApplication();
    QApplication application(argc, argv);
    const QTemporaryDir folder;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<Window> window;
    std::unique_ptr<QQuickWindow> empty;
    QQuickWindow* view = nullptr;
    if (whole) {
        workspace = std::make_unique<Workspace>(
            Workspace::Folders{folder.filePath(QStringLiteral("s.ini")), folder.filePath(QStringLiteral("r"))});
        window = std::make_unique<Window>(*workspace);
        view = window->view();
        if (!view || !openDesign(*workspace, QStringLiteral("template:url-shortener"))) return 3;
    } else {
        empty = std::make_unique<QQuickWindow>();
        view = empty.get();
    }
    view->resize(1280, 800);
    QObject::connect(
        view, &QQuickWindow::frameSwapped, view,
        [] {
            std::printf("%.3f\n", now());
            std::fflush(stdout);
            QCoreApplication::exit(0);
        },
        Qt::QueuedConnection);
    view->show();
    return QApplication::exec();
}

double medianStart(const QString& kind) {
    std::vector<double> times;
    for (int i = 0; i < runs + 1; ++i) {
        QProcess process;
        const double start = now();
        process.start(QCoreApplication::applicationFilePath(), {kind});
        process.waitForFinished(30000);
        const double shown = process.readAllStandardOutput().trimmed().toDouble();
        if (i > 0) times.push_back(shown - start);  // the first warms the disk
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

double medianVerdict(int components) {
    const QTemporaryDir folder;
    Workspace workspace({folder.filePath(QStringLiteral("s.ini")), folder.filePath(QStringLiteral("r"))});
    const QString path = folder.filePath(QStringLiteral("large.loadpath.json"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return -1;
    file.write(QByteArray::fromStdString(writeDesign(test::largeDesign(components), *workspace.document()->catalog())));
    file.close();
    if (!workspace.openFile(QUrl::fromLocalFile(path))) return -1;
    AnalysisService& analysis = *workspace.analysis();
    analysis.evaluateNow();
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        QElapsedTimer timer;
        timer.start();
        workspace.document()->setProperty(QStringLiteral("component"), QStringLiteral("svc0-0"),
                                          QStringLiteral("instances"), 2 + i % 3);
        while (analysis.busy() && timer.elapsed() < 30000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1) return showOne(argc, argv, qstrcmp(argv[1], "whole") == 0);
    prepareApplication();
    QApplication application(argc, argv);
    const double empty = medianStart(QStringLiteral("empty")), whole = medianStart(QStringLiteral("whole"));
    std::printf(
        "start to first frame, URL shortener            %7.1f ms   %4.1f × an empty Qt Quick window (goal 400 ms)\n",
        whole, whole / empty);
    const double hundred = medianVerdict(100), thousand = medianVerdict(1000);
    std::printf("edit to verdict, 100 components                %7.1f ms   (goal 100 ms)\n", hundred);
    std::printf("edit to verdict, 1,000 components              %7.1f ms   %4.1f × that of 100\n", thousand,
                thousand / hundred);
    return whole > 0 && hundred > 0 ? 0 : 1;
}
