// What costs the worst flow most downtime, as bars.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Column {
    id: list

    required property WorstUnitsModel units
    signal itemChosen(string id)

    spacing: 2
    SectionHead {
        x: 14
        width: parent.width - 28
        bottomPadding: 6
        text: qsTr("What costs most availability")
    }
    Repeater {
        model: list.units
        AbstractButton {
            id: unit
            required property var model
            width: list.width
            implicitHeight: 34
            focusPolicy: Qt.TabFocus
            Accessible.name: qsTr("%1 costs %2").arg(model.name).arg(model.downtimeText)
            onClicked: list.itemChosen(model.itemId)
            background: Rectangle {
                anchors.fill: parent
                anchors.leftMargin: 6
                anchors.rightMargin: 6
                radius: 6
                color: unit.hovered ? Theme.hover : "transparent"
                FocusRing { active: unit.visualFocus; gap: 0 }
            }
            contentItem: Item {
                Text {
                    x: 14
                    y: 5
                    width: figure.x - x - 8
                    text: unit.model.name
                    font.family: Theme.fontFamily
                    font.pixelSize: 12
                    color: Theme.text
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                }
                Text {
                    id: figure
                    anchors.right: parent.right
                    anchors.rightMargin: 14
                    y: 6
                    text: unit.model.downtimeText
                    font.family: Theme.fontFamily
                    font.pixelSize: 11
                    color: Theme.muted
                }
                ShareBar {
                    x: 14
                    y: 24
                    width: parent.width - 28
                    share: unit.model.share
                    tint: unit.model.share > 0.5 ? Theme.error : Theme.warning
                }
            }
        }
    }
}
