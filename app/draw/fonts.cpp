#include "fonts.h"

#include <QFontDatabase>

namespace loadpath {

const QString& uiFontFamily() {
    static const QString family = [] {
        const QString inter = QStringLiteral("Inter");
        return QFontDatabase::hasFamily(inter) ? inter : QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    }();
    return family;
}

QFont uiFont(double pixels, int weight) {
    QFont font(uiFontFamily());
    font.setPixelSize(qMax(1, qRound(pixels)));
    font.setWeight(QFont::Weight(weight));
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

}  // namespace loadpath
