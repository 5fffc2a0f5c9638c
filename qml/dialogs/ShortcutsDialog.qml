// Every shortcut on one sheet.
import QtQuick
import Loadpath.App

DialogSheet {
    id: dialog

    readonly property var groups: [
        { head: qsTr("Design"), keys: [["Ctrl+N", qsTr("New")], ["Ctrl+Shift+N", qsTr("New window")], ["Ctrl+O", qsTr("Open")], ["Ctrl+S", qsTr("Save")],
            ["Ctrl+Shift+S", qsTr("Save as")], ["Ctrl+T", qsTr("Templates")], ["Ctrl+Z", qsTr("Undo")],
            ["Ctrl+Shift+Z", qsTr("Redo")], ["Ctrl+Q", qsTr("Quit")]] },
        { head: qsTr("Canvas"), keys: [["/", qsTr("Place a component")], ["Ctrl+F", qsTr("Find")], ["Ctrl+K", qsTr("All commands")],
            ["Ctrl+Shift+T", qsTr("Tidy up")], [qsTr("Alt + drag"), qsTr("Take a copy along")], ["Ctrl+Shift+F", qsTr("Focus on the selection")], ["C", qsTr("Connect to another")], [qsTr("Enter"), qsTr("Mode, protocol and flows of a line")], ["F2", qsTr("Rename")], ["Del", qsTr("Delete")],
            ["Ctrl+C, X, V", qsTr("Copy, cut, paste")], ["Ctrl+D", qsTr("Duplicate")], ["Ctrl+A", qsTr("Select all")],
            [qsTr("Arrows"), qsTr("Move the selection")], [qsTr("Space + drag"), qsTr("Move the view")]] },
        { head: qsTr("View"), keys: [["Ctrl++ −", qsTr("Zoom in, out")], ["Ctrl+0", qsTr("100 %")], ["Ctrl+9", qsTr("Whole design")],
            ["Ctrl+8", qsTr("Selection")], ["Ctrl+1", qsTr("Palette")], ["Ctrl+2", qsTr("Side panel")],
            ["Ctrl+3", qsTr("Charts")], ["Ctrl+L", qsTr("Light or dark")]] },
        { head: qsTr("Run and panels"), keys: [["F5", qsTr("Run, pause, go on")], ["Shift+F5", qsTr("Stop")], ["F10", qsTr("Step while paused")],
            ["Ctrl+4", qsTr("Properties")], ["Ctrl+5", qsTr("Findings")], ["Ctrl+6", qsTr("Design")],
            ["Ctrl+H", qsTr("History and versions")], ["Ctrl+7", qsTr("Analysis")], ["Ctrl+Shift+7", qsTr("Estimates")], ["F1", qsTr("This sheet")]] }
    ]

    objectName: "shortcutsDialog"
    title: qsTr("Keyboard shortcuts")
    width: Math.min(640, parent ? parent.width - 32 : 640)

    body: Grid {
        width: dialog.availableWidth
        columns: 2
        columnSpacing: 28
        rowSpacing: 18
        Repeater {
            model: dialog.groups
            Column {
                id: group
                required property var modelData
                width: (dialog.availableWidth - 28) / 2
                spacing: 5
                SectionHead {
                    text: group.modelData.head
                    bottomPadding: 3
                }
                Repeater {
                    model: group.modelData.keys
                    Item {
                        id: line
                        required property var modelData
                        width: group.width
                        height: 20
                        Text {
                            anchors.verticalCenter: parent.verticalCenter
                            text: line.modelData[1]
                            font.family: Theme.fontFamily
                            font.pixelSize: 13
                            color: Theme.text
                        }
                        Pill {
                            anchors.right: parent.right
                            text: line.modelData[0]
                            strong: false
                        }
                    }
                }
            }
        }
    }
    buttons: ActionButton {
        text: qsTr("Close")
        onClicked: dialog.close()
    }
}
