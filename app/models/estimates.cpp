#include "estimates.h"

#include "qt_values.h"
#include "quantity.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr int estimateDebounceMs = 30;

FigureCell canvasCell(const EstimateLine& line, ByteUnits bytes) {
    FigureCell cell;
    if (line.agreement == Agreement::none) return cell;
    cell.text = toQt(exactFigure(line.onCanvas, line.unit, bytes));
    switch (line.agreement) {
        case Agreement::agrees:
            cell.state = QStringLiteral("ok");
            cell.hint = Estimates::tr("%1 on the canvas: within 20 %").arg(cell.text);
            break;
        case Agreement::differs:
            cell.state = QStringLiteral("warning");
            cell.hint = Estimates::tr("%1 on the canvas: more than 20 % apart").arg(cell.text);
            break;
        case Agreement::enough:
            cell.state = QStringLiteral("ok");
            cell.hint = Estimates::tr("%1 on the canvas: enough").arg(cell.text);
            break;
        case Agreement::tooLittle:
            cell.state = QStringLiteral("error");
            cell.hint = Estimates::tr("%1 on the canvas: too little").arg(cell.text);
            break;
        case Agreement::none:
            break;
    }
    return cell;
}

/// As the field shows its unit: that of a rate stands behind the number.
QString unitText(const std::string& unit) {
    QString text = toQt(unit);
    if (text == u"share") return {};  // the percent sign is in the text
    if (text.startsWith(u"1/")) text.remove(0, 1);
    return text;
}

}  // namespace

void EstimateInputs::setRows(std::vector<EstimateInputRow> rows) {
    const int before = count();
    patch(std::move(rows));
    if (count() != before) emit countChanged();
}

QVariant EstimateInputs::data(const QModelIndex& index, int role) const {
    const EstimateInputRow* row = rowAt(index);
    if (!row) return {};
    switch (role) {
        case KeyRole:
            return row->key;
        case Qt::DisplayRole:
        case NameRole:
            return row->name;
        case TextRole:
            return row->text;
        case UnitRole:
            return row->unit;
        case SourceRole:
            return row->source;
        case AssumedRole:
            return row->assumed;
        case StatedRole:
            return row->stated;
        case ItemsRole:
            return row->items;
        default:
            return {};
    }
}

QHash<int, QByteArray> EstimateInputs::roleNames() const {
    return {{KeyRole, "rowKey"},    {NameRole, "name"},       {TextRole, "text"},     {UnitRole, "unit"},
            {SourceRole, "source"}, {AssumedRole, "assumed"}, {StatedRole, "stated"}, {ItemsRole, "items"}};
}

Estimates::Estimates(QObject* parent)
    : QObject(parent),
      m_figures({{tr("Figure"), FigureColumn::Align::left, 2.2},
                 {tr("Exact"), FigureColumn::Align::right, 1.25},
                 {tr("Round"), FigureColumn::Align::right, 1,
                  tr("With 100,000 seconds a day and two digits, as one says it aloud")},
                 {tr("Canvas"), FigureColumn::Align::right, 1.25, tr("What the drawing says or offers")}}),
      m_task(this, [this](const std::shared_ptr<const EstimateSheet>& sheet) { accept(sheet); }) {
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(estimateDebounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &Estimates::run);
    fillTables();
}

void Estimates::setDocument(Document* document) {
    if (document == m_document) return;
    if (m_document) m_document->disconnect(this);
    m_document = document;
    if (m_document)
        connect(m_document, &Document::changed, this, [this](const DesignChange& change) {
            if (change.reset) m_derivation.close();
            if (!change.geometryOnly) outdate();
        });
    outdate();
    emit documentChanged();
}

void Estimates::setActive(bool active) {
    if (active == m_active) return;
    m_active = active;
    if (!active) m_derivation.close();
    if (active && m_outdated) outdate();
    emit activeChanged();
}

void Estimates::setBinaryBytes(bool binary) {
    if (binary == binaryBytes()) return;
    m_bytes = binary ? ByteUnits::binary : ByteUnits::decimal;
    fill();
    emit binaryBytesChanged();
}

void Estimates::outdate() {
    m_outdated = true;
    if (!m_active || !m_document) return;
    if (!m_busy) {
        m_busy = true;
        emit busyChanged();
    }
    if (!m_debounce.isActive()) m_debounce.start();
}

void Estimates::run() {
    if (!m_document) return;
    m_outdated = false;
    m_task.start([design = m_document->design(), catalog = m_document->catalog()](const std::stop_token&) {
        return std::make_shared<const EstimateSheet>(estimate(*Snapshot::of(design, catalog)));
    });
}

void Estimates::evaluateNow() {
    if (!m_document) return;
    m_debounce.stop();
    m_task.cancel();
    m_outdated = false;
    accept(std::make_shared<const EstimateSheet>(estimate(*Snapshot::of(m_document->design(), m_document->catalog()))));
}

