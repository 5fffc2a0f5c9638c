// One property in the bar of a connection; a set of members opens below it.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Item {
    id: field

    property string key
    property string label
    property string kind
    property var value
    property string text
    property string fallbackText
    property bool stated: false
    property var choices: []
    property var choiceLabels: []
    property string problem
    readonly property bool isSet: kind === "set"

    signal textEntered(string text)
    signal valueChosen(var value)

    function takeKeyboard() {
        editor.item?.forceActiveFocus(Qt.TabFocusReason)
    }

    visible: !isSet || choices.length > 0
    implicitWidth: isSet ? members.implicitWidth : kind === "text" ? 130 : 112
    implicitHeight: 30

    PropertyEditor {
        id: editor
        scope: "bar."
        visible: !field.isSet
        anchors.fill: parent
        key: field.key
        kind: field.isSet ? "text" : field.kind
        label: field.label
        shownText: field.text !== "" ? field.text : field.fallbackText
        placeholder: field.label
        value: field.value
        faint: !field.stated
        choices: field.choices
        choiceLabels: field.choiceLabels
        problem: field.problem
        onTextEntered: text => field.textEntered(text)
        onValueChosen: value => field.valueChosen(value)
    }
    ActionButton {
        id: members
        readonly property int chosen: (field.value ?? []).length
        objectName: "members:" + field.key
        visible: field.isSet
        implicitHeight: 30
        glyph: "chevron-down"
        trailing: true
        text: chosen === field.choices.length ? qsTr("All flows") : qsTr("%1 of %2 flows").arg(chosen).arg(field.choices.length)
        hint: qsTr("Which flows take this connection")
        onClicked: sheet.opened ? sheet.close() : sheet.open()
        Popup {
            id: sheet
            y: members.height + 6
            width: 240
            padding: 10
            margins: 8
            focus: true
            background: Surface {}
            contentItem: PropertyEditor {
                key: field.key
                kind: field.kind
                label: field.label
                value: field.value
                faint: !field.stated
                choices: field.choices
                choiceLabels: field.choiceLabels
                onValueChosen: value => field.valueChosen(value)
            }
        }
    }
}
