// A titled table of figures that stands among others. For the long ones, a list with lines of its own.
import QtQuick
import Loadpath.App

Column {
    id: section

    required property FigureTable table
    property string title
    property string remark        // under the title
    property string openKey
    property string markedKey
    property string nothing       // what is said when there are no rows

    signal rowClicked(string key, var items)
    signal explainRequested(string key)

    visible: table.count > 0 || nothing !== ""
    spacing: 0

    SectionHead {
        x: 14
        width: parent.width - 28
        topPadding: 16
        bottomPadding: 4
        text: section.title
    }
    Text {
        x: 14
        width: parent.width - 28
        visible: text !== ""
        text: section.remark
        bottomPadding: 2
        font.family: Theme.fontFamily
        font.pixelSize: 11
        color: Theme.muted
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
    }
    FigureHead {
        visible: section.table.count > 0
        width: parent.width
        table: section.table
    }
    Text {
        x: 14
        width: parent.width - 28
        visible: section.table.count === 0
        topPadding: 4
        text: section.nothing
        font.family: Theme.fontFamily
        font.pixelSize: 12
        color: Theme.muted
        wrapMode: Text.Wrap
    }
    Repeater {
        model: section.table
        FigureLine {
            required property var model
            width: section.width
            rowKey: model.rowKey
            columns: section.table.columns
            cells: model.cells
            hint: model.hint
            marked: section.markedKey !== "" && model.rowKey === section.markedKey
            openKey: section.openKey
            onNameClicked: section.rowClicked(model.rowKey, model.items)
            onExplainRequested: key => section.explainRequested(key)
        }
    }
}
