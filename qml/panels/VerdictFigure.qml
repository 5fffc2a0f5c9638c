// One figure of the verdict: what it is, and its value in the colour and with the word of its state.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

AbstractButton {
    id: figure

    property string label
    property string value
    property string status
    property string hint
    readonly property StatusTint tint: StatusTint { state: figure.status }
    readonly property bool alarming: status === "error" || status === "warning"

    implicitWidth: Math.max(head.implicitWidth, number.implicitWidth + (sign.visible ? 17 : 0)) + 12
    implicitHeight: 42
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("%1: %2").arg(label).arg(value)
    Accessible.description: hint

    background: Rectangle {
        radius: 7
        color: figure.hovered ? Theme.hover : "transparent"
        FocusRing { active: figure.visualFocus; gap: 0 }
    }
    contentItem: Item {
        Text {
            id: head
            x: 6
            y: 4
            text: figure.label
            font.family: Theme.fontFamily
            font.pixelSize: 11
            color: Theme.muted
        }
        Row {
            x: 6
            y: 19
            spacing: 3
            Glyph {
                id: sign
                visible: figure.alarming
                name: figure.tint.glyph
                size: 14
                color: figure.tint.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                id: number
                text: figure.value
                font.family: Theme.fontFamily
                font.pixelSize: 13
                font.weight: Font.DemiBold
                color: figure.alarming ? figure.tint.ink : Theme.text
            }
        }
    }
    Loader {
        active: figure.hovered && figure.hint !== ""
        sourceComponent: HintTip {
            parent: figure
            visible: true
            text: figure.hint
        }
    }
}
