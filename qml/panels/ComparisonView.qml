// What a comparison found: the figures then and now, and every item that differs.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Item {
    id: view

    required property DesignComparison comparison
    signal itemChosen(string id)

    function glyphOf(presence: string): string {
        return presence === "added" ? "plus" : presence === "removed" ? "minus" : "edit"
    }
    function inkOf(state: string): color {
        return state === "added" || state === "better" ? Theme.okText
             : state === "removed" || state === "worse" ? Theme.errorText
             : state === "changed" ? Theme.warningText : Theme.text
    }

    Column {
        id: figures
        x: 14
        y: 12
        width: parent.width - 28
        spacing: 5
        Repeater {
            model: view.comparison.figures
            Item {
                id: line
                required property var modelData
                width: figures.width
                height: 20
                objectName: "compare:" + modelData.label
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("%1: then %2, now %3").arg(modelData.label).arg(modelData.before).arg(modelData.after)
                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    text: line.modelData.label
                    font.family: Theme.fontFamily
                    font.pixelSize: 12
                    color: Theme.muted
                }
                Text {
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    text: line.modelData.state === "same" ? line.modelData.after
                        : qsTr("%1 → %2 %3").arg(line.modelData.before).arg(line.modelData.after).arg(line.modelData.state === "better" ? "▲" : "▼")
                    font.family: Theme.fontFamily
                    font.pixelSize: 13
                    font.weight: line.modelData.state === "same" ? Font.Normal : Font.DemiBold
                    color: view.inkOf(line.modelData.state)
                }
            }
        }
        Text {
            visible: view.comparison.figures.length === 0
            text: qsTr("Working out the figures…")
            font.family: Theme.fontFamily
            font.pixelSize: 12
            color: Theme.muted
        }
        Text {
            objectName: "compareCounts"
            width: parent.width
            topPadding: 8
            text: view.comparison.items.length === 0 ? qsTr("Nothing differs.")
                : qsTr("%1 added, %2 removed, %3 changed").arg(view.comparison.added).arg(view.comparison.removed).arg(view.comparison.different)
            font.family: Theme.fontFamily
            font.pixelSize: 13
            font.weight: Font.DemiBold
            color: Theme.text
        }
    }
    ListView {
        objectName: "differenceList"
        anchors.top: figures.bottom
        anchors.topMargin: 8
        anchors.bottom: buttons.top
        width: parent.width
        clip: true
        model: view.comparison.items
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Differences")
        ScrollBar.vertical: ThinScrollBar {}
        delegate: AbstractButton {
            id: row
            required property var modelData
            width: ListView.view.width
            height: detail.visible ? 34 + detail.height : 30
            objectName: "difference:" + modelData.id
            focusPolicy: Qt.TabFocus
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.presence === "added" ? qsTr("%1 added: %2").arg(modelData.kind).arg(modelData.name)
                           : modelData.presence === "removed" ? qsTr("%1 removed: %2").arg(modelData.kind).arg(modelData.name)
                           : qsTr("%1 changed: %2").arg(modelData.kind).arg(modelData.name)
            Accessible.description: modelData.detail
            onClicked: view.itemChosen(modelData.id)
            background: Rectangle {
                x: 6
                width: parent.width - 12
                radius: 6
                color: row.hovered ? Theme.hover : "transparent"
                FocusRing { active: row.visualFocus }
            }
            contentItem: Item {
                Glyph {
                    x: 14
                    y: 7
                    size: 14
                    name: view.glyphOf(row.modelData.presence)
                    color: view.inkOf(row.modelData.presence)
                }
                Text {
                    x: 36
                    y: 6
                    width: parent.width - x - 12
                    text: row.modelData.name
                    font.family: Theme.fontFamily
                    font.pixelSize: 13
                    font.strikeout: row.modelData.presence === "removed"
                    color: Theme.text
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                }
                Text {
                    id: detail
                    x: 36
                    y: 26
                    width: parent.width - x - 12
                    visible: text !== ""
                    text: row.modelData.detail
                    font.family: Theme.fontFamily
                    font.pixelSize: 11
                    color: Theme.muted
                    wrapMode: Text.Wrap
                    textFormat: Text.PlainText
                }
            }
        }
    }
    Row {
        id: buttons
        x: 14
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 12
        spacing: 8
        ActionButton {
            objectName: "endComparison"
            primary: true
            text: qsTr("Done")
            hint: qsTr("Back to the design alone")
            onClicked: view.comparison.stop()
        }
        ActionButton {
            objectName: "restoreVersion"
            text: qsTr("Go back to it")
            hint: qsTr("One step, which can be undone")
            enabled: view.comparison.items.length > 0
            onClicked: view.comparison.restore()
        }
    }
}
