// What a subcommand is: words for its help, the options it takes, and what it does. Commands read
// from and write to a Console, so that tests need no process. Knows no window.
#pragma once

#include "exporters/text_table.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>
#include <istream>
#include <ostream>
#include <vector>

namespace loadpath::cli {

// The exit status of the program.
inline constexpr int done = 0;
inline constexpr int findingsAtFailLevel = 1;
inline constexpr int badInput = 2;
inline constexpr int internalError = 3;

struct Console {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool outIsTerminal = false;
    bool errIsTerminal = false;
    bool noColour = false;  // the environment asks for none
};

struct Option {
    QString name;   // without dashes; one letter: short
    QString value;  // what stands for its value in the help; empty: a flag
    QString help;
    QStringList choices;  // legal values; empty: any
};

/// What the user typed, split and checked against the options of the command.
class Arguments {
public:
    QStringList files;  // everything that is no option

    bool has(const QString& option) const { return m_values.contains(option); }
    QString value(const QString& option, const QString& fallback = {}) const {
        return m_values.value(option, fallback);
    }
    void set(const QString& option, const QString& value) { m_values.insert(option, value); }

private:
    QHash<QString, QString> m_values;
};

/// Bad usage: told on standard error, with a pointer to the help; exit status 2.
struct UsageError {
    QString message;
};

/// What only the executable with a window can do; empty functions otherwise.
struct ScreenshotArguments {
    QString output, design;     // design: a path, "template:ID", or empty
    int width = 0, height = 0;  // 0: as the window opens
    QString theme;
    QStringList panels, select;
    double simulateS = 0;
};
struct Window {
    std::function<int(const QStringList& designs)> open;
    std::function<QString(const ScreenshotArguments&)> takeScreenshot;  // empty: done; else the reason
};

enum class Draws { nothing, diagrams };

struct Command {
    QString name;
    QString usage;    // after the name: "FILE… [--format text|json]"
    QString summary;  // one line, for the list of commands
    QString details;  // more, for its own help; may be empty
    std::vector<Option> options;
    int leastFiles = 0, mostFiles = 0;  // mostFiles < 0: any number
    Draws draws = Draws::nothing;
    std::function<int(Console&, const Arguments&, const Window&)> run;
};

const std::vector<Command>& allCommands();
const Command* findCommand(const QString& name);

/// The program without a window: `arguments` without the program's name, starting with a command or
/// a global option.
int runCommandLine(const QStringList& arguments, Console& console, const Window& window);
/// True when the arguments ask for the window: none at all, or a file.
bool asksForWindow(const QStringList& arguments);
/// Whether the command that the arguments name needs fonts and painting.
Draws drawsOf(const QStringList& arguments);

Colours coloursFor(const Console& console, const Arguments& arguments);
Option formatOption(const QStringList& formats);
Option colourOption();
/// The value of an option as a number; throws UsageError when it is none or out of range.
double numberOf(const Arguments& arguments, const QString& option, double fallback, double least, double most);
long long wholeNumberOf(const Arguments& arguments, const QString& option, long long fallback, long long least,
                        long long most);

// One file a command.
Command checkCommand();
Command analyzeCommand();
Command estimateCommand();
Command simulateCommand();
Command exportCommand();
Command reportCommand();
Command templatesCommand();
Command componentsCommand();
Command rulesCommand();
Command fixCommand();
Command schemaCommand();
Command screenshotCommand();
Command completionCommand();

}  // namespace loadpath::cli
