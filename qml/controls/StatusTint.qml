// Colours for "error", "warning", "ok", "info"; quiet for anything else.
import QtQml
import QtQuick
import Loadpath.App

QtObject {
    property string state
    readonly property color fill: state === "error" ? Theme.error : state === "warning" ? Theme.warning
                                : state === "ok" ? Theme.ok : state === "info" ? Theme.info : Theme.muted
    readonly property color ink: state === "error" ? Theme.errorText : state === "warning" ? Theme.warningText
                               : state === "ok" ? Theme.okText : state === "info" ? Theme.infoText : Theme.muted
    readonly property color onFill: state === "warning" ? Theme.onWarning : Theme.onStatus
    // Never colour alone: a drawing goes with it.
    readonly property string glyph: state === "error" ? "error" : state === "warning" ? "warning"
                                  : state === "ok" ? "check-circle" : "info"
}
