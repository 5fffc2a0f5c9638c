#include "analysis/estimate.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace loadpath {
namespace {

constexpr std::size_t mostLines = 40;
constexpr std::size_t longestWords = 120;

enum class Look { exact, round };

std::string figureText(const EstimateLine& line, Look look, ByteUnits bytes) {
    if (look == Look::exact) return line.exactText.empty() ? exactFigure(line.exact, line.unit, bytes) : line.exactText;
    return line.roundText.empty() ? roundFigure(line.rounded, line.unit, bytes) : line.roundText;
}

std::string withNumbers(const EstimateSheet& sheet, const EstimateLine& line, Look look, ByteUnits bytes) {
    return line.formula->text([&](std::size_t name) {
        return figureText(sheet.lines[static_cast<std::size_t>(line.operands[name])], look, bytes);
    });
}

std::string withWords(const EstimateSheet& sheet, const EstimateLine& line) {
    return line.formula->text(
        [&](std::size_t name) { return sheet.lines[static_cast<std::size_t>(line.operands[name])].name; });
}

/// The lines that one rests on, itself included, operands first.
std::vector<int> basisOf(const EstimateSheet& sheet, int line) {
    std::vector<int> all{line};
    std::set<int> seen{line};
    for (std::size_t at = 0; at < all.size() && all.size() < mostLines; ++at)
        for (const int operand : sheet.lines[static_cast<std::size_t>(all[at])].operands)
            if (seen.insert(operand).second) all.push_back(operand);
    std::sort(all.begin(), all.end(), [&sheet](int a, int b) {
        return sheet.lines[static_cast<std::size_t>(a)].rank < sheet.lines[static_cast<std::size_t>(b)].rank;
    });
    return all;
}

std::string ratioText(double estimate, double canvas) {
    const double larger = std::max(std::abs(estimate), std::abs(canvas)),
                 smaller = std::min(std::abs(estimate), std::abs(canvas));
    return smaller == 0 ? "one of the two is zero" : grouped(larger / smaller, 2) + " times apart";
}

}  // namespace

std::string_view name(InputOrigin origin) {
    switch (origin) {
        case InputOrigin::requirement:
            return "requirement";
        case InputOrigin::property:
            return "property";
        case InputOrigin::connection:
            return "connection";
        case InputOrigin::canvas:
            return "canvas";
        case InputOrigin::sheet:
            return "sheet";
        case InputOrigin::assumption:
            return "assumption";
        case InputOrigin::constant:
            return "constant";
    }
    return {};
}

std::string_view name(Agreement agreement) {
    switch (agreement) {
        case Agreement::none:
            return "none";
        case Agreement::agrees:
            return "agrees";
        case Agreement::differs:
            return "differs";
        case Agreement::enough:
            return "enough";
        case Agreement::tooLittle:
            return "too_little";
    }
    return {};
}

const EstimateLine* EstimateSheet::find(std::string_view key) const {
    const auto found = byKey.find(std::string(key));
    return found == byKey.end() ? nullptr : &lines[static_cast<std::size_t>(found->second)];
}

std::string sourceOf(const EstimateSheet&, const EstimateLine& line) {
    switch (line.origin) {
        case InputOrigin::requirement:
            return "requirements";
        case InputOrigin::property:
            return "stated on " + line.components.front();
        case InputOrigin::connection:
            return "payload of the connections";
        case InputOrigin::canvas:
            return "drawn on the canvas";
        case InputOrigin::sheet:
            return line.note.empty() ? "stated in this sheet" : line.note;
        case InputOrigin::assumption:
            return line.note.empty() ? "assumed" : "assumed: " + line.note;
        case InputOrigin::constant:
            return {};
    }
    return {};
}

Derivation explain(const EstimateSheet& sheet, std::size_t index, ByteUnits bytes) {
    const EstimateLine& line = sheet.lines[index];
    Derivation derivation;
    derivation.title = line.name;
    derivation.result = figureText(line, Look::exact, bytes);
    if (!line.problem.empty()) {
        derivation.steps.push_back({"No figure", line.problem, "–", line.components});
        return derivation;
    }
    for (const int at : basisOf(sheet, static_cast<int>(index))) {
        const EstimateLine& step = sheet.lines[static_cast<std::size_t>(at)];
        if (step.origin == InputOrigin::constant) continue;
        if (!step.formula) {
            derivation.steps.push_back(
                {step.name, sourceOf(sheet, step), figureText(step, Look::exact, bytes), step.components});
            continue;
        }
        const std::string words = withWords(sheet, step), numbers = withNumbers(sheet, step, Look::exact, bytes);
        const bool plain = step.formula->isPlain() || words.size() > longestWords;
        derivation.steps.push_back({step.name, plain ? numbers : words + " = " + numbers,
                                    figureText(step, Look::exact, bytes), step.components});
    }
    if (line.formula && std::isfinite(line.rounded))
        derivation.steps.push_back({"With round numbers", withNumbers(sheet, line, Look::round, bytes),
                                    "≈ " + figureText(line, Look::round, bytes), line.components});
    if (line.agreement == Agreement::none) return derivation;
    DerivationStep compared;
    compared.what = "On the canvas";
    compared.result = exactFigure(line.onCanvas, line.unit, bytes);
    compared.components = line.canvasComponents;
    const std::string where = line.canvasWhere.empty() ? "" : line.canvasWhere + ": ";
    switch (line.agreement) {
        case Agreement::agrees:
            compared.expression = where + "within 20 % of the estimate";
            break;
        case Agreement::differs:
            compared.expression = where + ratioText(line.exact, line.onCanvas);
            break;
        case Agreement::enough:
            compared.expression = where + "enough";
            break;
        case Agreement::tooLittle:
            compared.expression = where + "too little";
            break;
        case Agreement::none:
            break;
    }
    derivation.steps.push_back(std::move(compared));
    return derivation;
}

Edits setEstimateInput(const Design& design, const EstimateSheet& sheet, std::string_view key,
                       std::optional<double> value) {
    const EstimateLine* line = sheet.find(key);
    if (!line || !line->isInput || line->origin == InputOrigin::constant) return {};
    if (value && !std::isfinite(*value)) return {};
    const QuantityId id{std::string(key)};
    if (const Quantity* own = design.estimates.find(id)) {
        if (!value) return {Drop<Quantity>{id}};
        Quantity changed = *own;
        changed.value = value;
        if (changed == *own) return {};
        return {Put<Quantity>{std::move(changed), std::nullopt}};
    }
    using Member = std::optional<double> Requirements::*;
    static const std::pair<std::string_view, Member> requirements[] = {
        {"dau", &Requirements::dau},
        {"requests_per_user_day", &Requirements::requestsPerUserDay},
        {"peak_factor", &Requirements::peakFactor},
        {"horizon_y", &Requirements::horizonY},
        {"availability_slo", &Requirements::availabilitySlo}};
    if (line->property.empty())
        for (const auto& [name, member] : requirements) {
            if (name != key) continue;
            Header header = design.header;
            header.requirements.*member = value;
            if (header == design.header) return {};
            return {header};
        }
    if (!line->property.empty())
        return setProperty(design, ComponentId{line->components.front()}, line->property,
                           value ? std::optional<Value>(Value(*value)) : std::nullopt);
    if (!value) return {};
    Quantity fresh;
    fresh.id = id;
    fresh.value = value;
    return {Put<Quantity>{std::move(fresh), std::nullopt}};
}

}  // namespace loadpath
