// The window: top bar, palette, canvas, side panel and run drawer around one workspace.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Loadpath.App

ApplicationWindow {
    id: window

    required property Workspace workspace
    property bool paletteOpen: true
    property bool sideOpen: true
    property alias sideTab: right.sideTab
    property alias benchOpen: right.benchOpen
    property alias historyOpen: right.historyOpen
    property alias benchTab: right.benchTab
    property alias analysisPage: right.analysisPage
    property alias estimatePage: right.estimatePage
    property alias chartsOpen: drawer.chartsOpen
    property bool confirmed: false
    readonly property alias canvas: area.canvas

    function showDialog(name: string) {
        const finding = name.startsWith("finding:") ? name.slice(8) : ""
        if (finding !== "")
            dialogs.showPage(finding, finding.split(":")[0])
        else if (name === "templates")
            dialogs.chooseTemplate()
        else
            dialogs.showShortcuts()
    }

    width: workspace.windowSize.width
    height: workspace.windowSize.height
    minimumWidth: 960
    minimumHeight: 560
    title: qsTr("%1%2 – Loadpath").arg(workspace.document.title).arg(workspace.document.modified ? " *" : "")
    color: Theme.canvas
    font.family: Theme.fontFamily
    font.pixelSize: Theme.bodySize
    palette {
        window: Theme.surface
        windowText: Theme.text
        base: Theme.surface
        alternateBase: Theme.canvas
        text: Theme.text
        button: Theme.raised
        buttonText: Theme.text
        highlight: Theme.accent
        highlightedText: Theme.onAccent
        placeholderText: Theme.muted
        toolTipBase: Theme.raised
        toolTipText: Theme.text
        light: Theme.raised
        midlight: Theme.hover
        mid: Theme.border
        dark: Theme.muted
        link: Theme.accentText
    }

    // Whoever lets go of the keyboard gives it to the canvas.
    // Not while something stands in front: keys must not reach a canvas that one cannot see.
    onActiveFocusItemChanged: if (activeFocusItem === contentItem && !T.Overlay.overlay.visible) area.canvas.forceActiveFocus(Qt.OtherFocusReason)
    onClosing: close => {
        if (confirmed || !workspace.needsSaving()) {
            workspace.windowSize = Qt.size(width, height)
            return
        }
        close.accepted = false
        dialogs.guard(() => {
            window.confirmed = true
            window.close()
        })
    }

    AppActions {
        id: actions
        workspace: window.workspace
        onNewRequested: dialogs.newDesign()
        onOpenRequested: dialogs.openFiles()
        onSaveAsRequested: dialogs.saveAs()
        onTemplatesRequested: dialogs.chooseTemplate()
        onQuitRequested: window.close()
        onShortcutsRequested: dialogs.showShortcuts()
        onFindRequested: finders.openSearch()
        onCommandsRequested: finders.openCommands()
        onConnectRequested: area.canvas.startConnecting()
        onFocusToggled: area.canvas.focusMode = !area.canvas.focusMode
        onTelemetryToggled: area.canvas.showTelemetry = !area.canvas.showTelemetry
        onOverlayChosen: what => area.canvas.overlay = what
        onSearchRequested: {
            // Where the hand is: over the canvas the search comes to it.
            if (area.canvas.activeFocus && area.canvas.pointerInside) {
                area.openPlacing(area.canvas.pointerPlace)
                return
            }
            window.paletteOpen = true
            palettePanel.focusSearch()
        }
        onPaletteToggled: window.paletteOpen = !window.paletteOpen
        onChartsToggled: window.chartsOpen = !window.chartsOpen
        onSideToggled: tab => {
            window.sideOpen = tab >= 0 || !window.sideOpen
            window.benchOpen = false
            window.historyOpen = false
            if (tab >= 0)
                window.sideTab = tab
        }
        onHistoryToggled: right.toggleHistory()
        onBenchToggled: tab => right.showBench(tab)
        onZoomRequested: how => area.zoomTo(how)
        onThemeToggled: window.workspace.themeMode = Theme.mode === "system" ? "light" : Theme.mode === "light" ? "dark" : "system"
    }

    DropArea {
        objectName: "fileDrop"
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: drop => {
            window.workspace.openDropped(drop.urls)
            drop.accept()
        }
    }
    TopBar {
        id: top
        width: parent.width
        workspace: window.workspace
        actions: actions
        onRecentChosen: path => dialogs.openRecent(path)
        onExportChosen: suffix => dialogs.exportAs(suffix)
        onFindingsRequested: actions.sideToggled(1)
        onAnalysisRequested: page => {
            window.benchOpen = true
            window.benchTab = 0
            window.analysisPage = page
        }
    }
    PalettePanel {
        id: palettePanel
        visible: window.paletteOpen
        anchors.top: top.bottom
        anchors.bottom: parent.bottom
        width: window.width < 1400 ? 192 : 212
        palette: window.workspace.palette
        onAddRequested: type => area.placeType(type)
        onZoneRequested: area.placeZone()
        onNoteRequested: area.placeNote()
        onDragMoved: (type, icon, category, position) => {
            tile.icon = icon
            tile.category = category
            tile.x = position.x - tile.width / 2
            tile.y = position.y - tile.height / 2
            tile.visible = !area.holds(position)
            area.showGhost(type, position)
        }
        onDragDropped: (type, position) => {
            tile.visible = false
            area.dropType(type, position)
        }
        onDragCancelled: {
            tile.visible = false
            area.canvas.hideGhost()
        }
    }
    Rectangle {
        visible: window.paletteOpen
        anchors.top: top.bottom
        anchors.bottom: parent.bottom
        x: palettePanel.width
        width: 1
        color: Theme.border
    }
    CanvasArea {
        id: area
        anchors.top: top.bottom
        anchors.bottom: drawer.top
        anchors.left: parent.left
        anchors.leftMargin: window.paletteOpen ? palettePanel.width + 1 : 0
        anchors.right: parent.right
        anchors.rightMargin: right.width
        workspace: window.workspace
        onTemplatesRequested: dialogs.chooseTemplate()
        onPlacingRequested: (position, designPlace) => {
            const at = area.mapToItem(finders, position.x, position.y)
            finders.openPlacing(Qt.point(at.x, at.y), designPlace)
        }
    }
    Finders {
        id: finders
        anchors.fill: parent
        workspace: window.workspace
        actions: actions
        onTypeChosen: (type, place) => area.placeTypeAt(type, place)
        onItemPreviewed: id => area.showItem(id)
        onItemChosen: id => area.showItem(id)
        onClosed: area.canvas.forceActiveFocus(Qt.PopupFocusReason)
    }
    Binding {
        target: area.canvas
        property: "litIds"
        value: right.litIds
    }
    RunDrawer {
        id: drawer
        anchors.bottom: parent.bottom
        anchors.left: area.left
        anchors.right: area.right
        height: implicitHeight
        chartsHeight: window.height < 800 ? 150 : window.height < 1040 ? 188 : 220
        simulation: window.workspace.simulation
        document: window.workspace.document
        onRunRequested: actions.toggleRun()
        Connections {
            target: window.workspace.simulation
            function onStateChanged() {
                if (window.workspace.simulation.state === "running")
                    drawer.chartsOpen = true
            }
        }
    }
    RightSide {
        id: right
        anchors.top: top.bottom
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        workspace: window.workspace
        sideOpen: window.sideOpen
        windowWidth: window.width
        onAcknowledgeRequested: (key, title) => dialogs.askAcknowledge(key, title)
        onPageRequested: (key, rule) => dialogs.showPage(key, rule)
        onZoneRequested: area.placeZone()
        onFileWanted: dialogs.compareWithFile()
        onItemRevealed: id => area.canvas.reveal(id)
        onItemsChosen: ids => {
            window.workspace.document.selection.selectMany(ids)
            area.canvas.revealSelection()
        }
    }
    IconTile {
        id: tile  // what is dragged, until the canvas shows it as a card
        visible: false
        size: 36
        z: 10
    }
    WindowDialogs {
        id: dialogs
        anchors.fill: parent
        workspace: window.workspace
    }
    Binding {
        target: Theme
        property: "mode"
        value: window.workspace.themeMode
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.workspace.reducedMotion
    }
    Component.onCompleted: {
        if (workspace.recoveryAvailable)
            dialogs.offerRecovery()
    }
}
