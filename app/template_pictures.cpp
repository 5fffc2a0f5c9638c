#include "template_pictures.h"

#include "assets.h"
#include "draw/exporter.h"
#include "json/design_json.h"

namespace loadpath {

QImage TemplatePictures::requestImage(const QString& id, QSize* size, const QSize& requested) {
    const std::string name = id.section(QLatin1Char('/'), 0, 0).toStdString();
    const std::shared_ptr<const Catalog> catalog = builtInCatalog();
    const std::optional<std::string> text = templateText(name);
    if (!text) return {};
    const Result<LoadedDesign> loaded = readDesign(*text, *catalog);
    if (!loaded) return {};

    Scene scene(catalog);
    scene.setDesign(loaded->design);
    ExportOptions options;
    options.theme = id.endsWith(QLatin1String("/dark")) ? ThemeKind::dark : ThemeKind::light;
    options.transparent = true;
    options.scale = 1;
    QImage picture = diagramImage(scene, options);
    if (requested.isValid() && !requested.isEmpty())
        picture = picture.scaled(requested, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    if (size) *size = picture.size();
    return picture;
}

}  // namespace loadpath
