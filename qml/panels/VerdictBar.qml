// The verdict on the design as it is now. Every figure opens the panel that explains it.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Row {
    id: bar

    required property AnalysisService analysis
    signal findingsRequested()
    signal analysisRequested(int page)  // 0: availability, 1: capacity

    spacing: 2

    VerdictFigure {
        objectName: "availabilityFigure"
        label: qsTr("Availability")
        value: bar.analysis.availabilityText
        status: bar.analysis.availabilityState
        hint: qsTr("Of the worst flow, computed exactly. Click for how it comes about.")
        onClicked: bar.analysisRequested(0)
    }
    VerdictFigure {
        label: qsTr("Downtime")
        value: bar.analysis.downtimeText
        hint: qsTr("What that availability means in a year")
        onClicked: bar.analysisRequested(0)
    }
    VerdictFigure {
        label: qsTr("p99")
        value: bar.analysis.p99Text
        hint: qsTr("99 of 100 requests are answered within this time, from the latest run")
        onClicked: bar.analysisRequested(1)
    }
    VerdictFigure {
        label: qsTr("Headroom")
        value: bar.analysis.headroomText
        status: bar.analysis.headroomState
        hint: qsTr("How many times the stated load fits before the first component saturates")
        onClicked: bar.analysisRequested(1)
    }
    AbstractButton {
        id: findings
        objectName: "findingsFigure"
        implicitWidth: Math.max(head.implicitWidth, pills.implicitWidth) + 12
        implicitHeight: 42
        focusPolicy: Qt.TabFocus
        Accessible.name: qsTr("Findings: %1 errors, %2 warnings, %3 notes")
            .arg(bar.analysis.errors).arg(bar.analysis.warnings).arg(bar.analysis.infos)
        onClicked: bar.findingsRequested()
        background: Rectangle {
            radius: 7
            color: findings.hovered ? Theme.hover : "transparent"
            FocusRing { active: findings.visualFocus; gap: 0 }
        }
        contentItem: Item {
            Text {
                id: head
                x: 6
                y: 4
                text: qsTr("Findings")
                font.family: Theme.fontFamily
                font.pixelSize: 11
                color: Theme.muted
            }
            Row {
                id: pills
                x: 6
                y: 19
                spacing: 4
                Pill {
                    visible: bar.analysis.errors > 0
                    text: bar.analysis.errors
                    status: "error"
                    glyph: "error"
                }
                Pill {
                    visible: bar.analysis.warnings > 0
                    text: bar.analysis.warnings
                    status: "warning"
                    glyph: "warning"
                }
                Pill {
                    visible: bar.analysis.infos > 0
                    text: bar.analysis.infos
                    status: "info"
                    glyph: "info"
                }
                Pill {
                    visible: bar.analysis.errors + bar.analysis.warnings + bar.analysis.infos === 0
                    text: qsTr("none")
                    status: "ok"
                    glyph: "check"
                }
            }
        }
        Loader {
            active: findings.hovered
            sourceComponent: HintTip {
                parent: findings
                visible: true
                text: findings.Accessible.name
            }
        }
    }
}
