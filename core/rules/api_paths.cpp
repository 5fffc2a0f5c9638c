#include "rules/api_paths.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace loadpath {
namespace {

constexpr std::array<std::string_view, 8> pathVerbs{"get",  "create", "update", "delete",
                                                    "list", "add",    "remove", "fetch"};
constexpr std::array<std::string_view, 7> pathPrefixes{"api", "internal", "public", "admin", "rest", "auth", "oauth"};
// No plural of their own, or one that does not end in s.
constexpr std::array<std::string_view, 30> uncountables{
    "news",      "series", "species",   "information", "equipment", "data",    "metadata", "media",
    "feedback",  "staff",  "inventory", "history",     "content",   "people",  "children", "men",
    "women",     "search", "health",    "weather",     "traffic",   "music",   "software", "mail",
    "geography", "stock",  "criteria",  "cache",       "storage",   "research"};

template <class Words>
bool isAmong(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isUpper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
bool isDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool isVersion(std::string_view text) {
    if (text.size() < 2 || lower(text.front()) != 'v') return false;
    return std::all_of(text.begin() + 1, text.end(), [](char c) { return isDigit(c) || c == '.'; });
}

std::string_view lastWord(std::string_view segment) {
    const std::size_t dash = segment.find_last_of("-_");
    return dash == std::string_view::npos ? segment : segment.substr(dash + 1);
}

/// The verb a segment begins with, with what stands between it and the noun; 0: none.
std::size_t verbLength(std::string_view segment) {
    for (const std::string_view verb : pathVerbs) {
        if (!segment.starts_with(verb)) continue;
        if (segment.size() == verb.size()) return verb == "list" ? 0 : verb.size();  // a list is a thing too
        const char next = segment[verb.size()];
        if (isUpper(next)) return verb.size();
        if (next == '-' || next == '_') return verb.size() + 1;
    }
    return 0;
}

bool isKebab(std::string_view text) {
    if (text.empty() || text.front() == '-' || text.back() == '-' || text.find("--") != std::string_view::npos)
        return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-'; });
}

/// A file such as robots.txt, or a custom method such as messages:send.
bool isSpecial(std::string_view text) { return text.find_first_of(".:") != std::string_view::npos; }

std::string kebab(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isUpper(c) && i > 0 && !isUpper(text[i - 1])) result += '-';
        result += std::isalnum(static_cast<unsigned char>(c)) ? lower(c) : '-';
    }
    std::string tidy;
    for (const char c : result)
        if (c != '-' || (!tidy.empty() && tidy.back() != '-')) tidy += c;
    while (!tidy.empty() && tidy.back() == '-') tidy.pop_back();
    return tidy;
}

std::string plural(std::string word) {
    const auto ends = [&word](std::string_view tail) { return std::string_view(word).ends_with(tail); };
    const bool vowelBeforeY =
        word.size() > 1 && std::string_view("aeiou").find(word[word.size() - 2]) != std::string_view::npos;
    if (ends("y") && word.size() > 1 && !vowelBeforeY) return word.substr(0, word.size() - 1) + "ies";
    if (ends("x") || ends("ch") || ends("sh") || ends("z")) return word + "es";
    return word + 's';
}

bool isCollection(const PathSegment& segment) { return !segment.isTemplate && !segment.isPrefix; }

/// A collection that should be plural: "user" in /user/{id}.
bool isSingularCollection(const std::vector<PathSegment>& segments, std::size_t i) {
    if (!isCollection(segments[i]) || i + 1 >= segments.size() || !segments[i + 1].isTemplate) return false;
    const std::string& text = segments[i].text;
    return text.size() > 1 && !isSpecial(text) && !text.starts_with("by-") && verbLength(text) == 0 && !namesMany(text);
}

/// Where each collection begins that stands between templates; an action at the end is none.
std::vector<std::size_t> collections(const std::vector<PathSegment>& segments, bool isAction) {
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (!isCollection(segments[i]) || (i > 0 && isCollection(segments[i - 1]))) continue;
        bool isLast = true;
        for (std::size_t j = i; j < segments.size(); ++j) isLast = isLast && !segments[j].isTemplate;
        if (isLast && isAction && !namesMany(segments.back().text)) continue;
        starts.push_back(i);
    }
    return starts;
}

std::string joined(const std::vector<PathSegment>& segments) {
    std::string path;
    for (const PathSegment& segment : segments) path += '/' + segment.text;
    return path.empty() ? "/" : path;
}

}  // namespace

std::vector<PathSegment> pathSegments(std::string_view path) {
    std::vector<PathSegment> segments;
    path = path.substr(0, path.find_first_of("?#"));
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view text = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
        if (text.empty()) continue;
        PathSegment segment{std::string(text)};
        segment.isTemplate = text.front() == ':' || text.find_first_of("{<*") != std::string_view::npos;
        segment.isPrefix = isVersion(text) || isAmong(pathPrefixes, text);
        segments.push_back(std::move(segment));
    }
    return segments;
}

bool namesMany(std::string_view segment) {
    const std::string_view word = lastWord(segment);
    return word.ends_with('s') || word.ends_with('S') || isAmong(uncountables, word);
}

bool hasVersionSegment(std::string_view path) {
    const auto segments = pathSegments(path);
    return std::any_of(segments.begin(), segments.end(), [](const PathSegment& s) { return isVersion(s.text); });
}

bool endsInTemplate(std::string_view path) {
    const auto segments = pathSegments(path);
    return !segments.empty() && segments.back().isTemplate;
}

std::vector<PathFlaw> pathFlaws(std::string_view path, bool isAction) {
    const auto segments = pathSegments(path);
    bool verb = false, singular = false, spelling = false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (!isCollection(segments[i])) continue;
        const std::string& text = segments[i].text;
        if (verbLength(text) > 0)
            verb = true;
        else if (!isSpecial(text) && !isKebab(text))
            spelling = true;
        singular = singular || isSingularCollection(segments, i);
    }
    std::vector<PathFlaw> flaws;
    if (verb) flaws.push_back(PathFlaw::verb);
    if (singular) flaws.push_back(PathFlaw::singular);
    if (collections(segments, isAction).size() > 2) flaws.push_back(PathFlaw::nesting);
    if (spelling) flaws.push_back(PathFlaw::spelling);
    return flaws;
}

std::string tidyPath(std::string_view path, bool isAction) {
    std::vector<PathSegment> segments = pathSegments(path);
    for (PathSegment& segment : segments) {
        if (!isCollection(segment)) continue;
        if (const std::size_t verb = verbLength(segment.text); verb > 0)
            segment.text = kebab(segment.text.substr(verb));
        if (!isSpecial(segment.text) && !isKebab(segment.text)) segment.text = kebab(segment.text);
    }
    std::erase_if(segments, [](const PathSegment& segment) { return segment.text.empty(); });
    for (std::size_t i = 0; i < segments.size(); ++i)
        if (isSingularCollection(segments, i)) segments[i].text = plural(segments[i].text);
    const std::vector<std::size_t> starts = collections(segments, isAction);
    if (starts.size() > 2)
        segments.erase(segments.begin() + static_cast<std::ptrdiff_t>(starts.front()),
                       segments.begin() + static_cast<std::ptrdiff_t>(starts[starts.size() - 2]));
    std::string tidy = joined(segments);
    return pathFlaws(tidy, isAction).empty() ? tidy : std::string(path);
}

}  // namespace loadpath
