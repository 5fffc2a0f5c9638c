#include "assets.h"
#include "cli/files.h"
#include "draw/exporter.h"
#include "exporters/result_parts.h"
#include "exporters/text_table.h"
#include "rule_page.h"
#include "support/format.h"

#include <QBuffer>
#include <QFileInfo>
#include <QPainter>

namespace loadpath::cli {
namespace {

std::string listText(Colours colours) {
    TextTable table({"rule", "severity", ""}, {});
    for (const Rule& rule : allRules())
        table.add({{std::string(rule.id), Ink::strong},
                   {std::string(name(rule.severity))},
                   {std::string(rule.title), Ink::faint}});
    return table.text(colours);
}

std::string pageText(const RulePage& page, Colours colours) {
    const Rule& rule = *page.rule;
    const auto head = [colours](const char* title) { return '\n' + inked(title, Ink::strong, colours) + '\n'; };
    std::string text = inked(rule.title, Ink::strong, colours) + "  " +
                       inked(std::string(rule.id) + ", " + std::string(name(rule.severity)), Ink::faint, colours) +
                       '\n' + head("Why") + "  " + std::string(rule.why) + '\n' + head("How to mend it") + "  " +
                       page.mending + '\n';
    if (page.example) text += head("Example") + "  " + page.example->message + '\n';
    if (!page.proving.empty()) text += head("Prove it") + "  " + page.proving + '\n';
    if (!rule.thresholds.empty()) {
        TextTable table({"", "", "from", "to", ""}, {TextTable::Align::left, TextTable::Align::right,
                                                     TextTable::Align::right, TextTable::Align::right});
        for (const Threshold& threshold : rule.thresholds)
            table.add({{std::string(threshold.key), Ink::strong},
                       {shortest(threshold.value)},
                       {shortest(threshold.least)},
                       {shortest(threshold.most)},
                       {std::string(threshold.meaning), Ink::faint}});
        text += head("To set") + table.text(colours);
    }
    return text + '\n' + inked("Source: " + std::string(rule.source), Ink::faint, colours) + '\n';
}

JsonNode pageTree(const RulePage& page) {
    const Rule& rule = *page.rule;
    json::Object tree;
    tree.add("rule", Value(std::string(rule.id))).add("title", Value(std::string(rule.title)));
    tree.add("severity", Value(std::string(name(rule.severity)))).add("why", Value(std::string(rule.why)));
    tree.add("source", Value(std::string(rule.source))).add("mending", Value(page.mending));
    tree.add("proof", page.proving.empty() ? Value() : Value(page.proving));
    JsonNode thresholds = json::list();
    for (const Threshold& threshold : rule.thresholds) {
        json::Object one;
        one.add("key", Value(std::string(threshold.key))).add("value", Value(threshold.value));
        one.add("least", Value(threshold.least)).add("most", Value(threshold.most));
        one.add("meaning", Value(std::string(threshold.meaning)));
        thresholds.items.push_back(one.take());
    }
    tree.add("thresholds", std::move(thresholds));
    if (page.example) {
        json::Object example;
        example.add("key", Value(page.example->key)).add("message", Value(page.example->message));
        if (!page.example->fixTitle.empty()) example.add("fix", Value(page.example->fixTitle));
        tree.add("example", std::move(example));
    }
    return tree.take();
}

QImage pictureOf(const RulePage& page, ThemeKind theme) {
    ExportOptions options;
    options.theme = theme;
    const auto draw = [&options, theme](const Design& design) {
        Scene scene(builtInCatalog());
        scene.setDesign(design);
        const Report report = evaluate(Snapshot::of(design, builtInCatalog()));
        options.report = &report;
        showReport(scene, report);
        options.theme = theme;
        return diagramImage(scene, options);
    };
    const QImage bad = draw(page.example->bad), good = draw(page.example->good);
    QImage both(std::max(bad.width(), good.width()), bad.height() + good.height(), QImage::Format_ARGB32_Premultiplied);
    both.fill(tokens(theme).canvas);
    QPainter painter(&both);
    painter.drawImage(0, 0, bad);
    painter.drawImage(0, bad.height(), good);
    return both;
}

int runRules(Console& console, const Arguments& arguments, const Window&) {
    const Colours colours = coloursFor(console, arguments);
    const bool asJson = arguments.value(QStringLiteral("format")) == u"json";
    const QString output = arguments.value(QStringLiteral("o"));
    if (arguments.files.isEmpty()) {
        if (!output.isEmpty()) throw UsageError{QStringLiteral("-o draws the example of one rule; give its ID")};
        if (!asJson) {
            console.out << listText(colours);
            return done;
        }
        JsonNode list = json::list();
        for (const Rule& rule : allRules()) {
            json::Object one;
            one.add("rule", Value(std::string(rule.id))).add("title", Value(std::string(rule.title)));
            one.add("severity", Value(std::string(name(rule.severity))));
            list.items.push_back(one.take());
        }
        console.out << writeJson(list);
        return done;
    }
    const Rule* rule = findRule(arguments.files.first().toStdString());
    if (!rule)
        throw UsageError{
            QStringLiteral("there is no rule \"%1\"; loadpath rules lists them").arg(arguments.files.first())};
    const RulePage page = rulePage(*rule);
    if (output.isEmpty()) {
        console.out << (asJson ? writeJson(pageTree(page)) : pageText(page, colours));
        return done;
    }
    if (output != u"-" && QFileInfo(output).suffix().toLower() != u"png")
        throw UsageError{QStringLiteral("-o must end in .png (- standard output)")};
    if (!page.example) {
        console.err << "loadpath: there is no example of " << rule->id << '\n';
        return badInput;
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const bool dark = arguments.value(QStringLiteral("theme")) == u"dark";
    pictureOf(page, dark ? ThemeKind::dark : ThemeKind::light).save(&buffer, "PNG");
    return writeOutput(console, output, bytes) ? done : badInput;
}

}  // namespace

Command rulesCommand() {
    return {QStringLiteral("rules"),
            QStringLiteral("[ID] [--format text|json] [-o PICTURE.png]"),
            QStringLiteral("List the rules, or tell why one matters and what mends it"),
            QStringLiteral("The picture shows the rule's example: as the rule finds it, and below as it should be."),
            {formatOption({QStringLiteral("text"), QStringLiteral("json")}),
             {QStringLiteral("o"), QStringLiteral("PICTURE"), QStringLiteral("Draw the example (png)"), {}},
             {QStringLiteral("theme"),
              QStringLiteral("light|dark"),
              QStringLiteral("Colours of the picture (light)"),
              {QStringLiteral("light"), QStringLiteral("dark")}},
             colourOption()},
            0,
            1,
            Draws::diagrams,
            runRules};
}

}  // namespace loadpath::cli
