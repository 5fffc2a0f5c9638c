// Axes and up to three lines of QtCharts in the window's colours.
import QtQuick
import QtCharts
import Loadpath.App

// QtCharts 6.4 describes its axes twice, so qmllint resolves neither.
// qmllint disable

ChartView {
    id: view

    property real fromS: 0
    property real toS: 10
    property real peak: 1
    property var tints: []

    function line(index: int): LineSeries {
        return [first, second, third][index]
    }

    margins { top: 0; bottom: 0; left: 0; right: 0 }
    legend.visible: false
    antialiasing: true
    backgroundColor: "transparent"
    plotAreaColor: "transparent"
    animationOptions: ChartView.NoAnimation
    Accessible.ignored: true

    ValueAxis {
        id: timeAxis
        min: view.fromS
        max: Math.max(min + 10, view.toS)
        tickCount: view.width > 260 ? 4 : 3
        labelFormat: "%.0f s"
        labelsFont { family: Theme.fontFamily; pixelSize: 10 }
        labelsColor: Theme.muted
        gridVisible: false
        color: Theme.border
    }
    ValueAxis {
        id: valueAxis
        min: 0
        max: view.peak
        tickCount: view.height > 150 ? 5 : 3
        labelFormat: view.peak < 4 ? "%.1f" : "%.0f"
        labelsFont { family: Theme.fontFamily; pixelSize: 10 }
        labelsColor: Theme.muted
        gridLineColor: Theme.border
        lineVisible: false
    }
    LineSeries {
        id: first
        axisX: timeAxis
        axisY: valueAxis
        width: 1.8
        color: view.tints[0] ?? Theme.accent
    }
    LineSeries {
        id: second
        axisX: timeAxis
        axisY: valueAxis
        width: 1.8
        color: view.tints[1] ?? Theme.warning
    }
    LineSeries {
        id: third
        axisX: timeAxis
        axisY: valueAxis
        width: 1.8
        color: view.tints[2] ?? Theme.error
    }
}
