// Everything that can be placed, by category, with a search. Sends intents; knows no design.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Rectangle {
    id: panel

    required property PaletteModel palette
    readonly property Item searchField: search

    signal addRequested(string type)
    signal dragMoved(string type, string icon, string category, point position)
    signal dragDropped(string type, point position)
    signal dragCancelled()
    signal foldRequested()
    signal zoneRequested()
    signal noteRequested()

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Palette")

    function focusSearch() {
        search.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    TextEntry {
        id: search
        objectName: "paletteSearch"
        x: 12
        y: 12
        width: parent.width - 24
        implicitHeight: 32
        leftPadding: 30
        trailingSpace: 4
        placeholderText: panel.width < 200 ? qsTr("Search") : qsTr("Search components")
        Accessible.name: qsTr("Search components")
        activeFocusOnTab: true
        onTextChanged: {
            panel.palette.filter = text
            list.currentIndex = panel.palette.firstMatchRow()
        }
        onEditingFinished: {}
        Keys.onEscapePressed: {
            text = ""
            focus = false
        }
        Keys.onDownPressed: {
            list.forceActiveFocus(Qt.TabFocusReason)
            if (list.currentIndex < 0)
                list.currentIndex = 0
        }
        Keys.onReturnPressed: list.addCurrent()
        Keys.onEnterPressed: list.addCurrent()

        Glyph {
            x: 9
            anchors.verticalCenter: parent.verticalCenter
            name: "search"
            size: 15
            color: Theme.muted
        }
        Text {
            visible: !search.activeFocus && search.text === ""
            anchors.right: parent.right
            anchors.rightMargin: 10
            anchors.verticalCenter: parent.verticalCenter
            text: "/"
            font.family: Theme.fontFamily
            font.pixelSize: 12
            color: Theme.muted
        }
    }
    ListView {
        id: list
        objectName: "paletteList"

        function addCurrent() {
            const row = currentItem as PaletteRow
            if (row)
                panel.addRequested(row.typeId)
        }

        anchors.top: search.bottom
        anchors.topMargin: 4
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: foot.top
        clip: true
        model: panel.palette
        currentIndex: -1
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        bottomMargin: 12
        cacheBuffer: 0  // rows that are made ahead are still under way when the search resets the list
        keyNavigationEnabled: true
        highlightFollowsCurrentItem: true
        highlightMoveDuration: 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Component types")
        onActiveFocusChanged: if (activeFocus && currentIndex < 0 && count > 0) currentIndex = 0
        Keys.onReturnPressed: addCurrent()
        Keys.onEnterPressed: addCurrent()
        Keys.onSpacePressed: addCurrent()

        ScrollBar.vertical: ThinScrollBar {}
        section.property: "categoryName"
        section.delegate: Item {
            id: heading
            required property string section
            width: ListView.view.width
            height: 32
            SectionHead {
                x: 12
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 5
                width: parent.width - 24
                text: heading.section
            }
        }
        delegate: PaletteRow {
            required property var model
            required property int index
            objectName: "palette:" + typeId
            width: ListView.view.width
            typeId: model.typeId
            name: model.name
            category: model.category
            icon: model.icon
            summary: model.summary
            current: ListView.isCurrentItem && (list.activeFocus || search.activeFocus)
            onAddRequested: panel.addRequested(typeId)
            onDragMoved: position => panel.dragMoved(typeId, icon, category, position)
            onDragDropped: position => panel.dragDropped(typeId, position)
            onDragCancelled: panel.dragCancelled()
        }
    }
    Item {
        id: foot
        anchors.bottom: parent.bottom
        width: parent.width
        height: 48
        Rectangle {
            width: parent.width
            height: 1
            color: Theme.border
        }
        Row {
            x: 12
            anchors.verticalCenter: parent.verticalCenter
            spacing: 8
            ActionButton {
                objectName: "zoneButton"
                width: (foot.width - 32) / 2
                leftPadding: 6
                rightPadding: 6
                glyph: "zone"
                text: qsTr("Zone")
                hint: qsTr("Around what is selected, else in the middle; what lies inside fails with it")
                onClicked: panel.zoneRequested()
            }
            ActionButton {
                objectName: "noteButton"
                width: (foot.width - 32) / 2
                leftPadding: 6
                rightPadding: 6
                glyph: "note"
                text: qsTr("Note")
                hint: qsTr("A text on the canvas")
                onClicked: panel.noteRequested()
            }
        }
    }
    EmptyState {
        visible: list.count === 0
        anchors.top: search.bottom
        anchors.topMargin: 40
        x: 16
        width: parent.width - 32
        glyph: "search"
        title: qsTr("Nothing called “%1”").arg(search.text)
        text: qsTr("Try another word: a product, such as nginx, or what it does, such as cache.")
    }
}
