#include "icon_provider.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace loadpath {

QImage IconProvider::requestImage(const QString& id, QSize* size, const QSize& requested) {
    const QString family = id.section(QLatin1Char('/'), 0, 0);
    const QString colour = QLatin1Char('#') + id.section(QLatin1Char('/'), -1);
    QString path = id.section(QLatin1Char('/'), 1, -2);
    path = family == u"glyph" ? QStringLiteral(":/qt/qml/Loadpath/Ui/icons/%1.svg").arg(path)
                              : QStringLiteral(":/palette/%1").arg(path);

    const QSize pixels = requested.isValid() && !requested.isEmpty() ? requested : QSize(24, 24);
    if (size) *size = pixels;
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no drawing %s", qPrintable(path));
        return image;
    }
    QSvgRenderer renderer(file.readAll().replace("currentColor", QColor(colour).name().toUtf8()));
    QPainter painter(&image);
    renderer.render(&painter, QRectF(QPointF(), QSizeF(pixels)));
    return image;
}

}  // namespace loadpath
