// What can be done to what is under the pointer.
import QtQuick
import Loadpath.App

MenuSheet {
    id: sheet

    required property Document document
    required property SimulationRunner simulation
    property string itemId
    property point place  // in the coordinates of the design
    readonly property bool onItem: itemId !== ""
    readonly property string kind: document.selection.kind
    readonly property bool onLine: onItem && kind === "connection"
    readonly property bool onZone: onItem && kind === "zone"
    readonly property bool onCard: onItem && (kind === "component" || kind === "multiple")
    readonly property bool locked: document.revision >= 0 && document.isLocked(itemId)
    readonly property bool collapsed: document.revision >= 0 && document.isCollapsed(itemId)

    signal renameRequested(string id)
    signal connectRequested()
    signal lineRequested(string id)

    rowWidth: 230
    MenuRow { visible: sheet.onItem; text: qsTr("Rename"); glyph: "edit"; shortcut: "F2"; onTriggered: sheet.renameRequested(sheet.itemId) }
    MenuRow { visible: sheet.onItem; text: qsTr("Cut"); shortcut: "Ctrl+X"; glyph: "cut"; onTriggered: sheet.document.cut() }
    MenuRow { visible: sheet.onItem; text: qsTr("Copy"); shortcut: "Ctrl+C"; glyph: "copy"; onTriggered: sheet.document.copy() }
    MenuRow { visible: sheet.onItem; text: qsTr("Duplicate"); shortcut: "Ctrl+D"; glyph: "copy"; onTriggered: sheet.document.duplicate() }
    MenuRow { text: qsTr("Paste"); shortcut: "Ctrl+V"; glyph: "note"; enabled: sheet.document.canPaste; onTriggered: sheet.document.paste(sheet.place.x, sheet.place.y) }
    MenuRow { visible: sheet.onItem; text: qsTr("Delete"); shortcut: qsTr("Del"); glyph: "trash"; onTriggered: sheet.document.deleteSelection() }
    MenuLine { visible: sheet.onItem }
    MenuRow { objectName: "connectRow"; visible: sheet.onItem && sheet.kind === "component"; text: qsTr("Connect to…"); shortcut: "C"; glyph: "connect"; onTriggered: sheet.connectRequested() }
    MenuRow { objectName: "lineRow"; visible: sheet.onLine; text: qsTr("Mode, protocol, flows…"); shortcut: qsTr("Enter"); glyph: "edit"; onTriggered: sheet.lineRequested(sheet.itemId) }
    MenuRow { objectName: "reverseRow"; visible: sheet.onLine; text: qsTr("Reverse"); glyph: "connect"; onTriggered: sheet.document.reverse(sheet.itemId) }
    MenuRow { objectName: "freeRow"; visible: sheet.onLine && sheet.document.revision >= 0 && sheet.document.hasBends(sheet.itemId); text: qsTr("Let it find its way"); glyph: "connect"; onTriggered: sheet.document.freeRoutes() }
    MenuRow { objectName: "collapseRow"; visible: sheet.onZone; text: sheet.collapsed ? qsTr("Expand") : qsTr("Collapse"); glyph: "zone"; onTriggered: sheet.document.setCollapsed(sheet.itemId, !sheet.collapsed) }
    MenuRow { objectName: "lockRow"; visible: sheet.onCard; text: sheet.locked ? qsTr("Unlock") : qsTr("Lock"); glyph: "lock"; onTriggered: sheet.document.setSelectionLocked(!sheet.locked) }
    MenuRow { objectName: "frontRow"; visible: sheet.onCard; text: qsTr("Bring to the front"); shortcut: "Ctrl+]"; glyph: "pointer"; onTriggered: sheet.document.bringToFront() }
    MenuRow { objectName: "backRow"; visible: sheet.onCard; text: qsTr("Send to the back"); shortcut: "Ctrl+["; glyph: "pointer"; onTriggered: sheet.document.sendToBack() }
    MenuSheet {
        id: arrange
        objectName: "arrangeMenu"
        title: qsTr("Arrange")
        rowWidth: 190
        enabled: sheet.document.selection.count > 1
        MenuRow { objectName: "alignLeftRow"; text: qsTr("Left edges"); onTriggered: sheet.document.align("left") }
        MenuRow { objectName: "alignCentreRow"; text: qsTr("Centres"); onTriggered: sheet.document.align("centre") }
        MenuRow { objectName: "alignRightRow"; text: qsTr("Right edges"); onTriggered: sheet.document.align("right") }
        MenuLine {}
        MenuRow { objectName: "alignTopRow"; text: qsTr("Top edges"); onTriggered: sheet.document.align("top") }
        MenuRow { objectName: "alignMiddleRow"; text: qsTr("Middles"); onTriggered: sheet.document.align("middle") }
        MenuRow { objectName: "alignBottomRow"; text: qsTr("Bottom edges"); onTriggered: sheet.document.align("bottom") }
        MenuLine {}
        MenuRow { objectName: "distributeAcrossRow"; text: qsTr("Distribute across"); onTriggered: sheet.document.distribute(false) }
        MenuRow { objectName: "distributeDownRow"; text: qsTr("Distribute down"); onTriggered: sheet.document.distribute(true) }
        MenuRow { objectName: "sameSizeRow"; text: qsTr("Same size of zones"); onTriggered: sheet.document.sameSize() }
        MenuLine {}
        MenuRow { text: qsTr("Tidy up"); shortcut: "Ctrl+Shift+T"; onTriggered: sheet.document.tidyUp(false) }
        MenuRow { text: qsTr("Tidy up, top down"); onTriggered: sheet.document.tidyUp(true) }
    }
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
