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
};

/// Reads the design; problems and warnings go to standard error, one a line with their place.
std::optional<Input> readInput(Console& console, const QString& file);
std::shared_ptr<const Snapshot> snapshotOf(const Input& input);

/// Writes the bytes to the path ("-": standard output) and puts them in place in one step; what stood
/// there before stays when anything fails. False after a message on standard error.
bool writeOutput(Console& console, const QString& path, const QByteArray& bytes);
/// The output that the command was told to write with -o; throws UsageError when it was not.
QString outputOf(const Arguments& arguments);

}  // namespace loadpath::cli
