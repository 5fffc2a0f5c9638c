// Random designs and random edits with a fixed seed, for property tests.
#pragma once

#include "model/edit.h"

#include <random>
#include <string>

namespace loadpath::test {

class RandomDesigner {
public:
    explicit RandomDesigner(unsigned seed) : m_random(seed) {}

    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

    template <class T>
    typename T::Id anyId(const Table<T>& table) {
        return table.empty() ? typename T::Id{"none"} : table[static_cast<std::size_t>(below(int(table.size())))].id;
    }

    /// One edit, sensible or not: some name what is not there, some would dangle.
    Edit edit(const Design& design) {
        switch (below(16)) {
            case 0:
            case 1:
            case 2: {
                Component c;
                c.id = {"c" + std::to_string(below(60))};
                c.type = types[below(std::size(types))];
                c.name = below(3) ? "" : "Name " + std::to_string(below(100));
                c.position = {double(below(50)) * 24, double(below(40)) * 24};
                if (below(2) && !design.zones.empty()) c.zones = {anyId(design.zones)};
                if (below(2)) c.properties["instances"] = below(5) + 1;
                c.locked = below(6) == 0;
                return Put<Component>{c, below(3) ? std::nullopt : std::optional<std::size_t>(std::size_t(below(8)))};
            }
            case 3:
                return Drop<Component>{anyId(design.components)};
            case 4:
            case 5:
            case 6: {
                Connection c;
                c.id = {"e" + std::to_string(below(80))};
                c.from = anyId(design.components);
                c.to = anyId(design.components);
                c.mode = static_cast<Mode>(below(7));
                if (below(2)) c.properties["timeout_ms"] = below(900) + 1;
                if (below(6) == 0) c.label = "line " + std::to_string(below(9));
                if (below(6) == 0) c.bends = {{double(below(9)) * 24, 12}, {48, double(below(9)) * 24}};
                return Put<Connection>{c, std::nullopt};
            }
            case 7:
                return Drop<Connection>{anyId(design.connections)};
            case 8:
            case 9: {
                Zone z;
                z.id = {"z" + std::to_string(below(8))};
                z.kind = below(3) ? "zone" : "region";
                if (below(2)) z.parent = anyId(design.zones);
                if (below(2)) z.frame = Frame{double(below(9)) * 24, 0, 480, 240};
                z.collapsed = below(6) == 0;
                return Put<Zone>{z, std::nullopt};
            }
            case 10:
                return Drop<Zone>{anyId(design.zones)};
            case 11: {
                Flow f;
                f.id = {"f" + std::to_string(below(6))};
                f.entry = anyId(design.components);
                f.share = 0.5;
                return Put<Flow>{f, std::nullopt};
            }
            case 12:
                return Drop<Flow>{anyId(design.flows)};
            case 13:
                return Put<Note>{{{"n" + std::to_string(below(4))}, {1, 2}, "text", {}}, std::nullopt};
            case 14:
                return Drop<Note>{anyId(design.notes)};
            default: {
                if (below(3) == 0) return Drop<Quantity>{anyId(design.estimates)};
                if (below(2)) {
                    Quantity quantity;
                    quantity.id = {"q" + std::to_string(below(6))};
                    quantity.value = below(100);
                    return Put<Quantity>{quantity, std::nullopt};
                }
                Header header = design.header;
                header.name = "Design " + std::to_string(below(1000));
                return header;
            }
        }
    }

    Design design(int edits) {
        Design made;
        for (int i = 0; i < edits; ++i) applyEdits(made, {edit(made)});
        return made;
    }

private:
    static constexpr const char* types[] = {"client", "service", "postgres",       "redis",
                                            "lb_l7",  "kafka",   "from-the-future"};
    std::mt19937 m_random;
};

}  // namespace loadpath::test
