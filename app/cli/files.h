// Designs from wherever the user names them, and outputs that appear whole or not at all.
#pragma once

#include "cli/command.h"
#include "json/design_json.h"
#include "rules/report.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace loadpath::cli {

struct Input {
    std::string name;  // as messages call it
    Design design;
    Problems warnings;
    std::string text;                              // as it stands in the file
    std::shared_ptr<const HouseRules> houseRules;  // of the file beside it, or named by it or the user
};

/// Reads the design; problems and warnings go to standard error, one a line with their place.
std::optional<Input> readInput(Console& console, const QString& file);
/// The same with the house rules that go with the design; `rulesFile` (empty: none) in place of those.
std::optional<Input> readInputWithRules(Console& console, const QString& file, const QString& rulesFile);
Report reportOf(const Input& input);
std::shared_ptr<const Snapshot> snapshotOf(const Input& input);

/// The text of a file, of standard input ("-") or of a template; nothing after a message.
std::optional<std::string> readText(Console& console, const QString& file);

/// Writes the bytes to the path ("-": standard output) and puts them in place in one step; what stood
/// there before stays when anything fails. False after a message on standard error.
bool writeOutput(Console& console, const QString& path, const QByteArray& bytes);
/// The output that the command was told to write with -o; throws UsageError when it was not.
QString outputOf(const Arguments& arguments);

}  // namespace loadpath::cli
