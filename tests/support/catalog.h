// The palette of the source tree as a catalogue, for tests. Ends the test program when it cannot be read.
#pragma once

#include "json/catalog_json.h"
#include "rules/rule.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

namespace loadpath::test {

inline std::string fileText(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::map<std::string, std::string> paletteFiles() {
    std::map<std::string, std::string> files;
    const std::filesystem::path root = std::filesystem::path(LOADPATH_SOURCE_DIR) / "palette";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.path().extension() == ".json")
            files[entry.path().lexically_relative(root).generic_string()] = fileText(entry.path());
    return files;
}

inline std::shared_ptr<const Catalog> catalog() {
    static const std::shared_ptr<const Catalog> read = [] {
        auto result = readCatalog(paletteFiles());
        if (!result) {
            for (const Problem& problem : result.error())
                std::fprintf(stderr, "%s\n", describe(problem, "palette").c_str());
            std::abort();
        }
        result->rules = ruleFacts();
        return std::make_shared<const Catalog>(std::move(*result));
    }();
    return read;
}

}  // namespace loadpath::test
