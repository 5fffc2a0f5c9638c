// The editor that fits the kind of a property. Entries go out as text or value; C++ judges them.
import QtQuick
import Loadpath.App

Loader {
    id: editor

    property string key
    property string kind
    property string label
    property string unit
    property string shownText    // what holds now, stated or not
    property var value
    property bool faint: false
    property bool readOnly: false
    property var choices: []
    property var choiceLabels: []
    property string problem
    property var minimum
    property var maximum
    // A share is explored with a slider; availability lives in its last percent, where one is useless.
    readonly property bool isShare: kind === "number" && minimum === 0 && maximum === 1 && key.indexOf("availability") < 0
    readonly property bool wide: kind === "set" || kind === "list" || kind === "object" || kind === "prose"

    signal textEntered(string text)
    signal valueChosen(var value)

    enabled: !readOnly
    sourceComponent: kind === "boolean" ? toggle : kind === "choice" || kind === "reference" ? choice
                   : kind === "set" ? chips : wide ? block : isShare ? share : line

    Component {
        id: toggle
        ToggleSwitch {
            Accessible.name: editor.label
            checked: editor.value === true
            faint: editor.faint
            text: checked ? qsTr("yes") : qsTr("no")
            onToggled: editor.valueChosen(checked)
        }
    }
    Component {
        id: line
        TextEntry {
            objectName: "entry:" + editor.key
            Accessible.name: editor.label
            value: editor.shownText
            unit: editor.unit
            faint: editor.faint
            problem: editor.problem
            readOnly: editor.readOnly
            onCommitted: text => editor.textEntered(text)
        }
    }
    Component {
        id: share
        Item {
            implicitHeight: 30
            ValueSlider {
                anchors.left: parent.left
                anchors.right: number.left
                anchors.rightMargin: 8
                anchors.verticalCenter: parent.verticalCenter
                label: editor.label
                readout: editor.shownText
                faint: editor.faint
                value: Number(editor.value) || 0
                onMoved: editor.valueChosen(Number(value.toFixed(3)))
            }
            TextEntry {
                id: number
                objectName: "entry:" + editor.key
                anchors.right: parent.right
                implicitWidth: 84
                Accessible.name: editor.label
                value: editor.shownText
                faint: editor.faint
                problem: editor.problem
                onCommitted: text => editor.textEntered(text)
            }
        }
    }
    Component {
        id: choice
        ChoiceBox {
            objectName: "choice:" + editor.key
            label: editor.label
            faint: editor.faint
            model: editor.choiceLabels.length > 0 ? editor.choiceLabels : editor.choices
            currentIndex: editor.choices.indexOf(editor.value)
            displayText: currentIndex >= 0 ? currentText : editor.shownText !== "" ? editor.shownText : qsTr("not set")
            onActivated: index => editor.valueChosen(editor.choices[index])
        }
    }
    Component {
        id: chips
        Flow {
            spacing: 6
            Text {
                visible: editor.choices.length === 0
                text: qsTr("none in this design")
                font.family: Theme.fontFamily
                font.pixelSize: 12
                color: Theme.muted
            }
            Repeater {
                model: editor.choices
                ChipToggle {
                    required property string modelData
                    required property int index
                    readonly property var members: editor.value ?? []
                    text: editor.choiceLabels[index] ?? modelData
                    checked: members.indexOf(modelData) >= 0
                    faint: editor.faint
                    onToggled: editor.valueChosen(editor.choices.filter(
                        c => c === modelData ? checked : members.indexOf(c) >= 0))
                }
            }
        }
    }
    Component {
        id: block
        TextPane {
            entryName: "entry:" + editor.key
            label: editor.label
            value: editor.shownText
            faint: editor.faint
            problem: editor.problem
            code: editor.kind !== "prose"
            readOnly: editor.readOnly
            onCommitted: text => editor.textEntered(text)
        }
    }
}
