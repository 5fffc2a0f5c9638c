// The design as a whole: what it is, what it must hold, and the flows of requests through it.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Flickable {
    id: panel

    required property Workspace workspace
    readonly property Document document: workspace.document
    signal requirementsRequested()

    objectName: "designPanel"
    clip: true
    contentHeight: column.height + 28
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ThinScrollBar {}

    Column {
        id: column
        x: 14
        y: 14
        width: panel.width - 28
        spacing: 10

        SectionHead { text: qsTr("Design") }
        FieldWithLabel {
            width: parent.width
            label: qsTr("Name")
            TextEntry {
                objectName: "titleEntry"
                width: parent.width
                Accessible.name: qsTr("Name of the design")
                value: panel.document.title
                onCommitted: text => panel.document.setTitle(text)
            }
        }
        FieldWithLabel {
            width: parent.width
            label: qsTr("Description")
            TextBlock {
                objectName: "descriptionEntry"
                width: parent.width
                label: qsTr("Description")
                value: panel.document.description
                placeholderText: qsTr("What it is for, and for whom")
                onCommitted: text => panel.document.setProperty("document", "", "description", text)
            }
        }
        ActionButton {
            objectName: "requirementsButton"
            text: qsTr("Edit the requirements")
            hint: qsTr("Users, availability, latency, budget")
            onClicked: panel.requirementsRequested()
        }
        Item {
            width: parent.width
            height: 4
        }
        SectionHead { text: qsTr("Flows of requests") }
        Text {
            width: parent.width
            visible: panel.workspace.flows.count === 0
            text: qsTr("A flow is one type of request, such as “redirect” or “check out”. Without one, every client counts as a single flow of reads.")
            font.family: Theme.fontFamily
            font.pixelSize: 12
            lineHeight: 1.2
            color: Theme.muted
            wrapMode: Text.Wrap
        }
        Repeater {
            model: panel.workspace.flows
            FlowCard {
                required property var model
                required property int index
                readonly property var figures: panel.workspace.analysis.flows.find(f => f.flow === model.flowId) ?? null
                width: column.width
                flowId: model.flowId
                name: model.name
                entry: model.entry
                op: model.op
                shareText: model.shareText
                sloText: model.sloText
                p99Text: model.p99Text
                entryIds: panel.workspace.flows.entryIds
                entryNames: panel.workspace.flows.entryNames
                availabilityText: figures?.availabilityText ?? ""
                downtimeText: figures?.downtimeText ?? ""
                formula: figures?.formula ?? ""
                status: figures?.state ?? ""
                onTextEntered: (key, text) => panel.workspace.flows.setText(flowId, key, text)
                onRemoveRequested: panel.document.deleteItem(flowId)
            }
        }
        ActionButton {
            objectName: "addFlowButton"
            glyph: "plus"
            text: qsTr("Add a flow")
            enabled: panel.workspace.flows.entryIds.length > 0
            hint: enabled ? "" : qsTr("Place a client first")
            onClicked: panel.document.addFlow()
        }
    }
}
