#include "rules/endpoints.h"

#include "rules/lookup.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace loadpath {
namespace {

constexpr std::string_view endpointList = "endpoints";

std::string textField(const Value& endpoint, std::string_view key, const std::string& otherwise = {}) {
    const Value* value = endpoint.find(key);
    return value && value->text() ? *value->text() : otherwise;
}

std::optional<bool> flagField(const Value& endpoint, std::string_view key) {
    const Value* value = endpoint.find(key);
    return value && value->boolean() ? std::optional(*value->boolean()) : std::nullopt;
}

std::optional<double> amountField(const Value& endpoint, std::string_view key) {
    const Value* value = endpoint.find(key);
    if (!value || !value->isNumber() || !(value->number() >= 0)) return std::nullopt;
    return value->number();
}

/// A list, or a single value in its place.
template <class Take>
void eachOf(const Value& endpoint, std::string_view key, Take take) {
    const Value* value = endpoint.find(key);
    if (!value) return;
    if (const Value::List* list = value->list())
        std::for_each(list->begin(), list->end(), take);
    else
        take(*value);
}

std::vector<std::string> wordsField(const Value& endpoint, std::string_view key) {
    std::vector<std::string> words;
    eachOf(endpoint, key, [&words](const Value& item) {
        if (item.text()) words.push_back(*item.text());
    });
    return words;
}

std::vector<int> codesField(const Value& endpoint, std::string_view key) {
    std::vector<int> codes;
    eachOf(endpoint, key, [&codes](const Value& item) {
        const double code = item.text() ? std::atof(item.text()->c_str()) : item.number();
        if (code >= 100 && code < 600) codes.push_back(static_cast<int>(code));
    });
    return codes;
}

std::string upperCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

Endpoint parsed(const Value& value, int node, std::size_t place) {
    Endpoint endpoint;
    endpoint.node = node;
    endpoint.place = place;
    endpoint.method = upperCase(textField(value, "method", "GET"));
    endpoint.path = textField(value, "path");
    endpoint.version = textField(value, "version");
    endpoint.auth = textField(value, "auth", "none");
    endpoint.pagination = textField(value, "pagination", "none");
    endpoint.cacheControl = textField(value, "cache_control");
    const bool asks = endpoint.method == "GET" || endpoint.method == "HEAD" || endpoint.method == "OPTIONS";
    endpoint.op = opNamed(textField(value, "op")).value_or(asks || endpoint.isGraphQl() ? Op::read : Op::write);
    endpoint.isPublic = flagField(value, "public").value_or(endpoint.op == Op::read);
    endpoint.hasIdempotencyKey = flagField(value, "idempotency_key").value_or(false);
    endpoint.idempotent = flagField(value, "idempotent");
    endpoint.isCacheable = flagField(value, "cacheable").value_or(false);
    endpoint.refusesDuplicates = flagField(value, "unique").value_or(false);
    endpoint.rows = amountField(value, "rows").value_or(0);
    endpoint.share = amountField(value, "share");
    endpoint.payloadKb = amountField(value, "payload_kb").value_or(1);
    endpoint.success = codesField(value, "success");
    endpoint.errors = codesField(value, "errors");
    endpoint.statesErrors = value.find("errors") != nullptr;
    endpoint.roles = wordsField(value, "roles");
    endpoint.tags = wordsField(value, "tags");
    return endpoint;
}

}  // namespace

bool Endpoint::isGraphQl() const {
    const std::size_t slash = path.find_last_not_of('/');
    return slash != std::string::npos && std::string_view(path).substr(0, slash + 1).ends_with("/graphql");
}

bool Endpoint::hasTag(std::string_view tag) const { return std::find(tags.begin(), tags.end(), tag) != tags.end(); }

bool Endpoint::mayFailWith(int status) const { return std::find(errors.begin(), errors.end(), status) != errors.end(); }

std::string Endpoint::shown() const { return path.empty() ? method : method + ' ' + path; }

EndpointTable::EndpointTable(const Snapshot& snapshot) {
    const auto& components = snapshot.design().components;
    for (std::size_t i = 0; i < components.size(); ++i) {
        if (!components[i].properties.contains(endpointList)) continue;
        const Value list = viewOf(snapshot, static_cast<int>(i)).value(endpointList);
        if (!list.list()) continue;
        const std::size_t first = m_endpoints.size();
        for (std::size_t place = 0; place < list.list()->size(); ++place)
            if ((*list.list())[place].object())
                m_endpoints.push_back(parsed((*list.list())[place], static_cast<int>(i), place));
        if (m_endpoints.size() == first) continue;
        m_nodes.push_back(static_cast<int>(i));
        m_first.push_back(first);
    }
    m_first.push_back(m_endpoints.size());
}

std::span<const Endpoint> EndpointTable::of(int node) const {
    const auto it = std::lower_bound(m_nodes.begin(), m_nodes.end(), node);
    if (it == m_nodes.end() || *it != node) return {};
    const auto place = static_cast<std::size_t>(it - m_nodes.begin());
    return all().subspan(m_first[place], m_first[place + 1] - m_first[place]);
}

Value withEndpointField(const Value& list, std::size_t place, std::string_view field, Value value) {
    Value changed = list;
    Value::List* items = std::get_if<Value::List>(&changed.data);
    if (!items || place >= items->size()) return changed;
    if (auto* object = std::get_if<Value::Object>(&(*items)[place].data)) {
        if (value.isNull())
            object->erase(std::string(field));
        else
            object->insert_or_assign(std::string(field), std::move(value));
    }
    return changed;
}

}  // namespace loadpath
