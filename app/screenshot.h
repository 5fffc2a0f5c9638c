// A picture of the real window, drawn without a display: Main.qml itself, offscreen. Knows nothing of
// how the window is made.
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

namespace loadpath {

struct ScreenshotRequest {
    QString output;  // PNG
    QString design;  // a path, `template:ID`, or empty
    QSize size{1600, 1000};
    QString theme = QStringLiteral("light");  // light, dark
    QStringList panels;    // properties, findings, design, history, charts, templates, shortcuts, no-palette,
                           // no-side, finding:KEY (its page), proof:KEY (with its run)
    QStringList select;    // ids
    double simulateS = 0;  // simulated seconds before the picture
};

/// Empty when the picture was written, else the reason. Makes the application object: once a process.
QString takeScreenshot(const ScreenshotRequest& request);

}  // namespace loadpath
