// What was done and can be undone, and earlier saves of the file. In the place of the side panel, with
// the canvas beside it; a comparison takes the whole pane while it lasts.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Rectangle {
    id: pane

    required property Workspace workspace
    readonly property DesignComparison comparison: workspace.comparison

    signal closed()
    signal itemChosen(string id)
    signal fileWanted()

    function takeKeyboard() {
        steps.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("History and versions")
    Keys.onEscapePressed: comparison.active ? comparison.stop() : closed()

    Item {
        id: head
        width: parent.width
        height: 40
        Text {
            x: 14
            anchors.verticalCenter: parent.verticalCenter
            text: pane.comparison.active ? qsTr("Compared with %1").arg(pane.comparison.title) : qsTr("History")
            width: parent.width - 60
            elide: Text.ElideRight
            font.family: Theme.fontFamily
            font.pixelSize: 14
            font.weight: Font.DemiBold
            color: Theme.text
            textFormat: Text.PlainText
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        ActionButton {
            objectName: "closeHistory"
            anchors.right: parent.right
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            implicitHeight: 30
            flat: true
            glyph: "close"
            hint: qsTr("Back to the side panel")
            onClicked: pane.closed()
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.border
        }
    }
    ListView {
        id: steps
        objectName: "historyList"
        visible: !pane.comparison.active
        anchors.top: head.bottom
        anchors.bottom: versions.top
        width: parent.width
        clip: true
        topMargin: 6
        bottomMargin: 6
        model: pane.workspace.history
        currentIndex: pane.workspace.history.current
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Steps")
        Keys.onUpPressed: pane.workspace.history.goTo(Math.max(0, currentIndex - 1))
        Keys.onDownPressed: pane.workspace.history.goTo(Math.min(count - 1, currentIndex + 1))
        ScrollBar.vertical: ThinScrollBar {}
        delegate: HistoryStep {
            required property var model
            required property int index
            width: ListView.view.width
            objectName: "historyStep:" + index
            name: model.text
            done: model.done
            current: model.current
            saved: model.saved
            onClicked: pane.workspace.history.goTo(index)
        }
    }
    VersionList {
        id: versions
        visible: !pane.comparison.active
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.min(implicitHeight, pane.height * 0.5)
        versions: pane.workspace.versions
        saved: pane.workspace.document.filePath !== ""
        onChosen: id => pane.workspace.compareWithVersion(id)
        onFileWanted: pane.fileWanted()
    }
    LazyPage {
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        shown: pane.comparison.active
        sourceComponent: ComparisonView {
            comparison: pane.comparison
            onItemChosen: id => pane.itemChosen(id)
        }
    }
}
