// Numbers to reason with: latencies, what an availability allows and the other way round, ids.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Flickable {
    id: tools

    required property Estimates estimates
    property var down: estimates.downtime("99.9")
    property var available: estimates.availability("30 min", "month")
    property var samples: []
    property var about: ({kind: "", about: ""})

    clip: true
    contentHeight: column.height + 20
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ThinScrollBar {}

    Column {
        id: column
        width: tools.width

        SectionHead {
            x: 14
            width: parent.width - 28
            topPadding: 16
            bottomPadding: 8
            text: qsTr("Availability and downtime")
        }
        Row {
            x: 14
            spacing: 10
            FieldWithLabel {
                width: 130
                label: qsTr("Availability")
                TextEntry {
                    objectName: "availabilityEntry"
                    width: parent.width
                    value: "99.9 %"
                    problem: tools.down.problem
                    Accessible.name: qsTr("Availability to convert")
                    onTextEdited: tools.down = tools.estimates.downtime(text)
                    onCommitted: text => {
                        tools.down = tools.estimates.downtime(text)
                        value = text
                    }
                }
            }
            Text {
                objectName: "downtimeAnswer"
                anchors.bottom: parent.bottom
                bottomPadding: 7
                width: tools.width - 28 - 140
                text: tools.down.problem !== "" ? tools.down.problem
                    : qsTr("%1 a year · %2 in 30 days · %3 a day · %4 nines").arg(tools.down.year).arg(tools.down.month).arg(tools.down.day).arg(tools.down.nines)
                font.family: Theme.fontFamily
                font.pixelSize: 12
                color: tools.down.problem !== "" ? Theme.errorText : Theme.text
                wrapMode: Text.Wrap
            }
        }
        Item { width: 1; height: 8 }
        Row {
            x: 14
            spacing: 10
            FieldWithLabel {
                width: 130
                label: qsTr("Downtime")
                TextEntry {
                    id: downtimeEntry
                    objectName: "downtimeEntry"
                    width: parent.width
                    value: "30 min"
                    problem: tools.available.problem
                    Accessible.name: qsTr("Downtime to convert")
                    onTextEdited: tools.available = tools.estimates.availability(text, period.chosen)
                    onCommitted: text => {
                        tools.available = tools.estimates.availability(text, period.chosen)
                        value = text
                    }
                }
            }
            FieldWithLabel {
                width: 110
                label: qsTr("In")
                ChoiceBox {
                    id: period
                    readonly property var periods: ["year", "month", "day"]
                    readonly property string chosen: periods[currentIndex]
                    width: parent.width
                    label: qsTr("Period")
                    model: [qsTr("a year"), qsTr("30 days"), qsTr("a day")]
                    currentIndex: 1
                    onCurrentIndexChanged: tools.available = tools.estimates.availability(downtimeEntry.text, chosen)
                }
            }
            Text {
                objectName: "availabilityAnswer"
                anchors.bottom: parent.bottom
                bottomPadding: 7
                width: tools.width - 28 - 260
                text: tools.available.problem !== "" ? tools.available.problem : qsTr("%1 available").arg(tools.available.availability)
                font.family: Theme.fontFamily
                font.pixelSize: 12
                color: tools.available.problem !== "" ? Theme.errorText : Theme.text
                wrapMode: Text.Wrap
            }
        }
        FigureSection {
            width: parent.width
            title: qsTr("Nines")
            table: tools.estimates.nines
        }
        FigureSection {
            width: parent.width
            title: qsTr("Latencies everybody should know")
            remark: qsTr("Orders of magnitude; rest the pointer on one for its source.")
            table: tools.estimates.latencies
        }
        FigureSection {
            width: parent.width
            title: qsTr("Many calls at once")
            remark: qsTr("Each is slow one time in a hundred, and takes an exponential time.")
            table: tools.estimates.fanOuts
        }
        FigureSection {
            width: parent.width
            title: qsTr("Attempts one after the other")
            table: tools.estimates.attempts
        }
        SectionHead {
            x: 14
            width: parent.width - 28
            topPadding: 16
            bottomPadding: 6
            text: qsTr("Identifiers")
        }
        Row {
            x: 14
            spacing: 8
            TextEntry {
                objectName: "idEntry"
                width: tools.width - 28 - make.width - 8
                placeholderText: qsTr("An id to take apart")
                Accessible.name: qsTr("Id to take apart")
                onTextEdited: tools.about = text === "" ? {kind: "", about: ""} : tools.estimates.readId(text)
                onCommitted: text => value = text
            }
            ActionButton {
                id: make
                objectName: "makeIds"
                implicitHeight: 30
                text: qsTr("Make some")
                onClicked: tools.samples = tools.estimates.sampleIds()
            }
        }
        Text {
            x: 14
            width: parent.width - 28
            visible: text !== ""
            topPadding: 4
            text: tools.about.kind !== "" ? qsTr("%1: %2").arg(tools.about.kind).arg(tools.about.about) : tools.about.about
            font.family: Theme.fontFamily
            font.pixelSize: 12
            color: Theme.text
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
        }
        Repeater {
            model: tools.samples
            Column {
                id: sample
                required property var modelData
                x: 14
                width: column.width - 28
                topPadding: 8
                TextEdit {
                    width: parent.width
                    text: sample.modelData.name + "  " + sample.modelData.text
                    readOnly: true
                    selectByMouse: true
                    font.family: "monospace"
                    font.pixelSize: 12
                    color: Theme.text
                    selectionColor: Qt.alpha(Theme.accent, 0.35)
                    wrapMode: TextEdit.WrapAnywhere
                    Accessible.name: text
                }
                Text {
                    width: parent.width
                    text: sample.modelData.about
                    font.family: Theme.fontFamily
                    font.pixelSize: 11
                    color: Theme.muted
                    wrapMode: Text.Wrap
                }
            }
        }
    }
}
