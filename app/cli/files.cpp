#include "cli/files.h"

#include "assets.h"
#include "house_file.h"
#include "whole_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <iterator>

namespace loadpath::cli {
namespace {

constexpr qint64 mostBytes = qint64{64} << 20;

/// The text of the file, or nothing after a message.
std::optional<std::string> textOf(Console& console, const QString& file, const std::string& name) {
    if (file == u"-") {
        std::string text;
        char buffer[1 << 16];
        while (console.in.read(buffer, sizeof buffer) || console.in.gcount() > 0) {
            text.append(buffer, static_cast<std::size_t>(console.in.gcount()));
            if (text.size() > static_cast<std::size_t>(mostBytes)) break;
        }
        return text;
    }
    if (file.startsWith(u"template:")) {
        auto text = templateText(file.mid(9).toStdString());
        if (!text)
            console.err << "loadpath: there is no template \"" << file.mid(9).toStdString()
                        << "\"; see: loadpath templates\n";
        return text;
    }
    QFile source(file);
    if (QFileInfo(file).isDir()) {
        console.err << "loadpath: " << name << " is a folder\n";
        return std::nullopt;
    }
    if (!source.open(QIODevice::ReadOnly)) {
        console.err << "loadpath: cannot read " << name << ": " << source.errorString().toStdString() << '\n';
        return std::nullopt;
    }
    const QByteArray bytes = source.read(mostBytes + 1);
    if (source.error() != QFileDevice::NoError) {
        console.err << "loadpath: cannot read " << name << ": " << source.errorString().toStdString() << '\n';
        return std::nullopt;
    }
    return bytes.toStdString();
}

bool cannotWrite(Console& console, const QString& path, const QString& reason) {
    console.err << "loadpath: cannot write " << path.toStdString() << ": " << reason.toStdString() << '\n';
    return false;
}

}  // namespace

std::optional<Input> readInput(Console& console, const QString& file) {
    Input input;
    input.name = file == u"-" ? "<stdin>" : file.toStdString();
    const auto text = textOf(console, file, input.name);
    if (!text) return std::nullopt;
    auto loaded = readDesign(*text, *builtInCatalog());
    if (!loaded) {
        for (const Problem& problem : loaded.error()) console.err << describe(problem, input.name) << '\n';
        return std::nullopt;
    }
    for (Problem warning : loaded->warnings) {
        warning.message.insert(0, "warning: ");
        console.err << describe(warning, input.name) << '\n';
    }
    input.design = std::move(loaded->design);
    input.warnings = std::move(loaded->warnings);
    input.text = *text;
    return input;
}

std::optional<Input> readInputWithRules(Console& console, const QString& file, const QString& rulesFile) {
    auto input = readInput(console, file);
    if (!input) return input;
    const bool isFile = file != u"-" && !file.startsWith(u"template:");
    const QString path =
        rulesFile.isEmpty() ? houseRulesPath(isFile ? file : QString(), input->design.header.houseRules) : rulesFile;
    if (path.isEmpty()) return input;
    auto rules = readHouseFile(path);
    if (!rules) {
        for (const Problem& problem : rules.error()) console.err << describe(problem, path.toStdString()) << '\n';
        return std::nullopt;
    }
    input->houseRules = std::move(*rules);
    return input;
}

Report reportOf(const Input& input) { return evaluate(snapshotOf(input), {}, input.houseRules); }

std::optional<std::string> readText(Console& console, const QString& file) {
    return textOf(console, file, file == u"-" ? "<stdin>" : file.toStdString());
}

std::shared_ptr<const Snapshot> snapshotOf(const Input& input) { return Snapshot::of(input.design, builtInCatalog()); }

bool writeOutput(Console& console, const QString& path, const QByteArray& bytes) {
    if (path == u"-") {
        console.out.write(bytes.constData(), bytes.size());
        return true;
    }
    const QFileInfo info(path);
    if (info.isDir()) return cannotWrite(console, path, QStringLiteral("it is a folder"));
    if (info.exists() && !info.isFile()) {
        // A device or a pipe cannot be replaced by a rename; it takes the bytes as they come.
        QFile device(path);
        if (!device.open(QIODevice::WriteOnly) || device.write(bytes) != bytes.size() || !device.flush())
            return cannotWrite(console, path, device.errorString());
        return true;
    }
    if (const QString problem = writeWhole(path, bytes); !problem.isEmpty()) return cannotWrite(console, path, problem);
    return true;
}

QString outputOf(const Arguments& arguments) {
    QString path = arguments.value(QStringLiteral("o"));
    if (path.isEmpty()) throw UsageError{QStringLiteral("-o OUT is missing")};
    return path;
}

}  // namespace loadpath::cli
