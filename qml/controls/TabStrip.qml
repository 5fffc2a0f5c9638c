import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

TabBar {
    id: bar

    spacing: 4
    padding: 0
    implicitHeight: 40
    background: Item {
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.border
        }
    }
}
