import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

TabButton {
    id: tab

    property int count: -1
    property string status

    implicitHeight: 40
    width: implicitWidth
    implicitWidth: words.implicitWidth + 20
    padding: 0
    focusPolicy: Qt.TabFocus
    Accessible.name: count > 0 ? qsTr("%1, %2").arg(text).arg(count) : text

    contentItem: Item {
        Row {
            id: words
            anchors.centerIn: parent
            spacing: 6
            Text {
                text: tab.text
                font.family: Theme.fontFamily
                font.pixelSize: 13
                font.weight: tab.checked ? Font.DemiBold : Font.Normal
                color: tab.checked || tab.hovered ? Theme.text : Theme.muted
                anchors.verticalCenter: parent.verticalCenter
            }
            Pill {
                visible: tab.count > 0
                text: tab.count
                status: tab.status
                implicitHeight: 17
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    background: Item {
        Rectangle {
            visible: tab.checked
            anchors.bottom: parent.bottom
            x: 8
            width: parent.width - 16
            height: 2
            radius: 1
            color: Theme.accent
        }
        Rectangle {
            anchors.fill: parent
            anchors.margins: 4
            radius: 6
            color: "transparent"
            FocusRing { active: tab.visualFocus; gap: 0 }
        }
    }
}
