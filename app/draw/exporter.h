// Pictures of a design as files, without a window: what the screen would show, at any size.
#pragma once

#include "rules/report.h"
#include "scene.h"
#include "support/result.h"
#include "tokens.h"

#include <QImage>

#include <string>

namespace loadpath {

struct ExportOptions {
    ThemeKind theme = ThemeKind::light;
    double scale = 2;          // png: px per px of the canvas
    bool transparent = false;  // no background
    bool telemetry = false;
    const Report* report = nullptr;  // findings, utilisation and load, where there is one
};

/// What a report has to say about each card and line.
void showReport(Scene& scene, const Report& report);

/// The format by the suffix of the path: png, svg or pdf. The file appears whole or not at all.
Result<std::string> exportDiagram(const Design& design, std::shared_ptr<const Catalog> catalog, const std::string& path,
                                  const ExportOptions& options = {});
QByteArray diagramSvg(const Scene& scene, const ExportOptions& options = {});
QByteArray diagramPdf(const Scene& scene, const ExportOptions& options = {}, const QString& title = {});
QImage diagramImage(const Scene& scene, const ExportOptions& options = {});

}  // namespace loadpath
