import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

MenuSeparator {
    height: visible ? implicitHeight : 0
    topPadding: 5
    bottomPadding: 5
    contentItem: Rectangle {
        implicitHeight: 1
        color: Theme.border
    }
}
