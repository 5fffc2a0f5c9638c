// Plain values of the engine in the types that are drawn with.
#pragma once

#include "model/design.h"

#include <QRectF>
#include <QString>

#include <string>

namespace loadpath {

inline Frame frameOf(const QRectF& r) { return {r.x(), r.y(), r.width(), r.height()}; }
inline QString textOf(const std::string& s) { return QString::fromStdString(s); }

}  // namespace loadpath
