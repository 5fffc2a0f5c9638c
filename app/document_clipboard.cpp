// Document: intents that go by the clipboard, and duplicating, which is the same without it.
#include "document.h"
#include "fragment.h"
#include "json/design_json.h"
#include "placement.h"
#include "qt_values.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <cmath>

namespace loadpath {
namespace {

const QString mimeType = QStringLiteral("application/vnd.loadpath.design+json");

const QMimeData* clipboardData() { return qGuiApp ? QGuiApplication::clipboard()->mimeData() : nullptr; }

std::string clipboardText() {
    const QMimeData* data = clipboardData();
    if (!data) return {};
    return data->hasFormat(mimeType) ? data->data(mimeType).toStdString() : data->text().toStdString();
}

}  // namespace

bool Document::canPaste() const {
    const QMimeData* data = clipboardData();
    return data && (data->hasFormat(mimeType) || data->text().trimmed().startsWith(u'{'));
}

void Document::copy() {
    const Design fragment = fragmentOf(m_design, toStd(m_selection.ids()));
    if (!qGuiApp || (fragment.components.empty() && fragment.zones.empty() && fragment.notes.empty())) return;
    const QByteArray text = QByteArray::fromStdString(writeDesign(fragment, *m_catalog));
    auto* data = new QMimeData;
    data->setData(mimeType, text);
    data->setText(QString::fromUtf8(text));
    QGuiApplication::clipboard()->setMimeData(data);
    m_pasteCount = 0;
}

void Document::cut() {
    if (m_selection.count() == 0) return;
    copy();
    deleteSelection();
}

bool Document::pasteFragment(const Design& fragment, std::optional<Point> centre, const QString& text) {
    const std::optional<Frame> bounds = boundsOf(fragment);
    if (!bounds) return false;
    const double shift = gridStep * ++m_pasteCount;
    double dx = shift, dy = shift;
    if (centre) {
        dx = std::round((centre->x - bounds->x - bounds->width / 2) / gridStep) * gridStep;
        dy = std::round((centre->y - bounds->y - bounds->height / 2) / gridStep) * gridStep;
    }
    const Pasted pasted = pasteEdits(m_design, *m_catalog, fragment, dx, dy);
    if (!push(pasted.edits, text)) return false;
    QStringList ids;
    for (const std::string& id : pasted.ids) ids.append(toQt(id));
    m_selection.selectMany(ids);
    return true;
}

bool Document::paste(double x, double y) {
    const auto fragment = readFragment(clipboardText(), *m_catalog);
    return fragment && pasteFragment(*fragment, Point{x, y}, tr("Paste"));
}

bool Document::paste() {
    const auto fragment = readFragment(clipboardText(), *m_catalog);
    return fragment && pasteFragment(*fragment, std::nullopt, tr("Paste"));
}

void Document::duplicate() {
    m_pasteCount = 0;
    pasteFragment(fragmentOf(m_design, toStd(m_selection.ids())), std::nullopt, tr("Duplicate"));
}

void Document::selectAll() {
    QStringList ids;
    for (const Zone& z : m_design.zones) ids.append(toQt(z.id.value));
    for (const Component& c : m_design.components) ids.append(toQt(c.id.value));
    for (const Note& n : m_design.notes) ids.append(toQt(n.id.value));
    m_selection.selectMany(ids);
}

}  // namespace loadpath
