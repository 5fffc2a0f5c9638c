#include "cli/files.h"

#include "assets.h"
#include "draw/exporter.h"

#include <QBuffer>
#include <QFileInfo>

namespace loadpath::cli {
namespace {

int runExport(Console& console, const Arguments& arguments, const Window&) {
    const QString path = outputOf(arguments);
    const QString format = arguments.value(QStringLiteral("format"), QFileInfo(path).suffix().toLower());
    if (format != u"png" && format != u"svg" && format != u"pdf")
        throw UsageError{QStringLiteral("-o must end in .png, .svg or .pdf (or give --format)")};
    ExportOptions options;
    options.theme = arguments.value(QStringLiteral("theme")) == u"dark" ? ThemeKind::dark : ThemeKind::light;
    options.scale = numberOf(arguments, QStringLiteral("scale"), 2, 0.1, 10);
    options.transparent = arguments.has(QStringLiteral("transparent"));

    const auto input = readInput(console, arguments.files.first());
    if (!input) return badInput;
    Scene scene(builtInCatalog());
    scene.setDesign(input->design);
    Report report;
    if (arguments.has(QStringLiteral("findings"))) {
        report = evaluate(snapshotOf(*input));
        options.report = &report;
        showReport(scene, report);
    }
    QByteArray bytes;
    if (format == u"svg") {
        bytes = diagramSvg(scene, options);
    } else if (format == u"pdf") {
        bytes = diagramPdf(scene, options, QString::fromStdString(input->design.header.name));
    } else {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        if (!diagramImage(scene, options).save(&buffer, "PNG")) {
            console.err << "loadpath: the picture is too large for PNG\n";
            return badInput;
        }
    }
    return writeOutput(console, path, bytes) ? done : badInput;
}

}  // namespace

Command exportCommand() {
    return {
        QStringLiteral("export"),
        QStringLiteral("FILE -o OUT.{png,svg,pdf} [--theme light|dark] [--findings] …"),
        QStringLiteral("Draw the design as a picture"),
        {},
        {{QStringLiteral("o"),
          QStringLiteral("OUT"),
          QStringLiteral("The picture; its suffix is the format (- with --format: standard output)"),
          {}},
         {QStringLiteral("format"),
          QStringLiteral("png|svg|pdf"),
          QStringLiteral("The format, whatever the suffix"),
          {QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf")}},
         {QStringLiteral("theme"),
          QStringLiteral("light|dark"),
          QStringLiteral("Colours (light)"),
          {QStringLiteral("light"), QStringLiteral("dark")}},
         {QStringLiteral("scale"), QStringLiteral("X"), QStringLiteral("png: pixels per unit of the canvas (2)"), {}},
         {QStringLiteral("transparent"), {}, QStringLiteral("No background"), {}},
         {QStringLiteral("findings"), {}, QStringLiteral("Also draw findings, utilisation and rates"), {}}},
        1,
        1,
        Draws::diagrams,
        runExport};
}

}  // namespace loadpath::cli
