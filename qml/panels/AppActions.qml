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
    readonly property alias openDesign: openAction
    readonly property alias saveDesign: saveAction
    readonly property alias saveDesignAs: saveAsAction
    readonly property alias templates: templatesAction
    readonly property alias undo: undoAction
    readonly property alias redo: redoAction
    readonly property alias run: runAction
    readonly property alias quit: quitAction
    readonly property alias shortcuts: shortcutsAction

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
    signal chartsToggled()
    signal zoomRequested(string how)
    signal themeToggled()

    function toggleRun() {
        if (simulation.state === "running")
            simulation.pause()
        else if (simulation.state === "paused")
            simulation.resume()
        else
            simulation.start()
    }

    Action { id: newAction; text: qsTr("New"); shortcut: "Ctrl+N"; onTriggered: actions.newRequested() }
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
    Shortcut { sequence: "Ctrl+F"; onActivated: actions.searchRequested() }
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
