// All questions the window may ask, made on demand, and the guard before unsaved work goes away.
import QtQuick
import Loadpath.App

Item {
    id: dialogs

    required property Workspace workspace
    property var pending: null       // what goes on once the work is safe or given up
    signal closeConfirmed()

    function guard(action: var) {
        if (!workspace.needsSaving()) {
            action()
            return
        }
        pending = action
        unsaved.active = true
        const dialog = unsaved.item as UnsavedDialog
        dialog.documentTitle = workspace.document.title
        dialog.open()
    }
    function proceed() {
        const action = pending
        pending = null
        if (action)
            action()
    }
    function openFiles() {
        guard(() => pickers().pickOpen())
    }
    function saveAs() {
        pickers().pickSave()
    }
    function exportAs(suffix: string) {
        pickers().pickExport(suffix)
    }
    function compareWithFile() {
        pickers().pickCompared()
    }
    function newDesign() {
        guard(() => workspace.newDocument())
    }
    function openRecent(path: string) {
        guard(() => workspace.openFile(encodeURI("file://" + path)))
    }
    function chooseTemplate() {
        chooser.active = true;
        (chooser.item as TemplateChooser).open()
    }
    function showShortcuts() {
        sheet.active = true;
        (sheet.item as ShortcutsDialog).open()
    }
    function askAcknowledge(key: string, title: string) {
        accept.active = true;
        (accept.item as AcknowledgeDialog).ask(key, title)
    }
    function showPage(key: string, rule: string) {
        page.active = true;
        (page.item as FindingPage).show(key, rule)
    }
    function showProblems(title: string, text: string) {
        problems.active = true;
        (problems.item as ProblemsDialog).show(title, text)
    }
    function offerRecovery() {
        recovery.active = true;
        (recovery.item as RecoveryDialog).open()
    }
    function pickers(): FilePickers {
        files.active = true
        return files.item as FilePickers
    }

    Loader {
        id: files
        active: false
        sourceComponent: FilePickers {
            workspace: dialogs.workspace
            onOpenChosen: file => dialogs.workspace.openFile(file)
            onComparedChosen: file => dialogs.workspace.compareWithFile(file)
            onSaveChosen: file => {
                if (dialogs.workspace.saveAs(file))
                    dialogs.proceed()
            }
            onSaveCancelled: dialogs.pending = null
            onExportChosen: (file, suffix) => {
                if (suffix === "html")
                    dialogs.workspace.exports.exportReport(file)
                else
                    dialogs.workspace.exports.exportDiagram(file)
            }
        }
    }
    Loader {
        id: unsaved
        active: false
        sourceComponent: UnsavedDialog {
            onDiscardChosen: dialogs.proceed()
            onRejected: dialogs.pending = null
            onSaveChosen: {
                if (dialogs.workspace.save())
                    dialogs.proceed()
            }
        }
    }
    Loader {
        id: chooser
        active: false
        sourceComponent: TemplateChooser {
            templates: dialogs.workspace.templates
            onChosen: id => dialogs.guard(() => dialogs.workspace.openTemplate(id))
            onBlankChosen: dialogs.newDesign()
        }
    }
    Loader {
        id: sheet
        active: false
        sourceComponent: ShortcutsDialog {}
    }
    Loader {
        id: accept
        active: false
        sourceComponent: AcknowledgeDialog {
            onAcknowledged: (key, reason) => dialogs.workspace.document.acknowledge(key, reason)
        }
    }
    Loader {
        id: page
        active: false
        sourceComponent: FindingPage {
            desk: dialogs.workspace.ruleDesk
        }
    }
    Loader {
        id: problems
        active: false
        sourceComponent: ProblemsDialog {}
    }
    Loader {
        id: recovery
        active: false
        sourceComponent: RecoveryDialog {
            details: dialogs.workspace.recoveryText
            onRecoverChosen: dialogs.workspace.recover()
            onDiscardChosen: dialogs.workspace.discardRecovery()
        }
    }
    Connections {
        target: dialogs.workspace
        function onFailed(title: string, text: string) {
            dialogs.showProblems(title, text)
        }
        function onNotice(text: string) {
            dialogs.showProblems(qsTr("Please note"), text)
        }
        function onPathNeeded() {
            dialogs.saveAs()
        }
        function onChangedOnDisk(path: string) {
            dialogs.showProblems(qsTr("The file was changed by someone else"),
                                 qsTr("%1 is not what was opened here. Save under another name, or save as this name to replace it.").arg(path))
        }
    }
    Connections {
        target: dialogs.workspace.exports
        function onFailed(title: string, text: string) {
            dialogs.showProblems(title, text)
        }
    }
}
