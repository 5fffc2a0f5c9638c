// Which fonts the painter and the window use. Knows no theme and no scene.
#pragma once

#include <QFont>

namespace loadpath {

/// Inter where the system has it, else the system's own.
const QString& uiFontFamily();
/// Size in px of the canvas at 100 %; the painter scales it.
QFont uiFont(double pixels, int weight = QFont::Normal);

}  // namespace loadpath
