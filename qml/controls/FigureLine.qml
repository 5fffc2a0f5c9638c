// One row of a table of figures. Cells that can be asked how they came about answer to a click, or to
// Enter after the arrow keys have chosen one.
import QtQuick
import Loadpath.App

Item {
    id: line

    property string rowKey
    property var columns: []
    property var cells: []
    property string hint
    property bool marked: false   // the row that others are about
    property string openKey       // of the calculation that is shown
    property int chosen: -1       // the cell that the arrow keys are at
    readonly property real shares: columns.reduce((sum, column) => sum + column.share, 0)
    readonly property var asked: cells.map((cell, at) => cell.explain !== "" ? at : -1).filter(at => at >= 0)

    signal nameClicked()
    signal explainRequested(string key)

    function choose(step: int) {
        if (asked.length === 0)
            return
        const at = asked.indexOf(chosen)
        chosen = asked[at < 0 ? 0 : Math.max(0, Math.min(asked.length - 1, at + step))]
    }

    implicitHeight: 28
    activeFocusOnTab: true
    Accessible.role: Accessible.ListItem
    Accessible.name: cells.map((cell, at) => at === 0 ? cell.text : columns[at] && cell.text !== "" ? columns[at].title + " " + cell.text : "")
                          .filter(words => words !== "").join(", ") || rowKey
    Accessible.focusable: true
    Keys.onLeftPressed: choose(-1)
    Keys.onRightPressed: choose(1)
    Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onReturnPressed: activate()
    Keys.onSpacePressed: activate()
    onActiveFocusChanged: if (!activeFocus) chosen = -1

    function activate() {
        if (chosen >= 0)
            explainRequested(cells[chosen].explain)
        else if (asked.length > 0)
            explainRequested(cells[asked[0]].explain)
        else
            nameClicked()
    }

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: 6
        anchors.rightMargin: 6
        radius: 6
        color: line.marked ? Qt.alpha(Theme.accent, Theme.dark ? 0.18 : 0.09) : over.hovered ? Theme.hover : "transparent"
        HoverHandler { id: over }
        FocusRing { active: line.activeFocus && line.chosen < 0; gap: -1 }
    }
    Row {
        x: 14
        width: parent.width - 28
        height: parent.height
        Repeater {
            model: line.cells
            Item {
                id: cell
                required property var modelData
                required property int index
                readonly property var column: line.columns[index] ?? null
                readonly property bool asks: modelData.explain !== ""
                readonly property bool shown: asks && line.openKey === modelData.explain
                readonly property StatusTint tint: StatusTint { state: cell.modelData.state === "muted" ? "" : cell.modelData.state }
                objectName: asks ? "figure:" + modelData.explain + ":" + index : ""
                width: column ? (line.width - 28) * column.share / line.shares : 0
                height: line.height

                Rectangle {
                    visible: cell.shown || (cell.asks && pointer.containsMouse) || line.chosen === cell.index
                    anchors.fill: parent
                    anchors.topMargin: 3
                    anchors.bottomMargin: 3
                    anchors.leftMargin: 2
                    anchors.rightMargin: -5
                    radius: 5
                    color: Qt.alpha(Theme.accent, cell.shown ? 0.2 : 0.1)
                    border.width: line.chosen === cell.index ? 2 : 0
                    border.color: Qt.alpha(Theme.accent, 0.75)
                }
                Glyph {
                    id: sign
                    visible: cell.tint.state !== "" && cell.column !== null && cell.column.right
                    anchors.right: words.left
                    anchors.rightMargin: 4
                    anchors.verticalCenter: parent.verticalCenter
                    name: cell.tint.glyph
                    color: cell.tint.ink
                    size: 12
                }
                Text {
                    id: words
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    readonly property real room: parent.width - (cell.index > 0 ? 8 : 0) - (sign.visible ? 16 : 0)
                    width: cell.column && cell.column.right ? Math.min(implicitWidth, room) : room
                    text: cell.modelData.text
                    font.family: Theme.fontFamily
                    font.pixelSize: 12
                    font.weight: cell.index === 0 ? Font.Medium : Font.Normal
                    font.underline: cell.asks && pointer.containsMouse
                    color: cell.modelData.state === "muted" ? Theme.muted : cell.tint.state !== "" ? cell.tint.ink : Theme.text
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                    horizontalAlignment: cell.column && cell.column.right ? Text.AlignRight : Text.AlignLeft
                }
                MouseArea {
                    id: pointer
                    anchors.fill: parent
                    hoverEnabled: true
                    cursorShape: cell.asks || cell.index === 0 ? Qt.PointingHandCursor : Qt.ArrowCursor
                    onClicked: {
                        line.forceActiveFocus(Qt.MouseFocusReason)
                        if (cell.asks)
                            line.explainRequested(cell.modelData.explain)
                        else
                            line.nameClicked()
                    }
                }
                Loader {
                    active: pointer.containsMouse && tip !== ""
                    readonly property string tip: cell.modelData.hint !== "" ? cell.modelData.hint
                                                : cell.index === 0 && line.hint !== "" ? (words.truncated ? words.text + "\n" : "") + line.hint
                                                : words.truncated ? words.text : cell.asks ? qsTr("How it came about") : ""
                    sourceComponent: HintTip {
                        parent: cell
                        visible: true
                        text: cell.modelData.hint !== "" ? cell.modelData.hint
                            : cell.index === 0 && line.hint !== "" ? (words.truncated ? words.text + "\n" : "") + line.hint
                            : words.truncated ? words.text : qsTr("How it came about")
                    }
                }
            }
        }
    }
}
