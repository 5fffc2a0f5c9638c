// One template to start from.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

AbstractButton {
    id: card

    property string name
    property string description
    property string countText
    property url picture

    focusPolicy: Qt.TabFocus
    Accessible.name: name
    Accessible.description: description

    background: Rectangle {
        radius: Theme.radiusCard
        color: card.hovered ? Theme.hover : Theme.canvas
        border.width: card.hovered ? 2 : 1
        border.color: card.hovered ? Theme.accent : Theme.border
        FocusRing { active: card.visualFocus }
    }
    contentItem: Item {
        Rectangle {
            id: frame
            x: 1
            y: 1
            width: parent.width - 2
            height: 130
            radius: Theme.radiusCard - 1
            color: "transparent"
            Image {
                anchors.fill: parent
                anchors.margins: 10
                source: card.picture
                sourceSize { width: Math.round(width); height: Math.round(height) }
                fillMode: Image.PreserveAspectFit
                Accessible.ignored: true
            }
        }
        Text {
            id: heading
            x: 14
            anchors.top: frame.bottom
            anchors.topMargin: 4
            width: parent.width - 28
            text: card.name
            font.family: Theme.fontFamily
            font.pixelSize: 14
            font.weight: Font.DemiBold
            color: Theme.text
            elide: Text.ElideRight
        }
        Text {
            id: words
            x: 14
            anchors.top: heading.bottom
            anchors.topMargin: 4
            width: parent.width - 28
            height: parent.height - y - 32
            text: card.description
            font.family: Theme.fontFamily
            font.pixelSize: 12
            lineHeight: 1.15
            color: Theme.muted
            wrapMode: Text.Wrap
            elide: Text.ElideRight
            textFormat: Text.PlainText
        }
        Text {
            x: 14
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 12
            text: card.countText
            font.family: Theme.fontFamily
            font.pixelSize: 11
            font.weight: Font.DemiBold
            color: Theme.accentText
        }
    }
}
