// What a connection is, beside it: mode, protocol, flows and label of the one line that is selected.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Popup {
    id: bar

    required property Document document
    required property CanvasItem canvas
    property string lineId

    function show(id: string, byKeyboard: bool) {
        lineId = id
        focus = byKeyboard
        place()
        open()
        if (byKeyboard)
            (fields.itemAt(0) as ConnectionField)?.takeKeyboard()
    }
    /// Below the label, and not over the two cards.
    function place() {
        const at = canvas.labelPlace(lineId)
        let covers = false, foot = 0
        x = Math.round(at.x - width / 2)
        y = Math.round(at.y + 18)
        for (const id of document.endsOf(lineId)) {
            const end = canvas.itemRect(id)
            covers = covers || (end.x < x + width && x < end.x + end.width && end.y < y + height && y < end.y + end.height)
            foot = Math.max(foot, end.y + end.height)
        }
        if (covers)
            y = Math.round(foot + 12)
    }

    objectName: "connectionBar"
    padding: 6
    margins: 8
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    background: Surface {}

    readonly property InspectorModel rows: InspectorModel {
        document: bar.document
        only: ["mode", "protocol", "flows", "label"]
    }
    Connections {
        target: bar.document.selection
        enabled: bar.visible
        function onChanged() {
            if (bar.document.selection.count !== 1 || bar.document.selection.primaryId !== bar.lineId)
                bar.close()
        }
    }
    Connections {
        target: bar.canvas
        enabled: bar.visible
        function onViewChanged() {
            bar.place()
        }
    }
    contentItem: Row {
        spacing: 6
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Connection %1").arg(bar.rows.title)
        Repeater {
            id: fields
            model: bar.rows
            ConnectionField {
                required property var model
                key: model.key
                label: model.label
                kind: model.kind
                value: model.value
                text: model.text
                fallbackText: model.fallbackText
                stated: model.isStated
                choices: model.choices
                choiceLabels: model.choiceLabels
                problem: model.problem
                onTextEntered: text => bar.rows.setText(key, text)
                onValueChosen: value => bar.rows.setValue(key, value)
            }
        }
        ActionButton {
            objectName: "reverseButton"
            implicitHeight: 30
            flat: true
            glyph: "redo"
            hint: qsTr("Reverse")
            onClicked: bar.document.reverse(bar.lineId)
        }
    }
}
