// What floats above the rest: menus, popups, dialogs. A soft edge stands in for a shadow.
import QtQuick
import Loadpath.App

Item {
    id: surface

    property int radius: 9

    Repeater {
        model: 4
        Rectangle {
            required property int index
            anchors.fill: parent
            anchors.margins: -1 - 2 * index
            anchors.topMargin: -index
            anchors.bottomMargin: -2 - 3 * index
            radius: surface.radius + 2 * index
            color: Qt.rgba(0, 0, 0, Theme.dark ? 0.10 : 0.022)
        }
    }
    Rectangle {
        anchors.fill: parent
        radius: surface.radius
        color: Theme.raised
        border.color: Theme.border
    }
}
