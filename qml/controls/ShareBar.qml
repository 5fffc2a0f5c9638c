// A thin bar for a share between 0 and 1.
import QtQuick
import Loadpath.App

Rectangle {
    id: bar

    property real share: 0
    property color tint: Theme.accent

    implicitHeight: 4
    radius: 2
    color: Theme.track
    Rectangle {
        width: Math.max(bar.share > 0 ? 4 : 0, Math.min(1, bar.share) * parent.width)
        height: parent.height
        radius: 2
        color: bar.tint
        Behavior on width { enabled: !Theme.reducedMotion; NumberAnimation { duration: Theme.motionMs } }
    }
}
