import QtQuick
import Loadpath.App

Rectangle {
    id: control

    required property real zoom
    signal zoomInRequested()
    signal zoomOutRequested()
    signal zoomResetRequested()
    signal fitRequested()

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
    }
}
