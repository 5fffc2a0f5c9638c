import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

MenuItem {
    id: row

    property string glyph
    property string shortcut: (action && action.shortcut) ? action.shortcut : ""

    implicitHeight: visible ? 30 : 0
    height: implicitHeight
    leftPadding: 9
    rightPadding: 9
    font.family: Theme.fontFamily
    font.pixelSize: 13
    Accessible.name: text
    opacity: enabled ? 1 : 0.45

    contentItem: Item {
        Glyph {
            id: sign
            anchors.verticalCenter: parent.verticalCenter
            name: row.glyph !== "" ? row.glyph : row.checkable && row.checked ? "check" : ""
            color: Theme.muted
            visible: name !== ""
        }
        Text {
            anchors.left: parent.left
            anchors.leftMargin: row.glyph !== "" || row.checkable ? 24 : 0
            anchors.right: keys.left
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter
            text: row.text
            font: row.font
            color: Theme.text
            elide: Text.ElideMiddle
        }
        Text {
            id: keys
            anchors.right: row.subMenu ? arrow.left : parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: row.shortcut
            font.family: Theme.fontFamily
            font.pixelSize: 11
            color: Theme.muted
        }
        Glyph {
            id: arrow
            visible: row.subMenu !== null
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-right"
            size: 12
            color: Theme.muted
        }
    }
    arrow: null
    indicator: null
    background: Rectangle {
        radius: 5
        color: row.highlighted ? Qt.alpha(Theme.accent, 0.14) : "transparent"
    }
}
