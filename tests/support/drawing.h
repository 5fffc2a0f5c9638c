// Small designs to draw and the catalogue inside the program, for tests of the canvas.
#pragma once

#include "assets.h"
#include "draw/diagram_painter.h"
#include "model/edit.h"

#include <QImage>
#include <QPainter>

#include <string>

namespace loadpath::test {

inline Component component(std::string id, std::string type, double x, double y, std::vector<ZoneId> zones = {}) {
    Component c;
    c.id = {std::move(id)};
    c.type = std::move(type);
    c.position = {x, y};
    c.zones = std::move(zones);
    return c;
}

inline Connection connection(std::string id, std::string from, std::string to, Mode mode = Mode::sync) {
    Connection c;
    c.id = {std::move(id)};
    c.from = {std::move(from)};
    c.to = {std::move(to)};
    c.mode = mode;
    return c;
}

inline Zone zone(std::string id, std::optional<Frame> frame, std::string parent = {}) {
    Zone z;
    z.id = {id};
    z.name = std::move(id);
    z.frame = frame;
    z.parent = {std::move(parent)};
    return z;
}

/// client → service → postgres in a row, a framed zone around the last two.
inline Design smallDesign() {
    Design design;
    applyEdits(design, {Put<Zone>{zone("a", Frame{264, 48, 528, 192}), std::nullopt},
                        Put<Component>{component("users", "client", 0, 120), std::nullopt},
                        Put<Component>{component("api", "service", 288, 120, {{"a"}}), std::nullopt},
                        Put<Component>{component("db", "postgres", 576, 120, {{"a"}}), std::nullopt},
                        Put<Connection>{connection("c1", "users", "api"), std::nullopt},
                        Put<Connection>{connection("c2", "api", "db"), std::nullopt}});
    return design;
}

/// Rows of cards in a grid, each connected to its right and lower neighbour, some far away.
inline Design crowd(int columns, int rows) {
    const std::vector<std::string> types{"client", "lb_l7", "service", "redis", "postgres", "kafka", "worker"};
    Edits edits;
    const auto id = [](int n) { return "n" + std::to_string(n); };
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x) {
            const int n = y * columns + x;
            edits.push_back(
                Put<Component>{component(id(n), types[std::size_t(n) % types.size()], x * 264, y * 144), std::nullopt});
        }
    int c = 0;
    const auto join = [&](int from, int to) {
        const Mode mode = c % 5 == 4 ? Mode::publish : Mode::sync;
        edits.push_back(Put<Connection>{connection("e" + std::to_string(c), id(from), id(to), mode), std::nullopt});
        ++c;
    };
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x) {
            const int n = y * columns + x;
            if (x + 1 < columns && n % 3 != 0) join(n, n + 1);
            if (y + 1 < rows && n % 2 == 0) join(n, n + columns);
            if (x + 2 < columns && y + 1 < rows && n % 11 == 0) join(n, n + columns + 2);
        }
    Design design;
    applyEdits(design, edits);
    return design;
}

inline QImage picture(const Scene& scene, DiagramView view, const std::vector<TrafficDot>& dots = {}) {
    QImage image(view.size.toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    DiagramPainter().paint(painter, scene, view, dots);
    return image;
}

}  // namespace loadpath::test
