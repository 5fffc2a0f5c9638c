// A small rounded label: a rule's id, a count, a state word.
import QtQuick
import Loadpath.App

Rectangle {
    id: pill

    property string text
    property string status
    property string glyph
    property bool strong: true
    readonly property StatusTint tint: StatusTint { state: pill.status }

    implicitWidth: Math.max(implicitHeight, row.implicitWidth + 14)
    implicitHeight: 19
    radius: height / 2
    color: Qt.alpha(tint.fill, Theme.dark ? 0.22 : 0.13)

    Row {
        id: row
        anchors.centerIn: parent
        spacing: 3
        Glyph {
            visible: pill.glyph !== ""
            name: pill.glyph
            color: pill.tint.ink
            size: 12
            anchors.verticalCenter: parent.verticalCenter
        }
        Text {
            text: pill.text
            font.family: Theme.fontFamily
            font.pixelSize: 11
            font.weight: pill.strong ? Font.DemiBold : Font.Normal
            color: pill.tint.ink
            width: Math.min(implicitWidth, pill.width - 12)
            elide: Text.ElideRight
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
