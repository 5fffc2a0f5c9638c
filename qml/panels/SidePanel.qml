// The right panel: tabs over what is selected, what was found, and the design as a whole.
import QtQuick
import Loadpath.App

Rectangle {
    id: panel

    required property Workspace workspace
    property alias current: tabs.currentIndex
    readonly property AnalysisService analysis: workspace.analysis

    signal acknowledgeRequested(string key, string title)
    signal pageRequested(string key, string rule)
    signal itemsChosen(var ids)
    signal zoneRequested()
    signal benchRequested(int tab)

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Side panel")

    TabStrip {
        id: tabs
        objectName: "sideTabs"
        width: parent.width
        leftPadding: 6
        TabLabel {
            objectName: "propertiesTab"
            text: qsTr("Properties")
        }
        TabLabel {
            objectName: "findingsTab"
            text: qsTr("Findings")
            count: panel.analysis.errors + panel.analysis.warnings + panel.analysis.infos
            status: panel.analysis.errors > 0 ? "error" : panel.analysis.warnings > 0 ? "warning" : "info"
        }
        TabLabel {
            objectName: "designTab"
            text: qsTr("Design")
        }
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: 4
        y: 6
        ActionButton {
            objectName: "analysisButton"
            implicitHeight: 28
            flat: true
            glyph: "analysis"
            hint: qsTr("Analysis: every figure and how it came about")
            shortcut: "Ctrl+7"
            onClicked: panel.benchRequested(0)
        }
        ActionButton {
            objectName: "estimateButton"
            implicitHeight: 28
            flat: true
            glyph: "estimate"
            hint: qsTr("Estimates on the back of an envelope")
            shortcut: "Ctrl+Shift+7"
            onClicked: panel.benchRequested(1)
        }
    }
    Item {
        anchors.top: tabs.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        InspectorPanel {
            anchors.fill: parent
            visible: tabs.currentIndex === 0
            workspace: panel.workspace
            onZoneRequested: panel.zoneRequested()
        }
        LazyPage {
            anchors.fill: parent
            shown: tabs.currentIndex === 1
            sourceComponent: FindingsPanel {
                document: panel.workspace.document
                analysis: panel.analysis
                desk: panel.workspace.ruleDesk
                onPageRequested: (key, rule) => panel.pageRequested(key, rule)
                onAcknowledgeRequested: (key, title) => panel.acknowledgeRequested(key, title)
                onItemsChosen: ids => panel.itemsChosen(ids)
            }
        }
        LazyPage {
            anchors.fill: parent
            shown: tabs.currentIndex === 2
            sourceComponent: DesignPanel {
                workspace: panel.workspace
                onRequirementsRequested: {
                    panel.workspace.document.selection.clear()
                    tabs.currentIndex = 0
                }
            }
        }
    }
}
