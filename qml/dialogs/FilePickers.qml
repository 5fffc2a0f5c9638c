// The system's file dialogs, or those of Qt Widgets where it has none. Made when the first one is asked for.
import QtQuick
import Qt.labs.platform
import Loadpath.App

Item {
    id: pickers

    required property Workspace workspace
    property string exportSuffix: "png"
    signal openChosen(url file)
    signal comparedChosen(url file)
    signal saveChosen(url file)
    signal saveCancelled()
    signal exportChosen(url file, string suffix)

    function pickOpen() {
        openDialog.open()
    }
    function pickCompared() {
        comparedDialog.open()
    }
    function pickSave() {
        saveDialog.currentFile = workspace.suggestedUrl()
        saveDialog.open()
    }
    function pickExport(suffix: string) {
        exportSuffix = suffix
        exportDialog.open()
    }

    FileDialog {
        id: openDialog
        title: qsTr("Open a design")
        nameFilters: [qsTr("Designs (*.loadpath.json *.json)"), qsTr("All files (*)")]
        onAccepted: pickers.openChosen(file)
    }
    FileDialog {
        id: comparedDialog
        title: qsTr("Compare with a design")
        nameFilters: [qsTr("Designs (*.loadpath.json *.json)"), qsTr("All files (*)")]
        onAccepted: pickers.comparedChosen(file)
    }
    FileDialog {
        id: saveDialog
        title: qsTr("Save the design")
        fileMode: FileDialog.SaveFile
        nameFilters: [qsTr("Designs (*.loadpath.json)")]
        onAccepted: pickers.saveChosen(file)
        onRejected: pickers.saveCancelled()
    }
    FileDialog {
        id: exportDialog
        title: qsTr("Export as %1").arg(pickers.exportSuffix.toUpperCase())
        fileMode: FileDialog.SaveFile
        defaultSuffix: pickers.exportSuffix
        nameFilters: ["*." + pickers.exportSuffix]
        onAccepted: pickers.exportChosen(file, pickers.exportSuffix)
    }
}
