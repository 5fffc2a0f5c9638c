// The three searches over the canvas: commands (Ctrl+K), things of the design (Ctrl+F), types to place.
import QtQuick
import Loadpath.App

Item {
    id: finders

    required property Workspace workspace
    required property AppActions actions
    property point place   // in the design: where a type is wanted
    signal typeChosen(string type, point place)
    signal itemPreviewed(string id)
    signal itemChosen(string id)
    signal closed()

    function openCommands() {
        commands.open()
    }
    function openSearch() {
        search.open()
    }
    function openPlacing(position: point, designPlace: point) {
        place = designPlace
        placing.x = position.x - 20
        placing.y = position.y - 20
        placing.open()
    }
    function fits(words: list<string>, text: string): bool {
        const whole = text.toLowerCase()
        return words.every(word => whole.includes(word))
    }
    function offers(command: var, words: list<string>): bool {
        const also = command.also === undefined ? "" : " " + command.also
        return command.enabled !== false && fits(words, command.text + also)
    }
    function wordsOf(text: string): list<string> {
        return text.toLowerCase().split(" ").filter(word => word !== "")
    }

    Finder {
        id: commands
        objectName: "commandPalette"
        x: Math.round((finders.width - width) / 2)
        y: 56
        placeholder: qsTr("What do you want to do?")
        nothing: qsTr("No such command")
        onSought: text => {
            const words = finders.wordsOf(text)
            const start = text.toLowerCase().trim()
            // What begins as typed comes before what only holds the words.
            const rank = command => command.text.toLowerCase().startsWith(start) ? 0 : 1
            const fitting = finders.actions.commands.filter(command => finders.offers(command, words))
            rows = fitting.filter(command => rank(command) === 0).concat(fitting.filter(command => rank(command) === 1))
        }
        onTaken: row => row.run()
        onClosed: finders.closed()
    }
    Finder {
        id: search
        objectName: "designSearch"
        x: Math.round((finders.width - width) / 2)
        y: 16
        placeholder: qsTr("Find in the design: name, type or property")
        nothing: qsTr("Nothing of the design is called so")
        previews: true
        onSought: text => rows = finders.workspace.document.find(text)
        onPreviewed: row => finders.itemPreviewed(row.value)
        onTaken: row => finders.itemChosen(row.value)
        onClosed: finders.closed()
    }
    Finder {
        id: placing
        objectName: "placePalette"
        width: 300
        placeholder: qsTr("Place a component")
        nothing: qsTr("No such type")
        onSought: text => rows = finders.workspace.typesToPlace(text)
        onTaken: row => finders.typeChosen(row.value, finders.place)
        onStarred: row => finders.workspace.toggleFavourite(row.value)
        onClosed: finders.closed()
    }
}
