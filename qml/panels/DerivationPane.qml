// A worked calculation, line by line. The line under the pointer, or the one chosen, lights its
// components on the canvas; without one, all of them are lit.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Rectangle {
    id: pane

    required property DerivationView derivation
    property int pinned: -1

    color: Theme.canvas
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("How %1 came about").arg(derivation.title)

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }
    Item {
        id: head
        width: parent.width
        height: 44
        Text {
            id: title
            x: 14
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, parent.width - 110 - result.width)
            text: pane.derivation.title
            font.family: Theme.fontFamily
            font.pixelSize: 13
            font.weight: Font.DemiBold
            color: Theme.text
            elide: Text.ElideRight
            textFormat: Text.PlainText
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Text {
            id: result
            objectName: "derivationResult"
            anchors.left: title.right
            anchors.leftMargin: 10
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, 200)
            text: pane.derivation.result
            font.family: Theme.fontFamily
            font.pixelSize: 13
            font.weight: Font.DemiBold
            color: Theme.accentText
            elide: Text.ElideRight
            textFormat: Text.PlainText
        }
        Row {
            anchors.right: parent.right
            anchors.rightMargin: 10
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2
            BusyIndicator {
                width: 20
                height: 20
                padding: 2
                anchors.verticalCenter: parent.verticalCenter
                visible: running
                running: pane.derivation.busy
            }
            ActionButton {
                implicitHeight: 28
                flat: true
                glyph: "copy"
                hint: qsTr("Copy the calculation")
                onClicked: pane.derivation.copy()
            }
            ActionButton {
                objectName: "closeDerivation"
                implicitHeight: 28
                flat: true
                glyph: "close"
                hint: qsTr("Close the calculation")
                shortcut: "Esc"
                onClicked: pane.derivation.close()
            }
        }
    }
    ListView {
        id: list
        objectName: "derivationSteps"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        bottomMargin: 10
        boundsBehavior: Flickable.StopAtBounds
        model: pane.derivation.steps
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Steps")
        ScrollBar.vertical: ThinScrollBar {}
        delegate: AbstractButton {
            id: step
            required property var modelData
            required property int index
            objectName: "step:" + index
            width: ListView.view.width
            implicitHeight: body.implicitHeight + 12
            focusPolicy: Qt.TabFocus
            Accessible.name: [modelData.what, modelData.expression, modelData.result].filter(words => words !== "").join(", ")
            onHoveredChanged: pane.derivation.light(hovered ? index : pane.pinned)
            onVisualFocusChanged: if (visualFocus) pane.derivation.light(index)
            onClicked: {
                pane.pinned = pane.pinned === index ? -1 : index
                pane.derivation.light(pane.pinned)
            }
            background: Rectangle {
                anchors.fill: parent
                anchors.leftMargin: 6
                anchors.rightMargin: 6
                radius: 6
                color: pane.pinned === step.index ? Qt.alpha(Theme.accent, 0.12) : step.hovered ? Theme.hover : "transparent"
                FocusRing { active: step.visualFocus; gap: -1 }
            }
            contentItem: Item {
                implicitHeight: body.implicitHeight
                Column {
                    id: body
                    x: 14
                    y: 6
                    width: parent.width - 28
                    spacing: 1
                    Item {
                        width: parent.width
                        height: Math.max(what.implicitHeight, value.implicitHeight)
                        Text {
                            id: what
                            width: parent.width - value.width - 12
                            text: step.modelData.what
                            font.family: Theme.fontFamily
                            font.pixelSize: 12
                            color: Theme.text
                            wrapMode: Text.Wrap
                            textFormat: Text.PlainText
                        }
                        Text {
                            id: value
                            anchors.right: parent.right
                            width: Math.min(implicitWidth, parent.width * 0.5)
                            text: step.modelData.result
                            font.family: Theme.fontFamily
                            font.pixelSize: 12
                            font.weight: Font.DemiBold
                            color: Theme.text
                            horizontalAlignment: Text.AlignRight
                            wrapMode: Text.Wrap
                            textFormat: Text.PlainText
                        }
                    }
                    Text {
                        width: parent.width
                        visible: text !== ""
                        text: step.modelData.expression
                        font.family: Theme.fontFamily
                        font.pixelSize: 11
                        color: Theme.muted
                        wrapMode: Text.Wrap
                        textFormat: Text.PlainText
                    }
                }
            }
        }
    }
    Connections {
        target: pane.derivation
        function onChanged() {
            if (pane.derivation.current < 0)
                pane.pinned = -1
        }
    }
}
