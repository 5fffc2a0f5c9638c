// What may follow where a line was let go: choose a type, and it is placed and connected.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Popup {
    id: picker

    required property Document document
    property var types: []
    property string fromId
    property point place
    signal chosen(string fromId, string type, point place)

    // Here and not in the row, which goes away with the list.
    function choose(type: string) {
        close()
        chosen(fromId, type, place)
    }
    function offer(from: string, position: point, designPlace: point) {
        fromId = from
        types = document.typesAfter(from)
        if (types.length === 0)
            return
        place = designPlace
        x = position.x
        y = position.y
        open()
    }

    objectName: "typePicker"
    width: 220
    height: Math.min(360, list.contentHeight + 46)
    padding: 6
    margins: 8
    focus: true
    background: Surface {}
    onOpened: {
        list.currentIndex = 0
        list.forceActiveFocus(Qt.PopupFocusReason)
    }
    contentItem: Item {
        SectionHead {
            x: 8
            y: 6
            text: qsTr("Connect to a new")
        }
        ListView {
            id: list
            objectName: "typePickerList"
            anchors.fill: parent
            anchors.topMargin: 26
            clip: true
            model: picker.visible ? picker.types : null
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Component types")
            Keys.onPressed: event => {
                // A letter goes to the next name that begins with it.
                const letter = event.text.toLowerCase()
                if (letter.trim() === "")
                    return
                for (let step = 1; step <= count; ++step) {
                    const row = (currentIndex + step) % count
                    if (picker.types[row].name.toLowerCase().startsWith(letter)) {
                        currentIndex = row
                        event.accepted = true
                        return
                    }
                }
            }
            Keys.onReturnPressed: (currentItem as TypePickerRow)?.choose()
            Keys.onEnterPressed: (currentItem as TypePickerRow)?.choose()
            ScrollBar.vertical: ThinScrollBar {}
            delegate: TypePickerRow {
                required property var modelData
                width: ListView.view.width
                typeId: modelData.typeId
                name: modelData.name
                category: modelData.category
                drawing: modelData.icon
                current: ListView.isCurrentItem
                onChosen: picker.choose(typeId)
            }
        }
    }
}
