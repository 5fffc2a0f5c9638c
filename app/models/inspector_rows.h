// What the inspector shows of an item: every property the catalogue describes, sorted into sections,
// with its value as people read it. A view of the design; sets nothing.
#pragma once

#include "explore_scale.h"
#include "model/catalog.h"
#include "model/design.h"

#include <QString>
#include <QStringList>
#include <QVariant>

#include <vector>

namespace loadpath {

struct InspectorRow {
    QString key;     // unique among the rows: "requirements.dau", "instances"
    QString target;  // kind for Document::setProperty
    QString property, label, unit, kind, text, fallbackText, help, source, section, problem;
    QVariant value, minimum, maximum;
    QStringList choices, choiceLabels;
    bool isStated = false, advanced = false, readOnly = false;
    bool mixed = false;       // several items that differ in it
    bool emptyIsAll = false;  // of a set: none chosen means every one
    ExploreScale scale;       // how a slider goes through its values
    friend bool operator==(const InspectorRow&, const InspectorRow&) = default;
};

/// Rows of a component, connection, zone or note; of the document for an empty id. Advanced ones last
/// in their section.
std::vector<InspectorRow> inspectorRows(const Design& design, const Catalog& catalog, const std::string& id);

/// Rows of what several items of one kind have in common, with what holds for all of them; a value in
/// which they differ is `mixed`.
std::vector<InspectorRow> sharedRows(const Design& design, const Catalog& catalog, const std::vector<std::string>& ids);

/// A value as put into a field.
QString valueText(const Value& value, const ParameterSpec& spec);

/// The description that a row is edited by.
const ParameterSpec* specOf(const Design& design, const Catalog& catalog, const std::string& id,
                            const std::string& property);

}  // namespace loadpath
