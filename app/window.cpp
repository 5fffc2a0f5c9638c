#include "window.h"

#include "icon_provider.h"
#include "rule_pictures.h"
#include "template_pictures.h"
#include "windows.h"
#include "workspace.h"

#include <QApplication>
#include <QFileInfo>
#include <QIcon>
#include <QQuickStyle>
#include <QQuickWindow>

namespace loadpath {

Window::Window(Workspace& workspace) {
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine.addImageProvider(QStringLiteral("icon"), new IconProvider);
    m_engine.addImageProvider(QStringLiteral("template"), new TemplatePictures);
    m_engine.addImageProvider(QStringLiteral("rule"), new RulePictures);
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

int runWindow(int& argc, char** argv, const QStringList& designs) {
    prepareApplication();
    QApplication application(argc, argv);  // QtCharts draws with widgets' graphics scene
    Windows windows;
    for (const QString& design : designs.isEmpty() ? QStringList{QString()} : designs)
        if (!windows.open(design)) return 3;
    // The catalogue of the first window has brought the built-in files with it.
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/packaging/io.github.loadpath.Loadpath.svg")));
    return QApplication::exec();
}

}  // namespace loadpath
