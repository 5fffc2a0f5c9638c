import QtQuick
import Loadpath.App

Column {
    id: field

    property string label

    spacing: 3
    Text {
        width: parent.width
        text: field.label
        font.family: Theme.fontFamily
        font.pixelSize: 11
        color: Theme.muted
        elide: Text.ElideRight
    }
}
