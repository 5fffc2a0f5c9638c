#include "inspector_model.h"

#include "json/value_json.h"
#include "qt_values.h"
#include "quantity.h"

#include <cmath>
#include <set>

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

QString together(ItemKind kind, int count) {
    switch (kind) {
        case ItemKind::component:
            return InspectorModel::tr("Components: %1. Changes go to all of them.").arg(count);
        case ItemKind::connection:
            return InspectorModel::tr("Connections: %1. Changes go to all of them.").arg(count);
        default:
            return InspectorModel::tr("Zones: %1. Changes go to all of them.").arg(count);
    }
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
    QStringList ids;
    int advanced = 0;
    if (m_document) {
        const Selection& selection = *m_document->selection();
        const Design& design = m_document->design();
        if (selection.count() > 0) subject = selection.kind();
        if (selection.count() == 1) id = selection.primaryId();
        title = id.isEmpty() ? m_document->title() : m_document->nameOf(id);
        ids = selection.count() > 1 ? editedTogether() : id.isEmpty() ? QStringList() : QStringList{id};
        if (selection.count() > 1) {
            title = tr("%1 items").arg(selection.count());
            rows = sharedRows(design, *m_document->catalog(), toStd(ids));
            if (!ids.isEmpty()) subtitle = together(m_document->selection()->kindOf(ids.first()), int(ids.size()));
        } else {
            rows = inspectorRows(design, *m_document->catalog(), id.toStdString());
        }
        if (!m_only.isEmpty())
            std::erase_if(rows, [this](const InspectorRow& row) { return !m_only.contains(row.key); });
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
            if (!row.advanced || m_showAdvanced || !m_only.isEmpty() || row.isStated || !row.problem.isEmpty())
                shown.push_back(std::move(row));
        }
        rows = std::move(shown);
    }
    const bool other = id != m_subjectId || subject != m_subject || ids != m_ids;
    if (other) patch({});  // rows of another item are other rows, even under the same key
    const int before = count();
    patch(std::move(rows));
    const bool renamed =
        other || title != m_title || subtitle != m_subtitle || typeId != m_typeId || advanced != m_advancedCount;
    m_subject = subject;
    m_subjectId = id;
    m_ids = ids;
    m_title = title;
    m_subtitle = subtitle;
    m_typeId = typeId;
    m_advancedCount = advanced;
    if (renamed) emit subjectChanged();
    if (other || count() != before) emit countChanged();
}

QStringList InspectorModel::editedTogether() const {
    const Selection& selection = *m_document->selection();
    for (const ItemKind kind : {ItemKind::component, ItemKind::connection, ItemKind::zone}) {
        QStringList ids;
        for (const QString& id : selection.ids())
            if (selection.kindOf(id) == kind) ids.append(id);
        if (!ids.isEmpty()) return ids;
    }
    return {};
}

const ParameterSpec* InspectorModel::specOf(const InspectorRow& row, const QString& id) const {
    return loadpath::specOf(m_document->design(), *m_document->catalog(), id.toStdString(), row.property.toStdString());
}

void InspectorModel::setOnly(const QStringList& keys) {
    if (keys == m_only) return;
    m_only = keys;
    rebuild();
    emit onlyChanged();
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
    const ParameterSpec* spec = specOf(row, m_ids.value(0));
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
    // Types differ in what they allow; one word of one of them is enough.
    std::set<const ParameterSpec*> specs;
    for (const QString& id : m_ids.isEmpty() ? QStringList{QString()} : m_ids) specs.insert(specOf(row, id));
    specs.erase(nullptr);
    for (const ParameterSpec* spec : specs) {
        if (const std::string problem = complaint(*spec, value); !problem.empty())
            return refuse(key, text, toQt(problem).replace(u'"' + row.property + u'"', u'“' + row.label + u'”'));
        if (const QString problem = fieldProblem(*spec, value); !problem.isEmpty()) return refuse(key, text, problem);
    }
    if (row.kind == u"choice" && !row.choices.isEmpty() && value.text() && !row.choices.contains(toQt(*value.text())))
        return refuse(key, text, tr("One of %1.").arg(row.choices.join(QStringLiteral(", "))));
    m_refused.remove(key);
    const QStringList ids = m_ids.isEmpty() ? QStringList{QString()} : m_ids;
    if (!m_document->setProperties(row.target, ids, row.property, toVariant(value)))
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
    const bool every = target.emptyIsAll && stated.list() &&
                       (stated.list()->empty() || qsizetype(stated.list()->size()) == target.choices.size());
    if (stated.isNull() || every ||
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
    if (m_ids.size() > 1)
        m_document->setProperties(target.target, m_ids, target.property, {});
    else
        m_document->resetProperty(target.target, m_subjectId, target.property);
    rebuild();
}

ExploreScale InspectorModel::scaleOf(const InspectorRow& row) const {
    return row.key == m_exploredKey ? m_explored : row.scale;
}

void InspectorModel::beginExploring(const QString& key) {
    const InspectorRow* known = m_document ? row(key) : nullptr;
    if (!known) return;
    m_exploredKey = key;
    m_explored = known->scale;
    m_document->beginExploring();
}

void InspectorModel::explore(const QString& key, double position) {
    const InspectorRow* known = m_document ? row(key) : nullptr;
    if (!known || known->readOnly) return;
    const InspectorRow target = *known;
    const ExploreScale scale = scaleOf(target);
    if (scale.kind != ExploreScale::Kind::none) set(target, Value(scale.value(position)), {});
}

void InspectorModel::endExploring() {
    if (m_exploredKey.isEmpty() || !m_document) return;
    m_exploredKey.clear();
    m_document->endExploring();
    // The range stands around the value that was left.
    if (count() > 0) emit dataChanged(index(0), index(count() - 1), {SliderRole, PositionRole});
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
        case MixedRole:
            return row->mixed;
        case SliderRole:
            return row->readOnly || scaleOf(*row).kind == ExploreScale::Kind::none ? QStringLiteral("none")
                   : scaleOf(*row).beside                                          ? QStringLiteral("beside")
                                                                                   : QStringLiteral("below");
        case PositionRole:
            return scaleOf(*row).position(row->value.toDouble());
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
            {ReadOnlyRole, "readOnly"},
            {MixedRole, "mixed"},
            {SliderRole, "slider"},
            {PositionRole, "position"}};
}

}  // namespace loadpath
