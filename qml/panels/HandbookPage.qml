// The handbook page of a component type.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

Flickable {
    id: page

    property var info: null
    readonly property var sections: [
        { head: qsTr("What it is"), body: info?.what ?? "", points: [] },
        { head: qsTr("When to use it"), body: info?.when ?? "", points: [] },
        { head: qsTr("How it scales"), body: info?.scaling ?? "", points: [] },
        { head: qsTr("Trade-offs"), body: "", points: info?.tradeoffs ?? [] },
        { head: qsTr("What breaks"), body: "", points: info?.breaks ?? [] },
        { head: qsTr("Numbers"), body: "", points: info?.numbers ?? [] },
        ...(info?.topics ?? []).map(t => ({ head: t.title, body: t.text, points: t.points })),
        { head: qsTr("Products"), body: "", points: (info?.presets ?? []).map(p => p.name + " — " + p.source) }
    ]

    objectName: "handbookPage"
    clip: true
    contentHeight: column.height + 28
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ThinScrollBar {}

    Column {
        id: column
        x: 14
        y: 14
        width: page.width - 28
        spacing: 14
        Text {
            width: parent.width
            visible: text !== ""
            text: page.info?.summary ?? ""
            font.family: Theme.fontFamily
            font.pixelSize: 13
            lineHeight: 1.2
            color: Theme.text
            wrapMode: Text.Wrap
        }
        Repeater {
            model: page.sections.filter(s => s.body !== "" || s.points.length > 0)
            Column {
                id: part
                required property var modelData
                width: column.width
                spacing: 6
                SectionHead { text: part.modelData.head }
                Text {
                    width: parent.width
                    visible: text !== ""
                    text: part.modelData.body
                    font.family: Theme.fontFamily
                    font.pixelSize: 12
                    lineHeight: 1.2
                    color: Theme.text
                    wrapMode: Text.Wrap
                    textFormat: Text.PlainText
                }
                Repeater {
                    model: part.modelData.points
                    Item {
                        id: point
                        required property string modelData
                        width: part.width
                        implicitHeight: words.implicitHeight
                        Rectangle {
                            x: 2
                            y: 6
                            width: 4
                            height: 4
                            radius: 2
                            color: Theme.muted
                        }
                        Text {
                            id: words
                            x: 14
                            width: parent.width - 14
                            text: point.modelData
                            font.family: Theme.fontFamily
                            font.pixelSize: 12
                            lineHeight: 1.2
                            color: Theme.text
                            wrapMode: Text.Wrap
                            textFormat: Text.PlainText
                        }
                    }
                }
            }
        }
    }
}
