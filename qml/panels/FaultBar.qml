// Breaks what is selected, while it runs. Which faults fit is the runner's word.
import QtQuick
import Loadpath.App

Row {
    id: bar

    required property SimulationRunner simulation
    required property Document document
    property bool compact: false  // drawings only
    property bool tight: false    // words only
    readonly property string target: document.selection.primaryId
    readonly property string kind: document.selection.kind
    readonly property bool live: simulation.state !== "stopped"
    readonly property string later: qsTr("Run the design first")

    spacing: compact ? 4 : tight ? 6 : 8

    ActionButton {
        objectName: "killButton"
        glyph: bar.tight ? "" : "power"
        text: bar.compact ? "" : qsTr("Kill instance")
        enabled: bar.live && bar.kind === "component"
        hint: !bar.live ? bar.later : enabled ? qsTr("One instance of the selected component goes down") : qsTr("Select a component to kill an instance of it")
        onClicked: bar.simulation.injectFault("instance_down", bar.target, { "count": 1 })
    }
    ActionButton {
        id: cutButton
        objectName: "cutButton"
        readonly property var zones: bar.document.revision >= 0 ? bar.document.zones() : []
        glyph: bar.tight ? "" : "cut"
        text: bar.compact ? "" : qsTr("Cut zone")
        enabled: bar.live && zones.length > 0
        hint: !bar.live ? bar.later : enabled ? qsTr("Everything in a zone goes down") : qsTr("The design has no zones")
        onClicked: {
            if (bar.kind === "zone") {
                bar.simulation.injectFault("zone_down", bar.target)
            } else {
                cutMenu.active = true;
                (cutMenu.item as ZoneMenu).popup(cutButton, 0, -((cutMenu.item as ZoneMenu).implicitHeight + 6))
            }
        }
        Loader {
            id: cutMenu
            active: false
            sourceComponent: ZoneMenu {
                zones: cutButton.zones
                onChosen: id => bar.simulation.injectFault("zone_down", id)
            }
        }
    }
    ActionButton {
        objectName: "slowButton"
        glyph: bar.tight ? "" : "slow"
        text: bar.compact ? "" : qsTr("Slow ×5")
        enabled: bar.live && bar.kind === "component"
        hint: !bar.live ? bar.later : enabled ? qsTr("The selected component takes five times as long") : qsTr("Select a component to slow it down")
        onClicked: bar.simulation.injectFault("slow", bar.target, { "factor": 5 })
    }
    ActionButton {
        objectName: "crowdButton"
        glyph: bar.tight ? "" : "surge"
        text: bar.compact ? "" : qsTr("Flash crowd")
        enabled: bar.live
        hint: bar.live ? qsTr("Three times the load") : bar.later
        onClicked: bar.simulation.injectFault("load", "", { "factor": 3 })
    }
    ActionButton {
        objectName: "liftButton"
        readonly property var faults: bar.simulation.activeFaults
        readonly property int active: faults.length
        glyph: "lift"
        text: bar.compact || bar.tight ? (active > 0 ? String(active) : "") : active > 0 ? qsTr("Lift faults (%1)").arg(active) : qsTr("Lift faults")
        enabled: active > 0
        hint: active > 0 ? faults.map(f => f.text).join("\n") : qsTr("No fault is active")
        onClicked: bar.simulation.liftFaults()
    }
}
