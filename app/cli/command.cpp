#include "cli/command.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace loadpath::cli {
namespace {

const QString version = QStringLiteral(LOADPATH_VERSION);

QString optionSyntax(const Option& option) {
    const QString name = (option.name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + option.name;
    return option.value.isEmpty() ? name : name + QLatin1Char(' ') + option.value;
}

QString columns(const std::vector<std::pair<QString, QString>>& rows) {
    qsizetype width = 0;
    for (const auto& row : rows) width = std::max(width, row.first.size());
    QString text;
    for (const auto& row : rows)
        text += QStringLiteral("  ") + row.first.leftJustified(width + 2) + row.second + QLatin1Char('\n');
    return text;
}

QString generalHelp() {
    QString text = QStringLiteral(
        "Loadpath: draw a system, see whether it holds, watch it break.\n\n"
        "Usage: loadpath [FILE]               open the window\n"
        "       loadpath COMMAND [ARGUMENTS]  work without one\n\nCommands:\n");
    std::vector<std::pair<QString, QString>> rows;
    for (const Command& command : allCommands()) rows.emplace_back(command.name, command.summary);
    text += columns(rows);
    text += QStringLiteral(
        "\nFILE is a path, - for standard input, or template:ID.\n"
        "Exit status: 0 done, 1 findings at or above the fail level, 2 bad usage or input, 3 internal error.\n\n"
        "loadpath COMMAND --help tells more; loadpath --version tells the version.\n");
    return text;
}

QString helpOf(const Command& command) {
    QString text = QStringLiteral("Usage: loadpath ") + command.name +
                   (command.usage.isEmpty() ? QString() : QLatin1Char(' ') + command.usage) + QStringLiteral("\n\n") +
                   command.summary + QLatin1Char('\n');
    if (!command.details.isEmpty()) text += QLatin1Char('\n') + command.details + QLatin1Char('\n');
    std::vector<std::pair<QString, QString>> rows;
    for (const Option& option : command.options) rows.emplace_back(optionSyntax(option), option.help);
    rows.emplace_back(QStringLiteral("--help"), QStringLiteral("Show this help"));
    return text + QStringLiteral("\nOptions:\n") + columns(rows);
}

const Option* findOption(const Command& command, const QString& name) {
    const auto it = std::find_if(command.options.begin(), command.options.end(),
                                 [&name](const Option& option) { return option.name == name; });
    return it == command.options.end() ? nullptr : &*it;
}

Arguments parse(const Command& command, const QStringList& words) {
    Arguments arguments;
    bool onlyFiles = false;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString& word = words[i];
        if (onlyFiles || word == u"-" || !word.startsWith(u'-')) {
            arguments.files << word;
            continue;
        }
        if (word == u"--") {
            onlyFiles = true;
            continue;
        }
        const bool isLong = word.startsWith(u"--");
        QString name = isLong ? word.mid(2).section(u'=', 0, 0) : word.mid(1, 1);
        const Option* option = findOption(command, name);
        if (!option || (isLong && name.size() == 1))
            throw UsageError{QStringLiteral("unknown option %1").arg(word.section(u'=', 0, 0))};
        if (option->value.isEmpty()) {
            if (word.size() > name.size() + (isLong ? 2 : 1))
                throw UsageError{QStringLiteral("%1 takes no value").arg(optionSyntax(*option))};
            arguments.set(name, QString());
            continue;
        }
        QString value;
        if (isLong && word.contains(u'='))
            value = word.section(u'=', 1);
        else if (!isLong && word.size() > 2)
            value = word.mid(2);
        else if (i + 1 < words.size())
            value = words[++i];
        else
            throw UsageError{QStringLiteral("%1 needs a value").arg(isLong ? word : word.left(2))};
        if (!option->choices.isEmpty() && !option->choices.contains(value))
            throw UsageError{QStringLiteral("--%1 must be one of %2, not \"%3\"")
                                 .arg(name, option->choices.join(QStringLiteral(", ")), value)};
        if (arguments.has(name) && name != u"select" && name != u"panel")
            throw UsageError{
                QStringLiteral("%1 stands twice").arg(isLong ? QStringLiteral("--") + name : word.left(2))};
        arguments.set(name, arguments.has(name) ? arguments.value(name) + QLatin1Char(',') + value : value);
    }
    if (arguments.files.size() < command.leastFiles)
        throw UsageError{QStringLiteral("%1 is missing").arg(command.usage.section(u' ', 0, 0))};
    if (command.mostFiles >= 0 && arguments.files.size() > command.mostFiles)
        throw UsageError{QStringLiteral("\"%1\" is one argument too many").arg(arguments.files[command.mostFiles])};
    return arguments;
}

}  // namespace

