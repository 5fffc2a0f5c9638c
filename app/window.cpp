#include "window.h"

#include "icon_provider.h"
#include "template_pictures.h"
#include "workspace.h"

#include <QApplication>
#include <QFileInfo>
#include <QIcon>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QScreen>
#include <QTimer>

namespace loadpath {

Window::Window(Workspace& workspace) {
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine.addImageProvider(QStringLiteral("icon"), new IconProvider);
    m_engine.addImageProvider(QStringLiteral("template"), new TemplatePictures);
    m_engine.setInitialProperties({{QStringLiteral("workspace"), QVariant::fromValue(&workspace)}});
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Loadpath/Ui/Main.qml")));
    if (!m_engine.rootObjects().isEmpty()) m_view = qobject_cast<QQuickWindow*>(m_engine.rootObjects().constFirst());
}

Window::~Window() = default;

void prepareApplication() {
    QCoreApplication::setOrganizationName(QStringLiteral("Loadpath"));
    QCoreApplication::setApplicationName(QStringLiteral("Loadpath"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.loadpath.Loadpath"));
    QQuickStyle::setStyle(QStringLiteral("Basic"));
}

bool openDesign(Workspace& workspace, const QString& design) {
    const QString prefix = QStringLiteral("template:");
    if (design.isEmpty()) return true;
    if (design.startsWith(prefix)) return workspace.openTemplate(design.mid(prefix.size()));
    return workspace.openFile(QUrl::fromLocalFile(QFileInfo(design).absoluteFilePath()));
}

int runWindow(int& argc, char** argv, const QString& design) {
    prepareApplication();
    QApplication application(argc, argv);  // QtCharts draws with widgets' graphics scene
    Workspace workspace;                   // its catalogue brings the built-in files with it
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/packaging/io.github.loadpath.Loadpath.svg")));
    Window window(workspace);
    if (!window.view()) return 3;
    // A window that reaches past the screen hides its own Run button.
    if (const QScreen* screen = window.view()->screen())
        window.view()->resize(window.view()->size().boundedTo(screen->availableSize()));
    window.view()->show();
    // After the first frame: the window is there at once, and a message about the file has somewhere to stand.
    QTimer::singleShot(0, &workspace, [&workspace, design] { openDesign(workspace, design); });
    return QApplication::exec();
}

}  // namespace loadpath
