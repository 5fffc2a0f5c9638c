// Several lines of text or JSON; committed when the keyboard moves on or with Ctrl+Enter.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

TextArea {
    id: area

    property string value
    property string label
    property bool faint: false
    property bool code: false
    property string problem
    signal committed(string text)

    function commit() {
        if (text !== value)
            committed(text)
    }

    text: value
    onValueChanged: if (!activeFocus) text = value
    onActiveFocusChanged: if (!activeFocus) commit()
    Keys.onEscapePressed: event => {
        text = value
        focus = false
        event.accepted = true
    }
    Keys.onReturnPressed: event => {
        if (event.modifiers & Qt.ControlModifier)
            commit()
        else
            event.accepted = false
    }
    KeyNavigation.priority: KeyNavigation.BeforeItem
    Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

    padding: 8
    leftPadding: 9
    wrapMode: TextArea.Wrap
    textFormat: TextEdit.PlainText
    font.family: code ? "monospace" : Theme.fontFamily
    font.pixelSize: code ? 12 : 13
    color: faint && !activeFocus ? Theme.muted : Theme.text
    placeholderTextColor: Theme.muted
    selectionColor: Qt.alpha(Theme.accent, 0.35)
    selectedTextColor: Theme.text
    selectByMouse: true
    Accessible.name: label

    background: Rectangle {
        radius: 7
        color: Theme.surface
        border.width: area.activeFocus ? 2 : 1
        border.color: area.problem !== "" ? Theme.error : area.activeFocus ? Theme.accent : Theme.border
    }
}
