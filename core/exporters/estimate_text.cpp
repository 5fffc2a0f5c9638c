#include "analysis/estimate_tables.h"
#include "exporters/estimate_results.h"
#include "support/format.h"

#include <algorithm>

namespace loadpath {
namespace {

using Align = TextTable::Align;

class EstimateText {
public:
    EstimateText(const EstimateSheet& sheet, const EstimateTextOptions& options) : m_sheet(sheet), m_options(options) {}

    std::string text() {
        m_text =
            inked(m_sheet.design.empty() ? "Untitled design" : m_sheet.design, Ink::strong, m_options.colours) + '\n';
        inputs();
        for (const EstimateSection& section : m_sheet.sections) figures(section);
        latencies();
        downtimes();
        fanOuts();
        attempts();
        return std::move(m_text);
    }

private:
    void heading(const std::string& title) { m_text += '\n' + inked(title, Ink::strong, m_options.colours) + '\n'; }

    void inputs() {
        TextTable table({"", "value", "from"}, {Align::left, Align::right, Align::left});
        for (const EstimateLine& line : m_sheet.lines) {
            if (!line.isInput || line.origin == InputOrigin::constant || line.origin == InputOrigin::canvas) continue;
            table.add({{line.name},
                       {exactFigure(line.exact, line.unit, m_options.bytes)},
                       {sourceOf(m_sheet, line), line.origin == InputOrigin::assumption ? Ink::warning : Ink::faint}});
        }
        if (table.empty()) return;
        heading("Taken as given");
        m_text += table.text(m_options.colours);
    }

    static Ink inkOf(Agreement agreement) {
        switch (agreement) {
            case Agreement::agrees:
            case Agreement::enough:
                return Ink::good;
            case Agreement::differs:
                return Ink::warning;
            case Agreement::tooLittle:
                return Ink::error;
            case Agreement::none:
                break;
        }
        return Ink::plain;
    }

    std::string canvasText(const EstimateLine& line) const {
        if (line.agreement == Agreement::none) return {};
        static constexpr const char* words[] = {"", "", " (differs)", " (enough)", " (too little)"};
        return exactFigure(line.onCanvas, line.unit, m_options.bytes) + words[static_cast<int>(line.agreement)] +
               (line.canvasWhere.empty() ? "" : ", " + line.canvasWhere);
    }

    void figures(const EstimateSection& section) {
        heading(section.title);
        if (m_options.withSteps) return steps(section);
        TextTable table({"", "exact", "round", "on the canvas"},
                        {Align::left, Align::right, Align::right, Align::left});
        for (const EstimateLine& line : m_sheet.lines) {
            if (line.section != section.id) continue;
            if (!line.problem.empty())
                table.add({{line.name}, {"–"}, {"–"}, {line.problem, Ink::warning}});
            else
                table.add({{line.name},
                           {exactFigure(line.exact, line.unit, m_options.bytes)},
                           {"≈ " + roundFigure(line.rounded, line.unit, m_options.bytes), Ink::faint},
                           {canvasText(line), inkOf(line.agreement)}});
        }
        m_text += table.text(m_options.colours);
    }

    void steps(const EstimateSection& section) {
        for (std::size_t i = 0; i < m_sheet.lines.size(); ++i) {
            if (m_sheet.lines[i].section != section.id) continue;
            const Derivation derivation = explain(m_sheet, i, m_options.bytes);
            m_text += "  " + derivation.title + ": " + inked(derivation.result, Ink::strong, m_options.colours) + '\n';
            for (const DerivationStep& step : derivation.steps)
                m_text += "    " + step.what + (step.expression.empty() ? "" : ": " + step.expression) + "  →  " +
                          step.result + '\n';
        }
    }

    void latencies() {
        heading("Latencies to reason with");
        TextTable table({"", "takes", "if 1 ns were 1 s"}, {Align::left, Align::right, Align::right});
        for (const LatencyRow& row : latencyTable()) {
            const auto both = [&row](double scale) {
                const std::string low = exactFigure(row.nanoseconds * scale, "s");
                return row.upToNanoseconds > 0 ? low + " – " + exactFigure(row.upToNanoseconds * scale, "s") : low;
            };
            table.add({{std::string(row.name)}, {both(1e-9)}, {both(1), Ink::faint}});
        }
        m_text += table.text(m_options.colours);
    }

    void downtimes() {
        heading("What an availability allows");
        TextTable table({"availability", "a year", "30 days", "a day"},
                        {Align::left, Align::right, Align::right, Align::right});
        for (const Downtime& row : ninesTable())
            table.add({{exactFigure(row.availability, "share")},
                       {exactFigure(row.yearS, "s")},
                       {exactFigure(row.thirtyDaysS, "s")},
                       {exactFigure(row.dayS, "s")}});
        m_text += table.text(m_options.colours);
    }

    void fanOuts() {
        heading("Many calls at once, each slow 1 time in 100");
        TextTable table({"calls", "requests that meet a slow one", "the slowest takes"},
                        {Align::right, Align::right, Align::right});
        for (const FanOut& row : fanOutTable())
            table.add({{std::to_string(row.calls)},
                       {exactFigure(row.anySlow, "share")},
                       {fixed(row.slowestOfMean, 2) + " × the mean"}});
        m_text += table.text(m_options.colours);
    }

    void attempts() {
        heading("Attempts one after the other, each failing alike");
        TextTable table({"each fails", "at most", "attempts made", "given up or dead-lettered"},
                        {Align::right, Align::right, Align::right, Align::right});
        for (const Attempts& row : attemptsTable())
            table.add({{exactFigure(row.failure, "share")},
                       {std::to_string(row.most)},
                       {fixed(row.mean, 3)},
                       {exactFigure(row.givenUp, "share")}});
        m_text += table.text(m_options.colours);
    }

    const EstimateSheet& m_sheet;
    EstimateTextOptions m_options;
    std::string m_text;
};

}  // namespace

std::string estimateText(const EstimateSheet& sheet, const EstimateTextOptions& options) {
    return EstimateText(sheet, options).text();
}

}  // namespace loadpath
