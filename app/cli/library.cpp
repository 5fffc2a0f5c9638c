// templates and components: the built-in library with its texts.
#include "assets.h"
#include "cli/files.h"
#include "exporters/text_table.h"
#include "json/catalog_json.h"
#include "support/format.h"

#include <QFileInfo>

#include <cmath>

namespace loadpath::cli {
namespace {

using Align = TextTable::Align;

void paragraph(std::ostream& out, const std::string& title, const std::string& text, Colours colours) {
    if (!text.empty()) out << '\n' << inked(title, Ink::strong, colours) << '\n' << "  " << text << '\n';
}

void bullets(std::ostream& out, const std::vector<std::string>& items) {
    for (const std::string& item : items) out << "  • " << item << '\n';
}

void points(std::ostream& out, const char* title, const std::vector<std::string>& items, Colours colours) {
    if (items.empty()) return;
    out << '\n' << inked(title, Ink::strong, colours) << '\n';
    bullets(out, items);
}

std::string shown(const Value& value) {
    if (value.isNull()) return "–";
    if (const auto* flag = value.boolean()) return *flag ? "true" : "false";
    if (const auto* text = value.text()) return *text;
    if (value.isNumber()) return shortest(value.number());
    if (const auto* list = value.list()) {
        std::string all;
        for (const Value& item : *list) all += (all.empty() ? "" : ", ") + shown(item);
        return all;
    }
    return "…";
}

void presets(std::ostream& out, const ComponentType& type, Colours colours) {
    if (type.presets.empty()) return;
    out << '\n' << inked("Products", Ink::strong, colours) << '\n';
    for (const Preset& preset : type.presets) {
        out << "  • " << preset.name << "  " << inked(preset.id, Ink::faint, colours) << "\n    ";
        bool first = true;
        for (const auto& [key, value] : preset.values) {
            out << (first ? "" : ", ") << key << " = " << shown(value);
            first = false;
        }
        out << "\n    " << inked(preset.source, Ink::faint, colours) << '\n';
    }
}

std::string rangeOf(const ParameterSpec& spec) {
    if (!spec.choices.empty()) {
        std::string all;
        for (const std::string& choice : spec.choices) all += (all.empty() ? "" : "|") + choice;
        return all;
    }
    const bool low = std::isfinite(spec.range.minimum), high = std::isfinite(spec.range.maximum);
    if (low && high) return shortest(spec.range.minimum) + "…" + shortest(spec.range.maximum);
    if (low) return "≥ " + shortest(spec.range.minimum);
    if (high) return "≤ " + shortest(spec.range.maximum);
    return {};
}

void showType(Console& console, const ComponentType& type, Colours colours) {
    std::ostream& out = console.out;
    out << inked(type.name, Ink::strong, colours) << "  " << inked(type.id, Ink::faint, colours) << '\n'
        << type.summary << '\n';
    paragraph(out, "What it is", type.handbook.what, colours);
    paragraph(out, "When to use it", type.handbook.when, colours);
    paragraph(out, "How it scales", type.handbook.scaling, colours);
    points(out, "Trade-offs", type.handbook.tradeoffs, colours);
    points(out, "How it breaks", type.handbook.breaks, colours);
    points(out, "Numbers", type.handbook.numbers, colours);
    for (const HandbookTopic& topic : type.handbook.topics) {
        paragraph(out, topic.title, topic.text, colours);
        bullets(out, topic.points);
    }
    presets(out, type, colours);
    TextTable table({"property", "default", "unit", "values", ""},
                    {Align::left, Align::right, Align::left, Align::left, Align::left});
    for (const ParameterSpec& spec : type.parameters)
        table.add(
            {{spec.key}, {shown(spec.fallback)}, {spec.unit}, {rangeOf(spec), Ink::faint}, {spec.label, Ink::faint}});
    if (!table.empty()) out << '\n' << inked("Properties", Ink::strong, colours) << '\n' << table.text(colours);
}

int components(Console& console, const Arguments& arguments, const Window&) {
    const Colours colours = coloursFor(console, arguments);
    const Catalog& catalog = *builtInCatalog();
    const bool asJson = arguments.value(QStringLiteral("format"), QStringLiteral("text")) == u"json";
    if (!arguments.files.isEmpty()) {
        const ComponentType* type = catalog.find(arguments.files.first().toStdString());
        if (!type)
            throw UsageError{QStringLiteral("there is no component type \"%1\"; loadpath components lists them")
                                 .arg(arguments.files.first())};
        if (asJson)
            console.out << typeJson(*type);
        else
            showType(console, *type, colours);
        return done;
    }
    if (asJson) {
        console.out << typesJson(catalog);
        return done;
    }
    bool first = true;
    for (const Category& category : catalog.categories) {
        TextTable table({"", "", ""}, {});
        for (const ComponentType& type : catalog.types)
            if (type.category == category.id)
                table.add({{type.id, Ink::strong}, {type.name}, {type.summary, Ink::faint}});
        if (table.empty()) continue;
        console.out << (first ? "" : "\n") << inked(category.name, Ink::strong, colours) << '\n' << table.text(colours);
        first = false;
    }
    return done;
}

int templates(Console& console, const Arguments& arguments, const Window&) {
    const QString verb = arguments.files.value(0, QStringLiteral("list"));
    const QString id = arguments.files.value(1);
    if (verb == u"list") {
        if (!id.isEmpty()) throw UsageError{QStringLiteral("list takes no ID")};
        TextTable table({"template", "components", "name", ""}, {Align::left, Align::right, Align::left, Align::left});
        for (const TemplateInfo& info : builtInTemplates())
            table.add({{info.id, Ink::strong},
                       {std::to_string(info.components)},
                       {info.name},
                       {info.description, Ink::faint}});
        console.out << table.text(coloursFor(console, arguments));
        return done;
    }
    if (verb != u"show" && verb != u"new")
        throw UsageError{QStringLiteral("\"%1\" is not one of list, show, new").arg(verb)};
    if (id.isEmpty()) throw UsageError{QStringLiteral("%1 needs the ID of a template").arg(verb)};
    const auto text = templateText(id.toStdString());
    if (!text) throw UsageError{QStringLiteral("there is no template \"%1\"; loadpath templates lists them").arg(id)};
    if (verb == u"show") {
        if (arguments.has(QStringLiteral("o")))
            throw UsageError{QStringLiteral("show writes to standard output; use new ID -o FILE")};
        console.out << *text;
        return done;
    }
    const QString path = outputOf(arguments);
    if (path != u"-" && QFileInfo(path).isFile() && !arguments.has(QStringLiteral("force"))) {
        console.err << "loadpath: " << path.toStdString() << " is there already; --force replaces it\n";
        return badInput;
    }
    return writeOutput(console, path, QByteArray::fromStdString(*text)) ? done : badInput;
}

}  // namespace

Command templatesCommand() {
    return {QStringLiteral("templates"),
            QStringLiteral("[list | show ID | new ID -o FILE]"),
            QStringLiteral("List the templates, print one, or start a file from one"),
            {},
            {{QStringLiteral("o"), QStringLiteral("FILE"), QStringLiteral("The file that new writes"), {}},
             {QStringLiteral("force"), {}, QStringLiteral("Replace a file that is there already"), {}},
             colourOption()},
            0,
            2,
            Draws::nothing,
            templates};
}

Command componentsCommand() {
    return {QStringLiteral("components"),
            QStringLiteral("[ID] [--format text|json]"),
            QStringLiteral("List the component types, or tell all about one"),
            {},
            {formatOption({QStringLiteral("text"), QStringLiteral("json")}), colourOption()},
            0,
            1,
            Draws::nothing,
            components};
}

}  // namespace loadpath::cli
