// The back of the envelope: what is taken as given, to be varied; what follows from it, next to what
// stands on the canvas; and numbers to reason with.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Item {
    id: panel

    required property Estimates estimates
    property alias page: pages.current

    signal itemsChosen(var ids)

    SegmentRow {
        id: pages
        x: 14
        y: 10
        names: [qsTr("Figures"), qsTr("Inputs"), qsTr("To reason with")]
        objectNames: ["estimateFigures", "estimateInputs", "estimateTools"]
    }
    ChipToggle {
        objectName: "binaryBytes"
        anchors.right: parent.right
        anchors.rightMargin: 14
        y: 10
        visible: panel.width > 420 && pages.current === 0
        text: qsTr("KiB")
        checked: panel.estimates.binaryBytes
        Accessible.name: qsTr("Bytes in powers of 1024")
        onToggled: panel.estimates.binaryBytes = checked
    }
    FigureHead {
        id: head
        visible: pages.current === 0
        anchors.top: pages.bottom
        anchors.topMargin: 6
        width: parent.width
        table: panel.estimates.figures
    }
    ListView {
        objectName: "estimateList"
        visible: pages.current === 0
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        bottomMargin: 12
        cacheBuffer: 0  // rows made ahead outlive a list that shrinks at once
        boundsBehavior: Flickable.StopAtBounds
        model: panel.estimates.figures
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Estimates")
        ScrollBar.vertical: ThinScrollBar {}
        section.property: "section"
        section.delegate: SectionHead {
            required property string section
            leftPadding: 14
            width: ListView.view.width
            topPadding: 12
            bottomPadding: 4
            text: section
        }
        delegate: FigureLine {
            required property var model
            width: ListView.view.width
            rowKey: model.rowKey
            columns: panel.estimates.figures.columns
            cells: model.cells
            hint: model.hint
            openKey: panel.estimates.derivation.key
            onNameClicked: panel.estimates.explain(model.rowKey)
            onExplainRequested: key => panel.estimates.explain(key)
        }
    }
    ListView {
        id: inputs
        objectName: "estimateInputList"
        visible: pages.current === 1
        anchors.top: pages.bottom
        anchors.topMargin: 6
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        bottomMargin: 12
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        model: panel.estimates.inputs
        Accessible.role: Accessible.List
        Accessible.name: qsTr("What is taken as given")
        ScrollBar.vertical: ThinScrollBar {}
        header: Text {
            width: ListView.view.width
            leftPadding: 14
            rightPadding: 14
            bottomPadding: 6
            text: qsTr("Change a number and everything follows. What nobody stated is assumed, in amber.")
            font.family: Theme.fontFamily
            font.pixelSize: 12
            color: Theme.muted
            wrapMode: Text.Wrap
        }
        delegate: EstimateInputRow {
            required property var model
            width: ListView.view.width
            rowKey: model.rowKey
            name: model.name
            value: model.text
            unit: model.unit
            source: model.source
            assumed: model.assumed
            stated: model.stated
            onValueChanged: problem = ""
            onEntered: text => problem = panel.estimates.setInput(rowKey, text)
            onResetRequested: {
                problem = ""
                panel.estimates.resetInput(rowKey)
            }
        }
    }
    LazyPage {
        shown: pages.current === 2
        anchors.top: pages.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        sourceComponent: EstimateTools {
            objectName: "estimateToolsPage"
            estimates: panel.estimates
        }
    }
}
