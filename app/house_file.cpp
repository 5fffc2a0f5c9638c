#include "house_file.h"

#include "assets.h"
#include "house/house_rules_json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace loadpath {

QString houseRulesPath(const QString& designPath, const std::string& named) {
    const QFileInfo design(designPath);
    if (!named.empty()) return QDir::cleanPath(design.absoluteDir().filePath(QString::fromStdString(named)));
    if (designPath.isEmpty()) return {};
    QString stem = design.absoluteFilePath();
    for (const QString& suffix : {QStringLiteral(".loadpath.json"), QStringLiteral(".json")})
        if (stem.endsWith(suffix)) {
            stem.chop(suffix.size());
            break;
        }
    const QString beside = stem + QStringLiteral(".rules.json");
    return QFileInfo(beside).isFile() ? beside : QString();
}

Result<std::shared_ptr<const HouseRules>> readHouseFile(const QString& path) {
    constexpr qint64 mostBytes = qint64{4} << 20;
    QFile file(path);
    const std::string name = path.toStdString();
    if (QFileInfo(path).isDir()) return unexpected("cannot read the house rules: it is a folder");
    if (!file.open(QIODevice::ReadOnly))
        return unexpected("cannot read the house rules: " + file.errorString().toStdString());
    const QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes) return unexpected("the house rules are larger than 4 MiB");
    auto rules = readHouseRules(bytes.toStdString(), *builtInCatalog());
    if (!rules) return unexpected(rules.error());
    rules->file = name;
    return std::make_shared<const HouseRules>(std::move(*rules));
}

}  // namespace loadpath
