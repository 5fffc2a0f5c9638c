// One request type: who sends it, how much of it there is, what it must hold, and what it gets.
import QtQuick
import Loadpath.App

Rectangle {
    id: card

    property string flowId
    property string name
    property string entry
    property string op
    property string shareText
    property string sloText
    property string p99Text
    property var entryIds: []
    property var entryNames: []
    property string availabilityText
    property string downtimeText
    property string formula
    property string status
    readonly property StatusTint tint: StatusTint { state: card.status }

    signal textEntered(string key, string text)
    signal removeRequested()

    implicitHeight: column.implicitHeight + 20
    radius: Theme.radiusCard
    color: Theme.canvas
    border.color: Theme.border

    Column {
        id: column
        x: 12
        y: 10
        width: parent.width - 24
        spacing: 6

        Item {
            width: parent.width
            height: 30
            TextEntry {
                objectName: "flowName:" + card.flowId
                width: parent.width - 36
                Accessible.name: qsTr("Name of the flow")
                value: card.name
                font.weight: Font.DemiBold
                onCommitted: text => card.textEntered("name", text)
            }
            ActionButton {
                anchors.right: parent.right
                implicitHeight: 30
                glyph: "trash"
                flat: true
                hint: qsTr("Remove the flow")
                onClicked: card.removeRequested()
            }
        }
        Grid {
            columns: 2
            columnSpacing: 8
            rowSpacing: 6
            readonly property real cell: (column.width - 8) / 2
            FieldWithLabel {
                width: parent.cell
                label: qsTr("From")
                ChoiceBox {
                    width: parent.width
                    label: qsTr("Client that sends it")
                    model: card.entryNames
                    currentIndex: card.entryIds.indexOf(card.entry)
                    onActivated: index => card.textEntered("entry", card.entryIds[index])
                }
            }
            FieldWithLabel {
                width: parent.cell
                label: qsTr("Kind")
                ChoiceBox {
                    readonly property var ops: ["read", "write"]
                    width: parent.width
                    label: qsTr("Read or write")
                    model: [qsTr("reads"), qsTr("writes")]
                    currentIndex: ops.indexOf(card.op)
                    displayText: currentIndex >= 0 ? currentText : card.op
                    onActivated: index => card.textEntered("op", ops[index])
                }
            }
            FieldWithLabel {
                width: parent.cell
                label: qsTr("Share of its requests")
                TextEntry {
                    objectName: "flowShare:" + card.flowId
                    width: parent.width
                    Accessible.name: qsTr("Share")
                    value: card.shareText
                    onCommitted: text => card.textEntered("share", text)
                }
            }
            FieldWithLabel {
                width: parent.cell
                label: qsTr("Availability wanted")
                TextEntry {
                    width: parent.width
                    Accessible.name: qsTr("Availability wanted")
                    placeholderText: qsTr("as the design")
                    value: card.sloText
                    onCommitted: text => card.textEntered("availability_slo", text)
                }
            }
        }
        Row {
            visible: card.availabilityText !== ""
            spacing: 6
            Glyph {
                name: card.tint.glyph
                color: card.tint.ink
                size: 14
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                text: qsTr("%1 available · %2 down").arg(card.availabilityText).arg(card.downtimeText)
                font.family: Theme.fontFamily
                font.pixelSize: 12
                font.weight: Font.DemiBold
                color: card.tint.ink
            }
        }
        Text {
            width: parent.width
            visible: text !== ""
            text: card.formula
            font.family: "monospace"
            font.pixelSize: 11
            color: Theme.muted
            wrapMode: Text.WrapAnywhere
            textFormat: Text.PlainText
        }
    }
}
