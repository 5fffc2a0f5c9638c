// A drawing from icons/ in the colour of the text around it.
import QtQuick

Image {
    id: glyph

    property string name
    property color color: "black"
    property int size: 16

    width: size
    height: size
    sourceSize { width: glyph.size; height: glyph.size }
    source: name === "" ? "" : "image://icon/glyph/" + name + "/" + glyph.color.toString().slice(1)
    Accessible.ignored: true
}
