// How the command line asks for the window. Plain values: the command line knows no Qt Quick.
#pragma once

#include <QString>

namespace loadpath {

struct WindowOptions {
    QString file;        // path of a design; empty: a new one
    QString templateId;  // a template in its place
    int argc = 0;        // of main, for the application object that runWindow makes
    char** argv = nullptr;
};

/// Opens the window and runs until it is closed; the exit status of the program.
int runWindow(const WindowOptions& options);

}  // namespace loadpath
