// Everything that is computed exactly, in tables. A click on a figure shows how it came about; a click
// on a name shows the thing on the canvas.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Item {
    id: panel

    required property AnalysisFigures figures
    required property Document document
    property alias page: pages.current
    readonly property string openKey: figures.derivation.key

    signal itemsChosen(var ids)

    SegmentRow {
        id: pages
        x: 14
        y: 10
        names: [qsTr("Availability"), qsTr("Capacity"), qsTr("What if"), qsTr("Data"), qsTr("Cost")]
        objectNames: ["analysisAvailability", "analysisCapacity", "analysisWhatIf", "analysisData", "analysisCost"]
    }
    EmptyState {
        visible: panel.figures.flows.count === 0 && pages.current === 0
        x: 20
        y: 80
        width: parent.width - 40
        glyph: "search"
        title: qsTr("Nothing to analyse yet")
        text: qsTr("Place a client and connect it to what answers its requests: availability, load and what limits them then stand here.")
    }
    Flickable {
        visible: pages.current === 0 && panel.figures.flows.count > 0
        anchors.top: pages.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        contentHeight: availability.height + 16
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ThinScrollBar {}
        Column {
            id: availability
            width: parent.width
            FigureSection {
                width: parent.width
                title: qsTr("Flows")
                table: panel.figures.flows
                markedKey: panel.figures.flow
                openKey: panel.openKey
                onRowClicked: key => panel.figures.flow = key
                onExplainRequested: key => {
                    panel.figures.flow = key.substring(key.indexOf(":") + 1)
                    panel.figures.explain(key)
                }
            }
            Text {
                x: 14
                width: parent.width - 28
                visible: text !== ""
                topPadding: 8
                text: panel.figures.formula
                font.family: "monospace"
                font.pixelSize: 11
                color: Theme.muted
                wrapMode: Text.WrapAnywhere
                textFormat: Text.PlainText
                Accessible.name: qsTr("Formula: %1").arg(text)
            }
            FigureSection {
                width: parent.width
                title: qsTr("What costs “%1” most").arg(panel.figures.flowName)
                table: panel.figures.units
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
            FigureSection {
                width: parent.width
                title: qsTr("What more would buy")
                table: panel.figures.improvements
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
            FigureSection {
                width: parent.width
                title: qsTr("What takes it down together")
                remark: qsTr("Minimal cut sets: all of one line down, and the flow fails.")
                table: panel.figures.cutSets
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
            FigureSection {
                width: parent.width
                title: qsTr("Partitioned stores")
                remark: qsTr("A request asks one partition; one that scatters needs all of them at once.")
                table: panel.figures.partitions
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
            FigureSection {
                width: parent.width
                title: qsTr("Behind brokers and change logs")
                table: panel.figures.async
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
        }
    }
    FigureHead {
        id: loadHead
        visible: pages.current === 1
        anchors.top: pages.bottom
        anchors.topMargin: 6
        width: parent.width
        table: panel.figures.load
    }
    ListView {
        objectName: "loadList"
        visible: pages.current === 1
        anchors.top: loadHead.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: panel.figures.load
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Load of the components")
        ScrollBar.vertical: ThinScrollBar {}
        delegate: FigureLine {
            required property var model
            width: ListView.view.width
            rowKey: model.rowKey
            columns: panel.figures.load.columns
            cells: model.cells
            hint: model.hint
            openKey: panel.openKey
            onNameClicked: panel.itemsChosen(model.items)
            onExplainRequested: key => panel.figures.explain(key)
        }
        footer: FigureSection {
            width: ListView.view.width
            bottomPadding: 16
            title: qsTr("What binds first")
            table: panel.figures.limits
            openKey: panel.openKey
            onRowClicked: (key, items) => panel.itemsChosen(items)
            onExplainRequested: key => panel.figures.explain(key)
        }
    }
    Flickable {
        visible: pages.current === 2
        anchors.top: pages.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        contentHeight: whatIf.height + 16
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ThinScrollBar {}
        Column {
            id: whatIf
            width: parent.width
            FigureSection {
                width: parent.width
                title: qsTr("Ten and a hundred times the load")
                remark: qsTr("What is full first, and how many it takes to stay at 70 %.")
                table: panel.figures.growth
                nothing: qsTr("Nothing here has a limit that a hundred times the load would reach.")
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
            FigureSection {
                width: parent.width
                title: qsTr("One instance or zone lost")
                table: panel.figures.losses
                nothing: qsTr("There is nothing that could be lost.")
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
            FigureSection {
                width: parent.width
                title: qsTr("Retries when calls fail")
                remark: qsTr("How many times the usual calls reach what is hit hardest.")
                table: panel.figures.retries
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
        }
    }
    Flickable {
        visible: pages.current === 3
        anchors.top: pages.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        contentHeight: data.height + 16
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ThinScrollBar {}
        Column {
            id: data
            width: parent.width
            FigureSection {
                width: parent.width
                title: qsTr("What readers may see")
                table: panel.figures.consistency
                nothing: qsTr("There is no store whose copies could differ.")
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
            FigureSection {
                width: parent.width
                title: qsTr("Own writes that a flow may not see")
                table: panel.figures.invisible
                onRowClicked: (key, items) => panel.itemsChosen(items)
            }
        }
    }
    Flickable {
        visible: pages.current === 4
        anchors.top: pages.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        contentHeight: cost.height + 16
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ThinScrollBar {}
        Column {
            id: cost
            width: parent.width
            FigureSection {
                width: parent.width
                title: qsTr("What it costs a month")
                remark: qsTr("An order of magnitude, from dated price classes at average load. A stated cost takes their place.")
                table: panel.figures.cost
                nothing: qsTr("Nothing here has a price.")
                openKey: panel.openKey
                onRowClicked: (key, items) => panel.itemsChosen(items)
                onExplainRequested: key => panel.figures.explain(key)
            }
            FigureSection {
                width: parent.width
                title: qsTr("What requests cost")
                table: panel.figures.flowCost
            }
        }
    }
}
