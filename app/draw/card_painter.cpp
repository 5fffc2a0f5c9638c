// Cards in their three levels of detail, each drawn once and kept as a picture.
#include "diagram_painter.h"
#include "fonts.h"

#include <QPainter>

#include <cmath>

namespace loadpath {
namespace {

constexpr QRectF whole(0, 0, cardWidth, cardHeight);
constexpr double textLeft = 58, textWidth = cardWidth - textLeft - 12, nameWidth = textWidth + 5;
// What a picture shows beyond the card: stacked cards, badge, chips, shadow.
// What drawing cards sharply may take of a frame while the zoom changes.
constexpr qint64 sharpeningBudgetNs = 4000000;
constexpr double beyondLeft = 6, beyondTop = 14, beyondRight = 16, beyondBottom = 14;

void drawElided(QPainter& painter, const QRectF& rect, const QFont& font, QRgb colour, const QString& text,
                Qt::Alignment align = Qt::AlignLeft) {
    painter.setFont(font);
    painter.setPen(QColor(colour));
    painter.drawText(rect, int(align | Qt::AlignVCenter) | Qt::TextSingleLine,
                     QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width()));
}

/// Where a figure of 0 … 1 stands between calm and hot.
QRgb heatColour(const Tokens& t, double heat) {
    return heat < 0.5 ? mixed(t.ok, t.warning, heat * 2) : mixed(t.warning, t.error, std::min(1.0, heat * 2 - 1));
}

QRgb bodyColour(const Card& card, const Tokens& t) {
    return std::isnan(card.state.heat) ? t.raised : mixed(t.raised, heatColour(t, card.state.heat), 0.30);
}

/// A padlock on the corner of the tile.
void drawLock(QPainter& painter, const Tokens& t, QPointF at) {
    painter.setPen(QPen(QColor(t.border), 1));
    painter.setBrush(QColor(t.raised));
    painter.drawEllipse(at, 8, 8);
    painter.setPen(QPen(QColor(t.muted), 1.3));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(at.x() - 2.4, at.y() - 4.6, 4.8, 6), 0, 180 * 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(t.muted));
    painter.drawRoundedRect(QRectF(at.x() - 3.6, at.y() - 1.2, 7.2, 5.4), 1.2, 1.2);
}

}  // namespace

void DiagramPainter::drawBody(QPainter& painter, const Card& card, const Tokens& t) const {
    const Tone worst = card.state.worst;
    const QColor border(worst == Tone::error ? t.error : t.border);
    for (int behind = card.stack - 1; behind >= 1; --behind) {
        painter.setPen(QPen(QColor(t.border), 1));
        painter.setBrush(QColor(mixed(t.raised, t.canvas, 0.35 * behind)));
        painter.drawRoundedRect(whole.translated(4 * behind, -4 * behind), radiusCard, radiusCard);
    }
    painter.setPen(Qt::NoPen);
    for (int i = 3; i >= 1; --i) {
        painter.setBrush(QColor(0, 0, 0, int(255 * t.shadow * 0.4)));
        painter.drawRoundedRect(whole.adjusted(1 - i, i, i - 1, i), radiusCard + 1, radiusCard + 1);
    }
    painter.setPen(QPen(border, worst == Tone::error ? 1.4 : 1));
    painter.setBrush(QColor(bodyColour(card, t)));
    painter.drawRoundedRect(whole, radiusCard, radiusCard);
    if (!card.known) {
        QPen dashes(QColor(t.muted), 1.2);
        dashes.setDashPattern({4, 3});
        painter.setPen(dashes);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(whole, radiusCard, radiusCard);
    }
    if (card.state.down) {
        QColor stripe(t.error);
        stripe.setAlphaF(0.13f);
        painter.setPen(QPen(stripe, 3, Qt::SolidLine, Qt::FlatCap));
        // Cut by hand: SVG has no clipping here. The corners are left out.
        constexpr double inset = 3;
        for (double x = -cardHeight + 8; x < cardWidth - 8; x += 11) {
            const double from = std::max(inset, -x + inset), to = std::min(cardHeight - inset, cardWidth - inset - x);
            if (to > from) painter.drawLine(QPointF(x + from, cardHeight - from), QPointF(x + to, cardHeight - to));
        }
    }
}

