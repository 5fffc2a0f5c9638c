// A few pages of which one is shown.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Row {
    id: row

    property var names: []
    property var objectNames: []
    property int current: 0

    spacing: 4
    Accessible.role: Accessible.PageTabList

    Repeater {
        model: row.names
        AbstractButton {
            id: page
            required property string modelData
            required property int index
            objectName: row.objectNames[index] ?? ""
            readonly property bool chosen: row.current === index
            implicitHeight: 26
            implicitWidth: words.implicitWidth + 20
            focusPolicy: Qt.TabFocus
            text: modelData
            Accessible.role: Accessible.PageTab
            Accessible.name: text
            Accessible.selected: chosen
            onClicked: row.current = index
            background: Rectangle {
                radius: 7
                color: page.chosen ? Qt.alpha(Theme.accent, Theme.dark ? 0.26 : 0.12) : page.hovered ? Theme.hover : "transparent"
                FocusRing { active: page.visualFocus; gap: 0 }
            }
            contentItem: Text {
                id: words
                text: page.text
                font.family: Theme.fontFamily
                font.pixelSize: 12
                font.weight: page.chosen ? Font.DemiBold : Font.Normal
                color: page.chosen || page.hovered ? Theme.text : Theme.muted
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
            }
        }
    }
}
