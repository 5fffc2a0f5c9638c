// What stands at the right of the canvas: the side panel, the history, or analysis and estimates.
import QtQuick
import Loadpath.App

Item {
    id: right

    required property Workspace workspace
    property bool sideOpen: true
    property bool benchOpen: false
    property bool historyOpen: false
    property real windowWidth: 1440
    property alias sideTab: side.current
    property alias benchTab: bench.current
    property alias analysisPage: bench.analysisPage
    property alias estimatePage: bench.estimatePage
    readonly property var litIds: bench.litIds
    readonly property real narrow: windowWidth < 1800 ? 320 : 352
    readonly property real broad: windowWidth < 1400 ? 470 : windowWidth < 1800 ? 560 : 640

    signal acknowledgeRequested(string key, string title)
    signal pageRequested(string key, string rule)
    signal zoneRequested()
    signal fileWanted()
    signal itemsChosen(var ids)
    signal itemRevealed(string id)

    /// Analysis (0) or estimates (1), in the place of the side panel; again: away with them.
    function showBench(tab: int) {
        benchOpen = !benchOpen || benchTab !== tab
        benchTab = tab
        if (benchOpen)
            bench.takeKeyboard()
    }
    function toggleHistory() {
        historyOpen = !historyOpen || benchOpen
        benchOpen = false
        if (historyOpen)
            history.takeKeyboard()
    }

    width: benchOpen ? broad + 1 : sideOpen || historyOpen ? narrow + 1 : 0
    visible: width > 0
    // Whatever takes its place: a comparison that nothing ends would keep the canvas locked.
    onHistoryOpenChanged: if (!historyOpen) workspace.comparison.stop()

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.border
    }
    SidePanel {
        id: side
        visible: right.sideOpen && !right.benchOpen && !right.historyOpen
        anchors.right: parent.right
        width: right.narrow
        height: parent.height
        workspace: right.workspace
        onAcknowledgeRequested: (key, title) => right.acknowledgeRequested(key, title)
        onPageRequested: (key, rule) => right.pageRequested(key, rule)
        onZoneRequested: right.zoneRequested()
        onBenchRequested: tab => right.showBench(tab)
        onItemsChosen: ids => right.itemsChosen(ids)
    }
    HistoryPane {
        id: history
        objectName: "historyPane"
        visible: right.historyOpen && !right.benchOpen
        anchors.right: parent.right
        width: right.narrow
        height: parent.height
        workspace: right.workspace
        onClosed: right.historyOpen = false
        onFileWanted: right.fileWanted()
        onItemChosen: id => right.itemRevealed(id)
    }
    WorkbenchPane {
        id: bench
        objectName: "bench"
        visible: right.benchOpen
        open: right.benchOpen
        anchors.right: parent.right
        width: right.broad
        height: parent.height
        workspace: right.workspace
        onClosed: right.benchOpen = false
        onItemsChosen: ids => right.itemsChosen(ids)
    }
}
