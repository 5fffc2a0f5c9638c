// One line of text. `committed` comes with Enter or when the keyboard moves on; Escape takes it back.
// Enter also lets go of the keyboard, so that undo means the design again and not the typing.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

TextField {
    id: field

    property string value  // what stands in the model
    property string unit
    property bool faint: false    // shows a default, not something stated
    property string problem
    property int trailingSpace: 0
    property bool entered: false  // by Enter, and not by going elsewhere
    signal committed(string text)

    function letGo() {
        if (problem === "")
            focus = false
        else
            selectAll()
    }

    text: value
    onValueChanged: if (!activeFocus) text = value
    onTextChanged: if (!activeFocus) cursorPosition = 0
    onActiveFocusChanged: {
        if (activeFocus) {
            selectAll()
        } else {
            deselect()
            cursorPosition = 0  // a long value shows its beginning
        }
    }
    onEditingFinished: {
        if (text !== value)
            committed(text)
        text = value
        // The answer is there: a refused entry keeps the keyboard, to be mended at once.
        if (entered) {
            entered = false
            letGo()
        }
    }
    onAccepted: entered = true
    Keys.onEscapePressed: event => {
        text = value
        focus = false
        event.accepted = true
    }

    implicitHeight: 30
    implicitWidth: 120
    leftPadding: 9
    rightPadding: 9 + (unitText.visible ? unitText.implicitWidth + 5 : 0) + trailingSpace
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    font.family: Theme.fontFamily
    font.pixelSize: 13
    color: faint && !activeFocus ? Theme.muted : Theme.text
    placeholderTextColor: Theme.muted
    selectionColor: Qt.alpha(Theme.accent, 0.35)
    selectedTextColor: Theme.text
    selectByMouse: true
    Accessible.name: placeholderText

    background: Rectangle {
        radius: 7
        color: field.enabled ? Theme.surface : Theme.canvas
        border.width: field.activeFocus ? 2 : 1
        border.color: field.problem !== "" ? Theme.error : field.activeFocus ? Theme.accent
                    : field.hovered ? Qt.tint(Theme.border, Qt.alpha(Theme.text, 0.2)) : Theme.border
        Text {
            id: unitText
            visible: text !== ""
            text: field.unit
            anchors.right: parent.right
            anchors.rightMargin: 9 + field.trailingSpace
            anchors.verticalCenter: parent.verticalCenter
            font.family: Theme.fontFamily
            font.pixelSize: 11
            color: Theme.muted
        }
    }
    Loader {
        active: (field.hovered || field.activeFocus) && field.problem !== ""
        sourceComponent: HintTip {
            parent: field
            visible: true
            text: field.problem
        }
    }
}
