// Scripts that complete the command line in shells, made from the table of commands.
#include "cli/command.h"

namespace loadpath::cli {
namespace {

QString dashed(const Option& option) {
    return (option.name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + option.name;
}

QString bash() {
    QString cases, names;
    for (const Command& command : allCommands()) {
        names += (names.isEmpty() ? QString() : QStringLiteral(" ")) + command.name;
        QStringList options{QStringLiteral("--help")};
        for (const Option& option : command.options) {
            options << dashed(option);
            if (!option.choices.isEmpty())
                cases += QStringLiteral("        %1:%2) COMPREPLY=($(compgen -W \"%3\" -- \"$word\")); return ;;\n")
                             .arg(command.name, dashed(option), option.choices.join(u' '));
        }
        cases += QStringLiteral("        %1:*) words=\"%2\" ;;\n").arg(command.name, options.join(u' '));
    }
    return QStringLiteral(
               "# bash completion for loadpath\n"
               "_loadpath() {\n"
               "    local word=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\" words=\"\"\n"
               "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
               "        COMPREPLY=($(compgen -W \"%1 --help --version\" -- \"$word\") $(compgen -f -- \"$word\"))\n"
               "        return\n"
               "    fi\n"
               "    case \"${COMP_WORDS[1]}:$previous\" in\n%2    esac\n"
               "    case \"$word\" in\n"
               "        -*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n"
               "        *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
               "    esac\n"
               "}\n"
               "complete -o filenames -F _loadpath loadpath\n")
        .arg(names, cases);
}

/// The text inside single quotes and the brackets of a zsh specification.
QString zshText(QString text) {
    text.replace(u'\'', QStringLiteral("'\\''"));
    for (const char c : {'[', ']', ':'}) text.replace(QLatin1Char(c), QStringLiteral("\\") + QLatin1Char(c));
    return text;
}

QString zsh() {
    QString names, cases;
    for (const Command& command : allCommands()) {
        names += QStringLiteral("    '%1:%2'\n").arg(command.name, zshText(command.summary));
        QString specs;
        for (const Option& option : command.options) {
            specs += QStringLiteral(" \\\n        '%1[%2]").arg(dashed(option), zshText(option.help));
            if (!option.choices.isEmpty())
                specs += QStringLiteral(":value:(%1)").arg(option.choices.join(u' '));
            else if (!option.value.isEmpty())
                specs += option.name == u"o" ? QStringLiteral(":file:_files") : QStringLiteral(":value:");
            specs += u'\'';
        }
        cases += QStringLiteral("    %1) _arguments '--help[Show help]'%2 \\\n        '*:file:_files' ;;\n")
                     .arg(command.name, specs);
    }
    return QStringLiteral(
               "#compdef loadpath\n"
               "local -a commands\n"
               "commands=(\n%1)\n"
               "if (( CURRENT == 2 )); then\n"
               "    _describe command commands\n"
               "    _files\n"
               "    return\n"
               "fi\n"
               "local command=$words[2]\n"
               "shift words\n"
               "(( CURRENT-- ))\n"
               "case $command in\n%2esac\n")
        .arg(names, cases);
}

QString fishText(QString text) {
    return text.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'"));
}

QString fish() {
    QString text = QStringLiteral(
        "# fish completion for loadpath\n"
        "complete -c loadpath -n __fish_use_subcommand -l help -d 'Show help'\n"
        "complete -c loadpath -n __fish_use_subcommand -l version -d 'Show the version'\n");
    for (const Command& command : allCommands()) {
        text += QStringLiteral("complete -c loadpath -n __fish_use_subcommand -a %1 -d '%2'\n")
                    .arg(command.name, fishText(command.summary));
        for (const Option& option : command.options) {
            text += QStringLiteral("complete -c loadpath -n '__fish_seen_subcommand_from %1' %2 %3 -d '%4'")
                        .arg(command.name, option.name.size() == 1 ? QStringLiteral("-s") : QStringLiteral("-l"),
                             option.name, fishText(option.help));
            if (!option.choices.isEmpty())
                text += QStringLiteral(" -x -a '%1'").arg(option.choices.join(u' '));
            else if (!option.value.isEmpty())
                text += QStringLiteral(" -r");
            text += u'\n';
        }
    }
    return text;
}

int runCompletion(Console& console, const Arguments& arguments, const Window&) {
    const QString shell = arguments.files.first();
    if (shell == u"bash")
        console.out << bash().toStdString();
    else if (shell == u"zsh")
        console.out << zsh().toStdString();
    else if (shell == u"fish")
        console.out << fish().toStdString();
    else
        throw UsageError{QStringLiteral("\"%1\" is not one of bash, zsh, fish").arg(shell)};
    return done;
}

}  // namespace

Command completionCommand() {
    return {QStringLiteral("completion"),
            QStringLiteral("bash|zsh|fish"),
            QStringLiteral("Print a script that completes the command line in a shell"),
            QStringLiteral("bash: loadpath completion bash > ~/.local/share/bash-completion/completions/loadpath\n"
                           "zsh:  loadpath completion zsh > a folder of $fpath, as _loadpath\n"
                           "fish: loadpath completion fish > ~/.config/fish/completions/loadpath.fish"),
            {},
            1,
            1,
            Draws::nothing,
            runCompletion};
}

}  // namespace loadpath::cli