const std::vector<Command>& allCommands() {
    static const std::vector<Command> commands{
        checkCommand(),  fixCommand(),        analyzeCommand(),   estimateCommand(),   simulateCommand(),
        exportCommand(), reportCommand(),     templatesCommand(), componentsCommand(), rulesCommand(),
        schemaCommand(), screenshotCommand(), completionCommand()};
    return commands;
}

const Command* findCommand(const QString& name) {
    for (const Command& command : allCommands())
        if (command.name == name) return &command;
    return nullptr;
}

bool asksForWindow(const QStringList& arguments) {
    if (arguments.isEmpty()) return true;
    const QString& first = arguments.first();
    if (first.startsWith(u'-') || findCommand(first) || first == u"help") return false;
    return first.startsWith(u"template:") || first.contains(u'.') || first.contains(u'/') || QFileInfo::exists(first);
}

Draws drawsOf(const QStringList& arguments) {
    const Command* command = arguments.isEmpty() ? nullptr : findCommand(arguments.first());
    return command ? command->draws : Draws::nothing;
}

int runCommandLine(const QStringList& arguments, Console& console, const Window& window) {
    const QString first = arguments.value(0);
    if (first == u"--version" || first == u"-v") {
        console.out << "loadpath " << version.toStdString() << '\n';
        return done;
    }
    if (first == u"--help" || first == u"-h" || first == u"help") {
        const Command* command = findCommand(arguments.value(1));
        console.out << (command ? helpOf(*command) : generalHelp()).toStdString();
        return done;
    }
    const Command* command = findCommand(first);
    if (!command) {
        if (first.startsWith(u'-'))
            console.err << "loadpath: unknown option " << first.toStdString();
        else
            console.err << "loadpath: there is no command or file \"" << first.toStdString() << '"';
        console.err << "\nTry: loadpath --help\n";
        return badInput;
    }
    const QStringList words = arguments.mid(1);
    const qsizetype end = words.indexOf(QStringLiteral("--"));
    const QStringList options = end < 0 ? words : words.first(end);
    if (options.contains(QStringLiteral("--help")) || options.contains(QStringLiteral("-h"))) {
        console.out << helpOf(*command).toStdString();
        return done;
    }
    try {
        return command->run(console, parse(*command, words), window);
    } catch (const UsageError& error) {
        console.err << "loadpath " << command->name.toStdString() << ": " << error.message.toStdString()
                    << "\nTry: loadpath " << command->name.toStdString() << " --help\n";
        return badInput;
    }
}

Colours coloursFor(const Console& console, const Arguments& arguments) {
    const QString wish = arguments.value(QStringLiteral("color"), QStringLiteral("auto"));
    if (wish == u"always") return Colours::ansi;
    return wish == u"auto" && console.outIsTerminal && !console.noColour ? Colours::ansi : Colours::plain;
}

Option formatOption(const QStringList& formats) {
    return {QStringLiteral("format"), formats.join(u'|'), QStringLiteral("How the result is written (text)"), formats};
}

Option colourOption() {
    return {QStringLiteral("color"),
            QStringLiteral("auto|always|never"),
            QStringLiteral("Colours in text; auto: on a terminal (auto)"),
            {QStringLiteral("auto"), QStringLiteral("always"), QStringLiteral("never")}};
}

double numberOf(const Arguments& arguments, const QString& option, double fallback, double least, double most) {
    if (!arguments.has(option)) return fallback;
    bool ok = false;
    const double value = arguments.value(option).toDouble(&ok);
    if (!ok || !std::isfinite(value) || value < least || value > most)
        throw UsageError{
            QStringLiteral("--%1 must be a number from %2 to %3, not \"%4\"")
                .arg(option, QString::number(least, 'g', 12), QString::number(most, 'g', 12), arguments.value(option))};
    return value;
}

long long wholeNumberOf(const Arguments& arguments, const QString& option, long long fallback, long long least,
                        long long most) {
    if (!arguments.has(option)) return fallback;
    bool ok = false;
    const long long value = arguments.value(option).toLongLong(&ok);
    if (!ok || value < least || value > most)
        throw UsageError{QStringLiteral("--%1 must be a whole number from %2 to %3, not \"%4\"")
                             .arg(option, QString::number(least), QString::number(most), arguments.value(option))};
    return value;
}

}  // namespace loadpath::cli
