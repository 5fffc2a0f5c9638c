// Colours of a category, for whichever theme is on.
import QtQml
import QtQuick
import Loadpath.App

QtObject {
    property string category
    // The functions of Theme do not tell when they change; reading `dark` does.
    readonly property color glyph: Theme.dark ? Theme.categoryColor(category) : Theme.categoryColor(category)
    readonly property color tile: Theme.dark ? Theme.categoryTint(category) : Theme.categoryTint(category)
}
