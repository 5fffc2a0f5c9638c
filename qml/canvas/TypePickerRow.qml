import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

AbstractButton {
    id: row

    property string typeId
    property string name
    property string category
    property string drawing
    property bool current: false
    signal chosen()

    function choose() {
        chosen()
    }

    implicitHeight: 30
    objectName: "pick:" + typeId
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: name
    onClicked: choose()
    background: Rectangle {
        radius: 6
        color: row.hovered || row.current ? Theme.hover : "transparent"
    }
    contentItem: Item {
        IconTile {
            x: 6
            anchors.verticalCenter: parent.verticalCenter
            size: 22
            icon: row.drawing
            category: row.category
        }
        Text {
            x: 36
            width: parent.width - x - 8
            anchors.verticalCenter: parent.verticalCenter
            text: row.name
            font.family: Theme.fontFamily
            font.pixelSize: 13
            color: Theme.text
            elide: Text.ElideRight
        }
    }
}
