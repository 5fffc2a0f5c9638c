// The page of a rule: why it matters, a bad and a good picture, how to mend it, and the proof by a run.
import QtQuick
import QtQuick.Controls.Basic
import Loadpath.App

DialogSheet {
    id: dialog

    required property RuleDesk desk
    property string findingKey
    property var page: ({})
    property bool provable: false
    readonly property string shade: Theme.dark ? "dark" : "light"

    function show(key: string, rule: string) {
        desk.cancelProof()
        findingKey = key
        page = desk.page(rule)
        provable = desk.canProve(key)
        scroller.contentY = 0
        open()
    }

    objectName: "findingPage"
    title: page.title ?? ""
    subtitle: page.rule ?? ""
    width: Math.min(720, parent ? parent.width - 32 : 720)
    firstFocus: scroller
    onClosed: desk.cancelProof()

    body: Flickable {
        id: scroller
        objectName: "pageScroller"
        x: -10  // the ring of the keyboard stands around the words, not on them
        width: dialog.width - 20
        height: Math.min(contentHeight, (dialog.parent ? dialog.parent.height : 700) - 190)
        contentHeight: words.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        Accessible.role: Accessible.Document
        Accessible.name: dialog.title
        ScrollBar.vertical: ThinScrollBar {}

        readonly property Item held: Window.activeFocusItem

        function scrollTo(y: real) {
            contentY = Math.max(0, Math.min(contentHeight - height, y))
        }
        function reveal(item: Item) {
            const top = item.mapToItem(words, 0, 0).y
            if (top < contentY)
                scrollTo(top - 8)
            else if (top + item.height > contentY + height)
                scrollTo(Math.min(top - 8, top + item.height + 8 - height))
        }

        onHeldChanged: if (held === proof.button) reveal(held)
        Keys.onUpPressed: scrollTo(contentY - 40)
        Keys.onDownPressed: scrollTo(contentY + 40)
        Keys.onPressed: event => {
            const to = event.key === Qt.Key_PageUp ? contentY - height + 40
                     : event.key === Qt.Key_PageDown ? contentY + height - 40
                     : event.key === Qt.Key_Home ? 0
                     : event.key === Qt.Key_End ? contentHeight : -1
            event.accepted = [Qt.Key_PageUp, Qt.Key_PageDown, Qt.Key_Home, Qt.Key_End].includes(event.key)
            if (event.accepted)
                scrollTo(to)
        }
        FocusRing {
            parent: scroller
            active: scroller.activeFocus
            gap: -1
        }

        Column {
            id: words
            x: 10
            width: scroller.width - 22
            topPadding: 8
            bottomPadding: 8
            spacing: 10

            Paragraph {
                width: parent.width
                text: dialog.page.why ?? ""
                color: Theme.text
            }
            SectionHead {
                visible: dialog.page.pictures ?? false
                text: qsTr("As the check finds it")
            }
            Image {
                visible: dialog.page.pictures ?? false
                objectName: "badPicture"
                width: parent.width
                height: status === Image.Ready ? Math.min(220, implicitHeight * width / Math.max(1, implicitWidth)) : 90
                fillMode: Image.PreserveAspectFit
                source: visible ? "image://rule/" + dialog.page.rule + "/bad/" + dialog.shade : ""
                asynchronous: true
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("A design that the check complains about: %1").arg(dialog.page.example)
            }
            Paragraph {
                visible: text !== ""
                width: parent.width
                text: dialog.page.example ?? ""
            }
            SectionHead {
                visible: dialog.page.pictures ?? false
                text: qsTr("As it should be")
            }
            Image {
                visible: dialog.page.pictures ?? false
                objectName: "goodPicture"
                width: parent.width
                height: status === Image.Ready ? Math.min(220, implicitHeight * width / Math.max(1, implicitWidth)) : 90
                fillMode: Image.PreserveAspectFit
                source: visible ? "image://rule/" + dialog.page.rule + "/good/" + dialog.shade : ""
                asynchronous: true
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("A design that passes the check")
            }
            Paragraph {
                visible: text !== ""
                width: parent.width
                text: dialog.page.mending ?? ""
            }
            ProofView {
                id: proof
                objectName: "proofView"
                visible: dialog.provable
                width: parent.width
                desk: dialog.desk
                promise: dialog.page.proving ?? ""
                onProofRequested: dialog.desk.prove(dialog.findingKey)
                onHeightChanged: if (done) scroller.reveal(proof)
            }
            SectionHead {
                visible: (dialog.page.thresholds ?? []).length > 0
                text: qsTr("To set in the design")
            }
            Repeater {
                model: dialog.page.thresholds ?? []
                Paragraph {
                    required property var modelData
                    width: words.width
                    text: qsTr("%1 = %2 (%3): %4").arg(modelData.key).arg(modelData.value).arg(modelData.range).arg(modelData.meaning)
                }
            }
            Paragraph {
                width: parent.width
                visible: (dialog.page.source ?? "") !== ""
                text: qsTr("Source: %1").arg(dialog.page.source)
            }
        }
    }
    buttons: [
        ActionButton {
            objectName: "pageClose"
            text: qsTr("Close")
            onClicked: dialog.close()
        }
    ]
}
