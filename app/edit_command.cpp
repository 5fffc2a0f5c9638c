#include "edit_command.h"

#include <algorithm>
#include <type_traits>

namespace loadpath {
namespace {

/// Kind and id of the item that an edit puts; empty for any other edit.
std::string putTarget(const Edit& edit) {
    return std::visit(
        [&edit](const auto& e) -> std::string {
            using E = std::decay_t<decltype(e)>;
            if constexpr (requires { e.item; })
                return std::to_string(edit.index()) + ' ' + e.item.id.value;
            else if constexpr (std::is_same_v<E, Header>)
                return "header";
            else
                return {};
        },
        edit);
}

/// Whether both put the same items (other contents), `b` in the opposite order.
bool coverEachOther(const Edits& a, const Edits& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::string target = putTarget(a[i]);
        if (target.empty() || target != putTarget(b[b.size() - 1 - i])) return false;
    }
    return true;
}

}  // namespace

EditCommand::EditCommand(Apply apply, Edits edits, const QString& text, QString mergeKey)
    : QUndoCommand(text), m_apply(std::move(apply)), m_next(std::move(edits)), m_mergeKey(std::move(mergeKey)) {}

void EditCommand::swap() {
    Edits inverse = m_apply(m_next);
    m_done = std::move(m_next);
    m_next = std::move(inverse);
}

bool EditCommand::mergeWith(const QUndoCommand* newer) {
    const auto* next = static_cast<const EditCommand*>(newer);
    if (m_mergeKey.isEmpty() || next->m_mergeKey != m_mergeKey) return false;
    if (coverEachOther(m_done, m_next) && coverEachOther(next->m_done, m_next)) {
        // The items were only put anew: to undo both is to put what stood there first.
        m_done = next->m_done;
        setObsolete(std::equal(m_done.begin(), m_done.end(), m_next.rbegin()));
    } else {
        m_done.insert(m_done.end(), next->m_done.begin(), next->m_done.end());
        m_next.insert(m_next.begin(), next->m_next.begin(), next->m_next.end());
    }
    setText(next->text());
    return true;
}

}  // namespace loadpath
