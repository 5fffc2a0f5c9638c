// Lines and columns for people at a terminal. Knows no results.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

enum class Colours { plain, ansi };

/// Roles rather than colours, so that all texts of the command line agree.
enum class Ink { plain, strong, faint, error, warning, info, good };
std::string inked(std::string_view text, Ink ink, Colours colours);

/// Characters, not bytes.
std::size_t displayWidth(std::string_view text);

class TextTable {
public:
    enum class Align { left, right };
    struct Cell {
        std::string text;
        Ink ink = Ink::plain;
    };

    TextTable(std::vector<std::string> titles, std::vector<Align> aligns);
    void add(std::vector<Cell> cells);
    bool empty() const { return m_rows.empty(); }
    /// Indented by two columns; columns as wide as their widest cell, two apart; the titles faint.
    std::string text(Colours colours) const;

private:
    std::vector<Align> m_aligns;
    std::vector<Cell> m_titles;
    std::vector<std::vector<Cell>> m_rows;
};

}  // namespace loadpath