void Estimates::accept(std::shared_ptr<const EstimateSheet> sheet) {
    m_sheet = std::move(sheet);
    fill();
    if (m_busy) {
        m_busy = false;
        emit busyChanged();
    }
}

void Estimates::fill() {
    if (!m_sheet) return;
    std::vector<FigureRow> figures;
    m_disagreements = 0;
    for (const EstimateSection& section : m_sheet->sections)
        for (const EstimateLine& line : m_sheet->lines) {
            if (line.section != section.id) continue;
            const QString key = toQt(line.key);
            FigureRow row{key, toQt(section.title), {}, {}, toQt(line.note)};
            row.cells.push_back({toQt(line.name), {}, {}, {}});
            if (line.problem.empty()) {
                row.cells.push_back({toQt(exactFigure(line.exact, line.unit, m_bytes)), {}, key, {}});
                row.cells.push_back({QStringLiteral("≈ ") + toQt(roundFigure(line.rounded, line.unit, m_bytes)),
                                     QStringLiteral("muted"),
                                     key,
                                     {}});
                row.cells.push_back(canvasCell(line, m_bytes));
            } else {
                row.cells.push_back({noFigureText, QStringLiteral("muted"), key, toQt(line.problem)});
                row.cells.push_back({QString(), {}, {}, {}});
                row.cells.push_back({QString(), {}, {}, {}});
            }
            row.items = toQt(line.components) + toQt(line.canvasComponents);
            row.items.removeDuplicates();
            if (line.agreement == Agreement::differs || line.agreement == Agreement::tooLittle) ++m_disagreements;
            figures.push_back(std::move(row));
        }
    m_figures.setRows(std::move(figures));

    std::vector<EstimateInputRow> inputs;
    for (const EstimateLine& line : m_sheet->lines) {
        if (!line.isInput || line.origin == InputOrigin::constant) continue;
        // What the drawing itself says is changed on the canvas.
        if (line.origin == InputOrigin::canvas && line.key != "read_share") continue;
        EstimateInputRow row;
        row.key = toQt(line.key);
        row.name = toQt(line.name);
        // What was computed shows four digits; what somebody stated, all of them.
        const bool computed = line.origin == InputOrigin::canvas || line.origin == InputOrigin::connection;
        const double shown = computed ? QString::number(line.exact, 'g', 4).toDouble() : line.exact;
        row.text = std::isfinite(shown) ? quantityText(shown, line.unit) : QString();
        row.unit = unitText(line.unit);
        row.source = toQt(sourceOf(*m_sheet, line));
        row.assumed = line.origin == InputOrigin::assumption;
        row.stated = line.origin == InputOrigin::sheet || line.origin == InputOrigin::property ||
                     line.origin == InputOrigin::requirement;
        row.items = toQt(line.components);
        inputs.push_back(std::move(row));
    }
    m_inputs.setRows(std::move(inputs));
    // An open calculation follows the figures.
    if (m_derivation.isOpen()) {
        const auto known = m_sheet->byKey.find(m_derivation.key().toStdString());
        if (known == m_sheet->byKey.end())
            m_derivation.close();
        else
            explain(m_derivation.key());
    }
    emit sheetChanged();
}

void Estimates::explain(const QString& key) {
    if (!m_sheet) return;
    const auto known = m_sheet->byKey.find(key.toStdString());
    if (known == m_sheet->byKey.end()) return;
    m_derivation.show(key, loadpath::explain(*m_sheet, static_cast<std::size_t>(known->second), m_bytes));
}

QString Estimates::setInput(const QString& key, const QString& text) {
    if (!m_document || !m_sheet) return {};
    const EstimateLine* line = m_sheet->find(key.toStdString());
    if (!line) return {};
    const auto value = parseQuantity(text, line->unit);
    if (!value) return tr("“%1” is not a number").arg(text);
    if (*value < line->minimum || *value > line->maximum)
        return std::isfinite(line->maximum)
                   ? tr("from %1 to %2")
                         .arg(quantityText(line->minimum, line->unit), quantityText(line->maximum, line->unit))
                   : tr("at least %1").arg(quantityText(line->minimum, line->unit));
    m_document->push(setEstimateInput(m_document->design(), *m_sheet, key.toStdString(), value),
                     tr("Change “%1”").arg(toQt(line->name)));
    return {};
}

void Estimates::resetInput(const QString& key) {
    if (!m_document || !m_sheet) return;
    const EstimateLine* line = m_sheet->find(key.toStdString());
    if (line)
        m_document->push(setEstimateInput(m_document->design(), *m_sheet, key.toStdString(), std::nullopt),
                         tr("Reset “%1”").arg(toQt(line->name)));
}

}  // namespace loadpath
