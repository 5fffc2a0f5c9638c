// Builds the window: hands a workspace to Main.qml and keeps the engine that shows it. Knows no rule,
// no file format and nothing of what the QML draws.
#pragma once

#include <QQmlApplicationEngine>
#include <QString>

class QQuickWindow;

namespace loadpath {

class Workspace;

class Window {
public:
    /// The workspace must outlive the window.
    explicit Window(Workspace& workspace);
    ~Window();

    /// Null when the QML could not be loaded (a bug of the build; the reason is on standard error).
    QQuickWindow* view() const { return m_view; }
    QQmlApplicationEngine& engine() { return m_engine; }

private:
    QQmlApplicationEngine m_engine;
    QQuickWindow* m_view = nullptr;
};

/// What must be set before the application object exists.
void prepareApplication();
/// `design`: a path, `template:ID`, or empty for a new one. A problem with it is told in the workspace.
bool openDesign(Workspace& workspace, const QString& design);
/// The program with a window for each design; returns its exit status.
int runWindow(int& argc, char** argv, const QStringList& designs);

}  // namespace loadpath
