// One property: its name, its editor, its way back to the default, and its help when asked.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Item {
    id: row

    property string key
    property string label
    property string unit
    property string kind
    property var value
    property string text
    property string fallbackText
    property bool stated: false
    property bool readOnly: false
    property bool mixed: false
    property string slider: "none"
    property real position: 0
    property var choices: []
    property var choiceLabels: []
    property string help
    property string source
    property string problem
    property bool unfolded: false

    signal textEntered(string text)
    signal valueChosen(var value)
    signal resetRequested()
    signal exploringBegun()
    signal explored(real position)
    signal exploringEnded()

    implicitHeight: Math.max(editor.y + editor.height, caption.height) + (notes.visible ? notes.height + 4 : 0) + 6

    AbstractButton {
        id: caption
        x: 14
        width: editor.wide ? parent.width - 28 : (parent.width - 28) * 0.44
        height: editor.wide ? 24 : 30
        focusPolicy: Qt.NoFocus
        Accessible.role: Accessible.Button
        objectName: "about:" + row.key
        Accessible.name: qsTr("About %1").arg(row.label)
        Accessible.description: row.help
        onClicked: row.unfolded = !row.unfolded && (row.help !== "" || row.slider !== "none")
        contentItem: Item {
            Text {
                id: name
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, parent.width - (reset.visible ? 26 : 4))
                text: row.label
                font.family: Theme.fontFamily
                font.pixelSize: 12
                font.weight: row.stated ? Font.DemiBold : Font.Normal
                color: caption.hovered || row.stated ? Theme.text : Theme.muted
                elide: Text.ElideRight
            }
        }
        Loader {
            active: caption.hovered && (row.help !== "" || name.truncated)
            sourceComponent: HintTip {
                parent: caption
                visible: !row.unfolded
                x: 0
                text: name.truncated ? row.label + "\n" + row.help : row.help
            }
        }
    }
    ActionButton {
        id: reset
        objectName: "reset:" + row.key
        visible: row.stated && !row.readOnly && row.fallbackText !== ""
        x: caption.x + name.width + 4
        y: (caption.height - height) / 2
        implicitHeight: 20
        glyph: "reset"
        flat: true
        scale: 0.85
        hint: qsTr("Back to the default: %1").arg(row.fallbackText)
        Accessible.name: qsTr("Reset %1").arg(row.label)
        onClicked: row.resetRequested()
    }
    PropertyEditor {
        id: editor
        x: wide ? 14 : caption.x + caption.width
        y: wide ? 24 : 0
        width: wide ? row.width - 28 : row.width - 14 - x
        key: row.key
        kind: row.kind
        label: row.label
        unit: row.unit
        shownText: row.text !== "" ? row.text : row.fallbackText
        value: row.value
        faint: !row.stated || row.mixed
        readOnly: row.readOnly
        mixed: row.mixed
        slider: row.slider
        position: row.position
        choices: row.choices
        choiceLabels: row.choiceLabels
        problem: row.problem
        onTextEntered: text => row.textEntered(text)
        onValueChosen: value => row.valueChosen(value)
        onExploringBegun: row.exploringBegun()
        onExplored: position => row.explored(position)
        onExploringEnded: row.exploringEnded()
    }
    Column {
        id: notes
        x: 14
        width: parent.width - 28
        y: Math.max(editor.y + editor.height, caption.height) + 3
        visible: row.problem !== "" || row.unfolded
        spacing: 3
        Text {
            width: parent.width
            visible: row.problem !== ""
            text: row.problem
            font.family: Theme.fontFamily
            font.pixelSize: 11
            color: Theme.errorText
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
        }
        Loader {
            width: parent.width
            active: row.unfolded && row.slider === "below"
            visible: active
            sourceComponent: ValueSlider {
                objectName: "slider:" + row.key
                label: row.label
                readout: row.text !== "" ? row.text : row.fallbackText
                faint: !row.stated
                value: row.position
                onGrasped: row.exploringBegun()
                onMoved: row.explored(value)
                onReleased: row.exploringEnded()
            }
        }
        Text {
            objectName: "help:" + row.key
            width: parent.width
            visible: row.unfolded && text !== ""
            text: row.help
            font.family: Theme.fontFamily
            font.pixelSize: 12
            color: Theme.text
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
        }
        Text {
            objectName: "source:" + row.key
            width: parent.width
            visible: row.unfolded && (row.source !== "" || row.fallbackText !== "")
            text: row.source !== "" ? qsTr("Default %1 · %2").arg(row.fallbackText).arg(row.source) : qsTr("Default %1").arg(row.fallbackText)
            font.family: Theme.fontFamily
            font.pixelSize: 11
            color: Theme.muted
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
        }
    }
}
