// Pictures of the built-in designs for the chooser: image://template/ID/light. Drawn on a thread of
// their own by the renderer that draws the canvas.
#pragma once

#include <QQuickImageProvider>

namespace loadpath {

class TemplatePictures : public QQuickImageProvider {
public:
    TemplatePictures()
        : QQuickImageProvider(QQuickImageProvider::Image, QQmlImageProviderBase::ForceAsynchronousImageLoading) {}
    QImage requestImage(const QString& id, QSize* size, const QSize& requested) override;
};

}  // namespace loadpath
