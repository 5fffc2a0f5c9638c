// Decides between the window and the command line, and hands over.
#include "cli/command.h"

#ifdef LOADPATH_GUI
#include "screenshot.h"
#include "window.h"
#endif

#include <QCoreApplication>
#include <QGuiApplication>

#include <exception>
#include <iostream>
#include <memory>

#include <unistd.h>

using namespace loadpath;

namespace {

cli::Window windowOf([[maybe_unused]] int& argc, [[maybe_unused]] char** argv) {
    cli::Window window;
#ifdef LOADPATH_GUI
    window.open = [&argc, argv](const QStringList& designs) { return runWindow(argc, argv, designs); };
    window.takeScreenshot = [](const cli::ScreenshotArguments& wanted) {
        ScreenshotRequest request;
        request.output = wanted.output;
        request.design = wanted.design;
        if (wanted.width > 0) request.size = QSize(wanted.width, wanted.height);
        request.theme = wanted.theme;
        request.panels = wanted.panels;
        request.select = wanted.select;
        request.simulateS = wanted.simulateS;
        return takeScreenshot(request);
    };
#endif
    return window;
}

/// What Qt has to remark on the session (no runtime folder, no theme) is nothing for a command line.
void quietly(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtCriticalMsg || type == QtFatalMsg) std::cerr << "loadpath: " << message.toStdString() << '\n';
}

int run(int& argc, char** argv) {
    const cli::Window window = windowOf(argc, argv);
    QStringList arguments;
    for (int i = 1; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);

    cli::Console console{std::cin,
                         std::cout,
                         std::cerr,
                         isatty(STDOUT_FILENO) == 1,
                         isatty(STDERR_FILENO) == 1,
                         !qEnvironmentVariableIsEmpty("NO_COLOR") || qgetenv("TERM") == "dumb"};
    if (cli::asksForWindow(arguments)) {
        if (window.open) return window.open(arguments);
        std::cerr << "loadpath: this build has no window\nTry: loadpath --help\n";
        return cli::badInput;
    }
    qInstallMessageHandler(quietly);
    // takeScreenshot makes its own application object; every other command does with one that needs no display.
    std::unique_ptr<QCoreApplication> application;
    if (cli::drawsOf(arguments) == cli::Draws::diagrams) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        application = std::make_unique<QGuiApplication>(argc, argv);
    } else if (arguments.first() != u"screenshot") {
        application = std::make_unique<QCoreApplication>(argc, argv);
    }
    const int status = cli::runCommandLine(arguments, console, window);
    std::cout.flush();
    if (!std::cout) {
        std::cerr << "loadpath: cannot write to standard output (is the disk full?)\n";
        return cli::badInput;
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "loadpath: internal error: " << error.what() << '\n';
        return cli::internalError;
    }
}
