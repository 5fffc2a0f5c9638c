import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

ScrollBar {
    id: bar

    padding: 2
    minimumSize: 0.06
    policy: size < 1 ? ScrollBar.AsNeeded : ScrollBar.AlwaysOff
    Accessible.name: qsTr("Scroll bar")

    contentItem: Rectangle {
        implicitWidth: 5
        implicitHeight: 6
        radius: 3
        color: Theme.muted
        opacity: bar.pressed ? 0.8 : bar.hovered ? 0.6 : bar.active ? 0.4 : 0.16
    }
    background: null
}
