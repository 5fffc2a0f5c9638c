import QtQuick
import QtQuick.Controls.Basic

MenuSheet {
    id: menu

    signal chosen(string suffix)

    rowWidth: 240
    title: qsTr("Export")
    MenuRow { objectName: "exportPng"; text: qsTr("Picture (PNG)…"); glyph: "export"; onTriggered: menu.chosen("png") }
    MenuRow { objectName: "exportSvg"; text: qsTr("Vector drawing (SVG)…"); glyph: "export"; onTriggered: menu.chosen("svg") }
    MenuRow { objectName: "exportPdf"; text: qsTr("Page (PDF)…"); glyph: "export"; onTriggered: menu.chosen("pdf") }
    MenuLine {}
    MenuRow { objectName: "exportHtml"; text: qsTr("Report with all figures (HTML)…"); glyph: "file"; onTriggered: menu.chosen("html") }
}
