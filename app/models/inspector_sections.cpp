#include "inspector_sections.h"

#include <QCoreApplication>

#include <map>

namespace loadpath {
namespace {

using Section = InspectorSection;

const std::map<std::string_view, Section>& componentSections() {
    static const std::map<std::string_view, Section> known{
        {"instances", Section::capacity},
        {"service_time_ms", Section::capacity},
        {"write_time_ms", Section::capacity},
        {"service_dist", Section::capacity},
        {"concurrency", Section::capacity},
        {"threads", Section::capacity},
        {"queue_scope", Section::capacity},
        {"queue_limit", Section::capacity},
        {"max_connections", Section::capacity},
        {"cancel_propagation", Section::capacity},
        {"nic_gbps", Section::capacity},
        {"autoscale", Section::capacity},
        {"availability", Section::availability},
        {"managed", Section::availability},
        {"zonal", Section::availability},
        {"min_healthy", Section::availability},
        {"mttr_s", Section::availability},
        {"failover", Section::availability},
        {"failover_s", Section::availability},
        {"promotable", Section::availability},
        {"error_rate", Section::availability},
        {"cost_usd_month", Section::other},
        {"tags", Section::other},
    };
    return known;
}

const std::map<std::string_view, Section>& connectionSections() {
    static const std::map<std::string_view, Section> known{
        {"timeout_ms", Section::retries},
        {"retries", Section::retries},
        {"backoff", Section::retries},
        {"backoff_base_ms", Section::retries},
        {"backoff_cap_ms", Section::retries},
        {"jitter", Section::retries},
        {"retry_budget", Section::retries},
        {"idempotent", Section::retries},
        {"circuit_breaker", Section::retries},
        {"bulkhead", Section::retries},
        {"pool_size", Section::retries},
        {"hedge_after_ms", Section::retries},
        {"fallback", Section::retries},
        {"tls", Section::security},
        {"mtls", Section::security},
        {"auth", Section::security},
        {"role", Section::security},
        {"topic", Section::messages},
        {"outbox", Section::messages},
        {"reply", Section::messages},
        {"consumer_group", Section::messages},
        {"max_attempts", Section::messages},
        {"dlq", Section::messages},
        {"on_error", Section::messages},
        {"idempotent_consumer", Section::messages},
        {"handles_delete", Section::messages},
        {"delivery", Section::messages},
        {"visibility_timeout_s", Section::messages},
        {"prefetch", Section::messages},
    };
    return known;
}

Section found(const std::map<std::string_view, Section>& in, std::string_view key, Section otherwise) {
    const auto known = in.find(key);
    return known == in.end() ? otherwise : known->second;
}

}  // namespace

Section sectionOfComponent(std::string_view key) { return found(componentSections(), key, Section::own); }
Section sectionOfConnection(std::string_view key) { return found(connectionSections(), key, Section::calls); }

QString sectionTitle(InspectorSection section, const QString& own) {
    switch (section) {
        case Section::general:
            return QCoreApplication::translate("Inspector", "General");
        case Section::own:
            return own;
        case Section::calls:
            return QCoreApplication::translate("Inspector", "Calls");
        case Section::capacity:
            return QCoreApplication::translate("Inspector", "Capacity");
        case Section::retries:
            return QCoreApplication::translate("Inspector", "Timeouts and retries");
        case Section::availability:
            return QCoreApplication::translate("Inspector", "Availability");
        case Section::messages:
            return QCoreApplication::translate("Inspector", "Messages");
        case Section::security:
            return QCoreApplication::translate("Inspector", "Security");
        case Section::other:
            return QCoreApplication::translate("Inspector", "Cost and tags");
    }
    return {};
}

}  // namespace loadpath
