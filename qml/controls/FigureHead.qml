// The titles over the columns of a table of figures.
import QtQuick
import Loadpath.App

Item {
    id: head

    required property FigureTable table
    readonly property var columns: table.columns
    readonly property real shares: columns.reduce((sum, column) => sum + column.share, 0)

    implicitHeight: 24

    Row {
        x: 14
        width: parent.width - 28
        Repeater {
            model: head.columns
            Text {
                id: title
                required property var modelData
                required property int index
                width: (head.width - 28) * modelData.share / head.shares
                height: 22
                leftPadding: index > 0 ? 8 : 0
                text: modelData.title
                font.family: Theme.fontFamily
                font.pixelSize: 11
                color: Theme.muted
                elide: Text.ElideRight
                horizontalAlignment: modelData.right ? Text.AlignRight : Text.AlignLeft
                verticalAlignment: Text.AlignVCenter
                HoverHandler { id: over }
                Loader {
                    active: over.hovered && (title.modelData.hint !== "" || title.truncated)
                    sourceComponent: HintTip {
                        parent: title
                        visible: true
                        text: title.modelData.hint !== "" ? title.modelData.hint : title.text
                    }
                }
            }
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        x: 14
        width: parent.width - 28
        height: 1
        color: Theme.border
    }
}
