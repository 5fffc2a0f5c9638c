#include "assets.h"
#include "cli/command.h"

namespace loadpath::cli {

Command schemaCommand() {
    return {QStringLiteral("schema"),
            {},
            QStringLiteral("Print the JSON Schema (draft 7) of the design file"),
            {},
            {},
            0,
            0,
            Draws::nothing,
            [](Console& console, const Arguments&, const Window&) {
                console.out << designSchema(*builtInCatalog());
                return done;
            }};
}

}  // namespace loadpath::cli
