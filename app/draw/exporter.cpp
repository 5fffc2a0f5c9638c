#include "exporter.h"

#include "diagram_painter.h"
#include "exporters/xml_text.h"
#include "whole_file.h"

#include <QBuffer>
#include <QFileInfo>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr double margin = 32;
constexpr double mostPixels = 16000;  // a side of a picture; larger designs are scaled down to it

QRectF areaOf(const Scene& scene) {
    const QRectF bounds = scene.bounds();
    const QRectF area = bounds.isNull() ? QRectF(0, 0, 480, 270) : bounds;
    return area.adjusted(-margin, -margin, margin, margin).toAlignedRect();
}

DiagramView viewOf(const QRectF& area, const ExportOptions& options, double zoom) {
    DiagramView view;
    view.theme = options.theme;
    view.origin = area.topLeft();
    view.zoom = zoom;
    view.size = area.size() * zoom;
    view.background = !options.transparent;
    view.grid = false;
    view.telemetry = options.telemetry;
    view.vector = true;
    return view;
}

/// XML allows no control characters, not even escaped; a name in a file may hold some.
QByteArray withoutControls(QByteArray xml) {
    const auto isControl = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
    };
    xml.erase(std::remove_if(xml.begin(), xml.end(), isControl), xml.end());
    return xml;
}

Tone toneOf(Severity severity) {
    return severity == Severity::error ? Tone::error : severity == Severity::warning ? Tone::warning : Tone::info;
}

}  // namespace

void showReport(Scene& scene, const Report& report) {
    std::unordered_map<std::string, CardState> cards;
    std::unordered_map<std::string, LineState> lines;
    const FlowGraph& graph = report.snapshot->graph();
    for (std::size_t i = 0; i < graph.nodes.size() && i < report.capacity.nodes.size(); ++i)
        cards[graph.nodes[i].id.value].utilisation = report.capacity.nodes[i].utilisation;
    for (std::size_t i = 0; i < graph.links.size() && i < report.capacity.linkRps.size(); ++i)
        lines[graph.links[i].id.value].rateRps = report.capacity.linkRps[i];
    for (const Finding& finding : report.findings) {
        if (finding.acknowledged) continue;
        for (const ComponentId& id : finding.components) {
            CardState& state = cards[id.value];
            ++state.findings;
            state.worst = std::max(state.worst, toneOf(finding.severity));
        }
        for (const ConnectionId& id : finding.connections)
            lines[id.value].tone = std::max(lines[id.value].tone, toneOf(finding.severity));
    }
    for (const auto& entry : cards) scene.setCardState({entry.first}, entry.second);
    for (const auto& entry : lines) scene.setLineState({entry.first}, entry.second);
}

QImage diagramImage(const Scene& scene, const ExportOptions& options) {
    const QRectF area = areaOf(scene);
    const double zoom = std::min(options.scale, mostPixels / std::max(area.width(), area.height()));
    QImage image((area.size() * zoom).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    DiagramPainter().paint(painter, scene, viewOf(area, options, zoom));
    painter.end();
    return image;
}

QByteArray diagramSvg(const Scene& scene, const ExportOptions& options) {
    const QRectF area = areaOf(scene);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setResolution(96);
    svg.setSize(area.size().toSize());
    svg.setViewBox(QRectF(QPointF(), area.size()));
    // Qt writes both as they are.
    svg.setTitle(QString::fromStdString(escapedXml(scene.design().header.name)));
    svg.setDescription(QString::fromStdString(escapedXml(scene.design().header.description)));
    QPainter painter(&svg);
    DiagramPainter().paint(painter, scene, viewOf(area, options, 1));
    painter.end();
    return withoutControls(buffer.data());
}

QByteArray diagramPdf(const Scene& scene, const ExportOptions& options, const QString& title) {
    const QRectF area = areaOf(scene);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter pdf(&buffer);
    pdf.setResolution(96);
    pdf.setCreator(QStringLiteral("Loadpath"));
    pdf.setTitle(title);
    // A point is 1/72 inch, a px of the canvas 1/96; PDF allows sides of up to 14,400 points.
    const double zoom = std::min(1.0, 14400 / 0.75 / std::max(area.width(), area.height()));
    pdf.setPageSize(QPageSize(area.size() * zoom * 0.75, QPageSize::Point, QString(), QPageSize::ExactMatch));
    pdf.setPageMargins(QMarginsF());
    QPainter painter(&pdf);
    DiagramPainter().paint(painter, scene, viewOf(area, options, zoom));
    painter.end();
    return buffer.data();
}

Result<std::string> exportDiagram(const Design& design, std::shared_ptr<const Catalog> catalog, const std::string& path,
                                  const ExportOptions& options) {
    const QString name = QString::fromStdString(path), suffix = QFileInfo(name).suffix().toLower();
    Scene scene(std::move(catalog));
    scene.setDesign(design);
    if (options.report) showReport(scene, *options.report);
    QByteArray bytes;
    if (suffix == u"png") {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        if (!diagramImage(scene, options).save(&buffer, "PNG")) return unexpected("The picture is too large for PNG.");
    } else if (suffix == u"svg") {
        bytes = diagramSvg(scene, options);
    } else if (suffix == u"pdf") {
        bytes = diagramPdf(scene, options, QString::fromStdString(design.header.name));
    } else {
        return unexpected("A diagram is written as .png, .svg or .pdf, not as \"." + suffix.toStdString() + "\".");
    }
    if (const QString problem = writeWhole(name, bytes); !problem.isEmpty())
        return unexpected("Cannot write " + path + ": " + problem.toStdString() + ".");
    return path;
}

}  // namespace loadpath
