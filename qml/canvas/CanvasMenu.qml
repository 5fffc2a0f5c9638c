// What can be done to what is under the pointer.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

MenuSheet {
    id: sheet

    required property Document document
    required property SimulationRunner simulation
    property string itemId
    property point place  // in the coordinates of the design
    readonly property bool onItem: itemId !== ""

    signal renameRequested(string id)

    rowWidth: 230
    MenuRow { visible: sheet.onItem; text: qsTr("Rename"); glyph: "edit"; shortcut: "F2"; onTriggered: sheet.renameRequested(sheet.itemId) }
    MenuRow { visible: sheet.onItem; text: qsTr("Cut"); shortcut: "Ctrl+X"; glyph: "cut"; onTriggered: sheet.document.cut() }
    MenuRow { visible: sheet.onItem; text: qsTr("Copy"); shortcut: "Ctrl+C"; glyph: "copy"; onTriggered: sheet.document.copy() }
    MenuRow { visible: sheet.onItem; text: qsTr("Duplicate"); shortcut: "Ctrl+D"; glyph: "copy"; onTriggered: sheet.document.duplicate() }
    MenuRow { text: qsTr("Paste"); shortcut: "Ctrl+V"; glyph: "note"; enabled: sheet.document.canPaste; onTriggered: sheet.document.paste(sheet.place.x, sheet.place.y) }
    MenuRow { visible: sheet.onItem; text: qsTr("Delete"); shortcut: qsTr("Del"); glyph: "trash"; onTriggered: sheet.document.deleteSelection() }
    MenuLine { visible: !sheet.onItem || sheet.simulation.state !== "stopped" }
    MenuRow { visible: !sheet.onItem; text: qsTr("Zone here"); glyph: "zone"; onTriggered: sheet.document.addZone(sheet.place.x, sheet.place.y, 260, 320) }
    MenuRow { visible: !sheet.onItem; text: qsTr("Note here"); glyph: "note"; onTriggered: sheet.document.addNote(sheet.place.x, sheet.place.y, qsTr("Note")) }
    MenuRow { visible: !sheet.onItem; text: qsTr("Select all"); shortcut: "Ctrl+A"; glyph: "pointer"; onTriggered: sheet.document.selectAll() }
    Instantiator {
        model: sheet.simulation.state === "stopped" ? [] : sheet.simulation.faultsFor(sheet.itemId)
        delegate: MenuRow {
            required property var modelData
            text: modelData.text
            glyph: "power"
            onTriggered: sheet.simulation.injectFault(modelData.kind, sheet.itemId, modelData.parameters ?? {})
        }
        onObjectAdded: (index, object) => sheet.addItem(object as MenuRow)
        onObjectRemoved: (index, object) => sheet.removeItem(object as MenuRow)
    }
}
