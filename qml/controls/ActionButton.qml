// The push button: plain, primary (one a view) or flat; with a glyph, words, or both.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Button {
    id: control

    property string glyph
    property bool primary: false
    property bool danger: false
    property bool trailing: false  // the glyph stands after the words
    property bool wraps: false     // long words take a second line instead of an ellipsis
    property string hint
    property string shortcut
    readonly property real wordsHeight: label.height
    readonly property bool bare: text === ""
    readonly property real glyphSpace: glyph === "" ? 0 : (trailing ? 13 : 16) + 6
    readonly property color ink: !enabled || (flat && bare && !hovered && !checked) ? Theme.muted : primary ? Theme.onAccent : danger ? Theme.errorText : Theme.text

    implicitHeight: 32
    implicitWidth: bare ? implicitHeight : Math.ceil(label.implicitWidth + glyphSpace + leftPadding + rightPadding)
    leftPadding: bare ? 0 : 12
    rightPadding: bare ? 0 : 12
    topPadding: 0
    bottomPadding: 0
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.5
    font.weight: Font.Medium
    display: AbstractButton.TextBesideIcon

    Accessible.name: text !== "" ? text : hint
    Accessible.description: text !== "" ? hint : ""

    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 6
            layoutDirection: control.trailing ? Qt.RightToLeft : Qt.LeftToRight
            Glyph {
                visible: control.glyph !== ""
                name: control.glyph
                color: control.ink
                size: control.trailing ? 13 : 16
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                id: label
                visible: !control.bare
                text: control.text
                font: control.font
                color: control.ink
                elide: control.wraps ? Text.ElideNone : Text.ElideRight
                wrapMode: control.wraps ? Text.Wrap : Text.NoWrap
                width: Math.max(0, Math.min(implicitWidth, control.availableWidth - control.glyphSpace))
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    background: Rectangle {
        radius: 7
        border.width: control.flat || control.primary ? 0 : 1
        border.color: control.hovered ? Qt.tint(Theme.border, Qt.alpha(Theme.text, 0.2)) : Theme.border
        color: control.primary ? control.down ? Qt.darker(Theme.accent, 1.25) : control.hovered ? Qt.darker(Theme.accent, 1.12) : Theme.accent
             : control.down || control.checked ? Qt.darker(Theme.hover, Theme.dark ? 0.85 : 1.05)
             : control.hovered ? Theme.hover
             : control.flat ? "transparent" : Theme.raised
        FocusRing { active: control.visualFocus }
    }

    // A popup for every button would slow the start; it comes with the pointer.
    Loader {
        active: control.hovered && control.hint !== ""
        sourceComponent: HintTip {
            parent: control
            visible: !control.down
            text: control.hint
            shortcut: control.shortcut
        }
    }
}
