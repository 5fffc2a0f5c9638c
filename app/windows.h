// The windows of the program, one document each: opens them, brings the one of a file forward, and lets go
// of those that were closed. Knows nothing of what they show.
#pragma once

#include "window.h"
#include "workspace.h"

#include <memory>
#include <vector>

namespace loadpath {

class Windows : public QObject {
    Q_OBJECT

public:
    explicit Windows(Workspace::Folders folders = {}, QObject* parent = nullptr);
    ~Windows() override;

    /// As openDesign(); a file that is open already comes to the front. Null when no window could be made.
    QQuickWindow* open(const QString& design);
    int count() const { return static_cast<int>(m_panes.size()); }
    Workspace* workspace(int index) { return m_panes[std::size_t(index)]->workspace.get(); }
    QQuickWindow* view(int index) { return m_panes[std::size_t(index)]->window->view(); }

private:
    struct Pane {
        std::unique_ptr<Workspace> workspace;
        std::unique_ptr<Window> window;
    };
    Pane* paneOf(const QString& file) const;
    void follow(Pane& pane);
    void dropClosed();

    Workspace::Folders m_folders;
    std::vector<std::unique_ptr<Pane>> m_panes;
    bool m_telling = false;  // settings of one window to the others
};

}  // namespace loadpath
