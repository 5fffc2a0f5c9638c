// Analysis and estimates: takes the place of the side panel, wide enough for tables, with the canvas
// beside it. What a worked calculation speaks of is in `litIds`.
import QtQuick
import Loadpath.App

Rectangle {
    id: bench

    required property Workspace workspace
    property bool open: false
    property alias current: tabs.currentIndex  // 0: analysis, 1: estimates
    property alias analysisPage: analysis.page
    property alias estimatePage: estimate.page
    readonly property DerivationView derivation: current === 0 ? figures.derivation : estimates.derivation
    readonly property var litIds: open ? derivation.litIds : []

    signal itemsChosen(var ids)
    signal closed()

    function takeKeyboard() {
        tabs.currentItem.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Analysis and estimates")
    Keys.onEscapePressed: {
        if (derivation.open)
            derivation.close()
        else
            closed()
    }

    AnalysisFigures {
        id: figures
        analysis: bench.workspace.analysis
        active: bench.open && bench.current === 0
    }
    Estimates {
        id: estimates
        document: bench.workspace.document
        active: bench.open && bench.current === 1
    }
    TabStrip {
        id: tabs
        objectName: "benchTabs"
        width: parent.width
        leftPadding: 6
        TabLabel {
            objectName: "analysisTab"
            text: qsTr("Analysis")
        }
        TabLabel {
            objectName: "estimateTab"
            text: qsTr("Estimates")
            count: estimates.active ? estimates.disagreements : 0
            status: "warning"
        }
    }
    ActionButton {
        objectName: "closeBench"
        anchors.right: parent.right
        anchors.rightMargin: 8
        y: 5
        implicitHeight: 30
        flat: true
        glyph: "close"
        hint: qsTr("Back to the side panel")
        onClicked: bench.closed()
    }
    Item {
        anchors.top: tabs.bottom
        anchors.bottom: calculation.top
        width: parent.width
        AnalysisPanel {
            id: analysis
            objectName: "analysisPanel"
            visible: bench.current === 0
            anchors.fill: parent
            figures: figures
            document: bench.workspace.document
            onItemsChosen: ids => bench.itemsChosen(ids)
        }
        EstimatePanel {
            id: estimate
            objectName: "estimatePanel"
            visible: bench.current === 1
            anchors.fill: parent
            estimates: estimates
            onItemsChosen: ids => bench.itemsChosen(ids)
        }
    }
    DerivationPane {
        id: calculation
        objectName: "derivationPane"
        visible: bench.derivation.open
        anchors.bottom: parent.bottom
        width: parent.width
        height: visible ? Math.round(Math.min(360, bench.height * 0.42)) : 0
        derivation: bench.derivation
    }
}
