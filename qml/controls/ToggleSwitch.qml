import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Switch {
    id: control

    property bool faint: false

    implicitHeight: 30
    padding: 0
    spacing: 8
    focusPolicy: Qt.TabFocus
    font.family: Theme.fontFamily
    font.pixelSize: 13
    Accessible.name: text

    indicator: Rectangle {
        implicitWidth: 32
        implicitHeight: 18
        y: (control.height - height) / 2
        radius: 9
        opacity: control.faint ? 0.65 : 1
        color: control.checked ? Theme.accent : Qt.tint(Theme.border, Qt.alpha(Theme.muted, 0.35))
        Rectangle {
            x: control.checked ? parent.width - width - 2 : 2
            y: 2
            width: 14
            height: 14
            radius: 7
            color: "white"
            Behavior on x { enabled: !Theme.reducedMotion; NumberAnimation { duration: Theme.motionMs } }
        }
        FocusRing { active: control.visualFocus }
    }
    contentItem: Text {
        leftPadding: control.indicator.width + control.spacing
        text: control.text
        font: control.font
        color: control.faint ? Theme.muted : Theme.text
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
    }
}
