// Requests a day and a second, at average and at peak, from users; reads and writes; the error budget.
#include "analysis/estimate_builder.h"

#include "model/keys.h"

#include <cmath>

namespace loadpath {
namespace {

constexpr double usualRequests = 10, usualPeak = 3;

std::vector<int> clientsOf(const FlowGraph& graph) {
    std::vector<int> clients;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (graph.nodes[i].behaviour == Behaviour::client) clients.push_back(static_cast<int>(i));
    return clients;
}

void requirement(EstimateBuilder& sheet, const char* key, const char* name, const char* unit,
                 const std::optional<double>& stated, double otherwise, const char* why, double least, double most) {
    DraftLine& draft = sheet.input(key, name, unit, stated.value_or(otherwise),
                                   stated ? InputOrigin::requirement : InputOrigin::assumption, stated ? "" : why);
    draft.line.minimum = least;
    draft.line.maximum = most;
}

/// One client's requests a day: from its users, or back from the rate that it states.
std::string requestsOfClient(EstimateBuilder& sheet, int client, const std::string& prefix, bool alone) {
    const ParameterView view = sheet.parameters(client);
    const std::string& id = sheet.id(client);
    const std::string name = alone ? "" : " · " + sheet.nameOf(client);
    sheet.property(prefix + "peak_factor", client, keys::peakFactor.name, "Peak to average" + name, "",
                   "peaks are two to three times the average");
    if (view.isStated(keys::rateRps.name) && !view.isStated(keys::dau.name)) {
        sheet.figure(prefix + "requests_day", alone ? "traffic" : "clients", "Requests a day" + name, "1/day",
                     spelled(id + ".rate_rps") + " / " + spelled(prefix + "peak_factor") + " * day", {},
                     "Back from the peak rate on the canvas: nobody said how many users there are.");
        return prefix + "requests_day";
    }
    sheet.property(prefix + "dau", client, keys::dau.name, "Users a day" + name, "");
    sheet.property(prefix + "requests_per_user_day", client, keys::requestsPerUserDay.name,
                   "Requests per user and day" + name, "");
    sheet.figure(prefix + "requests_day", alone ? "traffic" : "clients", "Requests a day" + name, "1/day",
                 spelled(prefix + "dau") + " * " + spelled(prefix + "requests_per_user_day"));
    if (!alone)
        sheet.figure(prefix + "peak_rps_estimate", "clients", "Peak requests" + name, "1/s",
                     spelled(prefix + "requests_day") + " / day * " + spelled(prefix + "peak_factor"),
                     {peakOf(sheet, client), false});
    return prefix + "requests_day";
}

}  // namespace

std::string peakOf(const EstimateBuilder& sheet, int client) {
    std::string sum;
    for (const FlowPath& flow : sheet.graph().flows)
        if (!flow.derived && flow.entry == client)
            sum += (sum.empty() ? "" : " + ") + spelled(flow.id.value + ".rate_rps");
    return sum;
}

void addTraffic(EstimateBuilder& sheet) {
    const Requirements& requirements = sheet.snapshot().design().header.requirements;
    const std::vector<int> clients = clientsOf(sheet.graph());
    sheet.section("traffic", "Traffic");
    sheet.section("clients", "By client");
    const bool fromRequirements = requirements.dau.has_value() || clients.empty();
    if (fromRequirements) {
        requirement(sheet, "dau", "Users a day", "", requirements.dau, 1e6, "a million, to have a number to vary", 0,
                    1e12);
        requirement(sheet, "requests_per_user_day", "Requests per user and day", "", requirements.requestsPerUserDay,
                    usualRequests, "ten, as a rule of thumb", 0, 1e9);
        requirement(sheet, "peak_factor", "Peak to average", "", requirements.peakFactor, usualPeak,
                    "peaks are two to three times the average", 1, 1000);
        sheet.figure("requests_day", "traffic", "Requests a day", "1/day", "dau * requests_per_user_day");
    } else if (clients.size() == 1) {
        requestsOfClient(sheet, clients.front(), "", true);
    } else {
        std::string sum, weighted;
        for (const int client : clients) {
            const std::string prefix = sheet.id(client) + '.';
            const std::string day = spelled(requestsOfClient(sheet, client, prefix, false));
            sum += (sum.empty() ? "" : " + ") + day;
            weighted += (weighted.empty() ? "" : " + ") + day + " * " + spelled(prefix + "peak_factor");
        }
        sheet.figure("requests_day", "traffic", "Requests a day", "1/day", sum);
        sheet.figure("peak_factor", "traffic", "Peak to average", "", '(' + weighted + ") / requests_day");
    }
    const Comparison average = clients.empty() ? Comparison{} : Comparison{"canvas.average_rps", false};
    const Comparison peak = clients.empty() ? Comparison{} : Comparison{"canvas.peak_rps", false};
    sheet.figure("average_rps", "traffic", "Requests, average", "1/s", "requests_day / day", average,
                 "A day has 86,400 s; for a quick answer take 100,000.");
    sheet.figure("peak_rps", "traffic", "Requests, peak", "1/s", "average_rps * peak_factor", peak,
                 "What the design must carry: capacity, checks and simulation use the peak.");

    double reads = 0, all = 0;
    for (const FlowPath& flow : sheet.graph().flows) {
        if (flow.derived) continue;
        all += flow.averageRps;
        if (flow.op == Op::read) reads += flow.averageRps;
    }
    const bool drawn = all > 0 && std::isfinite(all);
    DraftLine& share = sheet.input("read_share", "Share of reads", "share", drawn ? reads / all : 0.9,
                                   drawn ? InputOrigin::canvas : InputOrigin::assumption,
                                   drawn ? "" : "nine reads to a write, common on the web");
    share.line.maximum = 1;
    const auto compared = [&](const char* formula) { return drawn ? Comparison{formula, false} : Comparison{}; };
    sheet.figure("reads_rps", "traffic", "Reads, average", "1/s", "average_rps * read_share",
                 compared("canvas.average_read_rps"));
    sheet.figure("peak_reads_rps", "traffic", "Reads, peak", "1/s", "peak_rps * read_share",
                 compared("canvas.peak_read_rps"));
    sheet.figure("writes_rps", "traffic", "Writes, average", "1/s", "average_rps * (1 - read_share)",
                 compared("canvas.average_write_rps"));
    sheet.figure("peak_writes_rps", "traffic", "Writes, peak", "1/s", "peak_rps * (1 - read_share)",
                 compared("canvas.peak_write_rps"));
    sheet.figure("read_write_ratio", "traffic", "Reads to one write", "", "reads_rps / writes_rps", {},
                 "Far above 1: caches and replicas pay. Far below: look at the log and the partition key.");
    if (requirements.availabilitySlo && *requirements.availabilitySlo <= 1) {
        requirement(sheet, "availability_slo", "Availability goal", "share", requirements.availabilitySlo, 0.999, "", 0,
                    1);
        sheet.figure("downtime_year", "traffic", "Downtime allowed in a year", "s", "(1 - availability_slo) * year");
        sheet.figure("failed_day", "traffic", "Failed requests allowed a day", "1/day",
                     "(1 - availability_slo) * requests_day");
    }
    requirement(sheet, "horizon_y", "Years to plan for", "", requirements.horizonY, 3,
                "three years, as a rule of thumb", 0, 1000);
}

}  // namespace loadpath
