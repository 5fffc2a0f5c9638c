// Finished designs to start from, as cards with a picture.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

DialogSheet {
    id: chooser

    required property TemplateModel templates
    signal chosen(string id)
    signal blankChosen()

    // Here and not in the card, which goes away with the dialog.
    function choose(id: string) {
        close()
        chosen(id)
    }

    objectName: "templateChooser"
    title: qsTr("Start from a template")
    subtitle: qsTr("Each is a design that can be checked, run and changed at once.")
    width: Math.min(parent ? parent.width - 48 : 900, 40 + 290 * Math.max(2, Math.min(3, templates.count)))
    firstFocus: grid

    body: GridView {
        id: grid
        objectName: "templateGrid"
        readonly property int columns: Math.max(1, Math.floor(width / 270))
        width: chooser.availableWidth
        height: Math.min(contentHeight, (chooser.parent ? chooser.parent.height : 700) - 220)
        clip: true
        cellWidth: Math.floor(width / columns)
        cellHeight: 268
        model: chooser.opened || chooser.visible ? chooser.templates : null
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        Accessible.role: Accessible.List
        Accessible.name: chooser.title
        Keys.onReturnPressed: (currentItem as TemplateSlot)?.choose()
        Keys.onEnterPressed: (currentItem as TemplateSlot)?.choose()
        ScrollBar.vertical: ThinScrollBar {}
        delegate: TemplateSlot {
            required property var model
            required property int index
            width: grid.cellWidth
            height: grid.cellHeight
            templateId: model.templateId
            name: model.name
            description: model.description
            countText: model.countText
            current: GridView.isCurrentItem && grid.activeFocus
            onChosen: chooser.choose(templateId)
        }
    }
    buttons: [
        ActionButton {
            objectName: "blankButton"
            text: qsTr("Empty design")
            onClicked: {
                chooser.close()
                chooser.blankChosen()
            }
        },
        ActionButton {
            text: qsTr("Cancel")
            flat: true
            onClicked: chooser.reject()
        }
    ]
}
