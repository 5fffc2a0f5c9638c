// One finding: what is wrong, why it matters, and the way out. A click selects what it is about.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

AbstractButton {
    id: card

    property string title
    property string rule
    property string message
    property string why
    property string status
    property string fixTitle
    property bool acknowledged: false
    property bool unfolded: false
    readonly property StatusTint tint: StatusTint { state: card.status }

    signal fixRequested()
    signal pageRequested()
    signal acknowledgeRequested()
    signal withdrawRequested()

    implicitHeight: column.implicitHeight + 21
    focusPolicy: Qt.TabFocus
    opacity: acknowledged ? 0.75 : 1
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1 %2: %3").arg(status).arg(title).arg(message)
    Accessible.description: why

    background: Rectangle {
        radius: Theme.radiusCard
        color: card.hovered ? Theme.hover : Theme.canvas
        border.color: Theme.border
        Rectangle {
            y: 10
            width: 3
            height: parent.height - 20
            color: card.tint.fill
            radius: 1.5
        }
        FocusRing { active: card.visualFocus }
    }
    contentItem: Item {
        Column {
            id: column
            x: 14
            y: 12
            width: parent.width - 28
            spacing: 6

            Flow {
                width: parent.width
                spacing: 7
                Row {
                    spacing: 6
                    Glyph {
                        name: card.tint.glyph
                        size: 15
                        color: card.tint.ink
                        anchors.verticalCenter: heading.verticalCenter
                    }
                    Text {
                        id: heading
                        width: Math.min(implicitWidth, column.width - 21)
                        text: card.title
                        font.family: Theme.fontFamily
                        font.pixelSize: 13
                        font.weight: Font.DemiBold
                        color: Theme.text
                        wrapMode: Text.Wrap
                        textFormat: Text.PlainText
                    }
                }
                Pill {
                    text: card.rule
                    status: card.status
                }
            }
            Text {
                width: parent.width
                text: card.message
                font.family: Theme.fontFamily
                font.pixelSize: 12
                lineHeight: 1.18
                color: Theme.muted
                wrapMode: Text.Wrap
                textFormat: Text.PlainText
            }
            Text {
                width: parent.width
                visible: card.unfolded
                text: card.why
                font.family: Theme.fontFamily
                font.pixelSize: 12
                lineHeight: 1.18
                color: Theme.text
                wrapMode: Text.Wrap
                textFormat: Text.PlainText
            }
            ActionButton {
                objectName: "pageButton"
                visible: card.unfolded
                text: qsTr("Pictures and proof")
                implicitHeight: 28
                font.pixelSize: 12
                hint: qsTr("A bad and a good example, how to mend it, and a run that shows it")
                onClicked: card.pageRequested()
            }
            Item {
                width: parent.width
                height: fix.visible ? fix.height + 2 : 30
                ActionButton {
                    id: fix
                    objectName: "fixButton"
                    visible: card.fixTitle !== "" && !card.acknowledged
                    anchors.bottom: parent.bottom
                    text: card.fixTitle
                    width: Math.min(implicitWidth, parent.width - more.width - 6)
                    implicitHeight: Math.max(28, wordsHeight + 10)
                    wraps: true
                    font.pixelSize: 12
                    hint: qsTr("%1; undo takes it back").arg(card.fixTitle)
                    onClicked: card.fixRequested()
                }
                Row {
                    id: more
                    anchors.right: parent.right
                    anchors.rightMargin: -6
                    anchors.bottom: parent.bottom
                    ActionButton {
                        objectName: "whyButton"
                        visible: card.why !== ""
                        glyph: card.unfolded ? "chevron-up" : "help"
                        flat: true
                        implicitHeight: 28
                        hint: card.unfolded ? qsTr("Less") : qsTr("Why it matters")
                        onClicked: card.unfolded = !card.unfolded
                    }
                    ActionButton {
                        objectName: "acceptButton"
                        glyph: card.acknowledged ? "reset" : "check"
                        flat: true
                        implicitHeight: 28
                        hint: card.acknowledged ? qsTr("No longer accept it") : qsTr("Accept it, with a reason")
                        onClicked: {
                            if (card.acknowledged)
                                card.withdrawRequested()
                            else
                                card.acknowledgeRequested()
                        }
                    }
                }
            }
        }
    }
}