void DiagramPainter::drawTile(QPainter& painter, const Card& card, const Tokens& t, const QRectF& tile) {
    const CategoryColours& category = t.category(card.category.toStdString());
    const bool grey = card.state.down || !card.known;
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(mixed(t.raised, grey ? t.muted : category.fill, t.tileTint)));
    painter.drawRoundedRect(tile, tile.width() * 0.21, tile.width() * 0.21);
    const double inset = tile.width() * 0.19;
    m_icons.draw(painter, card.icon, QColor(grey ? t.muted : category.glyph),
                 tile.adjusted(inset, inset, -inset, -inset));
}

void DiagramPainter::drawUtilisation(QPainter& painter, const Card& card, const Tokens& t, const QRectF& area) const {
    const double value = card.state.utilisation;
    const double height = 4;
    const double figureWidth = 32;
    const QRectF track(area.left(), area.center().y() - height / 2, area.width() - figureWidth, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(t.track));
    painter.drawRoundedRect(track, 2, 2);
    if (value > 0) {
        QRectF bar = track;
        bar.setWidth(std::max(4.0, track.width() * std::min(value, 1.0)));
        painter.setBrush(QColor(utilisationFill(t, value)));
        painter.drawRoundedRect(bar, 2, 2);
    }
    const double percent = value * 100;
    const QString figure = !(percent < 999.5)             ? QStringLiteral(">999%")
                           : percent > 0 && percent < 0.5 ? QStringLiteral("<1%")
                                                          : QString::number(std::lround(percent)) + u'%';
    drawElided(painter, QRectF(track.right(), area.top(), figureWidth, area.height()), uiFont(10.4, QFont::DemiBold),
               utilisationText(t, value), figure, Qt::AlignRight);
}

void DiagramPainter::drawBadge(QPainter& painter, const Card& card, const Tokens& t, QPointF centre,
                               double radius) const {
    const Tone tone = card.state.worst;
    const QString count = card.state.findings > 99 ? QStringLiteral("99+") : QString::number(card.state.findings);
    const QFont font = uiFont(radius * 1.15, QFont::Bold);
    const double width = std::max(2 * radius, QFontMetricsF(font).horizontalAdvance(count) + radius);
    const QRectF rect(centre.x() - width / 2, centre.y() - radius, width, 2 * radius);
    // The shape tells the severity, too: round for errors, square for warnings, hollow for hints.
    const double corner = tone == Tone::warning ? radius * 0.55 : radius;
    painter.setPen(QPen(QColor(tone == Tone::info ? t.infoText : t.canvas), 1.6));
    painter.setBrush(QColor(tone == Tone::info ? t.raised : toneFill(t, tone)));
    painter.drawRoundedRect(rect, corner, corner);
    painter.setFont(font);
    painter.setPen(QColor(tone == Tone::info ? t.infoText : tone == Tone::warning ? t.onWarning : t.onStatus));
    painter.drawText(rect, Qt::AlignCenter, count);
}

