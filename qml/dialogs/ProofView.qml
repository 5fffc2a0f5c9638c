// A run of what a finding warns of, before and after its fix: the button, the progress, both curves.
import QtQuick
import Loadpath.App

Column {
    id: view

    required property RuleDesk desk
    property string promise  // what a run does, in words
    readonly property alias button: trigger
    readonly property bool running: desk.proofState === "running"
    readonly property bool done: desk.proofState === "done"

    signal proofRequested()

    spacing: 8

    function refresh() {
        if (!done)
            return
        desk.fillCurve(plot.line(0), false)
        desk.fillCurve(plot.line(1), true)
    }

    Connections {
        target: view.desk
        function onProofChanged() {
            view.refresh()
        }
    }

    SectionHead { text: qsTr("Proof") }
    Paragraph {
        visible: text !== ""
        width: view.width
        text: view.desk.proofWhat !== "" ? view.desk.proofWhat : view.promise
    }
    // One button throughout: the keyboard stays where it is.
    ActionButton {
        id: trigger
        objectName: "proveButton"
        text: view.running ? qsTr("Stop (%1 %)").arg(Math.round(view.desk.proofProgress * 100))
            : view.done ? qsTr("Run again") : qsTr("Prove it")
        glyph: view.running ? "stop" : "play"
        hint: view.running ? "" : qsTr("Runs what this finding warns of, on the design as it is and as mended")
        onClicked: {
            if (view.running)
                view.desk.cancelProof()
            else
                view.proofRequested()
        }
    }
    Item {
        visible: view.done
        width: view.width
        height: 190
        Accessible.role: Accessible.Chart
        Accessible.name: qsTr("%1 over %2 s, before and after the fix").arg(view.desk.proofMeasure).arg(view.desk.proofSeconds)
        ChartPlot {
            id: plot
            objectName: "proofPlot"
            anchors.fill: parent
            fromS: 0
            toS: view.desk.proofSeconds
            peak: Math.max(1, view.desk.proofPeak * 1.1)
            tints: [Theme.error, Theme.ok]
        }
    }
    Repeater {
        model: view.done ? [
            { tint: Theme.error, text: qsTr("As it is: %1").arg(view.desk.proofBefore) },
            { tint: Theme.ok, text: qsTr("Mended: %1").arg(view.desk.proofAfter) }
        ] : []
        Row {
            id: entry
            required property var modelData
            spacing: 8
            Rectangle {
                width: 14
                height: 3
                radius: 1.5
                color: entry.modelData.tint
                anchors.verticalCenter: parent.verticalCenter
            }
            Paragraph {
                width: view.width - 22
                text: entry.modelData.text
            }
        }
    }
    Paragraph {
        visible: view.done
        width: view.width
        text: qsTr("The curves show %1.").arg(view.desk.proofMeasure)
    }
}
