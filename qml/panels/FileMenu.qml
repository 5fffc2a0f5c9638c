import QtQuick
import Loadpath.App

MenuSheet {
    id: sheet

    required property Workspace workspace
    required property AppActions actions
    signal recentChosen(string path)

    rowWidth: 300
    title: qsTr("File")

    MenuRow { objectName: "newRow"; action: sheet.actions.newDesign; glyph: "file" }
    MenuRow { objectName: "newWindowRow"; action: sheet.actions.newWindow; glyph: "screen" }
    MenuRow { objectName: "openRow"; action: sheet.actions.openDesign; glyph: "folder" }
    MenuRow { objectName: "templatesRow"; action: sheet.actions.templates; glyph: "templates" }
    MenuLine {}
    MenuRow { objectName: "saveRow"; action: sheet.actions.saveDesign; glyph: "save" }
    MenuRow { objectName: "saveAsRow"; action: sheet.actions.saveDesignAs; glyph: "save" }
    MenuLine {}
    Instantiator {
        model: sheet.workspace.recentFiles
        delegate: MenuRow {
            required property string modelData
            text: modelData.split("/").pop()
            glyph: "file"
            Accessible.description: modelData
            onTriggered: sheet.recentChosen(modelData)
        }
        onObjectAdded: (index, object) => sheet.insertItem(9 + index, object as MenuRow)
        onObjectRemoved: (index, object) => sheet.removeItem(object as MenuRow)
    }
    MenuRow {
        visible: sheet.workspace.recentFiles.length === 0
        text: qsTr("No recent files")
        glyph: "file"
        enabled: false
    }
    MenuLine {}
    MenuRow { action: sheet.actions.shortcuts; glyph: "keyboard" }
    MenuRow { action: sheet.actions.quit; glyph: "close" }
}
