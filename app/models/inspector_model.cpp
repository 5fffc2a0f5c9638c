#include "inspector_model.h"

#include "json/value_json.h"
#include "qt_values.h"
#include "quantity.h"

#include <cmath>

namespace loadpath {
namespace {

/// What is wrong inside a list or object, by the descriptions of its fields; empty when nothing is.
QString fieldProblem(const ParameterSpec& spec, const Value& value) {
    if (spec.fields.empty()) return {};
    if (const Value::List* list = value.list()) {
        for (const Value& item : *list) {
            if (!item.object()) return InspectorModel::tr("Every element must be an object in { }.");
            if (QString problem = fieldProblem(spec, item); !problem.isEmpty()) return problem;
        }
        return {};
    }
    if (!value.object()) return {};
    for (const auto& member : *value.object()) {
        const ParameterSpec* field = findSpec(spec.fields, member.first);
        if (!field) {
            QStringList known;
            for (const ParameterSpec& f : spec.fields) known.append(toQt(f.key));
            return InspectorModel::tr("“%1” is not known here; known are %2.")
                .arg(toQt(member.first), known.join(QStringLiteral(", ")));
        }
        if (const std::string problem = complaint(*field, member.second); !problem.empty()) return toQt(problem);
    }
    return {};
}

}  // namespace

InspectorModel::InspectorModel(QObject* parent) : KeyedListModel(parent) {}
InspectorModel::~InspectorModel() = default;

void InspectorModel::setDocument(Document* document) {
    if (document == m_document) return;
    if (m_document) {
        m_document->disconnect(this);
        m_document->selection()->disconnect(this);
    }
    m_document = document;
    if (m_document) {
        connect(m_document, &Document::changed, this, [this](const DesignChange& change) {
            if (!change.geometryOnly) rebuild();
        });
        connect(m_document->selection(), &Selection::changed, this, &InspectorModel::onSelectionChanged);
    }
    onSelectionChanged();
    emit documentChanged();
}

void InspectorModel::setShowAdvanced(bool show) {
    if (show == m_showAdvanced) return;
    m_showAdvanced = show;
    emit showAdvancedChanged();
    rebuild();
}

void InspectorModel::onSelectionChanged() {
    m_refused.clear();
    rebuild();
}

void InspectorModel::rebuild() {
    QString subject = QStringLiteral("document"), id, title, subtitle, typeId;
    std::vector<InspectorRow> rows;
    int advanced = 0;
    if (m_document) {
        const Selection& selection = *m_document->selection();
        const Design& design = m_document->design();
        if (selection.count() > 0) subject = selection.kind();
        if (selection.count() == 1) id = selection.primaryId();
        title = id.isEmpty() ? m_document->title() : m_document->nameOf(id);
        if (selection.count() > 1)
            title = tr("%1 items").arg(selection.count());
        else
            rows = inspectorRows(design, *m_document->catalog(), id.toStdString());
        if (const Component* c = design.components.find({id.toStdString()})) {
            typeId = toQt(c->type);
            subtitle = toQt(m_document->catalog()->typeOf(c->type).name);
        } else if (const Connection* line = design.connections.find({id.toStdString()})) {
            subtitle = tr("%1 connection").arg(toQt(name(line->mode)));
        } else if (const Zone* zone = design.zones.find({id.toStdString()})) {
            subtitle = toQt(zone->kind);
        }
        std::vector<InspectorRow> shown;
        for (InspectorRow& row : rows) {
            if (const auto refused = m_refused.constFind(row.key); refused != m_refused.constEnd()) {
                row.text = refused->text;
                row.problem = refused->problem;
            }
            if (row.advanced) ++advanced;
            // What someone has stated is never folded away, and neither is a problem.
            if (!row.advanced || m_showAdvanced || row.isStated || !row.problem.isEmpty())
                shown.push_back(std::move(row));
        }
        rows = std::move(shown);
    }
    const bool other = id != m_subjectId || subject != m_subject;
    if (other) patch({});  // rows of another item are other rows, even under the same key
    const int before = count();
    patch(std::move(rows));
    const bool renamed =
        other || title != m_title || subtitle != m_subtitle || typeId != m_typeId || advanced != m_advancedCount;
    m_subject = subject;
    m_subjectId = id;
    m_title = title;
    m_subtitle = subtitle;
    m_typeId = typeId;
    m_advancedCount = advanced;
    if (renamed) emit subjectChanged();
    if (other || count() != before) emit countChanged();
}

const InspectorRow* InspectorModel::row(const QString& key) const {
    const int at = rowOf(key);
    return at < 0 ? nullptr : &rows()[std::size_t(at)];
}

bool InspectorModel::refuse(const QString& key, const QString& text, const QString& problem) {
    m_refused.insert(key, {text, problem});
    rebuild();
    return false;
}

std::optional<Value> InspectorModel::parsed(const InspectorRow& row, const QString& entry, QString& problem) const {
    const QString text = entry.trimmed();
    const ParameterSpec* spec =
        specOf(m_document->design(), *m_document->catalog(), m_subjectId.toStdString(), row.property.toStdString());
    if (row.kind == u"integer" || row.kind == u"number") {
        const auto number = parseQuantity(text, spec ? spec->unit : std::string());
        if (!number) problem = tr("“%1” is not a number.").arg(text);
        return number ? std::optional(Value(*number)) : std::nullopt;
    }
    if (row.kind == u"boolean") {
        const bool yes = text == tr("yes") || text == u"true", no = text == tr("no") || text == u"false";
        if (!yes && !no) problem = tr("Yes or no.");
        return yes || no ? std::optional(Value(yes)) : std::nullopt;
    }
    const bool words =
        row.kind == u"set" || (row.kind == u"list" && spec && spec->fields.empty() && !text.startsWith(u'['));
    if (words || row.property == u"functional") {
        Value::List list;
        for (const QString& word : entry.split(row.property == u"functional" ? u'\n' : u',', Qt::SkipEmptyParts))
            if (!word.trimmed().isEmpty()) list.push_back(word.trimmed().toStdString());
        return Value(std::move(list));
    }
    if (row.kind == u"list" || row.kind == u"object") {
        auto value = parseJson(text.toStdString());
        if (value) return *value;
        problem = toQt(describe(value.error().front(), {}));
        return std::nullopt;
    }
    return Value((row.kind == u"prose" ? entry : text).toStdString());
}

bool InspectorModel::set(const InspectorRow& row, const Value& value, const QString& text) {
    const QString key = row.key;
    const ParameterSpec* spec =
        specOf(m_document->design(), *m_document->catalog(), m_subjectId.toStdString(), row.property.toStdString());
    if (spec) {
        if (const std::string problem = complaint(*spec, value); !problem.empty())
            return refuse(key, text, toQt(problem).replace(u'"' + row.property + u'"', u'“' + row.label + u'”'));
        if (const QString problem = fieldProblem(*spec, value); !problem.isEmpty()) return refuse(key, text, problem);
    }
    if (row.kind == u"choice" && !row.choices.isEmpty() && value.text() && !row.choices.contains(toQt(*value.text())))
        return refuse(key, text, tr("One of %1.").arg(row.choices.join(QStringLiteral(", "))));
    m_refused.remove(key);
    if (!m_document->setProperty(row.target, m_subjectId, row.property, toVariant(value)))
        return refuse(key, text, tr("This cannot be set here."));
    rebuild();  // also when the value is what it was: the entry's text goes back to it
    return true;
}

bool InspectorModel::setText(const QString& key, const QString& text) {
    const InspectorRow* known = m_document ? row(key) : nullptr;
    if (!known || known->readOnly) return false;
    if (text.trimmed().isEmpty()) {
        reset(key);
        return true;
    }
    const InspectorRow target = *known;  // rows change while it is set
    QString problem;
    const std::optional<Value> value = parsed(target, text, problem);
    return value ? set(target, *value, text) : refuse(key, text, problem);
}

bool InspectorModel::setValue(const QString& key, const QVariant& value) {
    if (value.typeId() == QMetaType::QString) return setText(key, value.toString());
    const InspectorRow* known = m_document ? row(key) : nullptr;
    if (!known || known->readOnly) return false;
    const InspectorRow target = *known;
    const Value stated = toValue(value);
    if (stated.isNull() ||
        (stated.list() && stated.list()->empty() && target.kind == u"set" && target.fallbackText.isEmpty())) {
        reset(key);
        return true;
    }
    return set(target, stated, value.toString());
}

void InspectorModel::reset(const QString& key) {
    const InspectorRow* known = m_document ? row(key) : nullptr;
    if (!known || known->readOnly) return;
    const InspectorRow target = *known;
    m_refused.remove(key);
    m_document->resetProperty(target.target, m_subjectId, target.property);
    rebuild();
}

QVariant InspectorModel::data(const QModelIndex& index, int role) const {
    const InspectorRow* row = rowAt(index);
    if (!row) return {};
    switch (role) {
        case KeyRole:
            return row->key;
        case Qt::DisplayRole:
        case LabelRole:
            return row->label;
        case UnitRole:
            return row->unit;
        case KindRole:
            return row->kind;
        case ValueRole:
            return row->value;
        case TextRole:
            return row->text;
        case FallbackTextRole:
            return row->fallbackText;
        case IsStatedRole:
            return row->isStated;
        case MinimumRole:
            return row->minimum;
        case MaximumRole:
            return row->maximum;
        case ChoicesRole:
            return row->choices;
        case ChoiceLabelsRole:
            return row->choiceLabels;
        case HelpRole:
            return row->help;
        case SourceRole:
            return row->source;
        case SectionRole:
            return row->section;
        case ProblemRole:
            return row->problem;
        case AdvancedRole:
            return row->advanced;
        case ReadOnlyRole:
            return row->readOnly;
        default:
            return {};
    }
}

QHash<int, QByteArray> InspectorModel::roleNames() const {
    return {{KeyRole, "key"},
            {LabelRole, "label"},
            {UnitRole, "unit"},
            {KindRole, "kind"},
            {ValueRole, "value"},
            {TextRole, "text"},
            {FallbackTextRole, "fallbackText"},
            {IsStatedRole, "isStated"},
            {MinimumRole, "minimum"},
            {MaximumRole, "maximum"},
            {ChoicesRole, "choices"},
            {ChoiceLabelsRole, "choiceLabels"},
            {HelpRole, "help"},
            {SourceRole, "source"},
            {SectionRole, "section"},
            {ProblemRole, "problem"},
            {AdvancedRole, "advanced"},
            {ReadOnlyRole, "readOnly"}};
}

}  // namespace loadpath
