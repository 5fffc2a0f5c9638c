// One member of a set, in or out.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

AbstractButton {
    id: chip

    property bool faint: false

    checkable: true
    implicitHeight: 26
    implicitWidth: label.implicitWidth + 22
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checked: checked

    background: Rectangle {
        radius: 13
        color: chip.checked ? Qt.alpha(Theme.accent, Theme.dark ? 0.28 : 0.13) : chip.hovered ? Qt.alpha(Theme.text, 0.05) : "transparent"
        border.color: chip.checked ? Theme.accent : Theme.border
        opacity: chip.faint ? 0.7 : 1
        FocusRing { active: chip.visualFocus }
    }
    contentItem: Text {
        id: label
        text: chip.text
        font.family: Theme.fontFamily
        font.pixelSize: 12
        color: chip.checked && !chip.faint ? Theme.text : Theme.muted
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
    }
}
