// What a new canvas says: the two ways to begin.
import QtQuick
import Loadpath.App

Column {
    id: empty

    signal templatesRequested()
    signal clientRequested()

    spacing: 14

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 236
        height: 88
        radius: Theme.radiusZone
        color: "transparent"
        Image {
            anchors.fill: parent
            sourceSize { width: Math.round(width); height: Math.round(height) }
            source: "image://icon/glyph/dropzone/" + Theme.muted.toString().slice(1)
            Accessible.ignored: true
            fillMode: Image.Stretch
        }
        Row {
            anchors.centerIn: parent
            spacing: 10
            Glyph {
                anchors.verticalCenter: parent.verticalCenter
                name: "pointer"
                size: 22
                color: Theme.accentText
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Drag a Client here")
                font.family: Theme.fontFamily
                font.pixelSize: 15
                font.weight: Font.DemiBold
                color: Theme.text
            }
        }
    }
    Text {
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(410, empty.parent ? empty.parent.width - 40 : 410)
        text: qsTr("Then a service and a database, and draw a line between them. Findings, availability and headroom follow as you draw.")
        font.family: Theme.fontFamily
        font.pixelSize: 13
        lineHeight: 1.25
        color: Theme.muted
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: 8
        ActionButton {
            objectName: "emptyTemplatesButton"
            glyph: "templates"
            text: qsTr("Open a template")
            primary: true
            onClicked: empty.templatesRequested()
        }
        ActionButton {
            objectName: "emptyClientButton"
            text: qsTr("Place a client")
            onClicked: empty.clientRequested()
        }
    }
}
