// Values of the engine as values of Qt, and back.
#pragma once

#include "model/ids.h"
#include "model/value.h"

#include <QString>
#include <QStringList>
#include <QVariant>

#include <string>
#include <vector>

namespace loadpath {

QVariant toVariant(const Value& value);
/// Null for what JSON cannot say.
Value toValue(const QVariant& variant);

inline QString toQt(const std::string& text) { return QString::fromStdString(text); }
inline QString toQt(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }
inline QStringList toQt(const std::vector<std::string>& texts) {
    QStringList list;
    for (const std::string& text : texts) list.append(toQt(text));
    return list;
}
template <class Tag>
QStringList toQt(const std::vector<Id<Tag>>& ids) {
    QStringList list;
    for (const Id<Tag>& id : ids) list.append(toQt(id.value));
    return list;
}
std::vector<std::string> toStd(const QStringList& texts);

}  // namespace loadpath
