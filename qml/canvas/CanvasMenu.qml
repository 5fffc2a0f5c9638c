// What can be done to what is under the pointer.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

MenuSheet {
    id: menu

    required property Document document
    required property SimulationRunner simulation
    property string itemId
    property point place  // in the coordinates of the design
    readonly property bool onItem: itemId !== ""

    signal renameRequested(string id)

    rowWidth: 230
    MenuRow { visible: menu.onItem; text: qsTr("Rename"); glyph: "edit"; shortcut: "F2"; onTriggered: menu.renameRequested(menu.itemId) }
    MenuRow { visible: menu.onItem; text: qsTr("Cut"); shortcut: "Ctrl+X"; glyph: "cut"; onTriggered: menu.document.cut() }
    MenuRow { visible: menu.onItem; text: qsTr("Copy"); shortcut: "Ctrl+C"; glyph: "copy"; onTriggered: menu.document.copy() }
    MenuRow { visible: menu.onItem; text: qsTr("Duplicate"); shortcut: "Ctrl+D"; glyph: "copy"; onTriggered: menu.document.duplicate() }
    MenuRow { text: qsTr("Paste"); shortcut: "Ctrl+V"; glyph: "note"; enabled: menu.document.canPaste; onTriggered: menu.document.paste(menu.place.x, menu.place.y) }
    MenuRow { visible: menu.onItem; text: qsTr("Delete"); shortcut: qsTr("Del"); glyph: "trash"; onTriggered: menu.document.deleteSelection() }
    MenuLine {}
    MenuRow { visible: !menu.onItem; text: qsTr("Zone here"); glyph: "zone"; onTriggered: menu.document.addZone(menu.place.x, menu.place.y, 260, 320) }
    MenuRow { visible: !menu.onItem; text: qsTr("Note here"); glyph: "note"; onTriggered: menu.document.addNote(menu.place.x, menu.place.y, qsTr("Note")) }
    MenuRow { visible: !menu.onItem; text: qsTr("Select all"); shortcut: "Ctrl+A"; glyph: "pointer"; onTriggered: menu.document.selectAll() }
    Instantiator {
        model: menu.simulation.state === "stopped" ? [] : menu.simulation.faultsFor(menu.itemId)
        delegate: MenuRow {
            required property var modelData
            text: modelData.text
            glyph: "power"
            onTriggered: menu.simulation.injectFault(modelData.kind, menu.itemId, modelData.parameters ?? {})
        }
        onObjectAdded: (index, object) => menu.addItem(object as MenuRow)
        onObjectRemoved: (index, object) => menu.removeItem(object as MenuRow)
    }
}
