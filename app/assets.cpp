#include "assets.h"

#include "rules/rule.h"

#include <QDirIterator>
#include <QFile>

#include <cstdio>
#include <cstdlib>

// Q_INIT_RESOURCE must be called from outside any namespace.
static void initialiseResources() { Q_INIT_RESOURCE(loadpath_data); }

namespace loadpath {
namespace {

std::optional<std::string> resourceText(const QString& path) {
    initialiseResources();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
    return file.readAll().toStdString();
}

std::shared_ptr<const Catalog> readBuiltInCatalog() {
    initialiseResources();
    std::map<std::string, std::string> files;
    const QString root = QStringLiteral(":/palette/");
    for (QDirIterator it(root, {QStringLiteral("*.json")}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
        const QString path = it.next();
        files[path.mid(root.size()).toStdString()] = resourceText(path).value_or(std::string());
    }
    auto catalog = readCatalog(files);
    if (!catalog) {
        for (const Problem& problem : catalog.error())
            std::fprintf(stderr, "%s\n", describe(problem, "palette").c_str());
        std::abort();
    }
    catalog->rules = ruleFacts();
    return std::make_shared<const Catalog>(std::move(*catalog));
}

}  // namespace

std::shared_ptr<const Catalog> builtInCatalog() {
    static const std::shared_ptr<const Catalog> catalog = readBuiltInCatalog();
    return catalog;
}

std::vector<TemplateInfo> builtInTemplates() {
    initialiseResources();
    std::vector<TemplateInfo> templates;
    const QDir folder(QStringLiteral(":/templates"));
    for (const QString& file : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const std::string id = file.chopped(5).toStdString();
        const auto loaded = readDesign(*templateText(id), *builtInCatalog());
        if (!loaded) continue;  // tests/core/templates holds every file to being readable
        templates.push_back({id, loaded->design.header.name, loaded->design.header.description,
                             static_cast<int>(loaded->design.components.size())});
    }
    return templates;
}

std::optional<std::string> templateText(const std::string& id) {
    return resourceText(QStringLiteral(":/templates/%1.json").arg(QString::fromStdString(id)));
}

std::optional<std::string> exampleText(const std::string& rule, const std::string& kind) {
    initialiseResources();
    const QDir folder(QStringLiteral(":/tests/rules/") + QString::fromStdString(rule));
    const QStringList files = folder.entryList({QString::fromStdString(kind) + QStringLiteral("-*.json")}, QDir::Files);
    return files.isEmpty() ? std::nullopt : resourceText(folder.filePath(files.first()));
}

std::string iconSvg(const std::string& path) {
    return resourceText(QStringLiteral(":/palette/") + QString::fromStdString(path)).value_or(std::string());
}

}  // namespace loadpath
