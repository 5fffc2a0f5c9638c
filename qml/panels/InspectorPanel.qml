// The properties of what is selected; of the design as a whole when nothing is.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Item {
    id: panel

    required property Workspace workspace
    readonly property InspectorModel inspector: workspace.inspector

    signal zoneRequested()

    Item {
        id: head
        width: parent.width
        height: 62
        IconTile {
            id: tile
            readonly property var info: panel.inspector.typeId !== "" ? panel.workspace.typeInfo(panel.inspector.typeId) : null
            visible: info !== null && icon !== ""
            x: 14
            anchors.verticalCenter: parent.verticalCenter
            size: 34
            icon: info?.icon ?? ""
            category: info?.category ?? ""
        }
        Column {
            x: tile.visible ? 58 : 14
            width: parent.width - x - (about.visible ? 48 : several.visible ? several.width + 16 : 14)
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2
            Text {
                objectName: "inspectorTitle"
                width: parent.width
                text: panel.inspector.title
                font.family: Theme.fontFamily
                font.pixelSize: 14
                font.weight: Font.DemiBold
                color: Theme.text
                elide: Text.ElideRight
                textFormat: Text.PlainText
            }
            Text {
                width: parent.width
                text: panel.inspector.subtitle
                font.family: Theme.fontFamily
                font.pixelSize: 11
                color: Theme.muted
                elide: Text.ElideRight
                textFormat: Text.PlainText
            }
        }
        Row {
            id: several
            visible: panel.inspector.subject === "multiple"
            anchors.right: parent.right
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            ActionButton {
                objectName: "zoneAroundButton"
                implicitHeight: 30
                flat: true
                glyph: "zone"
                hint: qsTr("Zone around them: they then fail together when it does")
                onClicked: panel.zoneRequested()
            }
            ActionButton {
                objectName: "duplicateButton"
                implicitHeight: 30
                flat: true
                glyph: "copy"
                hint: qsTr("Place a copy beside them")
                shortcut: "Ctrl+D"
                onClicked: panel.workspace.document.duplicate()
            }
            ActionButton {
                objectName: "deleteButton"
                implicitHeight: 30
                flat: true
                glyph: "trash"
                hint: qsTr("Delete, with the connections that end there; undo brings them back")
                shortcut: qsTr("Del")
                onClicked: panel.workspace.document.deleteSelection()
            }
        }
        ActionButton {
            id: about
            objectName: "handbookButton"
            visible: tile.visible
            anchors.right: parent.right
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter
            implicitHeight: 30
            glyph: "help"
            flat: true
            checkable: true
            hint: qsTr("What it is, when to use it, what breaks")
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.border
        }
    }
    Loader {
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        active: about.checked && about.visible
        visible: active
        sourceComponent: HandbookPage { info: tile.info }
    }
    ListView {
        id: list
        objectName: "propertyList"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: !(about.checked && about.visible)
        clip: true
        model: panel.inspector
        boundsBehavior: Flickable.StopAtBounds
        topMargin: 2
        bottomMargin: 12
        cacheBuffer: 240
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Properties")
        ScrollBar.vertical: ThinScrollBar {}
        section.property: "section"
        section.delegate: Item {
            id: heading
            required property string section
            width: ListView.view.width
            height: section === "" ? 8 : 34
            SectionHead {
                x: 14
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 7
                width: parent.width - 28
                text: heading.section
            }
        }
        delegate: PropertyRow {
            id: row
            required property var model
            required property int index
            width: ListView.view.width
            key: model.key
            label: model.label
            unit: model.unit
            kind: model.kind
            value: model.value
            text: model.text
            fallbackText: model.fallbackText
            stated: model.isStated
            readOnly: model.readOnly
            mixed: model.mixed
            slider: model.slider
            position: model.position
            choices: model.choices
            choiceLabels: model.choiceLabels
            help: model.help
            source: model.source
            problem: model.problem
            onTextEntered: text => panel.inspector.setText(key, text)
            onValueChosen: value => panel.inspector.setValue(key, value)
            onResetRequested: panel.inspector.reset(key)
            onExploringBegun: panel.inspector.beginExploring(key)
            onExplored: position => panel.inspector.explore(key, position)
            onExploringEnded: panel.inspector.endExploring()
        }
        EmptyState {
            visible: list.count === 0
            x: 24
            y: 32
            width: parent.width - 48
            glyph: "pointer"
            title: panel.inspector.title
            text: qsTr("They have no property in common. Drag one and all move.")
        }
        footer: Item {
            width: ListView.view.width
            height: panel.inspector.advancedCount > 0 ? 44 : 0
            visible: height > 0
            ActionButton {
                objectName: "advancedButton"
                x: 14
                y: 8
                flat: true
                implicitHeight: 28
                leftPadding: 6
                rightPadding: 6
                font.pixelSize: 12
                glyph: panel.inspector.showAdvanced ? "chevron-up" : "chevron-down"
                trailing: true
                text: panel.inspector.showAdvanced ? qsTr("Fewer properties")
                                                   : qsTr("More properties (%1)").arg(panel.inspector.advancedCount)
                onClicked: panel.inspector.showAdvanced = !panel.inspector.showAdvanced
            }
        }
    }
}
