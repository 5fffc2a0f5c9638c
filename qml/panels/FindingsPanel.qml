// What the checks found, worst first, and what costs most availability.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Item {
    id: panel

    required property Document document
    required property AnalysisService analysis
    property bool acknowledgedOpen: false
    readonly property int open: analysis.errors + analysis.warnings + analysis.infos
    readonly property int acknowledged: analysis.findings.count - open

    required property RuleDesk desk

    signal acknowledgeRequested(string key, string title)
    signal pageRequested(string key, string rule)
    signal itemsChosen(var ids)

    ListView {
        id: list
        objectName: "findingsList"
        anchors.fill: parent
        clip: true
        model: panel.analysis.findings
        boundsBehavior: Flickable.StopAtBounds
        topMargin: 14
        bottomMargin: 14
        cacheBuffer: 600
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Findings")
        ScrollBar.vertical: ThinScrollBar {}

        header: Item {
            width: ListView.view.width
            height: panel.open === 0 ? nothing.height + 40 : panel.desk.safeFixes > 0 ? allSafe.height + 10 : 0
            visible: height > 0
            ActionButton {
                id: allSafe
                objectName: "fixAllSafeButton"
                visible: panel.open > 0 && panel.desk.safeFixes > 0
                x: 14
                implicitHeight: 30
                font.pixelSize: 12
                enabled: !panel.desk.fixing
                text: panel.desk.fixing ? qsTr("Mending…") : qsTr("Fix all safe ones (%1)").arg(panel.desk.safeFixes)
                hint: qsTr("Applies every fix that adds nothing and costs nothing, such as time limits; undo takes all of it back")
                onClicked: panel.desk.fixAllSafe()
            }
            EmptyState {
                id: nothing
                visible: panel.open === 0
                x: 20
                y: 16
                width: parent.width - 40
                glyph: panel.document.isEmpty ? "search" : "check"
                status: panel.document.isEmpty ? "" : "ok"
                title: panel.document.isEmpty ? qsTr("Nothing to check yet") : qsTr("Nothing found")
                text: panel.document.isEmpty
                    ? qsTr("As you draw, every change is checked for single points of failure, overload, missing time limits and more.")
                    : qsTr("Every check passed: connections, single points of failure, zones, load, time limits, dead letters.")
            }
        }
        delegate: Item {
            id: slot
            required property var model
            required property int index
            readonly property bool shown: !model.acknowledged || panel.acknowledgedOpen
            width: ListView.view.width
            height: shown ? card.implicitHeight + 10 : 0
            visible: shown
            FindingCard {
                id: card
                objectName: "finding:" + slot.model.key
                x: 14
                width: parent.width - 28
                title: slot.model.title
                rule: slot.model.rule
                message: slot.model.acknowledged ? slot.model.message + "\n" + qsTr("Accepted: %1").arg(slot.model.reason) : slot.model.message
                why: slot.model.why
                status: slot.model.severity
                fixTitle: slot.model.fixTitle
                acknowledged: slot.model.acknowledged
                onClicked: panel.itemsChosen(slot.model.items)
                onFixRequested: panel.document.applyFix(slot.model.key)
                onPageRequested: panel.pageRequested(slot.model.key, slot.model.rule)
                onAcknowledgeRequested: panel.acknowledgeRequested(slot.model.key, slot.model.title)
                onWithdrawRequested: panel.document.withdrawAcknowledgement(slot.model.key)
            }
        }
        footer: Column {
            width: ListView.view.width
            spacing: 12
            ActionButton {
                objectName: "acknowledgedButton"
                visible: panel.acknowledged > 0
                x: 10
                flat: true
                implicitHeight: 28
                leftPadding: 6
                font.pixelSize: 12
                glyph: panel.acknowledgedOpen ? "chevron-up" : "chevron-down"
                trailing: true
                text: qsTr("Accepted (%1)").arg(panel.acknowledged)
                onClicked: panel.acknowledgedOpen = !panel.acknowledgedOpen
            }
            WorstUnits {
                visible: panel.analysis.worstUnits.count > 0
                width: parent.width
                units: panel.analysis.worstUnits
                onItemChosen: id => panel.itemsChosen([id])
            }
        }
    }
}
