// A cell of the chooser: the card with space around it and a ring for the keyboard.
import QtQuick
import Loadpath.App

Item {
    id: slot

    property string templateId
    property string name
    property string description
    property string countText
    property bool current: false

    signal chosen()

    function choose() {
        chosen()
    }

    TemplateCard {
        objectName: "template:" + slot.templateId
        anchors.fill: parent
        anchors.margins: 6
        name: slot.name
        description: slot.description
        countText: slot.countText
        picture: "image://template/" + slot.templateId + (Theme.dark ? "/dark" : "/light")
        onClicked: slot.chosen()
        FocusRing {
            active: slot.current
            radius: Theme.radiusCard + 2
        }
    }
}
