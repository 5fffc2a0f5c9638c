// The bottom drawer: what drives a run, and its charts once there is one.
import QtQuick
import Loadpath.App

Rectangle {
    id: drawer

    required property SimulationRunner simulation
    required property Document document
    property bool chartsOpen: false
    property int chartsHeight: 170
    readonly property bool compact: width < 1010
    readonly property bool tight: !compact && width < 1290
    signal runRequested()

    implicitHeight: 48 + (chartsOpen ? chartsHeight : 0)
    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Run")

    Behavior on implicitHeight {
        enabled: !Theme.reducedMotion
        NumberAnimation { duration: Theme.motionMs; easing.type: Easing.OutCubic }
    }

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }
    TransportBar {
        id: transport
        x: drawer.compact ? 8 : 14
        y: 8
        simulation: drawer.simulation
        compact: drawer.compact
        tight: drawer.tight
        labelRoom: drawer.compact ? Math.max(0, drawer.width - 610) : Math.max(120, drawer.width - 910)
        onRunRequested: drawer.runRequested()
    }
    FaultBar {
        anchors.left: transport.right
        anchors.leftMargin: drawer.compact ? 10 : drawer.tight ? 16 : 24
        y: 8
        simulation: drawer.simulation
        document: drawer.document
        compact: drawer.compact
        tight: drawer.tight
    }
    ActionButton {
        objectName: "chartsFold"
        anchors.right: parent.right
        anchors.rightMargin: 8
        y: 8
        flat: true
        glyph: drawer.chartsOpen ? "chevron-down" : "chevron-up"
        hint: drawer.chartsOpen ? qsTr("Fold the charts") : qsTr("Show the charts")
        shortcut: "Ctrl+3"
        onClicked: drawer.chartsOpen = !drawer.chartsOpen
    }
    Item {
        y: 48
        width: parent.width
        height: parent.height - 48
        clip: true
        LazyPage {
            width: parent.width
            height: drawer.chartsHeight
            shown: drawer.chartsOpen
            sourceComponent: ChartsRow { simulation: drawer.simulation }
        }
    }
}