void DiagramPainter::drawChips(QPainter& painter, const Card& card, const Tokens& t) const {
    const QFont font = uiFont(9, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const qsizetype shown = card.chips.size() > 3 ? 2 : card.chips.size();
    double x = 12;
    const auto chip = [&](const QString& text) {
        const QString fitting = metrics.elidedText(text, Qt::ElideMiddle, 46);
        const QRectF rect(x, cardHeight - 7, metrics.horizontalAdvance(fitting) + 11, 14);
        painter.setPen(QPen(QColor(mixed(t.raised, t.accent, 0.45)), 1));
        painter.setBrush(QColor(mixed(t.raised, t.accent, 0.10)));
        painter.drawRoundedRect(rect, 7, 7);
        painter.setFont(font);
        painter.setPen(QColor(t.accentText));
        painter.drawText(rect, Qt::AlignCenter, fitting);
        x = rect.right() + 3;
    };
    for (qsizetype i = 0; i < shown; ++i) chip(card.chips[i]);
    if (card.chips.size() > shown) chip(QStringLiteral("+%1").arg(card.chips.size() - shown));
}

void DiagramPainter::drawCard(QPainter& painter, const Card& card, const Tokens& t) {
    drawBody(painter, card, t);
    drawTile(painter, card, t, QRectF(10, (cardHeight - iconTile) / 2.0, iconTile, iconTile));
    const CardState& state = card.state;
    const bool hasBar = !std::isnan(state.utilisation) && !state.down;
    const bool degraded = !state.down && state.up >= 0 && state.up < state.units;
    const double top = hasBar ? 9 : 16;
    QFont nameFont = uiFont(bodySize, QFont::DemiBold);
    if (QFontMetricsF(nameFont).horizontalAdvance(card.name) > nameWidth)
        nameFont = uiFont(bodySize - 1, QFont::DemiBold);
    drawElided(painter, QRectF(textLeft, top, nameWidth, 18), nameFont, state.down ? t.muted : t.text, card.name);
    const QRectF second(textLeft, top + 17, textWidth, 16);
    if (state.down)
        drawElided(painter, second, uiFont(secondarySize, QFont::Bold), t.errorText, QStringLiteral("down"));
    else if (degraded)
        drawElided(painter, second, uiFont(secondarySize, QFont::DemiBold), t.warningText,
                   QStringLiteral("%1 of %2 up").arg(state.up).arg(state.units));
    else if (!state.heatText.isEmpty())
        drawElided(painter, second, uiFont(secondarySize, QFont::DemiBold), t.text, state.heatText);
    else
        drawElided(painter, second, uiFont(secondarySize), t.muted, card.line);
    if (card.locked) drawLock(painter, t, QPointF(10 + iconTile, (cardHeight + iconTile) / 2.0));
    if (hasBar) drawUtilisation(painter, card, t, QRectF(textLeft, 44, textWidth, 14));
    if (!card.chips.isEmpty()) drawChips(painter, card, t);
    if (state.findings > 0) drawBadge(painter, card, t, QPointF(cardWidth - 2, 2), 9);
}

void DiagramPainter::drawNamedCard(QPainter& painter, const Card& card, const Tokens& t) {
    drawBody(painter, card, t);
    drawTile(painter, card, t, QRectF(9, 10, 46, 46));
    const bool hasBar = !std::isnan(card.state.utilisation) && !card.state.down;
    const QRectF area(63, 6, cardWidth - 63 - 8, hasBar ? 46 : 54);
    QFont font = uiFont(19, QFont::DemiBold);
    const QStringList parts = card.name.split(u' ');
    for (const int smaller : {17, 15})
        for (const QString& word : parts)
            if (QFontMetricsF(font).horizontalAdvance(word) > area.width()) font = uiFont(smaller, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(QColor(card.state.down ? t.muted : t.text));
    // Two lines where the name has a place to break, else one that is elided.
    const qsizetype space = card.name.indexOf(u' ');
    if (metrics.horizontalAdvance(card.name) <= area.width() || space < 0) {
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(card.name, Qt::ElideRight, area.width()));
    } else {
        qsizetype cut = space;
        for (qsizetype next = space; next >= 0; next = card.name.indexOf(u' ', next + 1))
            if (metrics.horizontalAdvance(card.name.left(next)) <= area.width()) cut = next;
        const QRectF upper(area.left(), area.top(), area.width(), area.height() / 2);
        painter.drawText(upper, Qt::AlignLeft | Qt::AlignBottom,
                         metrics.elidedText(card.name.left(cut), Qt::ElideRight, area.width()));
        painter.drawText(upper.translated(0, upper.height()), Qt::AlignLeft | Qt::AlignTop,
                         metrics.elidedText(card.name.mid(cut + 1), Qt::ElideRight, area.width()));
    }
    if (hasBar) {
        const QRectF track(area.left(), 55, area.width(), 5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(t.track));
        painter.drawRoundedRect(track, 2.5, 2.5);
        painter.setBrush(QColor(utilisationFill(t, card.state.utilisation)));
        painter.drawRoundedRect(
            QRectF(track.topLeft(), QSizeF(std::max(5.0, track.width() * std::min(1.0, card.state.utilisation)), 5)),
            2.5, 2.5);
    }
    if (card.state.findings > 0) drawBadge(painter, card, t, QPointF(cardWidth - 4, 4), 14);
}

const DiagramPainter::Picture& DiagramPainter::cardPicture(const Card& card, int index, const DiagramView& view,
                                                           Detail detail) {
    if (view.theme != m_pictureTheme) {
        m_pictures.clear();
        m_pictureTheme = view.theme;
    }
    const double scale = view.zoom * view.pixelRatio;
    const Picture* kept = m_pictures.object(index);
    if (kept && kept->scale == scale && kept->revision == card.revision && kept->detail == detail) return *kept;
    if (kept && view.sketchy && m_spent.nsecsElapsed() > sharpeningBudgetNs) {
        m_sketches = true;
        return *kept;
    }
    const QSize size(int(std::ceil((cardWidth + beyondLeft + beyondRight) * scale)) + 1,
                     int(std::ceil((cardHeight + beyondTop + beyondBottom) * scale)) + 1);
    auto* picture = new Picture{QImage(size, QImage::Format_ARGB32_Premultiplied), scale, card.revision, detail};
    picture->image.fill(Qt::transparent);
    QPainter painter(&picture->image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    painter.translate(beyondLeft, beyondTop);
    if (detail == Detail::full)
        drawCard(painter, card, tokens(view.theme));
    else
        drawNamedCard(painter, card, tokens(view.theme));
    painter.end();
    picture->image.setDevicePixelRatio(view.pixelRatio);
    m_pictures.insert(index, picture, picture->image.sizeInBytes());
    return *m_pictures.object(index);
}

void DiagramPainter::paintCardPicture(QPainter& painter, const Card& card, int index, const DiagramView& view,
                                      Detail detail, QSize block) {
    const double ratio = view.pixelRatio, scale = view.zoom * ratio;
    const QPointF at = view.toView(card.rect.topLeft());
    const auto snapped = [ratio](QPointF p) {
        return QPointF(std::round(p.x() * ratio) / ratio, std::round(p.y() * ratio) / ratio);
    };
    if (view.sketchy && !m_pictures.contains(index) && m_spent.nsecsElapsed() > sharpeningBudgetNs) {
        m_sketches = true;
        painter.drawImage(QRectF(snapped(at), QSizeF(block) / ratio), blockPicture(card, view, block));
        return;
    }
    const Picture& picture = cardPicture(card, index, view, detail);
    const QPointF corner = snapped(at - QPointF(beyondLeft, beyondTop) * view.zoom);
    if (picture.scale == scale) {
        painter.drawImage(corner, picture.image);
        return;
    }
    painter.drawImage(QRectF(corner, QSizeF(picture.image.size()) / picture.scale * view.zoom), picture.image,
                      QRectF(QPointF(), QSizeF(picture.image.size())));
}

const QImage& DiagramPainter::blockPicture(const Card& card, const DiagramView& view, QSize pixels) {
    const Tokens& t = tokens(view.theme);
    if (pixels != m_blockSize || view.theme != m_blockTheme) {
        m_blocks.clear();
        m_blockSize = pixels;
        m_blockTheme = view.theme;
    }
    const int heat = std::isnan(card.state.heat) ? 0 : 1 + int(std::lround(std::clamp(card.state.heat, 0.0, 1.0) * 14));
    const quint64 key =
        (quint64(card.look) << 12) | (quint64(heat) << 8) | (quint64(card.state.worst) << 1) | quint64(card.state.down);
    if (const QImage* kept = m_blocks.object(key)) return *kept;
    auto* picture = new QImage(pixels, QImage::Format_ARGB32_Premultiplied);
    picture->fill(Qt::transparent);
    QPainter painter(picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const CategoryColours& category = t.category(card.category.toStdString());
    const QRgb hue = card.state.down ? t.muted : heat > 0 ? heatColour(t, card.state.heat) : category.fill;
    const QRectF rect = QRectF(0, 0, pixels.width(), pixels.height());
    const double radius = rect.height() * 0.17;
    painter.setPen(Qt::NoPen);
    if (card.state.worst == Tone::error || card.state.worst == Tone::warning) {
        painter.setBrush(QColor(toneFill(t, card.state.worst)));
        painter.drawRoundedRect(rect, radius, radius);
        const double ring = std::max(1.0, rect.height() * 0.07);
        painter.setBrush(QColor(mixed(t.raised, hue, view.theme == ThemeKind::dark ? 0.55 : 0.4)));
        painter.drawRoundedRect(rect.adjusted(ring, ring, -ring, -ring), radius - ring, radius - ring);
    } else {
        painter.setBrush(QColor(mixed(t.raised, hue, view.theme == ThemeKind::dark ? 0.55 : 0.4)));
        painter.drawRoundedRect(rect, radius, radius);
    }
    if (pixels.height() >= 11) {
        const double side = rect.height() * 0.7;
        m_icons.draw(painter, card.icon,
                     QColor(view.theme == ThemeKind::dark ? category.glyph : mixed(category.glyph, 0xff000000, 0.25)),
                     QRectF(rect.center() - QPointF(side / 2, side / 2), QSizeF(side, side)));
    }
    painter.end();
    m_blocks.insert(key, picture);
    return *m_blocks.object(key);
}

void DiagramPainter::paintSelection(QPainter& painter, const Card& card, const DiagramView& view) const {
    const QRectF rect(view.toView(card.rect.topLeft()), card.rect.size() * view.zoom);
    const double gap = std::max(1.5, 3 * view.zoom), radius = (radiusCard + 3) * view.zoom;
    painter.setPen(QPen(QColor(tokens(view.theme).accent), std::clamp(2.4 * view.zoom, 1.5, 3.0)));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(-gap, -gap, gap, gap), radius, radius);
    const Detail level = view.vector ? Detail::full : detail(view.zoom);
    if (card.state.findings == 0 || level == Detail::block) return;
    // The count stays readable above the ring.
    painter.save();
    painter.translate(rect.topLeft());
    painter.scale(view.zoom, view.zoom);
    if (level == Detail::full)
        drawBadge(painter, card, tokens(view.theme), QPointF(cardWidth - 2, 2), 9);
    else
        drawBadge(painter, card, tokens(view.theme), QPointF(cardWidth - 4, 4), 14);
    painter.restore();
}

void DiagramPainter::paintCards(QPainter& painter, const Scene& scene, const DiagramView& view) {
    const Detail level = view.vector ? Detail::full : detail(view.zoom);
    const double ratio = view.pixelRatio;
    const QSize block(std::max(2, qRound(cardWidth * view.zoom * ratio)),
                      std::max(2, qRound(cardHeight * view.zoom * ratio)));
    m_sketches = false;
    m_spent.start();
    std::vector<int> selected;
    for (const int index : scene.cardsIn(view.visible())) {
        const Card& card = scene.cards()[std::size_t(index)];
        if (card.selected) selected.push_back(index);
        const QPointF at = view.toView(card.rect.topLeft());
        painter.setOpacity(card.dimmed ? dimmedOpacity : 1);
        if (view.vector) {
            painter.save();
            painter.translate(at);
            painter.scale(view.zoom, view.zoom);
            drawCard(painter, card, tokens(view.theme));
            painter.restore();
        } else if (level == Detail::block) {
            const QPointF snapped(std::round(at.x() * ratio) / ratio, std::round(at.y() * ratio) / ratio);
            painter.drawImage(QRectF(snapped, QSizeF(block) / ratio), blockPicture(card, view, block));
        } else {
            paintCardPicture(painter, card, index, view, level, block);
        }
    }
    painter.setOpacity(1);
    for (const int index : selected) paintSelection(painter, scene.cards()[std::size_t(index)], view);
}

void DiagramPainter::paintGhost(QPainter& painter, const Card& card, const DiagramView& view) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(0.72);
    painter.translate(view.toView(card.rect.topLeft()));
    painter.scale(view.zoom, view.zoom);
    drawCard(painter, card, tokens(view.theme));
    painter.restore();
}

}  // namespace loadpath
