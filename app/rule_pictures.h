// Pictures of the examples of rules: image://rule/ID/bad/light. Drawn on a thread of their own by the
// renderer that draws the canvas.
#pragma once

#include <QQuickImageProvider>

namespace loadpath {

class RulePictures : public QQuickImageProvider {
public:
    RulePictures()
        : QQuickImageProvider(QQuickImageProvider::Image, QQmlImageProviderBase::ForceAsynchronousImageLoading) {}
    QImage requestImage(const QString& id, QSize* size, const QSize& requested) override;
};

}  // namespace loadpath
