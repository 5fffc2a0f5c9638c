// The four charts of a run beside each other.
import QtQuick
import Loadpath.App

Row {
    id: row

    required property SimulationRunner simulation
    readonly property real cell: width / 4
    readonly property color violet: Theme.dark ? Theme.categoryText("messaging") : Theme.categoryText("messaging")

    LiveChart {
        objectName: "throughputChart"
        width: row.cell
        height: row.height
        simulation: row.simulation
        title: qsTr("Throughput")
        unit: qsTr("req/s")
        names: ["throughput"]
        tints: [Theme.accentText]
        floor: 8
    }
    LiveChart {
        objectName: "latencyChart"
        width: row.cell
        height: row.height
        simulation: row.simulation
        title: qsTr("Latency")
        unit: qsTr("ms")
        names: ["p50", "p95", "p99"]
        labels: ["p50", "p95", "p99"]
        tints: [Theme.accentText, Theme.warning, Theme.error]
        floor: 4
    }
    LiveChart {
        objectName: "errorsChart"
        width: row.cell
        height: row.height
        simulation: row.simulation
        title: qsTr("Errors")
        unit: qsTr("%")
        names: ["errors"]
        tints: [Theme.error]
        floor: 2
        ceiling: 100
    }
    LiveChart {
        objectName: "queueChart"
        width: row.cell
        height: row.height
        simulation: row.simulation
        title: qsTr("Queue depth")
        unit: ""
        names: ["queue"]
        tints: [row.violet]
        floor: 4
    }
}
