// The quiet capital line over a group.
import QtQuick
import Loadpath.App

Text {
    font.family: Theme.fontFamily
    font.pixelSize: 10
    font.weight: Font.Bold
    font.letterSpacing: 0.8
    font.capitalization: Font.AllUppercase
    color: Theme.muted
    elide: Text.ElideRight
    Accessible.role: Accessible.Heading
    Accessible.name: text
}
