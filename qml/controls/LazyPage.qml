// Made when first shown, kept afterwards.
import QtQuick

Loader {
    id: slot

    property bool shown: false
    property bool wasShown: false

    active: wasShown
    visible: shown
    onShownChanged: if (shown) wasShown = true
    Component.onCompleted: if (shown) wasShown = true
}
