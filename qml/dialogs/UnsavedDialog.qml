// Asked before a design with unsaved changes goes away.
import QtQuick
import Loadpath.App

DialogSheet {
    id: dialog

    property string documentTitle
    signal saveChosen()
    signal discardChosen()

    objectName: "unsavedDialog"
    title: qsTr("Save the changes to “%1”?").arg(documentTitle)
    firstFocus: saveButton

    body: Text {
        width: dialog.availableWidth
        text: qsTr("If you do not save, what you changed since the last save is lost.")
        font.family: Theme.fontFamily
        font.pixelSize: 13
        color: Theme.muted
        wrapMode: Text.Wrap
    }
    buttons: [
        ActionButton {
            objectName: "discardButton"
            text: qsTr("Do not save")
            flat: true
            danger: true
            onClicked: {
                dialog.close()
                dialog.discardChosen()
            }
        },
        ActionButton {
            objectName: "cancelButton"
            text: qsTr("Cancel")
            onClicked: dialog.reject()
        },
        ActionButton {
            id: saveButton
            objectName: "saveButton"
            text: qsTr("Save")
            primary: true
            onClicked: {
                dialog.close()
                dialog.saveChosen()
            }
        }
    ]
}
