// A cell of the chooser: the card with space around it, a ring for the keyboard, and the way to the first
// attempt at the same problem.
import QtQuick
import Loadpath.App

Item {
    id: slot

    property string templateId
    property string name
    property string description
    property string countText
    property string firstAttempt
    property bool current: false

    signal chosen(string id)

    function choose() {
        chosen(templateId)
    }

    TemplateCard {
        objectName: "template:" + slot.templateId
        anchors.fill: parent
        anchors.margins: 6
        name: slot.name
        description: slot.description
        countText: slot.countText
        picture: "image://template/" + slot.templateId + (Theme.dark ? "/dark" : "/light")
        onClicked: slot.choose()
        FocusRing {
            active: slot.current
            radius: Theme.radiusCard + 2
        }
    }
    ActionButton {
        objectName: "template:" + slot.firstAttempt
        visible: slot.firstAttempt !== ""
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 12
        implicitHeight: 28
        text: qsTr("First attempt")
        hint: qsTr("%1 as one draws it first: to be mended finding by finding").arg(slot.name)
        onClicked: slot.chosen(slot.firstAttempt)
    }
}
