// What the canvas shows besides the design: colours by a figure, one flow's way, surroundings, telemetry.
import QtQuick
import Loadpath.App

MenuSheet {
    id: sheet

    required property CanvasItem canvas
    required property FlowsModel flows

    function row(what: string, text: string): var {
        return { what: what, text: text }
    }

    rowWidth: 260
    title: qsTr("Show")
    Instantiator {
        model: [sheet.row("none", qsTr("No colouring")), sheet.row("utilisation", qsTr("Utilisation")),
            sheet.row("availability", qsTr("What availability hangs on")), sheet.row("latency", qsTr("Latency")),
            sheet.row("cost", qsTr("Cost"))]
        delegate: MenuRow {
            required property var modelData
            objectName: "overlay:" + modelData.what
            checkable: true
            checked: sheet.canvas.overlay === modelData.what
            text: modelData.text
            onTriggered: sheet.canvas.overlay = modelData.what
        }
        onObjectAdded: (index, object) => sheet.insertItem(index, object as MenuRow)
        onObjectRemoved: (index, object) => sheet.removeItem(object as MenuRow)
    }
    MenuLine {}
    Instantiator {
        model: sheet.flows
        delegate: MenuRow {
            required property string flowId
            required property string name
            objectName: "overlay:flow:" + flowId
            checkable: true
            checked: sheet.canvas.overlay === "flow:" + flowId
            text: qsTr("The way of “%1”").arg(name)
            onTriggered: sheet.canvas.overlay = "flow:" + flowId
        }
        onObjectAdded: (index, object) => sheet.insertItem(6 + index, object as MenuRow)
        onObjectRemoved: (index, object) => sheet.removeItem(object as MenuRow)
    }
    MenuLine { visible: sheet.flows.count > 0 }
    MenuRow {
        objectName: "focusRow"
        checkable: true
        checked: sheet.canvas.focusMode
        text: qsTr("Only what the selection needs, and what needs it")
        shortcut: "Ctrl+Shift+F"
        onTriggered: sheet.canvas.focusMode = !sheet.canvas.focusMode
    }
    MenuRow {
        objectName: "telemetryRow"
        checkable: true
        checked: sheet.canvas.showTelemetry
        text: qsTr("Telemetry")
        onTriggered: sheet.canvas.showTelemetry = !sheet.canvas.showTelemetry
    }
}
