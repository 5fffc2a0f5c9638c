// How the command line asks for a picture of the real window, rendered without a display. Plain
// values: the command line knows no Qt Quick.
#pragma once

#include <QSize>
#include <QString>

namespace loadpath {

enum class ScreenshotTheme { light, dark };

struct ScreenshotOptions {
    QString output;      // path of the PNG; written whole or not at all
    QString file;        // path of a design; empty: none
    QString templateId;  // a template in its place
    QSize size{1440, 900};
    ScreenshotTheme theme = ScreenshotTheme::light;
    QString panel;       // the panel to show; empty: as the window opens
    QString select;      // id of what is selected; empty: nothing
    double simulateS = 0;  // simulated seconds to run before the picture; 0: no run
    int lessonStep = -1;   // step of the lesson, from 0; −1: no lesson
    int argc = 0;
    char** argv = nullptr;
};

/// Takes the picture; 0 when it is written, else a message stands on standard error and the exit
/// status of the program is returned (2 for what the caller can mend, such as an unknown panel).
int takeScreenshot(const ScreenshotOptions& options);

}  // namespace loadpath
