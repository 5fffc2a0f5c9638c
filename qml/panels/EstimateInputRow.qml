// One number that the estimates start from: its name, where it comes from, and the field that varies it.
import QtQuick
import Loadpath.App

Item {
    id: row

    property string rowKey
    property string name
    property string value
    property string unit
    property string source
    property bool assumed: false
    property bool stated: false
    property string problem

    signal entered(string text)
    signal resetRequested()

    implicitHeight: 42

    Text {
        id: title
        x: 14
        y: 5
        width: field.x - x - 10
        text: row.name
        font.family: Theme.fontFamily
        font.pixelSize: 12
        font.weight: row.stated ? Font.DemiBold : Font.Normal
        color: Theme.text
        elide: Text.ElideRight
        textFormat: Text.PlainText
        HoverHandler { id: over }
        Loader {
            active: over.hovered && title.truncated
            sourceComponent: HintTip {
                parent: title
                visible: true
                text: row.name
            }
        }
    }
    Text {
        id: origin
        x: 14
        y: 22
        width: field.x - x - 10
        text: row.problem !== "" ? row.problem : row.source
        font.family: Theme.fontFamily
        font.pixelSize: 11
        color: row.problem !== "" ? Theme.errorText : row.assumed ? Theme.warningText : Theme.muted
        elide: Text.ElideRight
        textFormat: Text.PlainText
        HoverHandler { id: overOrigin }
        Loader {
            active: overOrigin.hovered && origin.truncated
            sourceComponent: HintTip {
                parent: origin
                visible: true
                text: origin.text
            }
        }
    }
    TextEntry {
        id: field
        objectName: "estimateInput:" + row.rowKey
        anchors.right: reset.left
        anchors.rightMargin: 2
        y: 6
        width: Math.min(150, row.width * 0.36)
        horizontalAlignment: TextInput.AlignRight
        value: row.value
        unit: row.unit
        faint: row.assumed
        problem: row.problem
        Accessible.name: row.name
        onCommitted: text => row.entered(text)
    }
    ActionButton {
        id: reset
        objectName: "resetInput:" + row.rowKey
        anchors.right: parent.right
        anchors.rightMargin: 8
        y: 9
        implicitHeight: 24
        opacity: row.stated ? 1 : 0
        enabled: row.stated
        glyph: "reset"
        flat: true
        hint: qsTr("Back to what is assumed")
        Accessible.name: qsTr("Reset %1").arg(row.name)
        onClicked: row.resetRequested()
    }
}
