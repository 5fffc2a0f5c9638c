import QtQuick
import QtQuick.Controls.Basic

Menu {
    id: menu

    property int rowWidth: 230

    padding: 5
    margins: 6
    overlap: 1
    delegate: MenuRow {}
    contentItem: ListView {
        implicitWidth: menu.rowWidth
        implicitHeight: contentHeight
        model: menu.contentModel
        interactive: Window.window ? contentHeight + menu.topPadding + menu.bottomPadding > Window.window.height : false
        clip: true
        currentIndex: menu.currentIndex
        ScrollBar.vertical: ThinScrollBar {}
    }
    background: Surface { implicitWidth: menu.rowWidth + 10 }
}
