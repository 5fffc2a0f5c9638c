// One component type of the palette. Drag it onto the canvas, or press Enter.
import QtQuick
import Loadpath.App

Item {
    id: row

    property string typeId
    property string name
    property string category
    property string icon
    property string summary
    property bool current: false

    signal addRequested()
    signal dragMoved(point position)   // in the coordinates of the window's content
    signal dragDropped(point position)
    signal dragCancelled()

    implicitHeight: 32
    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.description: summary
    Accessible.onPressAction: row.addRequested()

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: 6
        anchors.rightMargin: 6
        radius: 7
        color: mouse.containsMouse || row.current ? Theme.hover : "transparent"
        border.width: row.current ? 2 : 0
        border.color: Qt.alpha(Theme.accent, 0.75)
    }
    IconTile {
        x: 12
        anchors.verticalCenter: parent.verticalCenter
        icon: row.icon
        category: row.category
    }
    Text {
        x: 48
        width: parent.width - x - 12
        anchors.verticalCenter: parent.verticalCenter
        text: row.name
        font.family: Theme.fontFamily
        font.pixelSize: 13
        color: Theme.text
        elide: Text.ElideRight
    }
    MouseArea {
        id: mouse
        property point start
        property bool dragging: false

        anchors.fill: parent
        hoverEnabled: true
        preventStealing: true
        cursorShape: dragging ? Qt.ClosedHandCursor : Qt.OpenHandCursor
        onPressed: event => {
            start = Qt.point(event.x, event.y)
            dragging = false
        }
        onPositionChanged: event => {
            if (!pressed)
                return
            if (!dragging && Math.abs(event.x - start.x) + Math.abs(event.y - start.y) > 6)
                dragging = true
            if (dragging)
                row.dragMoved(mapToItem(null, event.x, event.y))
        }
        onReleased: event => {
            if (dragging)
                row.dragDropped(mapToItem(null, event.x, event.y))
            dragging = false
        }
        onCanceled: {
            dragging = false
            row.dragCancelled()
        }
        onDoubleClicked: row.addRequested()
    }
    Loader {
        active: mouse.containsMouse && row.summary !== ""
        sourceComponent: HintTip {
            parent: row
            visible: !mouse.pressed
            delay: 700
            x: row.width - 4
            y: 0
            text: row.summary
        }
    }
}
