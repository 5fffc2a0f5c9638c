// A text block that scrolls inside a frame once it grows too high.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Flickable {
    id: pane

    property alias text: area.text
    property alias value: area.value
    property alias label: area.label
    property alias faint: area.faint
    property alias code: area.code
    property alias readOnly: area.readOnly
    property alias entryName: area.objectName
    property string problem
    property int mostHeight: 170
    signal committed(string text)

    implicitHeight: Math.max(34, Math.min(area.implicitHeight, mostHeight))
    contentHeight: area.implicitHeight
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    ScrollBar.vertical: ThinScrollBar {}

    TextBlock {
        id: area
        width: pane.width
        background: null
        onCommitted: text => pane.committed(text)
        // The line being typed stays in view.
        onCursorRectangleChanged: {
            if (!activeFocus)
                return
            pane.contentY = Math.max(0, Math.min(cursorRectangle.y - 8,
                Math.max(pane.contentY, cursorRectangle.y + cursorRectangle.height + 8 - pane.height)))
        }
    }
    Rectangle {
        y: pane.contentY
        width: pane.width
        height: pane.height
        z: -1
        radius: 7
        color: Theme.surface
        border.width: area.activeFocus ? 2 : 1
        border.color: pane.problem !== "" ? Theme.error : area.activeFocus ? Theme.accent : Theme.border
    }
}
