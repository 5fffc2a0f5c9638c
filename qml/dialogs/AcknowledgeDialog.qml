// Accepts a finding with a reason that is saved in the design.
import QtQuick

DialogSheet {
    id: dialog

    property string findingKey
    property string findingTitle
    signal acknowledged(string key, string reason)

    function ask(key: string, title: string) {
        findingKey = key
        findingTitle = title
        reason.text = ""
        open()
    }

    objectName: "acknowledgeDialog"
    title: qsTr("Accept “%1”?").arg(findingTitle)
    subtitle: qsTr("The finding is folded away. Your reason is saved in the design, for whoever asks later.")
    firstFocus: reason

    body: TextEntry {
        id: reason
        objectName: "acknowledgeReason"
        width: dialog.availableWidth
        placeholderText: qsTr("Reason, such as “internal tool, an hour of downtime is fine”")
        Accessible.name: qsTr("Reason")
        Keys.onReturnPressed: if (accept.enabled) accept.clicked()
        Keys.onEnterPressed: if (accept.enabled) accept.clicked()
        onEditingFinished: {}
    }
    buttons: [
        ActionButton {
            text: qsTr("Cancel")
            onClicked: dialog.reject()
        },
        ActionButton {
            id: accept
            objectName: "acknowledgeButton"
            text: qsTr("Accept")
            primary: true
            enabled: reason.text.trim() !== ""
            onClicked: {
                dialog.close()
                dialog.acknowledged(dialog.findingKey, reason.text.trim())
            }
        }
    ]
}
