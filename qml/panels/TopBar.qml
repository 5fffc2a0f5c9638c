// Document, history and files at the left; the verdict and Run at the right.
import QtQuick
import Loadpath.App

Rectangle {
    id: bar

    required property Workspace workspace
    required property AppActions actions
    property bool paletteOpen: true
    property bool sideOpen: true
    readonly property Document document: workspace.document
    readonly property SimulationRunner simulation: workspace.simulation
    readonly property bool roomy: width >= 1440

    signal recentChosen(string path)
    signal exportChosen(string suffix)
    signal findingsRequested()
    signal analysisRequested(int page)

    implicitHeight: 52
    color: Theme.surface
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Top bar")

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
    Row {
        id: left
        x: 14
        anchors.verticalCenter: parent.verticalCenter
        spacing: 6

        Rectangle {
            width: 28
            height: 28
            radius: 8
            color: Theme.accent
            anchors.verticalCenter: parent.verticalCenter
            Glyph {
                anchors.centerIn: parent
                name: "logo"
                color: Theme.onAccent
                size: 19
            }
        }
        Column {
            width: Math.max(110, Math.min(220, right.x - left.x - tools.width - 70))
            leftPadding: 6
            anchors.verticalCenter: parent.verticalCenter
            Text {
                objectName: "documentTitle"
                width: parent.width - 12
                text: bar.document.title
                font.family: Theme.fontFamily
                font.pixelSize: 14
                font.weight: Font.DemiBold
                color: Theme.text
                elide: Text.ElideRight
                textFormat: Text.PlainText
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Text {
                objectName: "documentState"
                width: parent.width - 12
                readonly property string origin: bar.document.isTemplate ? qsTr("template")
                                               : bar.document.fileName !== "" ? bar.document.fileName : qsTr("not saved yet")
                text: bar.document.modified ? qsTr("%1 · edited").arg(origin) : origin
                font.family: Theme.fontFamily
                font.pixelSize: 11
                color: Theme.muted
                elide: Text.ElideMiddle
                textFormat: Text.PlainText
            }
        }
        Row {
            id: tools
            spacing: 6
            anchors.verticalCenter: parent.verticalCenter

            ActionButton {
                id: fileButton
                objectName: "fileButton"
                text: qsTr("File")
                glyph: "chevron-down"
                trailing: true
                onClicked: fileMenu.active ? (fileMenu.item as FileMenu).popup(fileButton, 0, height + 4) : fileMenu.active = true
                Loader {
                    id: fileMenu
                    active: false
                    onLoaded: (item as FileMenu).popup(fileButton, 0, fileButton.height + 4)
                    sourceComponent: FileMenu {
                        objectName: "fileMenu"
                        workspace: bar.workspace
                        actions: bar.actions
                        onRecentChosen: path => bar.recentChosen(path)
                    }
                }
            }
            ActionButton {
                objectName: "templatesButton"
                text: qsTr("Templates")
                hint: qsTr("Start from a finished design")
                shortcut: "Ctrl+T"
                onClicked: bar.actions.templates.trigger()
            }
            ActionButton {
                objectName: "undoButton"
                glyph: "undo"
                enabled: bar.document.canUndo
                hint: bar.actions.undo.text
                shortcut: "Ctrl+Z"
                onClicked: bar.document.undo()
            }
            ActionButton {
                objectName: "redoButton"
                glyph: "redo"
                enabled: bar.document.canRedo
                hint: bar.actions.redo.text
                shortcut: "Ctrl+Shift+Z"
                onClicked: bar.document.redo()
            }
            ActionButton {
                objectName: "historyButton"
                glyph: "history"
                flat: true
                hint: qsTr("Steps, earlier versions, comparison")
                shortcut: "Ctrl+H"
                Accessible.name: qsTr("History")
                onClicked: bar.actions.historyToggled()
            }
            ActionButton {
                objectName: "tidyButton"
                glyph: "tidy"
                text: bar.roomy ? qsTr("Tidy up") : ""
                enabled: bar.actions.tidy.enabled
                hint: bar.document.selection.count > 1 ? qsTr("Lay out what is selected; locked components stay")
                                                       : qsTr("Lay out everything; locked components stay")
                shortcut: "Ctrl+Shift+T"
                Accessible.name: bar.actions.tidy.text
                onClicked: bar.actions.tidy.trigger()
            }
            ActionButton {
                id: exportButton
                objectName: "exportButton"
                text: qsTr("Export")
                glyph: "chevron-down"
                trailing: true
                enabled: !bar.workspace.exports.busy
                onClicked: exportMenu.active ? (exportMenu.item as ExportMenu).popup(exportButton, 0, height + 4) : exportMenu.active = true
                Loader {
                    id: exportMenu
                    active: false
                    onLoaded: (item as ExportMenu).popup(exportButton, 0, exportButton.height + 4)
                    sourceComponent: ExportMenu {
                        objectName: "exportMenu"
                        onChosen: suffix => bar.exportChosen(suffix)
                    }
                }
            }
            ActionButton {
                objectName: "themeButton"
                glyph: Theme.mode === "system" ? "screen" : Theme.dark ? "moon" : "sun"
                flat: true
                hint: Theme.mode === "system" ? qsTr("Colours as the system's; click for light")
                    : Theme.dark ? qsTr("Dark colours; click for the system's") : qsTr("Light colours; click for dark")
                shortcut: "Ctrl+L"
                onClicked: bar.actions.themeToggled()
            }
        }
    }
    Row {
        id: right
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        spacing: bar.roomy ? 14 : 8
        VerdictBar {
            anchors.verticalCenter: parent.verticalCenter
            spacing: bar.roomy ? 8 : 0
            analysis: bar.workspace.analysis
            onFindingsRequested: bar.findingsRequested()
            onAnalysisRequested: page => bar.analysisRequested(page)
        }
        ActionButton {
            objectName: "runButton"
            readonly property bool idle: bar.simulation.state === "stopped"
            anchors.verticalCenter: parent.verticalCenter
            width: 82
            primary: true
            glyph: idle ? "play" : "stop"
            text: idle ? qsTr("Run") : qsTr("Stop")
            hint: idle ? qsTr("Send the stated load through the design") : qsTr("End the run")
            shortcut: idle ? "F5" : "Shift+F5"
            onClicked: {
                if (idle)
                    bar.actions.run.trigger()
                else
                    bar.simulation.stop()
            }
        }
    }
}
