// Prose in a panel or a dialog: wraps, plain text.
import QtQuick
import Loadpath.App

Text {
    font.family: Theme.fontFamily
    font.pixelSize: 12
    lineHeight: 1.18
    color: Theme.muted
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
}
