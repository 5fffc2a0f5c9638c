#include "windows.h"

#include <QFileInfo>
#include <QQuickWindow>
#include <QScreen>
#include <QTimer>

#include <algorithm>

namespace loadpath {
namespace {

constexpr int cascade = 32;  // px that a further window stands aside of the one before

}  // namespace

Windows::Windows(Workspace::Folders folders, QObject* parent) : QObject(parent), m_folders(std::move(folders)) {}
Windows::~Windows() = default;

Windows::Pane* Windows::paneOf(const QString& file) const {
    if (file.isEmpty()) return nullptr;
    const auto it = std::find_if(m_panes.begin(), m_panes.end(), [&file](const std::unique_ptr<Pane>& pane) {
        return pane->window->view()->isVisible() && pane->workspace->document()->filePath() == file;
    });
    return it == m_panes.end() ? nullptr : it->get();
}

QQuickWindow* Windows::open(const QString& design) {
    const bool isFile = !design.isEmpty() && !design.startsWith(QStringLiteral("template:"));
    if (Pane* there = paneOf(isFile ? QFileInfo(design).absoluteFilePath() : QString())) {
        there->window->view()->raise();
        there->window->view()->requestActivate();
        return there->window->view();
    }
    auto pane = std::make_unique<Pane>();
    pane->workspace = std::make_unique<Workspace>(m_folders);
    pane->window = std::make_unique<Window>(*pane->workspace);
    QQuickWindow* view = pane->window->view();
    if (!view) return nullptr;
    // A window that reaches past the screen hides its own Run button.
    if (const QScreen* screen = view->screen()) view->resize(view->size().boundedTo(screen->availableSize()));
    if (!m_panes.empty()) view->setPosition(m_panes.back()->window->view()->position() + QPoint(cascade, cascade));
    follow(*pane);
    view->show();
    // After the first frame: the window is there at once, and a message about the file has somewhere to stand.
    QTimer::singleShot(0, pane->workspace.get(),
                       [workspace = pane->workspace.get(), design] { openDesign(*workspace, design); });
    m_panes.push_back(std::move(pane));
    return view;
}

void Windows::follow(Pane& pane) {
    Workspace* own = pane.workspace.get();
    // Not within the call: the window that asks may be busy with a menu.
    connect(
        own, &Workspace::windowWanted, this, [this](const QString& design) { open(design); }, Qt::QueuedConnection);
    connect(
        pane.window->view(), &QWindow::visibleChanged, this,
        [this](bool visible) {
            if (!visible) dropClosed();
        },
        Qt::QueuedConnection);
    const auto tell = [this, own](void (Workspace::*changed)()) {
        connect(own, changed, this, [this, own, changed] {
            if (m_telling) return;
            m_telling = true;
            for (const std::unique_ptr<Pane>& other : m_panes)
                if (other->workspace.get() != own) emit(other->workspace.get()->*changed)();
            m_telling = false;
        });
    };
    tell(&Workspace::themeModeChanged);
    tell(&Workspace::reducedMotionChanged);
    tell(&Workspace::recentFilesChanged);
}

void Windows::dropClosed() {
    std::erase_if(m_panes, [](const std::unique_ptr<Pane>& pane) { return !pane->window->view()->isVisible(); });
}

}  // namespace loadpath
