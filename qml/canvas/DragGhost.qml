// The card that follows the pointer while a type is dragged from the palette.
import QtQuick
import Loadpath.App

Item {
    id: ghost

    property string name
    property string category
    property string icon
    property real zoom: 1
    property bool allowed: false

    function moveTo(position: point) {
        x = position.x - width / 2
        y = position.y - height / 2
        visible = true
    }

    visible: false
    width: 176 * zoom
    height: 66 * zoom
    opacity: allowed ? 0.92 : 0.55
    Accessible.ignored: true

    Rectangle {
        width: 176
        height: 66
        scale: ghost.zoom
        transformOrigin: Item.TopLeft
        radius: Theme.radiusCard
        color: Theme.raised
        border.width: ghost.allowed ? 2 : 1
        border.color: ghost.allowed ? Theme.accent : Theme.border
        IconTile {
            x: 11
            y: 14
            size: 38
            icon: ghost.icon
            category: ghost.category
        }
        Text {
            x: 59
            width: 106
            anchors.verticalCenter: parent.verticalCenter
            text: ghost.name
            font.family: Theme.fontFamily
            font.pixelSize: 13
            font.weight: Font.DemiBold
            color: Theme.text
            elide: Text.ElideRight
        }
    }
}
