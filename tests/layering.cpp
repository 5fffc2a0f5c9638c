// The arrows between rooms, read from #include lines: what the build's DEPS say, held to the letter.
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace fs = std::filesystem;

class Layering : public QObject {
    Q_OBJECT

private:
    // room → rooms it may include; sim/metrics.h is the one file of sim that exporters read.
    const std::map<std::string, std::set<std::string>> m_allowed{
        {"support", {}},
        {"model", {"support"}},
        {"json", {"support", "model"}},
        {"graph", {"support", "model"}},
        {"layout", {"support", "model", "graph"}},
        {"analysis", {"support", "model", "graph"}},
        {"sim", {"support", "model", "graph"}},
        {"rules", {"support", "model", "graph", "analysis"}},
        {"house", {"support", "model", "json", "graph", "analysis", "rules"}},
        {"proof", {"support", "model", "graph", "analysis", "rules", "sim"}},
        {"exporters",
         {"support", "model", "json", "graph", "analysis", "rules", "proof", "sim/metrics.h", "sim/simulator.h"}},
    };

    struct Include {
        std::string file, room, target;
        bool system = false;
    };

    static std::vector<Include> includesOfCore() {
        const fs::path core = fs::path(LOADPATH_SOURCE_DIR) / "core";
        const std::regex pattern("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
        std::vector<Include> found;
        for (const auto& entry : fs::recursive_directory_iterator(core)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".h" && extension != ".cpp" && extension != ".def") continue;
            const fs::path relative = fs::relative(entry.path(), core);
            std::ifstream in(entry.path());
            for (std::string line; std::getline(in, line);) {
                std::smatch match;
                if (std::regex_search(line, match, pattern))
                    found.push_back({relative.string(), relative.begin()->string(), match[2], match[1] == "<"});
            }
        }
        return found;
    }

private slots:
    void everyRoomIncludesOnlyWhatItMay() {
        std::set<std::string> seen;
        for (const Include& include : includesOfCore()) {
            if (include.system) continue;
            seen.insert(include.room);
            const std::string target = include.target.substr(0, include.target.find('/'));
            const auto room = m_allowed.find(include.room);
            QVERIFY2(room != m_allowed.end(), qPrintable("unknown room: " + QString::fromStdString(include.file)));
            if (target == include.room || include.target.find('/') == std::string::npos) continue;
            const bool may = room->second.contains(target) || room->second.contains(include.target);
            QVERIFY2(may, qPrintable(QString::fromStdString(include.file + " must not include " + include.target)));
        }
        QCOMPARE(seen.size(), m_allowed.size());
    }

    void coreKnowsNoQt() {
        for (const Include& include : includesOfCore())
            QVERIFY2(!include.target.starts_with('Q'), qPrintable(QString::fromStdString(include.file)));
    }

    void heavyLibrariesStayInTheirRoom() {
        for (const Include& include : includesOfCore()) {
            if (include.target.starts_with("nlohmann/")) {
                QCOMPARE(include.room, std::string("json"));
                QVERIFY2(include.file.ends_with(".cpp"), include.file.c_str());
            }
            if (include.target.starts_with("boost/graph/")) {
                QCOMPARE(include.room, std::string("graph"));
                QVERIFY2(include.file.ends_with(".cpp"), include.file.c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(Layering)
#include "layering.moc"
