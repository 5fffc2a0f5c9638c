// The look of Loadpath as values: colours of both themes, radii, sizes. The painter and the QML
// singleton Theme read the same table. Knows no design, no scene and no widget.
#pragma once

#include <QRgb>

#include <array>
#include <string_view>

namespace loadpath {

enum class ThemeKind { light, dark };

struct CategoryColours {
    std::string_view id;
    QRgb fill;   // tile tint, far-out block
    QRgb glyph;  // strokes of the icon, on the tile
    QRgb text;   // words in this colour: at least 4.5:1 on canvas and surface
};

/// A fill may be a bar, a badge or a line; the colour of the same name ending in Text is for words.
struct Tokens {
    QRgb canvas, grid, surface, raised, hover, border, text, muted;
    QRgb accent, onAccent, accentText;
    QRgb error, warning, ok, info;
    QRgb errorText, warningText, okText, infoText;
    QRgb onStatus;    // glyph or figure on a fill of error, ok, info
    QRgb onWarning;   // the same on warning
    QRgb connection;  // a synchronous line
    QRgb track;       // empty part of a bar
    QRgb noteFill, noteBorder;
    double tileTint, zoneTint, zoneBorderTint;  // opacity of the colour
    double shadow;                              // opacity of the shadow under a card
    std::array<CategoryColours, 7> categories;

    constexpr const CategoryColours& category(std::string_view id) const {
        for (const CategoryColours& c : categories)
            if (c.id == id) return c;
        return categories.back();
    }
};

inline constexpr Tokens lightTokens{.canvas = 0xffF6F7F9,
                                    .grid = 0xffD8DDE5,
                                    .surface = 0xffFFFFFF,
                                    .raised = 0xffFFFFFF,
                                    .hover = 0xffF0F3F7,
                                    .border = 0xffE2E6EC,
                                    .text = 0xff18212D,
                                    .muted = 0xff667085,
                                    .accent = 0xff3869F0,
                                    .onAccent = 0xffFFFFFF,
                                    .accentText = 0xff3767E7,
                                    .error = 0xffD92D20,
                                    .warning = 0xffDC8A00,
                                    .ok = 0xff16985C,
                                    .info = 0xff2E7CD6,
                                    .errorText = 0xffD52C1F,
                                    .warningText = 0xff9E6300,
                                    .okText = 0xff12804D,
                                    .infoText = 0xff2A71C3,
                                    .onStatus = 0xffFFFFFF,
                                    .onWarning = 0xff2B1B00,
                                    .connection = 0xff98A2B3,
                                    .track = 0xffE9ECF1,
                                    .noteFill = 0xffFFF8E1,
                                    .noteBorder = 0xffEBDCA8,
                                    .tileTint = 0.13,
                                    .zoneTint = 0.06,
                                    .zoneBorderTint = 0.38,
                                    .shadow = 0.07,
                                    .categories = {{{"edge", 0xff6B5CE7, 0xff6B5CE7, 0xff6A5BE5},
                                                    {"network", 0xff0E8FB3, 0xff0C7A98, 0xff0C7A98},
                                                    {"compute", 0xff2F6BEB, 0xff2F6BEB, 0xff2E68E4},
                                                    {"cache", 0xffE0561B, 0xffD24D14, 0xffBE4917},
                                                    {"data", 0xff0F8F63, 0xff0F8F63, 0xff0D7F58},
                                                    {"messaging", 0xff9A3DBF, 0xff9A3DBF, 0xff9A3DBF},
                                                    {"platform", 0xff5B6B82, 0xff5B6B82, 0xff5B6B82}}}};

inline constexpr Tokens darkTokens{.canvas = 0xff0F141B,
                                   .grid = 0xff212A36,
                                   .surface = 0xff161D27,
                                   .raised = 0xff1C2531,
                                   .hover = 0xff222D3B,
                                   .border = 0xff2A3545,
                                   .text = 0xffE7EBF1,
                                   .muted = 0xff8E9AAC,
                                   .accent = 0xff3869F0,
                                   .onAccent = 0xffFFFFFF,
                                   .accentText = 0xff7FA0FA,
                                   .error = 0xffF97066,
                                   .warning = 0xffFDB022,
                                   .ok = 0xff32D583,
                                   .info = 0xff5B9BF0,
                                   .errorText = 0xffF97066,
                                   .warningText = 0xffFDB022,
                                   .okText = 0xff32D583,
                                   .infoText = 0xff5B9BF0,
                                   .onStatus = 0xff10151D,
                                   .onWarning = 0xff10151D,
                                   .connection = 0xff667489,
                                   .track = 0xff2A3545,
                                   .noteFill = 0xff2A2618,
                                   .noteBorder = 0xff4D4426,
                                   .tileTint = 0.30,
                                   .zoneTint = 0.07,
                                   .zoneBorderTint = 0.55,
                                   .shadow = 0.30,
                                   .categories = {{{"edge", 0xff6B5CE7, 0xffC8C1FF, 0xffC8C1FF},
                                                   {"network", 0xff0E8FB3, 0xff21CFFF, 0xff21CFFF},
                                                   {"compute", 0xff2F6BEB, 0xff94B6FF, 0xff94B6FF},
                                                   {"cache", 0xffE0561B, 0xffFF9B70, 0xffFF9B70},
                                                   {"data", 0xff0F8F63, 0xff16D694, 0xff16D694},
                                                   {"messaging", 0xff9A3DBF, 0xffD771FF, 0xffD771FF},
                                                   {"platform", 0xff5B6B82, 0xff88A1C3, 0xff88A1C3}}}};

constexpr const Tokens& tokens(ThemeKind theme) { return theme == ThemeKind::dark ? darkTokens : lightTokens; }

inline constexpr int spacing = 4, radiusButton = 7, radiusCard = 11, radiusZone = 14, connectionRadius = 10;
inline constexpr double hopRadius = 5, dimmedOpacity = 0.22;
inline constexpr double gridStep = 24, cardWidth = 176, cardHeight = 66, iconTile = 38;
inline constexpr int bodySize = 13, secondarySize = 11, sectionSize = 10;

// Share of capacity at which a bar changes its colour.
inline constexpr double utilisationWarning = 0.7, utilisationError = 0.9;

}  // namespace loadpath
