// What a panel says when it has nothing to show, and what to do about it.
import QtQuick
import Loadpath.App

Column {
    id: empty

    property string glyph
    property string status
    property string title
    property string text

    readonly property StatusTint tint: StatusTint { state: empty.status }

    spacing: 8

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 44
        height: 44
        radius: 22
        color: Qt.alpha(empty.tint.fill, 0.14)
        Glyph {
            anchors.centerIn: parent
            name: empty.glyph
            color: empty.tint.ink
            size: 22
        }
    }
    Text {
        width: parent.width
        text: empty.title
        font.family: Theme.fontFamily
        font.pixelSize: 14
        font.weight: Font.DemiBold
        color: Theme.text
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
    }
    Text {
        width: parent.width
        visible: text !== ""
        text: empty.text
        font.family: Theme.fontFamily
        font.pixelSize: 12
        color: Theme.muted
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        lineHeight: 1.2
    }
}
