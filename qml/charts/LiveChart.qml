// One chart of the run: title, legend, lines that the runner fills. Axes follow the data.
import QtQuick
import Loadpath.App

Item {
    id: chart

    required property SimulationRunner simulation
    property string title
    property string unit
    property var names: []      // series of the runner, up to three
    property var labels: []
    property var tints: []
    property real floor: 1      // the axis never shows less than this
    property real ceiling: Infinity  // nor more than this
    property real peak: floor

    function refresh() {
        for (let i = 0; i < names.length; ++i)
            simulation.fillSeries(plot.line(i), names[i])
        const most = Math.max(floor, simulation.chartMaximum(names) * 1.08)
        // Steps that read well; shrinking waits for a clear change, so that the axis does not flicker.
        const step = Math.pow(10, Math.floor(Math.log10(most / 4)))
        const nice = Math.min(ceiling, [1, 2, 5, 10].find(f => f * step * 4 >= most) * step * 4)
        if (nice > peak || nice < peak * 0.6)
            peak = nice
    }

    Accessible.role: Accessible.Chart
    Accessible.name: title
    onNamesChanged: refresh()
    Component.onCompleted: refresh()
    Connections {
        target: chart.simulation
        enabled: chart.visible
        function onChartsChanged() {
            chart.refresh()
        }
    }

    Text {
        id: head
        x: 14
        y: 6
        text: chart.unit !== "" ? qsTr("%1 (%2)").arg(chart.title).arg(chart.unit) : chart.title
        font.family: Theme.fontFamily
        font.pixelSize: 12
        font.weight: Font.DemiBold
        color: Theme.text
        elide: Text.ElideRight
        width: Math.min(implicitWidth, chart.width - 20 - (legend.visible ? legend.width : 0))
    }
    Row {
        id: legend
        readonly property bool narrow: chart.width < 240
        visible: chart.labels.length > 1
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: head.verticalCenter
        spacing: narrow ? 5 : 8
        Repeater {
            model: chart.labels
            Row {
                id: entry
                required property string modelData
                required property int index
                spacing: legend.narrow ? 2 : 4
                Rectangle {
                    width: legend.narrow ? 6 : 8
                    height: 3
                    radius: 1.5
                    color: chart.tints[entry.index]
                    anchors.verticalCenter: parent.verticalCenter
                }
                Text {
                    text: entry.modelData
                    font.family: Theme.fontFamily
                    font.pixelSize: 10
                    color: Theme.muted
                }
            }
        }
    }
    ChartPlot {
        id: plot
        anchors.fill: parent
        anchors.topMargin: 20
        anchors.leftMargin: -4
        anchors.rightMargin: -2
        anchors.bottomMargin: -8
        fromS: chart.simulation.chartFromS
        toS: chart.simulation.chartToS
        peak: chart.peak
        tints: chart.tints
    }
}
