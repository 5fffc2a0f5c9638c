import QtQuick
import Loadpath.App

Rectangle {
    id: control

    required property real zoom
    signal zoomInRequested()
    signal zoomOutRequested()
    signal zoomResetRequested()
    signal fitRequested()
    signal seeRequested(Item near)
    property bool coloured: false   // an overlay is on

    implicitWidth: row.implicitWidth + 6
    implicitHeight: 32
    radius: Theme.radiusButton
    color: Theme.raised
    border.color: Theme.border

    Row {
        id: row
        anchors.centerIn: parent
        ActionButton {
            objectName: "zoomOutButton"
            glyph: "minus"
            flat: true
            implicitHeight: 28
            hint: qsTr("Zoom out")
            shortcut: "Ctrl+-"
            onClicked: control.zoomOutRequested()
        }
        ActionButton {
            objectName: "zoomLabel"
            text: qsTr("%1 %").arg(Math.round(control.zoom * 100))
            flat: true
            implicitHeight: 28
            implicitWidth: 62
            leftPadding: 4
            rightPadding: 4
            hint: qsTr("Back to 100 %")
            shortcut: "Ctrl+0"
            onClicked: control.zoomResetRequested()
        }
        ActionButton {
            objectName: "zoomInButton"
            glyph: "plus"
            flat: true
            implicitHeight: 28
            hint: qsTr("Zoom in")
            shortcut: "Ctrl++"
            onClicked: control.zoomInRequested()
        }
        ActionButton {
            objectName: "fitButton"
            glyph: "fit"
            flat: true
            implicitHeight: 28
            hint: qsTr("Show the whole design")
            shortcut: "Ctrl+9"
            onClicked: control.fitRequested()
        }
        ActionButton {
            id: see
            objectName: "seeButton"
            glyph: "eye"
            flat: true
            implicitHeight: 28
            hint: qsTr("Colours by load, availability, latency or cost; one flow; telemetry")
            Accessible.name: qsTr("What to show")
            onClicked: control.seeRequested(see)
            Rectangle {
                visible: control.coloured
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: 5
                width: 6
                height: 6
                radius: 3
                color: Theme.accent
            }
        }
    }
}
