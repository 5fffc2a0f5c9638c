#include "json/prices_json.h"

#include <algorithm>

namespace loadpath {
namespace {

constexpr std::pair<std::string_view, PriceUnit> priceUnits[] = {
    {"component_month", PriceUnit::componentMonth},
    {"machine_month", PriceUnit::machineMonth},
    {"gb_memory_month", PriceUnit::gbMemoryMonth},
    {"gb_month", PriceUnit::gbMonth},
    {"gb_egress", PriceUnit::gbEgress},
    {"gb_logs", PriceUnit::gbLogs},
    {"million_requests", PriceUnit::millionRequests},
    {"million_reads", PriceUnit::millionReads},
    {"million_writes", PriceUnit::millionWrites},
    {"million_messages", PriceUnit::millionMessages},
    {"read_unit_month", PriceUnit::readUnitMonth},
    {"write_unit_month", PriceUnit::writeUnitMonth},
    {"busy_hour", PriceUnit::busyHour},
    {"thousand_users", PriceUnit::thousandUsers},
};

class PriceReader {
public:
    PriceReader(CatalogFile& file, const Catalog& catalog) : m_file(file), m_catalog(catalog) {}

    PriceList read() {
        const Place root;
        const CatalogFile::Object object{m_file.tree, root};
        m_file.refuseUnknown(object, {"as_of", "classes", "charges", "free", "unpriced"});
        m_prices.asOf = m_file.requiredText(object, "as_of");
        m_file.eachObject(object, "classes", [this](const CatalogFile::Object& entry) { readClass(entry); });
        m_file.eachObject(object, "charges", [this](const CatalogFile::Object& entry) { readCharge(entry); });
        readReasons(object, "free", m_prices.free);
        readReasons(object, "unpriced", m_prices.unpriced);
        return std::move(m_prices);
    }

private:
    double amount(const CatalogFile::Object& entry, std::string_view key) {
        const JsonNode* node = entry.node.find(key);
        if (node && node->scalar.isNumber() && node->scalar.number() >= 0) return node->scalar.number();
        m_file.complain(node ? *node : entry.node, entry.place.at(key),
                        '"' + std::string(key) + "\" must be a number of at least 0");
        return 0;
    }

    void readClass(const CatalogFile::Object& entry) {
        m_file.refuseUnknown(entry, {"id", "name", "unit", "low", "typical", "high", "source"});
        PriceClass price;
        price.id = m_file.requiredText(entry, "id");
        price.name = m_file.requiredText(entry, "name");
        price.unit = m_file.choice(entry, "unit", priceUnits, PriceUnit::machineMonth);
        price.usd = {amount(entry, "low"), amount(entry, "typical"), amount(entry, "high")};
        price.source = m_file.requiredText(entry, "source");
        if (price.usd.low > price.usd.typical || price.usd.typical > price.usd.high)
            m_file.complain(entry.node, entry.place, "\"low\", \"typical\" and \"high\" must rise in this order");
        if (m_prices.find(price.id))
            m_file.complain(entry.node, entry.place, "the price class \"" + price.id + "\" stands twice");
        m_prices.classes.push_back(std::move(price));
    }

    std::vector<const ComponentType*> typesNamed(const CatalogFile::Object& entry) {
        std::vector<const ComponentType*> types;
        const std::vector<std::string> words = m_file.texts(entry, "types");
        if (words.empty()) m_file.complain(entry.node, entry.place, "\"types\" is missing");
        for (const std::string& word : words) {
            const std::size_t before = types.size();
            for (const ComponentType& type : m_catalog.types)
                if (type.id == word || (word.starts_with('@') && std::find(type.groups.begin(), type.groups.end(),
                                                                           word.substr(1)) != type.groups.end()))
                    types.push_back(&type);
            if (types.size() == before)
                m_file.complain(entry.node, entry.place.at("types"), "there is no type or group \"" + word + '"');
        }
        return types;
    }

    void readCharge(const CatalogFile::Object& entry) {
        m_file.refuseUnknown(entry, {"types", "when", "count", "classes"});
        const auto types = typesNamed(entry);
        Charge charge;
        charge.count = m_file.text(entry, "count");
        if (const JsonNode* when = m_file.object(entry, "when"))
            for (const auto& member : when->members) charge.when.emplace_back(member.first, member.second.toValue());
        const std::vector<std::string> classes = m_file.texts(entry, "classes");
        if (classes.empty()) m_file.complain(entry.node, entry.place, "\"classes\" is missing");
        for (const ComponentType* type : types) checkProperties(entry, charge, *type);
        const Place list = entry.place.at("classes");
        for (std::size_t i = 0; i < classes.size(); ++i) {
            const PriceClass* price = m_prices.find(classes[i]);
            if (!price) {
                m_file.complain(entry.node.find("classes")->items[i], list.at(i),
                                "there is no price class \"" + classes[i] + '"');
                continue;
            }
            charge.priceClass = static_cast<int>(price - m_prices.classes.data());
            for (const ComponentType* type : types) m_prices.charges[type->id].push_back(charge);
        }
    }

    void checkProperties(const CatalogFile::Object& entry, const Charge& charge, const ComponentType& type) {
        const auto missing = [&](const std::string& key, const char* where) {
            m_file.complain(entry.node, entry.place.at(where), "there is no parameter \"" + key + "\" of " + type.id);
        };
        for (const auto& [key, value] : charge.when) {
            const ParameterSpec* spec = findSpec(type.parameters, key);
            if (!spec)
                missing(key, "when");
            else if (const std::string problem = complaint(*spec, value); !problem.empty())
                m_file.complain(entry.node, entry.place.at("when"), problem);
        }
        if (!charge.count.empty() && !findSpec(type.parameters, charge.count)) missing(charge.count, "count");
    }

    void readReasons(const CatalogFile::Object& parent, std::string_view key,
                     std::map<std::string, std::string, std::less<>>& into) {
        const JsonNode* node = m_file.object(parent, key);
        if (!node) return;
        const Place place = parent.place.at(key);
        const CatalogFile::Object object{*node, place};
        for (const auto& member : node->members) {
            if (!m_catalog.find(member.first))
                m_file.complain(member.second, place.at(member.first), "there is no type \"" + member.first + '"');
            if (m_prices.charges.contains(member.first))
                m_file.complain(member.second, place.at(member.first), '"' + member.first + "\" is charged for");
            into[member.first] = m_file.requiredText(object, member.first);
        }
    }

    CatalogFile& m_file;
    const Catalog& m_catalog;
    PriceList m_prices;
};

}  // namespace

PriceList readPrices(CatalogFile& file, const Catalog& catalog) { return PriceReader(file, catalog).read(); }

}  // namespace loadpath
