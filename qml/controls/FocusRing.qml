// Shows where the keyboard is. Lies around its parent and takes no part in layout.
import QtQuick
import Loadpath.App

Rectangle {
    required property bool active
    property int gap: 2

    anchors.fill: parent
    anchors.margins: -gap
    radius: (parent as Rectangle)?.radius + gap || 9
    color: "transparent"
    border.width: 2
    border.color: Qt.alpha(Theme.accent, 0.75)
    visible: active
}
