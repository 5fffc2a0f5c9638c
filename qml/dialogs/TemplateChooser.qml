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
    subtitle: qsTr("Each is a design that can be checked, run and changed at once. The first attempt at it shows what to avoid.")
    width: Math.min(parent ? parent.width - 48 : 910, 910)
    firstFocus: grid
    onAboutToShow: search.text = ""

    body: [TextEntry {
        id: search
        objectName: "templateSearch"
        x: 6
        width: chooser.availableWidth - 12
        leftPadding: 30
        placeholderText: qsTr("Search templates")
        Accessible.name: placeholderText
        activeFocusOnTab: true
        onTextChanged: chooser.templates.filter = text
        Keys.onDownPressed: grid.forceActiveFocus(Qt.TabFocusReason)
        Keys.onReturnPressed: grid.chooseCurrent()
        Keys.onEnterPressed: grid.chooseCurrent()

        Glyph {
            x: 9
            anchors.verticalCenter: parent.verticalCenter
            name: "search"
            color: Theme.muted
        }
    },
    EmptyState {
        visible: chooser.templates.count === 0
        anchors.centerIn: grid
        width: Math.min(320, grid.width)
        glyph: "search"
        title: qsTr("No template matches")
        text: qsTr("Try a shorter word.")
    },
    GridView {
        id: grid
        objectName: "templateGrid"
        function chooseCurrent() {
            (currentItem as TemplateSlot)?.choose()
        }
        y: search.height + 8
        readonly property int columns: Math.max(1, Math.floor(width / 270))
        width: chooser.availableWidth
        height: Math.min(cellHeight * Math.ceil(chooser.templates.total / columns),
                         (chooser.parent ? chooser.parent.height : 700) - 260)
        clip: true
        cellWidth: Math.floor(width / columns)
        cellHeight: 268
        model: chooser.opened || chooser.visible ? chooser.templates : null
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        Accessible.role: Accessible.List
        Accessible.name: chooser.title
        Keys.onReturnPressed: chooseCurrent()
        Keys.onEnterPressed: chooseCurrent()
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
            firstAttempt: model.firstAttempt
            current: GridView.isCurrentItem && grid.activeFocus
            onChosen: id => chooser.choose(id)
        }
    }]
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
