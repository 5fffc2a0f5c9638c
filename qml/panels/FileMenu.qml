import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

MenuSheet {
    id: menu

    required property Workspace workspace
    required property AppActions actions
    signal recentChosen(string path)

    rowWidth: 300
    title: qsTr("File")

    MenuRow { objectName: "newRow"; action: menu.actions.newDesign; glyph: "file" }
    MenuRow { objectName: "openRow"; action: menu.actions.openDesign; glyph: "folder" }
    MenuRow { objectName: "templatesRow"; action: menu.actions.templates; glyph: "templates" }
    MenuLine {}
    MenuRow { objectName: "saveRow"; action: menu.actions.saveDesign; glyph: "save" }
    MenuRow { objectName: "saveAsRow"; action: menu.actions.saveDesignAs; glyph: "save" }
    MenuLine {}
    Instantiator {
        model: menu.workspace.recentFiles.slice(0, 8)
        delegate: MenuRow {
            required property string modelData
            text: modelData.split("/").pop()
            glyph: "file"
            Accessible.description: modelData
            onTriggered: menu.recentChosen(modelData)
        }
        onObjectAdded: (index, object) => menu.insertItem(8 + index, object as MenuRow)
        onObjectRemoved: (index, object) => menu.removeItem(object as MenuRow)
    }
    MenuRow {
        visible: menu.workspace.recentFiles.length === 0
        text: qsTr("No recent files")
        glyph: "file"
        enabled: false
    }
    MenuLine {}
    MenuRow { action: menu.actions.shortcuts; glyph: "keyboard" }
    MenuRow { action: menu.actions.quit; glyph: "close" }
}
