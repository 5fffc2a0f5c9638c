// A question or a choice in front of the window: title, content, and its buttons at the lower right.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Loadpath.App

Dialog {
    id: dialog

    default property alias body: holder.data
    property alias buttons: row.data
    property string subtitle
    property Item firstFocus

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    modal: true
    padding: 20
    topPadding: 0
    closePolicy: Popup.CloseOnEscape
    width: Math.min(460, parent ? parent.width - 32 : 460)

    function takeKeyboard() {
        (firstFocus ?? row.children[row.children.length - 1])?.forceActiveFocus(Qt.TabFocusReason)
    }

    focus: true
    onOpened: takeKeyboard()

    header: Column {
        padding: 20
        bottomPadding: 12
        spacing: 4
        Text {
            width: dialog.width - 40
            text: dialog.title
            font.family: Theme.fontFamily
            font.pixelSize: 17
            font.weight: Font.DemiBold
            color: Theme.text
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
            Accessible.role: Accessible.Heading
        }
        Text {
            width: dialog.width - 40
            visible: text !== ""
            text: dialog.subtitle
            font.family: Theme.fontFamily
            font.pixelSize: 13
            color: Theme.muted
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
        }
    }
    contentItem: Item {
        id: holder
        // A file dialog of the system may have kept the keyboard until after this one opened.
        readonly property bool windowActive: Window.active
        implicitHeight: childrenRect.height
        onWindowActiveChanged: if (windowActive && dialog.opened) dialog.takeKeyboard()
    }
    footer: Item {
        implicitHeight: row.children.length > 0 ? 64 : 12
        Row {
            id: row
            anchors.right: parent.right
            anchors.rightMargin: 20
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 18
            spacing: 8
        }
    }
    background: Surface { radius: 14 }
    T.Overlay.modal: Rectangle {
        color: Qt.rgba(0.04, 0.06, 0.1, Theme.dark ? 0.6 : 0.38)
    }
    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.motionMs }
    }
    exit: Transition {
        NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.motionMs }
    }
}
