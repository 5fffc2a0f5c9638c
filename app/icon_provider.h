// Serves the window's drawings (qml/icons, palette icons) as images in any colour and size:
// image://icon/glyph/undo/667085 and image://icon/type/data/postgres.svg/0f8f63. Knows no document.
#pragma once

#include <QQuickImageProvider>

namespace loadpath {

class IconProvider : public QQuickImageProvider {
public:
    IconProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}
    QImage requestImage(const QString& id, QSize* size, const QSize& requested) override;
};

}  // namespace loadpath
