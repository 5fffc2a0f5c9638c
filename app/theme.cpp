#include "theme.h"

#include "draw/fonts.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPalette>

namespace loadpath {

Theme::Theme(QObject* parent) : QObject(parent) {
    qGuiApp->installEventFilter(this);
    resolve();
}

void Theme::setMode(const QString& mode) {
    const bool known = mode == u"system" || mode == u"light" || mode == u"dark";
    if (!known || mode == m_mode) return;
    m_mode = mode;
    resolve();
    emit changed();
}

void Theme::setReducedMotion(bool reduced) {
    if (reduced == m_reducedMotion) return;
    m_reducedMotion = reduced;
    emit changed();
}

QString Theme::fontFamily() const { return uiFontFamily(); }

QColor Theme::categoryColor(const QString& id) const { return colours().category(id.toStdString()).glyph; }

QColor Theme::categoryText(const QString& id) const { return colours().category(id.toStdString()).text; }

QColor Theme::categoryTint(const QString& id) const {
    QColor tint(colours().category(id.toStdString()).fill);
    tint.setAlphaF(float(colours().tileTint));
    return tint;
}

QColor Theme::statusColor(const QString& state) const {
    if (state == u"error") return error();
    if (state == u"warning") return warning();
    if (state == u"ok") return ok();
    return state == u"info" ? info() : muted();
}

QColor Theme::statusText(const QString& state) const {
    if (state == u"error") return errorText();
    if (state == u"warning") return warningText();
    if (state == u"ok") return okText();
    return state == u"info" ? infoText() : muted();
}

QColor Theme::onStatusColor(const QString& state) const { return state == u"warning" ? onWarning() : onStatus(); }

bool Theme::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ApplicationPaletteChange && m_mode == u"system") {
        const ThemeKind before = m_kind;
        resolve();
        if (m_kind != before) emit changed();
    }
    return QObject::eventFilter(watched, event);
}

void Theme::resolve() {
    bool dark = m_mode == u"dark";
    if (m_mode == u"system") {
        const QPalette palette = QGuiApplication::palette();
        dark = palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
    }
    m_kind = dark ? ThemeKind::dark : ThemeKind::light;
}

}  // namespace loadpath
