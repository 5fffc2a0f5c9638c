// The icons of component types, drawn in any colour and size. Knows no card and no theme.
#pragma once

#include <QColor>
#include <QHash>
#include <QImage>
#include <QRectF>
#include <QString>

#include <memory>

class QPainter;
class QSvgRenderer;

namespace loadpath {

/// Keeps what it has parsed; one per thread.
class Icons {
public:
    Icons();
    ~Icons();
    /// `path` is relative to palette/; an icon that is not there becomes a question mark.
    void draw(QPainter& painter, const QString& path, QColor colour, const QRectF& at);

private:
    QSvgRenderer* renderer(const QString& path, QColor colour);
    QHash<QString, std::shared_ptr<QSvgRenderer>> m_renderers;
};

}  // namespace loadpath
