// Earlier saves of the open file; one is chosen to be compared with the design.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Item {
    id: section

    property var versions: []
    property bool saved: false
    signal chosen(string id)
    signal fileWanted()

    implicitHeight: 84 + list.contentHeight + (none.visible ? none.height + 8 : 0)
    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }
    SectionHead {
        x: 14
        y: 14
        text: qsTr("Versions")
    }
    Text {
        id: none
        x: 14
        y: 34
        width: parent.width - 28
        visible: section.versions.length === 0
        text: section.saved ? qsTr("The next save is kept here, and the nine before it.")
                            : qsTr("Once the design is saved, its last ten saves are kept here.")
        font.family: Theme.fontFamily
        font.pixelSize: 12
        color: Theme.muted
        wrapMode: Text.Wrap
    }
    ListView {
        id: list
        objectName: "versionList"
        anchors.top: parent.top
        anchors.topMargin: 34
        anchors.bottom: other.top
        anchors.bottomMargin: 6
        width: parent.width
        clip: true
        model: section.versions
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Versions")
        ScrollBar.vertical: ThinScrollBar {}
        delegate: AbstractButton {
            id: row
            required property var modelData
            required property int index
            objectName: "version:" + index
            width: ListView.view.width
            height: 30
            focusPolicy: Qt.TabFocus
            text: modelData.time
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("Compare with the version of %1").arg(modelData.time)
            onClicked: section.chosen(modelData.id)
            background: Rectangle {
                x: 6
                width: parent.width - 12
                radius: 6
                color: row.hovered ? Theme.hover : "transparent"
                FocusRing { active: row.visualFocus }
            }
            contentItem: Item {
                Text {
                    x: 14
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.modelData.time
                    font.family: Theme.fontFamily
                    font.pixelSize: 13
                    color: Theme.text
                }
                Text {
                    anchors.right: parent.right
                    anchors.rightMargin: 14
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.modelData.current ? qsTr("last save") : row.modelData.size
                    font.family: Theme.fontFamily
                    font.pixelSize: 11
                    color: Theme.muted
                }
            }
        }
    }
    ActionButton {
        id: other
        objectName: "compareFileButton"
        x: 14
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 10
        implicitHeight: 30
        glyph: "folder"
        text: qsTr("Compare with a file…")
        onClicked: section.fileWanted()
    }
}
