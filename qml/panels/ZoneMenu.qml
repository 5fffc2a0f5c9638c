// Which zone to cut.
import QtQuick

MenuSheet {
    id: sheet

    property var zones: []  // {id, name}
    signal chosen(string id)

    objectName: "zoneMenu"
    rowWidth: 210
    title: qsTr("Cut zone")
    Instantiator {
        model: sheet.zones
        delegate: MenuRow {
            required property var modelData
            objectName: "cut:" + modelData.id
            text: modelData.name
            glyph: "cut"
            onTriggered: sheet.chosen(modelData.id)
        }
        onObjectAdded: (index, object) => sheet.addItem(object as MenuRow)
        onObjectRemoved: (index, object) => sheet.removeItem(object as MenuRow)
    }
}
