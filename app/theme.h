// The tokens of app/draw for QML: the one singleton of the window. Knows no document.
#pragma once

#include "draw/tokens.h"

#include <QtQml/qqmlregistration.h>
#include <QColor>
#include <QObject>

namespace loadpath {

class Theme : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString mode READ mode WRITE setMode NOTIFY changed)
    Q_PROPERTY(bool dark READ dark WRITE setDark NOTIFY changed)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY changed)
    Q_PROPERTY(int motionMs READ motionMs NOTIFY changed)
    Q_PROPERTY(QColor canvas READ canvas NOTIFY changed)
    Q_PROPERTY(QColor grid READ grid NOTIFY changed)
    Q_PROPERTY(QColor surface READ surface NOTIFY changed)
    Q_PROPERTY(QColor raised READ raised NOTIFY changed)
    Q_PROPERTY(QColor hover READ hover NOTIFY changed)
    Q_PROPERTY(QColor border READ border NOTIFY changed)
    Q_PROPERTY(QColor track READ track NOTIFY changed)
    Q_PROPERTY(QColor text READ text NOTIFY changed)
    Q_PROPERTY(QColor muted READ muted NOTIFY changed)
    Q_PROPERTY(QColor accent READ accent NOTIFY changed)
    Q_PROPERTY(QColor onAccent READ onAccent NOTIFY changed)
    Q_PROPERTY(QColor accentText READ accentText NOTIFY changed)
    Q_PROPERTY(QColor error READ error NOTIFY changed)
    Q_PROPERTY(QColor warning READ warning NOTIFY changed)
    Q_PROPERTY(QColor ok READ ok NOTIFY changed)
    Q_PROPERTY(QColor info READ info NOTIFY changed)
    Q_PROPERTY(QColor errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QColor warningText READ warningText NOTIFY changed)
    Q_PROPERTY(QColor okText READ okText NOTIFY changed)
    Q_PROPERTY(QColor infoText READ infoText NOTIFY changed)
    Q_PROPERTY(QColor onStatus READ onStatus NOTIFY changed)
    Q_PROPERTY(QColor onWarning READ onWarning NOTIFY changed)
    Q_PROPERTY(QString fontFamily READ fontFamily CONSTANT)
    Q_PROPERTY(int spacing READ spacingStep CONSTANT)
    Q_PROPERTY(int radiusButton READ buttonRadius CONSTANT)
    Q_PROPERTY(int radiusCard READ cardRadius CONSTANT)
    Q_PROPERTY(int radiusZone READ zoneRadius CONSTANT)
    Q_PROPERTY(int bodySize READ bodyPixels CONSTANT)
    Q_PROPERTY(int secondarySize READ secondaryPixels CONSTANT)
    Q_PROPERTY(int sectionSize READ sectionPixels CONSTANT)

public:
    explicit Theme(QObject* parent = nullptr);

    /// "system" follows the desktop; "light" and "dark" stay.
    QString mode() const { return m_mode; }
    void setMode(const QString& mode);
    bool dark() const { return m_kind == ThemeKind::dark; }
    void setDark(bool dark) { setMode(dark ? QStringLiteral("dark") : QStringLiteral("light")); }
    ThemeKind kind() const { return m_kind; }
    bool reducedMotion() const { return m_reducedMotion; }
    void setReducedMotion(bool reduced);
    /// Duration of an animation: 0 with reduced motion.
    int motionMs() const { return m_reducedMotion ? 0 : 150; }

    QColor canvas() const { return colours().canvas; }
    QColor grid() const { return colours().grid; }
    QColor surface() const { return colours().surface; }
    QColor raised() const { return colours().raised; }
    QColor hover() const { return colours().hover; }
    QColor border() const { return colours().border; }
    QColor track() const { return colours().track; }
    QColor text() const { return colours().text; }
    QColor muted() const { return colours().muted; }
    QColor accent() const { return colours().accent; }
    QColor onAccent() const { return colours().onAccent; }
    QColor accentText() const { return colours().accentText; }
    QColor error() const { return colours().error; }
    QColor warning() const { return colours().warning; }
    QColor ok() const { return colours().ok; }
    QColor info() const { return colours().info; }
    QColor errorText() const { return colours().errorText; }
    QColor warningText() const { return colours().warningText; }
    QColor okText() const { return colours().okText; }
    QColor infoText() const { return colours().infoText; }
    QColor onStatus() const { return colours().onStatus; }
    QColor onWarning() const { return colours().onWarning; }
    QString fontFamily() const;
    int spacingStep() const { return spacing; }
    int buttonRadius() const { return radiusButton; }
    int cardRadius() const { return radiusCard; }
    int zoneRadius() const { return radiusZone; }
    int bodyPixels() const { return bodySize; }
    int secondaryPixels() const { return secondarySize; }
    int sectionPixels() const { return sectionSize; }

    /// Colour of a category's glyphs; its tile is categoryTint.
    Q_INVOKABLE QColor categoryColor(const QString& id) const;
    Q_INVOKABLE QColor categoryText(const QString& id) const;
    Q_INVOKABLE QColor categoryTint(const QString& id) const;
    /// Fill, words and glyph-on-fill for "error", "warning", "ok", "info"; muted for anything else.
    Q_INVOKABLE QColor statusColor(const QString& state) const;
    Q_INVOKABLE QColor statusText(const QString& state) const;
    Q_INVOKABLE QColor onStatusColor(const QString& state) const;

signals:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const Tokens& colours() const { return tokens(m_kind); }
    void resolve();

    QString m_mode = QStringLiteral("system");
    ThemeKind m_kind = ThemeKind::light;
    bool m_reducedMotion = false;
};

}  // namespace loadpath
