// The icon of a component type on a tile in the colour of its category.
import QtQuick

Rectangle {
    id: tile

    property string icon  // path of the drawing relative to the palette
    property string category
    property int size: 26
    readonly property CategoryTint tint: CategoryTint { category: tile.category }

    implicitWidth: size
    implicitHeight: size
    radius: Math.round(size * 0.27)
    color: tint.tile

    Image {
        anchors.centerIn: parent
        width: Math.round(tile.size * 0.62)
        height: width
        sourceSize { width: Math.round(width); height: Math.round(height) }
        source: tile.icon === "" ? "" : "image://icon/type/" + tile.icon + "/" + tile.tint.glyph.toString().slice(1)
        Accessible.ignored: true
    }
}
