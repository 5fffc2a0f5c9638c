// Edits a name in place, over the card.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

TextField {
    id: field

    property string itemId
    property bool done: true
    signal renamed(string id, string text)
    signal closed()

    function edit(id: string, name: string, place: rect) {
        itemId = id
        text = name
        done = false
        x = Math.round(place.x)
        y = Math.round(place.y + place.height / 2 - height / 2)
        width = Math.max(150, place.width)
        visible = true
        forceActiveFocus(Qt.MouseFocusReason)
        selectAll()
    }
    function finish(keep: bool) {
        if (done)
            return
        done = true
        visible = false
        if (keep)
            renamed(itemId, text.trim())
        closed()
    }

    objectName: "renameField"
    visible: false
    height: 30
    leftPadding: 9
    font.family: Theme.fontFamily
    font.pixelSize: 13
    font.weight: Font.DemiBold
    color: Theme.text
    selectionColor: Qt.alpha(Theme.accent, 0.35)
    selectedTextColor: Theme.text
    Accessible.name: qsTr("New name")
    background: Rectangle {
        radius: 7
        color: Theme.raised
        border.width: 2
        border.color: Theme.accent
    }
    onAccepted: finish(true)
    onActiveFocusChanged: if (!activeFocus) finish(true)
    Keys.onEscapePressed: finish(false)
}
