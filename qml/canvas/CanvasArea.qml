// The canvas with what floats over it: zoom, minimap, the field that renames, hints, the empty state.
import QtQuick
import Loadpath.App

Item {
    id: area

    required property Workspace workspace
    readonly property Document document: workspace.document
    readonly property alias canvas: view

    signal templatesRequested()
    signal placingRequested(point position, point designPlace)

    function openPlacing(position: point) {
        placingRequested(position, view.toDesign(position))
    }
    function placeTypeAt(type: string, place: point) {
        document.addComponent(type, Math.round((place.x - 88) / 24) * 24, Math.round((place.y - 33) / 24) * 24)
        workspace.noteType(type)
        view.forceActiveFocus(Qt.OtherFocusReason)
    }
    function showItem(id: string) {
        document.selection.select(id)
        view.revealSelection()
    }

    function placeType(type: string) {
        const centre = view.toDesign(Qt.point(view.width / 2, view.height / 2))
        const place = view.freePlace(Qt.point(centre.x - 88, centre.y - 33))
        document.addComponent(type, place.x, place.y)
        workspace.noteType(type)
        view.revealSelection()
        view.forceActiveFocus(Qt.OtherFocusReason)
    }
    /// Around what is selected, with room for its name; else where one looks.
    function placeZone() {
        let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity
        for (const id of document.selection.ids) {
            const item = view.itemRect(id)
            if (item.width <= 0)
                continue
            left = Math.min(left, item.x)
            top = Math.min(top, item.y)
            right = Math.max(right, item.x + item.width)
            bottom = Math.max(bottom, item.y + item.height)
        }
        if (left > right) {
            const middle = view.toDesign(Qt.point(view.width / 2, view.height / 2))
            document.addZone(middle.x - 130, middle.y - 100, 260, 200)
        } else {
            const from = view.toDesign(Qt.point(left, top)), to = view.toDesign(Qt.point(right, bottom))
            document.addZone(from.x - 24, from.y - 40, to.x - from.x + 48, to.y - from.y + 64)
        }
        view.forceActiveFocus(Qt.OtherFocusReason)
    }
    function placeNote() {
        const middle = view.toDesign(Qt.point(view.width / 2, view.height / 2))
        document.addNote(middle.x - 90, middle.y - 40, qsTr("Note"))
        view.forceActiveFocus(Qt.OtherFocusReason)
    }
    function dropType(type: string, position: point) {
        view.hideGhost()
        if (!holds(position))
            return
        view.dropType(type, view.mapFromItem(null, position.x, position.y))
        view.forceActiveFocus(Qt.MouseFocusReason)
    }
    function showGhost(type: string, position: point) {
        if (holds(position))
            view.showGhost(type, view.mapFromItem(null, position.x, position.y))
        else
            view.hideGhost()
    }
    function holds(position: point): bool {
        return view.contains(view.mapFromItem(null, position.x, position.y))
    }
    function zoomTo(how: string) {
        if (how === "in")
            view.zoomIn()
        else if (how === "out")
            view.zoomOut()
        else if (how === "fit")
            view.fit()
        else if (how === "selection")
            view.zoomToSelection()
        else
            view.resetZoom()
    }

    clip: true

    CanvasItem {
        id: view
        objectName: "canvas"
        anchors.fill: parent
        focus: true
        activeFocusOnTab: true
        theme: Theme
        document: area.document
        analysis: area.workspace.analysis
        simulation: area.workspace.simulation
        comparison: area.workspace.comparison
        locked: area.workspace.comparison.active
        showTraffic: true
        Accessible.role: Accessible.Canvas
        Accessible.name: qsTr("Design canvas, components: %1").arg(area.document.componentCount)
        onRenameRequested: (id, place) => rename.edit(id, area.document.textOf(id), place)
        onConnectionDropped: (fromId, position) => picker.offer(fromId, position, view.toDesign(position))
        onLineDrawn: (id, byKeyboard) => line.show(id, byKeyboard)
        onActivated: id => {
            if (!view.locked && area.document.selection.kind === "connection" && area.document.selection.primaryId === id)
                line.show(id, true)
        }
        onTypeWanted: position => area.openPlacing(position)
        onTypeDropped: type => area.workspace.noteType(type)
        onContextMenuRequested: (id, position) => {
            menu.itemId = id
            menu.place = view.toDesign(position)
            menu.popup(view, position.x, position.y)
        }
    }
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: 2
        border.color: Qt.alpha(Theme.accent, 0.6)
        visible: view.activeFocus && view.focusReason === Qt.TabFocusReason
    }
    EmptyCanvas {
        visible: area.document.isEmpty
        anchors.centerIn: parent
        onTemplatesRequested: area.templatesRequested()
        onClientRequested: area.placeType("client")
    }
    ZoomControl {
        id: zoom
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.margins: 12
        zoom: view.zoom
        onZoomInRequested: view.zoomIn()
        onZoomOutRequested: view.zoomOut()
        onZoomResetRequested: view.resetZoom()
        onFitRequested: view.fit()
        coloured: view.overlay !== "none" || view.focusMode
        onSeeRequested: near => {
            see.active = true
            const sheet = see.item as SeeMenu
            sheet.popup(near, 0, -sheet.height - 8)
        }
    }
    Loader {
        id: see
        active: false
        sourceComponent: SeeMenu {
            objectName: "seeMenu"
            canvas: view
            flows: area.workspace.flows
        }
    }
    Rectangle {
        visible: minimap.useful && !area.document.isEmpty && area.width > 620
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 12
        width: 150
        height: 94
        radius: Theme.radiusButton
        color: Theme.raised
        border.color: Theme.border
        MinimapItem {
            id: minimap
            objectName: "minimap"
            anchors.fill: parent
            anchors.margins: 5
            canvas: view
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("Map of the whole design")
        }
    }
    RefusalHint {
        id: refusal
        objectName: "refusalHint"
        maximumWidth: Math.min(520, area.width - 40)
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.top
        anchors.topMargin: 16
        Connections {
            target: area.document
            function onRefused(reason: string) {
                refusal.show(reason)
            }
        }
        Connections {
            target: area.workspace.simulation
            function onFailed(reason: string) {
                refusal.show(reason)
            }
        }
    }
    ToolHint {
        objectName: "toolHint"
        maximumWidth: Math.min(620, area.width - 40)
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 56
        text: view.toolHint
    }
    ConnectionBar {
        id: line
        document: area.document
        canvas: view
        onClosed: view.forceActiveFocus(Qt.PopupFocusReason)
    }
    RenameField {
        id: rename
        onRenamed: (id, text) => area.document.rename(id, text)
        onClosed: view.forceActiveFocus(Qt.OtherFocusReason)
    }
    TypePicker {
        id: picker
        document: area.document
        onChosen: (fromId, type, place) => area.document.addConnected(fromId, type, place.x, place.y - 33)
        onClosed: view.forceActiveFocus(Qt.PopupFocusReason)
    }
    CanvasMenu {
        id: menu
        document: area.document
        simulation: area.workspace.simulation
        onRenameRequested: id => view.rename(id)
        onConnectRequested: view.startConnecting()
        onLineRequested: id => line.show(id, true)
    }
}
