// Run, pause, speed, time, load: what a live run is driven with.
import QtQuick
import Loadpath.App

Row {
    id: bar

    required property SimulationRunner simulation
    property bool compact: false
    property bool tight: false
    property int labelRoom: 160
    readonly property bool running: simulation.state === "running"
    readonly property bool stopped: simulation.state === "stopped"
    signal runRequested()

    spacing: compact ? 5 : tight ? 6 : 8

    ActionButton {
        objectName: "playButton"
        glyph: bar.running ? "pause" : "play"
        text: bar.compact ? "" : bar.running ? qsTr("Pause") : bar.stopped ? qsTr("Run") : qsTr("Go on")
        hint: bar.running ? qsTr("Pause the run") : bar.stopped ? qsTr("Send the stated load through the design") : qsTr("Go on with the run")
        shortcut: "F5"
        width: bar.compact ? 32 : bar.tight ? 84 : 96
        onClicked: bar.runRequested()
    }
    ActionButton {
        objectName: "stopRunButton"
        glyph: "stop"
        enabled: !bar.stopped
        hint: qsTr("End the run")
        shortcut: "Shift+F5"
        onClicked: bar.simulation.stop()
    }
    ActionButton {
        objectName: "stepButton"
        visible: !bar.compact && !bar.tight
        glyph: "step"
        enabled: bar.simulation.state === "paused"
        hint: qsTr("One sample further")
        shortcut: "F10"
        onClicked: bar.simulation.step()
    }
    ChoiceBox {
        objectName: "speedChoice"
        readonly property var speeds: [0.1, 0.5, 1, 2, 5, 10, 0]
        width: 76
        implicitHeight: 32
        label: qsTr("Speed of the run")
        model: [qsTr("0.1 ×"), qsTr("0.5 ×"), qsTr("1 ×"), qsTr("2 ×"), qsTr("5 ×"), qsTr("10 ×"), qsTr("max")]
        currentIndex: speeds.indexOf(bar.simulation.speed)
        displayText: currentIndex >= 0 ? currentText : qsTr("%1 ×").arg(bar.simulation.speed)
        onActivated: index => bar.simulation.speed = speeds[index]
    }
    Text {
        objectName: "timeLabel"
        width: bar.compact ? 82 : 88
        height: 32
        verticalAlignment: Text.AlignVCenter
        text: qsTr("t = %1").arg(bar.simulation.timeText)
        font.family: Theme.fontFamily
        font.pixelSize: 12
        color: bar.simulation.lagging ? Theme.warningText : Theme.muted
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Text {
        visible: !bar.compact && !bar.tight
        height: 32
        verticalAlignment: Text.AlignVCenter
        text: qsTr("Load")
        font.family: Theme.fontFamily
        font.pixelSize: 12
        color: Theme.muted
    }
    ValueSlider {
        objectName: "loadSlider"
        width: bar.compact ? 90 : bar.tight ? 104 : 130
        height: 32
        label: qsTr("Load")
        readout: bar.simulation.loadText
        from: 0
        to: 3
        stepSize: 0.05
        value: bar.simulation.load
        onMoved: bar.simulation.load = value
    }
    Text {
        objectName: "loadLabel"
        width: Math.min(implicitWidth, bar.compact || bar.tight ? bar.labelRoom : 180)
        height: 32
        verticalAlignment: Text.AlignVCenter
        text: bar.simulation.loadText
        font.family: Theme.fontFamily
        font.pixelSize: 12
        color: Theme.text
        elide: Text.ElideRight
    }
}
