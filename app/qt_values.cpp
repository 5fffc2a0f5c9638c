#include "qt_values.h"

#include <QJSValue>

#include <cmath>

namespace loadpath {
namespace {

struct ToVariant {
    QVariant operator()(std::monostate) const { return {}; }
    QVariant operator()(bool b) const { return b; }
    QVariant operator()(std::int64_t i) const { return QVariant::fromValue(qlonglong(i)); }
    QVariant operator()(double d) const { return d; }
    QVariant operator()(const std::string& text) const { return toQt(text); }
    QVariant operator()(const Value::List& list) const {
        QVariantList items;
        for (const Value& item : list) items.append(toVariant(item));
        return items;
    }
    QVariant operator()(const Value::Object& object) const {
        QVariantMap members;
        for (const auto& member : object) members.insert(toQt(member.first), toVariant(member.second));
        return members;
    }
};

}  // namespace

QVariant toVariant(const Value& value) { return std::visit(ToVariant{}, value.data); }

Value toValue(const QVariant& variant) {
    switch (variant.typeId()) {
        case QMetaType::Bool:
            return variant.toBool();
        case QMetaType::Int:
        case QMetaType::UInt:
        case QMetaType::LongLong:
        case QMetaType::ULongLong:
            return std::int64_t{variant.toLongLong()};
        case QMetaType::Float:
        case QMetaType::Double:
            return std::isfinite(variant.toDouble()) ? Value(variant.toDouble()) : Value();
        case QMetaType::QString:
            return variant.toString().toStdString();
        case QMetaType::QStringList:
        case QMetaType::QVariantList: {
            Value::List list;
            for (const QVariant& item : variant.toList()) list.push_back(toValue(item));
            return list;
        }
        case QMetaType::QVariantMap: {
            const QVariantMap map = variant.toMap();
            Value::Object object;
            for (auto it = map.begin(); it != map.end(); ++it)
                object.insert_or_assign(it.key().toStdString(), toValue(it.value()));
            return object;
        }
        default:
            break;
    }
    if (variant.typeId() == qMetaTypeId<QJSValue>()) return toValue(variant.value<QJSValue>().toVariant());
    return {};
}

std::vector<std::string> toStd(const QStringList& texts) {
    std::vector<std::string> list;
    list.reserve(std::size_t(texts.size()));
    for (const QString& text : texts) list.push_back(text.toStdString());
    return list;
}

}  // namespace loadpath
