// The short explanation that appears when the pointer rests, with the shortcut where there is one.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

ToolTip {
    id: tip

    property string shortcut

    delay: 500
    timeout: 12000
    padding: 8
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? parent.height + 6 : 0
    margins: 6

    contentItem: Row {
        spacing: 8

        Text {
            width: Math.min(implicitWidth, 300)
            text: tip.text
            font.family: Theme.fontFamily
            font.pixelSize: 12
            color: Theme.text
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
        }
        Text {
            visible: tip.shortcut !== ""
            text: tip.shortcut
            font.family: Theme.fontFamily
            font.pixelSize: 11
            color: Theme.muted
            anchors.baseline: parent.children[0].baseline
        }
    }
    background: Rectangle {
        radius: 7
        color: Theme.raised
        border.color: Theme.border
    }
}
