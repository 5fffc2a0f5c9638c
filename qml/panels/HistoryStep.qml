// One step of the history: done, or undone and still there.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

AbstractButton {
    id: step

    property string name
    property bool done: false
    property bool current: false
    property bool saved: false

    implicitHeight: 30
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.description: current ? qsTr("the design stands here") : done ? qsTr("done") : qsTr("undone")
    background: Rectangle {
        x: 6
        width: parent.width - 12
        radius: 6
        color: step.current ? Qt.alpha(Theme.accent, 0.14) : step.hovered ? Theme.hover : "transparent"
    }
    contentItem: Item {
        Rectangle {
            x: 16
            anchors.verticalCenter: parent.verticalCenter
            width: 8
            height: 8
            radius: 4
            color: step.done ? Theme.accent : "transparent"
            border.color: step.done ? Theme.accent : Theme.muted
        }
        Text {
            x: 34
            width: parent.width - x - (mark.visible ? mark.width + 20 : 12)
            anchors.verticalCenter: parent.verticalCenter
            text: step.name
            font.family: Theme.fontFamily
            font.pixelSize: 13
            font.weight: step.current ? Font.DemiBold : Font.Normal
            color: step.done ? Theme.text : Theme.muted
            elide: Text.ElideRight
            textFormat: Text.PlainText
        }
        Text {
            id: mark
            visible: step.saved
            anchors.right: parent.right
            anchors.rightMargin: 14
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("saved")
            font.family: Theme.fontFamily
            font.pixelSize: 11
            color: Theme.muted
        }
    }
}
