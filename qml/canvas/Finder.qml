// A field with what fits below it: commands, things of the design, types to place. Arrows choose, Enter
// takes, Escape goes. Knows nothing of what it offers.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Popup {
    id: finder

    property string placeholder
    property string nothing: qsTr("Nothing fits")
    /// What fits the text, set by the answer to sought(): {text, detail, keys, glyph, icon, category, value}
    property var rows: []
    property bool previews: false   // tells which row is current before it is taken
    signal sought(string text)
    signal taken(var row)
    signal previewed(var row)
    signal starred(var row)

    function refresh() {
        sought(field.text)
        list.currentIndex = rows.length > 0 ? 0 : -1
        preview()
    }
    function preview() {
        if (previews && list.currentIndex >= 0)
            previewed(rows[list.currentIndex])
    }
    function take(index: int) {
        if (index < 0 || index >= rows.length)
            return
        const row = rows[index]
        close()
        taken(row)
    }
    function step(by: int) {
        if (rows.length === 0)
            return
        list.currentIndex = (list.currentIndex + by + rows.length) % rows.length
        preview()
    }

    width: 420
    padding: 8
    margins: 8
    focus: true
    height: 52 + Math.min(380, Math.max(34, list.contentHeight))
    background: Surface {}
    onAboutToShow: {
        field.text = ""
        refresh()
    }
    onOpened: field.forceActiveFocus(Qt.PopupFocusReason)

    contentItem: Item {
        TextField {
            id: field
            objectName: finder.objectName + "Field"
            width: parent.width
            height: 34
            leftPadding: 32
            font.family: Theme.fontFamily
            font.pixelSize: 14
            color: Theme.text
            placeholderText: finder.placeholder
            placeholderTextColor: Theme.muted
            selectionColor: Qt.alpha(Theme.accent, 0.35)
            selectedTextColor: Theme.text
            verticalAlignment: TextInput.AlignVCenter
            Accessible.name: finder.placeholder
            background: Rectangle {
                radius: 7
                color: Theme.canvas
                border.width: 1
                border.color: Theme.border
            }
            onTextEdited: finder.refresh()
            Keys.onDownPressed: finder.step(1)
            Keys.onUpPressed: finder.step(-1)
            Keys.onTabPressed: finder.step(1)
            Keys.onBacktabPressed: finder.step(-1)
            Keys.onReturnPressed: finder.take(list.currentIndex)
            Keys.onEnterPressed: finder.take(list.currentIndex)
            Glyph {
                x: 10
                anchors.verticalCenter: parent.verticalCenter
                name: "search"
                size: 15
                color: Theme.muted
            }
        }
        Text {
            visible: finder.rows.length === 0
            x: 10
            y: 44
            text: finder.nothing
            font.family: Theme.fontFamily
            font.pixelSize: 13
            color: Theme.muted
        }
        ListView {
            id: list
            objectName: finder.objectName + "List"
            anchors.fill: parent
            anchors.topMargin: 40
            clip: true
            model: finder.visible ? finder.rows : null
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: finder.placeholder
            ScrollBar.vertical: ThinScrollBar {}
            delegate: FinderRow {
                required property var modelData
                required property int index
                width: ListView.view.width
                row: modelData
                current: ListView.isCurrentItem
                onChosen: finder.take(index)
                onStarred: {
                    finder.starred(modelData)
                    finder.refresh()
                }
            }
        }
    }
}
