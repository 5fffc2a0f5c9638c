import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Slider {
    id: control

    property bool faint: false
    property string label
    property string readout
    signal grasped()
    signal released()

    stepSize: 0.01
    snapMode: Slider.NoSnap
    onPressedChanged: pressed ? grasped() : released()

    implicitHeight: 24
    implicitWidth: 120
    padding: 0
    focusPolicy: Qt.TabFocus
    Accessible.name: label
    Accessible.description: readout

    background: Rectangle {
        x: control.leftPadding
        y: control.topPadding + (control.availableHeight - height) / 2
        width: control.availableWidth
        height: 4
        radius: 2
        color: Theme.track
        Rectangle {
            width: control.visualPosition * parent.width
            height: 4
            radius: 2
            color: control.enabled ? Theme.accent : Theme.muted
            opacity: control.faint ? 0.5 : 1
        }
    }
    handle: Rectangle {
        x: control.leftPadding + control.visualPosition * (control.availableWidth - width)
        y: control.topPadding + (control.availableHeight - height) / 2
        implicitWidth: 16
        implicitHeight: 16
        radius: 8
        color: control.pressed ? Theme.accent : Theme.raised
        border.width: 2
        border.color: control.enabled ? Theme.accent : Theme.muted
        FocusRing { active: control.visualFocus }
    }
}
