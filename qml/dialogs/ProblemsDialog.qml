// Why something could not be done: one line a problem, with its place where there is one.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

DialogSheet {
    id: dialog

    property var problems: []

    function show(title: string, text: string) {
        dialog.title = title
        dialog.problems = text.split("\n").filter(line => line.trim() !== "")
        open()
    }

    objectName: "problemsDialog"
    width: Math.min(620, parent ? parent.width - 32 : 620)
    firstFocus: closeButton

    body: Rectangle {
        width: dialog.availableWidth
        height: Math.min(list.contentHeight + 2, 320)
        radius: 7
        color: Theme.canvas
        border.color: Theme.border
        ListView {
            id: list
            anchors.fill: parent
            anchors.margins: 1
            clip: true
            model: dialog.problems
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ThinScrollBar {}
            delegate: Item {
                id: row
                required property string modelData
                required property int index
                width: ListView.view.width
                height: words.implicitHeight + 18
                Rectangle {
                    visible: row.index > 0
                    width: parent.width
                    height: 1
                    color: Theme.border
                }
                Glyph {
                    x: 12
                    anchors.top: words.top
                    name: "error"
                    size: 15
                    color: Theme.errorText
                }
                Text {
                    id: words
                    x: 36
                    y: 9
                    width: parent.width - 48
                    text: row.modelData
                    font.family: Theme.fontFamily
                    font.pixelSize: 13
                    color: Theme.text
                    wrapMode: Text.Wrap
                    textFormat: Text.PlainText
                    Accessible.role: Accessible.StaticText
                    Accessible.name: text
                }
            }
        }
    }
    buttons: ActionButton {
        id: closeButton
        objectName: "closeProblemsButton"
        text: qsTr("Close")
        primary: true
        onClicked: dialog.close()
    }
}
