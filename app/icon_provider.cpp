#include "icon_provider.h"

#include "assets.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace loadpath {

QImage IconProvider::requestImage(const QString& id, QSize* size, const QSize& requested) {
    const QString family = id.section(QLatin1Char('/'), 0, 0);
    const QString colour = QLatin1Char('#') + id.section(QLatin1Char('/'), -1);
    const QString path = id.section(QLatin1Char('/'), 1, -2);
    const QSize pixels = requested.isValid() && !requested.isEmpty() ? requested : QSize(24, 24);
    if (size) *size = pixels;
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QByteArray svg;
    if (family == u"glyph") {
        QFile file(QStringLiteral(":/qt/qml/Loadpath/Ui/icons/%1.svg").arg(path));
        if (file.open(QIODevice::ReadOnly)) svg = file.readAll();
    } else {
        svg = QByteArray::fromStdString(iconSvg(path.toStdString()));
    }
    if (svg.isEmpty()) {
        qWarning("there is no drawing %s", qPrintable(path));
        return image;
    }
    QSvgRenderer renderer(svg.replace("currentColor", QColor(colour).name().toUtf8()));
    QPainter painter(&image);
    renderer.render(&painter, QRectF(QPointF(), QSizeF(pixels)));
    return image;
}

}  // namespace loadpath
