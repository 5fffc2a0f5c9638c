import QtQuick

MenuSheet {
    id: sheet

    signal chosen(string suffix)

    rowWidth: 240
    title: qsTr("Export")
    MenuRow { objectName: "exportPng"; text: qsTr("Picture (PNG)…"); glyph: "export"; onTriggered: sheet.chosen("png") }
    MenuRow { objectName: "exportSvg"; text: qsTr("Vector drawing (SVG)…"); glyph: "export"; onTriggered: sheet.chosen("svg") }
    MenuRow { objectName: "exportPdf"; text: qsTr("Page (PDF)…"); glyph: "export"; onTriggered: sheet.chosen("pdf") }
    MenuLine {}
    MenuRow { objectName: "exportHtml"; text: qsTr("Report with all figures (HTML)…"); glyph: "file"; onTriggered: sheet.chosen("html") }
}
