#include "icons.h"

#include "assets.h"
#include "fonts.h"

#include <QPainter>
#include <QSvgRenderer>

namespace loadpath {

Icons::Icons() = default;
Icons::~Icons() = default;

QSvgRenderer* Icons::renderer(const QString& path, QColor colour) {
    const QString key = path + colour.name();
    auto& renderer = m_renderers[key];
    if (!renderer) {
        QByteArray svg = QByteArray::fromStdString(iconSvg(path.toStdString()));
        svg.replace("currentColor", colour.name().toLatin1());
        renderer = std::make_shared<QSvgRenderer>(svg);
    }
    return renderer.get();
}

void Icons::draw(QPainter& painter, const QString& path, QColor colour, const QRectF& at) {
    if (QSvgRenderer* svg = path.isEmpty() ? nullptr : renderer(path, colour); svg && svg->isValid()) {
        svg->render(&painter, at);
        return;
    }
    painter.setFont(uiFont(at.height() * 0.8, QFont::DemiBold));
    painter.setPen(colour);
    painter.drawText(at, Qt::AlignCenter, QStringLiteral("?"));
}

}  // namespace loadpath
