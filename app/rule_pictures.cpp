#include "rule_pictures.h"

#include "assets.h"
#include "draw/exporter.h"
#include "rule_page.h"

namespace loadpath {

QImage RulePictures::requestImage(const QString& id, QSize* size, const QSize& requested) {
    const QStringList parts = id.split(u'/');
    const Rule* rule = findRule(parts.value(0).toStdString());
    if (!rule) return {};
    const RulePage page = rulePage(*rule);
    if (!page.example) return {};
    const Design& design = parts.value(1) == u"good" ? page.example->good : page.example->bad;
    const Report report = evaluate(Snapshot::of(design, builtInCatalog()));
    Scene scene(builtInCatalog());
    scene.setDesign(design);
    showReport(scene, report);
    ExportOptions options;
    options.theme = parts.value(2) == u"dark" ? ThemeKind::dark : ThemeKind::light;
    options.transparent = true;
    options.report = &report;
    options.scale = 2;
    QImage picture = diagramImage(scene, options);
    if (requested.isValid() && !requested.isEmpty() && picture.width() > requested.width())
        picture = picture.scaled(requested, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    if (size) *size = picture.size();
    return picture;
}

}  // namespace loadpath
