// The editor that fits the kind of a property. Entries go out as text or value; C++ judges them.
import QtQuick
import Loadpath.App

Loader {
    id: editor

    property string key
    property string scope       // of object names, where two editors of one property may be there
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
    property string placeholder
    property bool mixed: false
    property string slider: "none"   // beside: one stands beside the field
    property real position: 0
    readonly property bool wide: kind === "set" || kind === "list" || kind === "object" || kind === "prose"

    signal textEntered(string text)
    signal valueChosen(var value)
    signal exploringBegun()
    signal explored(real position)
    signal exploringEnded()

    enabled: !readOnly
    sourceComponent: kind === "boolean" ? toggle : kind === "choice" || kind === "reference" ? choice
                   : kind === "set" ? chips : wide ? block : slider === "beside" ? share : line

    Component {
        id: toggle
        ToggleSwitch {
            Accessible.name: editor.label
            checked: editor.value === true
            faint: editor.faint
            text: editor.mixed ? qsTr("mixed") : checked ? qsTr("yes") : qsTr("no")
            onToggled: editor.valueChosen(checked)
        }
    }
    Component {
        id: line
        TextEntry {
            objectName: "entry:" + editor.scope + editor.key
            Accessible.name: editor.label
            value: editor.shownText
            placeholderText: editor.placeholder
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
                objectName: "slider:" + editor.key
                value: editor.position
                onGrasped: editor.exploringBegun()
                onMoved: editor.explored(value)
                onReleased: editor.exploringEnded()
            }
            TextEntry {
                id: number
                objectName: "entry:" + editor.scope + editor.key
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
            objectName: "choice:" + editor.scope + editor.key
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
                visible: text !== ""
                text: editor.choices.length === 0 ? qsTr("none in this design") : editor.mixed ? qsTr("mixed") : ""
                font.family: Theme.fontFamily
                font.pixelSize: 12
                color: Theme.muted
            }
            Repeater {
                model: editor.choices
                ChipToggle {
                    objectName: "chip:" + editor.key + ":" + modelData
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
            entryName: "entry:" + editor.scope + editor.key
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
