#include "flows_model.h"

#include "connecting.h"
#include "qt_values.h"
#include "quantity.h"

namespace loadpath {

FlowsModel::FlowsModel(QObject* parent) : KeyedListModel(parent) {}

void FlowsModel::setDocument(Document* document) {
    if (document == m_document) return;
    if (m_document) m_document->disconnect(this);
    m_document = document;
    if (m_document)
        connect(m_document, &Document::changed, this, [this](const DesignChange& change) {
            if (change.reset || (!change.geometryOnly && !(change.flows.empty() && change.components.empty())))
                rebuild();
        });
    rebuild();
    emit documentChanged();
}

void FlowsModel::rebuild() {
    std::vector<FlowRow> rows;
    QStringList ids, names;
    if (m_document) {
        const Design& design = m_document->design();
        for (const Flow& flow : design.flows) {
            FlowRow row;
            row.key = toQt(flow.id.value);
            row.name = toQt(flow.name.empty() ? flow.id.value : flow.name);
            row.entry = toQt(flow.entry.value);
            row.entryName = m_document->nameOf(row.entry);
            row.op = toQt(name(flow.op));
            row.share = flow.share;
            row.shareText = quantityText(flow.share, "share");
            if (flow.availabilitySlo) row.sloText = quantityText(*flow.availabilitySlo, "share");
            if (flow.p99Ms) row.p99Text = quantityText(*flow.p99Ms, "ms");
            rows.push_back(std::move(row));
        }
        for (const Component& component : design.components) {
            if (m_document->catalog()->typeOf(component.type).behaviour != Behaviour::client) continue;
            ids.append(toQt(component.id.value));
            names.append(toQt(shownName(component, *m_document->catalog())));
        }
    }
    const int before = count();
    patch(std::move(rows));
    if (count() != before) emit countChanged();
    if (ids == m_entryIds && names == m_entryNames) return;
    m_entryIds = ids;
    m_entryNames = names;
    emit entriesChanged();
}

bool FlowsModel::setText(const QString& flowId, const QString& key, const QString& text) {
    if (!m_document) return false;
    const QString kind = QStringLiteral("flow");
    if (key == u"name" || key == u"entry" || key == u"op")
        return m_document->setProperty(kind, flowId, key, text.trimmed());
    if (text.trimmed().isEmpty() && key != u"share") {
        m_document->resetProperty(kind, flowId, key);
        return true;
    }
    const auto value = parseQuantity(text, key == u"p99_ms" ? "ms" : "share");
    if (!value || *value < 0 || (key != u"p99_ms" && *value > 1)) return false;
    return m_document->setProperty(kind, flowId, key, *value);
}

QVariant FlowsModel::data(const QModelIndex& index, int role) const {
    const FlowRow* row = rowAt(index);
    if (!row) return {};
    switch (role) {
        case FlowIdRole:
            return row->key;
        case Qt::DisplayRole:
        case NameRole:
            return row->name;
        case EntryRole:
            return row->entry;
        case EntryNameRole:
            return row->entryName;
        case OpRole:
            return row->op;
        case ShareRole:
            return row->share;
        case ShareTextRole:
            return row->shareText;
        case SloTextRole:
            return row->sloText;
        case P99TextRole:
            return row->p99Text;
        default:
            return {};
    }
}

QHash<int, QByteArray> FlowsModel::roleNames() const {
    return {{FlowIdRole, "flowId"},       {NameRole, "name"},       {EntryRole, "entry"},
            {EntryNameRole, "entryName"}, {OpRole, "op"},           {ShareRole, "share"},
            {ShareTextRole, "shareText"}, {SloTextRole, "sloText"}, {P99TextRole, "p99Text"}};
}

}  // namespace loadpath
