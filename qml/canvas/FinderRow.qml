import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

AbstractButton {
    id: line

    property var row: ({})
    property bool current: false
    signal chosen()
    signal starred()

    implicitHeight: row.detail ? 42 : 34
    objectName: "found:" + (row.value ?? row.text ?? "")
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: row.text ?? ""
    Accessible.description: row.detail ?? ""
    onClicked: chosen()
    background: Rectangle {
        radius: 6
        color: line.hovered || line.current ? Theme.hover : "transparent"
    }
    contentItem: Item {
        IconTile {
            visible: (line.row.icon ?? "") !== ""
            x: 6
            anchors.verticalCenter: parent.verticalCenter
            size: 24
            icon: line.row.icon ?? ""
            category: line.row.category ?? ""
        }
        Glyph {
            visible: (line.row.icon ?? "") === "" && (line.row.glyph ?? "") !== ""
            x: 10
            anchors.verticalCenter: parent.verticalCenter
            name: line.row.glyph ?? ""
            color: Theme.muted
        }
        Column {
            x: 38
            width: parent.width - x - keys.width - 16 - (star.visible ? 30 : 0)
            anchors.verticalCenter: parent.verticalCenter
            Text {
                width: parent.width
                text: line.row.text ?? ""
                font.family: Theme.fontFamily
                font.pixelSize: 13
                color: Theme.text
                elide: Text.ElideRight
                textFormat: Text.PlainText
            }
            Text {
                width: parent.width
                visible: text !== ""
                text: line.row.detail ?? ""
                font.family: Theme.fontFamily
                font.pixelSize: 11
                color: Theme.muted
                elide: Text.ElideRight
                textFormat: Text.PlainText
            }
        }
        Text {
            id: keys
            anchors.right: parent.right
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            text: line.row.keys ?? ""
            font.family: Theme.fontFamily
            font.pixelSize: 11
            color: Theme.muted
        }
        AbstractButton {
            id: star
            objectName: "star:" + (line.row.value ?? "")
            visible: line.row.favourite !== undefined && (line.hovered || line.current || line.row.favourite)
            anchors.right: parent.right
            anchors.rightMargin: 4
            anchors.verticalCenter: parent.verticalCenter
            width: 26
            height: 26
            focusPolicy: Qt.NoFocus
            Accessible.name: line.row.favourite ? qsTr("Remove from favourites") : qsTr("Add to favourites")
            onClicked: line.starred()
            Glyph {
                anchors.centerIn: parent
                name: "star"
                size: 15
                color: line.row.favourite ? Theme.warning : Theme.muted
            }
        }
    }
}
