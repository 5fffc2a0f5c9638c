import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

ComboBox {
    id: control

    property bool faint: false
    property string label

    implicitHeight: 30
    implicitWidth: 120
    leftPadding: 9
    rightPadding: 26
    topPadding: 0
    bottomPadding: 0
    focusPolicy: Qt.TabFocus
    font.family: Theme.fontFamily
    font.pixelSize: 13
    Accessible.name: label

    contentItem: Text {
        text: control.displayText
        font: control.font
        color: control.faint ? Theme.muted : Theme.text
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
    }
    indicator: Glyph {
        x: control.width - width - 8
        y: (control.height - height) / 2
        name: "chevron-down"
        size: 13
        color: Theme.muted
    }
    background: Rectangle {
        radius: 7
        color: Theme.surface
        border.width: control.visualFocus || control.popup.visible ? 2 : 1
        border.color: control.visualFocus || control.popup.visible ? Theme.accent
                    : control.hovered ? Qt.tint(Theme.border, Qt.alpha(Theme.text, 0.2)) : Theme.border
    }
    delegate: ItemDelegate {
        id: row
        required property var modelData
        required property int index
        width: ListView.view.width
        height: 28
        leftPadding: 9
        rightPadding: 9
        text: modelData
        highlighted: control.highlightedIndex === index
        Accessible.name: text
        contentItem: Text {
            text: row.text
            font.family: Theme.fontFamily
            font.pixelSize: 13
            font.weight: control.currentIndex === row.index ? Font.DemiBold : Font.Normal
            color: Theme.text
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
        }
        background: Rectangle {
            radius: 5
            color: row.highlighted ? Qt.alpha(Theme.accent, 0.14) : "transparent"
        }
    }
    popup: Popup {
        y: control.height + 4
        width: Math.max(control.width, 150)
        padding: 4
        margins: 8
        contentItem: ListView {
            clip: true
            implicitHeight: Math.min(contentHeight, 280)
            model: control.popup.visible ? control.delegateModel : null
            currentIndex: control.highlightedIndex
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ThinScrollBar {}
        }
        background: Surface {}
    }
}
