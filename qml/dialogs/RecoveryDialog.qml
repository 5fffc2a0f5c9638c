// Offered at the start when the last session ended without saving.
import QtQuick
import Loadpath.App

DialogSheet {
    id: dialog

    property string details
    signal recoverChosen()
    signal discardChosen()

    objectName: "recoveryDialog"
    title: qsTr("Recover unsaved work?")
    closePolicy: DialogSheet.NoAutoClose
    firstFocus: recoverButton

    body: Text {
        width: dialog.availableWidth
        text: qsTr("Loadpath ended without saving last time. What you had drawn was kept aside: %1").arg(dialog.details)
        font.family: Theme.fontFamily
        font.pixelSize: 13
        color: Theme.muted
        wrapMode: Text.Wrap
    }
    buttons: [
        ActionButton {
            objectName: "discardRecoveryButton"
            text: qsTr("Discard it")
            flat: true
            danger: true
            onClicked: {
                dialog.close()
                dialog.discardChosen()
            }
        },
        ActionButton {
            id: recoverButton
            objectName: "recoverButton"
            text: qsTr("Recover")
            primary: true
            onClicked: {
                dialog.close()
                dialog.recoverChosen()
            }
        }
    ]
}
