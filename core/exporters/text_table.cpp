#include "exporters/text_table.h"

#include <algorithm>

namespace loadpath {

std::string inked(std::string_view text, Ink ink, Colours colours) {
    const char* code = "";
    switch (ink) {
        case Ink::plain:
            break;
        case Ink::strong:
            code = "\033[1m";
            break;
        case Ink::faint:
            code = "\033[2m";
            break;
        case Ink::error:
            code = "\033[1;31m";
            break;
        case Ink::warning:
            code = "\033[33m";
            break;
        case Ink::info:
            code = "\033[36m";
            break;
        case Ink::good:
            code = "\033[1;32m";
            break;
    }
    if (colours == Colours::plain || *code == '\0' || text.empty()) return std::string(text);
    return code + std::string(text) + "\033[0m";
}

std::size_t displayWidth(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

TextTable::TextTable(std::vector<std::string> titles, std::vector<Align> aligns) : m_aligns(std::move(aligns)) {
    for (std::string& title : titles) m_titles.push_back({std::move(title), Ink::faint});
    m_aligns.resize(m_titles.size(), Align::left);
}

void TextTable::add(std::vector<Cell> cells) {
    cells.resize(m_titles.size());
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text(Colours colours) const {
    std::vector<std::size_t> widths;
    for (const Cell& title : m_titles) widths.push_back(displayWidth(title.text));
    for (const auto& row : m_rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], displayWidth(row[i].text));
    std::string all;
    const auto line = [&](const std::vector<Cell>& cells) {
        std::string text(2, ' ');
        std::size_t pending = 0;  // spaces that are written only if something follows
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::size_t space = widths[i] - displayWidth(cells[i].text);
            if (m_aligns[i] == Align::right) pending += space;
            if (!cells[i].text.empty()) {
                text.append(pending, ' ');
                pending = 0;
                text += inked(cells[i].text, cells[i].ink, colours);
            } else {
                pending += displayWidth(cells[i].text);
            }
            if (m_aligns[i] == Align::left) pending += space;
            pending += 2;
        }
        all += text + '\n';
    };
    if (std::any_of(m_titles.begin(), m_titles.end(), [](const Cell& title) { return !title.text.empty(); }))
        line(m_titles);
    for (const auto& row : m_rows) line(row);
    return all;
}

}  // namespace loadpath
