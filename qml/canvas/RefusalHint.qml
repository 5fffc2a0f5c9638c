// Says why a connection was refused, then leaves.
import QtQuick
import Loadpath.App

Item {
    id: hint

    property string reason
    property int maximumWidth: 480

    function show(text: string) {
        reason = text
        leave.restart()
    }

    visible: reason !== ""
    implicitWidth: Math.min(maximumWidth, words.implicitWidth + 56)
    implicitHeight: words.implicitHeight + 20
    Accessible.role: Accessible.AlertMessage
    Accessible.name: reason

    Surface { anchors.fill: parent }
    Glyph {
        x: 14
        anchors.verticalCenter: parent.verticalCenter
        name: "warning"
        size: 18
        color: Theme.warningText
    }
    Text {
        id: words
        x: 42
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, hint.maximumWidth - 56)
        text: hint.reason
        font.family: Theme.fontFamily
        font.pixelSize: 13
        color: Theme.text
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
    }
    Timer {
        id: leave
        interval: 6000
        onTriggered: hint.reason = ""
    }
    TapHandler { onTapped: hint.reason = "" }
}
