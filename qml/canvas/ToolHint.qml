// What the keyboard is doing at the moment, at the foot of the canvas; screen readers hear it.
import QtQuick
import Loadpath.App

Item {
    id: hint

    property string text
    property int maximumWidth: 600

    visible: text !== ""
    implicitWidth: Math.min(maximumWidth, words.implicitWidth + 28)
    implicitHeight: words.implicitHeight + 18
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Surface { anchors.fill: parent }
    Text {
        id: words
        x: 14
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, hint.maximumWidth - 28)
        text: hint.text
        font.family: Theme.fontFamily
        font.pixelSize: 13
        color: Theme.text
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
    }
}
