// Every action of the window with its words and its shortcut, in one place.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Item {
    id: actions

    required property Workspace workspace
    readonly property Document document: workspace.document
    readonly property SimulationRunner simulation: workspace.simulation

    readonly property alias newDesign: newAction
    readonly property alias newWindow: windowAction
    readonly property alias openDesign: openAction
    readonly property alias saveDesign: saveAction
    readonly property alias saveDesignAs: saveAsAction
    readonly property alias templates: templatesAction
    readonly property alias undo: undoAction
    readonly property alias redo: redoAction
    readonly property alias run: runAction
    readonly property alias quit: quitAction
    readonly property alias shortcuts: shortcutsAction
    readonly property alias tidy: tidyAction
    /// All that the window can do, for the command palette: {text, keys, glyph, enabled, also, run}.
    readonly property var commands: [
        { text: newAction.text, keys: "Ctrl+N", glyph: "file", run: () => newAction.trigger() },
        { text: windowAction.text, keys: "Ctrl+Shift+N", glyph: "screen", also: qsTr("another document"), run: () => windowAction.trigger() },
        { text: openAction.text, keys: "Ctrl+O", glyph: "folder", run: () => openAction.trigger() },
        { text: saveAction.text, keys: "Ctrl+S", glyph: "save", run: () => saveAction.trigger() },
        { text: saveAsAction.text, keys: "Ctrl+Shift+S", glyph: "save", run: () => saveAsAction.trigger() },
        { text: templatesAction.text, keys: "Ctrl+T", glyph: "templates", run: () => templatesAction.trigger() },
        { text: undoAction.text, keys: "Ctrl+Z", glyph: "undo", enabled: document.canUndo, run: () => document.undo() },
        { text: redoAction.text, keys: "Ctrl+Shift+Z", glyph: "redo", enabled: document.canRedo, run: () => document.redo() },
        { text: qsTr("History and versions"), keys: "Ctrl+H", glyph: "history", also: qsTr("compare undo list"), run: () => actions.historyToggled() },
        { text: qsTr("Find in the design"), keys: "Ctrl+F", glyph: "search", run: () => actions.findRequested() },
        { text: qsTr("Search the palette"), keys: "/", glyph: "search", run: () => actions.searchRequested() },
        { text: tidyAction.text, keys: "Ctrl+Shift+T", glyph: "tidy", also: qsTr("layout arrange"), enabled: !document.isEmpty, run: () => document.tidyUp(false) },
        { text: qsTr("Tidy up, top down"), glyph: "tidy", also: qsTr("layout arrange"), enabled: !document.isEmpty, run: () => document.tidyUp(true) },
        { text: qsTr("Align left edges"), glyph: "pointer", enabled: several, run: () => document.align("left") },
        { text: qsTr("Align centres"), glyph: "pointer", enabled: several, run: () => document.align("centre") },
        { text: qsTr("Align right edges"), glyph: "pointer", enabled: several, run: () => document.align("right") },
        { text: qsTr("Align top edges"), glyph: "pointer", enabled: several, run: () => document.align("top") },
        { text: qsTr("Align middles"), glyph: "pointer", enabled: several, run: () => document.align("middle") },
        { text: qsTr("Align bottom edges"), glyph: "pointer", enabled: several, run: () => document.align("bottom") },
        { text: qsTr("Distribute across"), glyph: "pointer", enabled: several, run: () => document.distribute(false) },
        { text: qsTr("Distribute down"), glyph: "pointer", enabled: several, run: () => document.distribute(true) },
        { text: qsTr("Zones the same size"), glyph: "zone", enabled: several, run: () => document.sameSize() },
        { text: qsTr("Connect to…"), keys: "C", glyph: "connect", enabled: document.selection.kind === "component", also: qsTr("line connection"), run: () => actions.connectRequested() },
        { text: qsTr("Lock"), glyph: "lock", enabled: any, run: () => document.setSelectionLocked(true) },
        { text: qsTr("Unlock"), glyph: "lock", enabled: any, run: () => document.setSelectionLocked(false) },
        { text: qsTr("Bring to the front"), keys: "Ctrl+]", glyph: "pointer", enabled: any, run: () => document.bringToFront() },
        { text: qsTr("Send to the back"), keys: "Ctrl+[", glyph: "pointer", enabled: any, run: () => document.sendToBack() },
        { text: qsTr("Cut"), keys: "Ctrl+X", glyph: "cut", enabled: any, run: () => document.cut() },
        { text: qsTr("Copy"), keys: "Ctrl+C", glyph: "copy", enabled: any, run: () => document.copy() },
        { text: qsTr("Paste"), keys: "Ctrl+V", glyph: "note", enabled: document.canPaste, run: () => document.paste() },
        { text: qsTr("Duplicate"), keys: "Ctrl+D", glyph: "copy", enabled: any, run: () => document.duplicate() },
        { text: qsTr("Delete"), keys: qsTr("Del"), glyph: "trash", enabled: any, run: () => document.deleteSelection() },
        { text: qsTr("Select all"), keys: "Ctrl+A", glyph: "pointer", run: () => document.selectAll() },
        { text: qsTr("Let lines find their way"), glyph: "connect", enabled: any, also: qsTr("bends route"), run: () => document.freeRoutes() },
        { text: qsTr("Whole design"), keys: "Ctrl+9", glyph: "fit", also: qsTr("zoom fit"), run: () => actions.zoomRequested("fit") },
        { text: qsTr("Zoom to the selection"), keys: "Ctrl+8", glyph: "fit", run: () => actions.zoomRequested("selection") },
        { text: qsTr("Zoom to 100 %"), keys: "Ctrl+0", glyph: "search", run: () => actions.zoomRequested("reset") },
        { text: qsTr("Show what the selection needs, and what needs it"), keys: "Ctrl+Shift+F", glyph: "pointer", also: qsTr("focus"), run: () => actions.focusToggled() },
        { text: qsTr("Show or hide telemetry"), glyph: "traffic", run: () => actions.telemetryToggled() },
        { text: qsTr("Colour by utilisation"), glyph: "traffic", also: qsTr("heat overlay"), run: () => actions.overlayChosen("utilisation") },
        { text: qsTr("Colour by what availability hangs on"), glyph: "traffic", also: qsTr("heat overlay importance"), run: () => actions.overlayChosen("availability") },
        { text: qsTr("Colour by latency"), glyph: "traffic", also: qsTr("heat overlay"), run: () => actions.overlayChosen("latency") },
        { text: qsTr("Colour by cost"), glyph: "traffic", also: qsTr("heat overlay"), run: () => actions.overlayChosen("cost") },
        { text: qsTr("No colouring"), glyph: "traffic", also: qsTr("heat overlay"), run: () => actions.overlayChosen("none") },
        { text: runAction.text, keys: "F5", glyph: "play", run: () => actions.toggleRun() },
        { text: qsTr("Stop the run"), keys: "Shift+F5", glyph: "stop", enabled: simulation.state !== "stopped", run: () => simulation.stop() },
        { text: qsTr("Palette"), keys: "Ctrl+1", glyph: "panel-left", also: qsTr("show hide panel"), run: () => actions.paletteToggled() },
        { text: qsTr("Side panel"), keys: "Ctrl+2", glyph: "panel-right", also: qsTr("show hide"), run: () => actions.sideToggled(-1) },
        { text: qsTr("Charts"), keys: "Ctrl+3", glyph: "panel-bottom", also: qsTr("show hide panel"), run: () => actions.chartsToggled() },
        { text: qsTr("Findings"), keys: "Ctrl+5", glyph: "warning", run: () => actions.sideToggled(1) },
        { text: qsTr("Light or dark"), keys: "Ctrl+L", glyph: "moon", also: qsTr("theme colours"), run: () => actions.themeToggled() },
        { text: shortcutsAction.text, keys: "F1", glyph: "keyboard", run: () => shortcutsAction.trigger() },
        { text: quitAction.text, keys: "Ctrl+Q", glyph: "close", run: () => quitAction.trigger() }
    ]
    readonly property bool any: document.selection.count > 0
    readonly property bool several: document.selection.count > 1

    signal newRequested()
    signal openRequested()
    signal saveAsRequested()
    signal templatesRequested()
    signal quitRequested()
    signal shortcutsRequested()
    signal searchRequested()
    signal paletteToggled()
    signal sideToggled(int tab)
    signal benchToggled(int tab)
    signal historyToggled()
    signal chartsToggled()
    signal zoomRequested(string how)
    signal themeToggled()
    signal findRequested()
    signal commandsRequested()
    signal focusToggled()
    signal connectRequested()
    signal telemetryToggled()
    signal overlayChosen(string what)

    function toggleRun() {
        if (simulation.state === "running")
            simulation.pause()
        else if (simulation.state === "paused")
            simulation.resume()
        else
            simulation.start()
    }

    Action { id: newAction; text: qsTr("New"); shortcut: "Ctrl+N"; onTriggered: actions.newRequested() }
    Action { id: windowAction; text: qsTr("New window"); shortcut: "Ctrl+Shift+N"; onTriggered: actions.workspace.openInNewWindow("") }
    Action { id: openAction; text: qsTr("Open…"); shortcut: "Ctrl+O"; onTriggered: actions.openRequested() }
    Action { id: saveAction; text: qsTr("Save"); shortcut: "Ctrl+S"; onTriggered: actions.workspace.save() }
    Action { id: saveAsAction; text: qsTr("Save as…"); shortcut: "Ctrl+Shift+S"; onTriggered: actions.saveAsRequested() }
    Action { id: templatesAction; text: qsTr("Templates…"); shortcut: "Ctrl+T"; onTriggered: actions.templatesRequested() }
    Action {
        id: undoAction
        text: actions.document.canUndo ? qsTr("Undo: %1").arg(actions.document.undoText) : qsTr("Undo")
        shortcut: "Ctrl+Z"
        enabled: actions.document.canUndo
        onTriggered: actions.document.undo()
    }
    Action {
        id: redoAction
        text: actions.document.canRedo ? qsTr("Redo: %1").arg(actions.document.redoText) : qsTr("Redo")
        shortcut: "Ctrl+Shift+Z"
        enabled: actions.document.canRedo
        onTriggered: actions.document.redo()
    }
    Action { id: runAction; text: qsTr("Run or pause"); shortcut: "F5"; onTriggered: actions.toggleRun() }
    Action { id: quitAction; text: qsTr("Quit"); shortcut: "Ctrl+Q"; onTriggered: actions.quitRequested() }
    Action { id: shortcutsAction; text: qsTr("Keyboard shortcuts"); shortcut: "F1"; onTriggered: actions.shortcutsRequested() }

    Shortcut { sequence: "Ctrl+Y"; enabled: actions.document.canRedo; onActivated: actions.document.redo() }
    Shortcut { sequence: "Shift+F5"; enabled: actions.simulation.state !== "stopped"; onActivated: actions.simulation.stop() }
    Shortcut { sequence: "F10"; enabled: actions.simulation.state === "paused"; onActivated: actions.simulation.step() }
    Shortcut { sequence: "/"; onActivated: actions.searchRequested() }
    Action {
        id: tidyAction
        text: actions.document.selection.count > 1 ? qsTr("Tidy up the selection") : qsTr("Tidy up")
        shortcut: "Ctrl+Shift+T"
        enabled: !actions.document.isEmpty
        onTriggered: actions.document.tidyUp(false)
    }
    Shortcut { sequence: "Ctrl+F"; onActivated: actions.findRequested() }
    Shortcut { sequence: "Ctrl+H"; onActivated: actions.historyToggled() }
    Shortcut { sequence: "Ctrl+K"; onActivated: actions.commandsRequested() }
    Shortcut { sequence: "Ctrl+Shift+F"; onActivated: actions.focusToggled() }
    Shortcut { sequence: "Ctrl+]"; onActivated: actions.document.bringToFront() }
    Shortcut { sequence: "Ctrl+["; onActivated: actions.document.sendToBack() }
    Shortcut { sequence: "Ctrl+1"; onActivated: actions.paletteToggled() }
    Shortcut { sequence: "Ctrl+2"; onActivated: actions.sideToggled(-1) }
    Shortcut { sequence: "Ctrl+3"; onActivated: actions.chartsToggled() }
    Shortcut { sequence: "Ctrl+4"; onActivated: actions.sideToggled(0) }
    Shortcut { sequence: "Ctrl+5"; onActivated: actions.sideToggled(1) }
    Shortcut { sequence: "Ctrl+6"; onActivated: actions.sideToggled(2) }
    Shortcut { sequence: "Ctrl+7"; onActivated: actions.benchToggled(0) }
    Shortcut { sequence: "Ctrl+Shift+7"; onActivated: actions.benchToggled(1) }
    Shortcut { sequences: ["Ctrl++", "Ctrl+="]; onActivated: actions.zoomRequested("in") }
    Shortcut { sequence: "Ctrl+-"; onActivated: actions.zoomRequested("out") }
    Shortcut { sequence: "Ctrl+0"; onActivated: actions.zoomRequested("reset") }
    Shortcut { sequence: "Ctrl+9"; onActivated: actions.zoomRequested("fit") }
    Shortcut { sequence: "Ctrl+8"; onActivated: actions.zoomRequested("selection") }
    Shortcut { sequence: "Ctrl+L"; onActivated: actions.themeToggled() }
}
