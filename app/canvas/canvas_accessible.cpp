#include "canvas_accessible.h"

#include "canvas_item.h"

#include <QAccessible>
#include <QAccessibleObject>
#include <QQuickWindow>

#include <cmath>
#include <unordered_map>

namespace loadpath {
namespace {

QRect onScreen(const CanvasItem& canvas, const QRectF& rect) {
    const QQuickWindow* window = canvas.window();
    if (!window) return {};
    const QRectF inWindow = canvas.mapRectToScene(rect);
    return QRectF(window->mapToGlobal(inWindow.topLeft()), inWindow.size()).toRect();
}

class CardAccessible : public QAccessibleInterface {
public:
    CardAccessible(CanvasItem* canvas, int card) : m_canvas(canvas), m_card(card) {}

    bool isValid() const override { return card() != nullptr; }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return m_canvas ? QAccessible::queryAccessibleInterface(m_canvas) : nullptr;
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override {
        const Card* shown = card();
        if (!shown) return {};
        if (kind == QAccessible::Name) return shown->name;
        if (kind != QAccessible::Description) return {};
        QStringList parts;
        const auto say = [&parts](const QString& words) {
            if (!words.isEmpty()) parts.push_back(words);
        };
        say(shown->line);
        if (shown->state.down)
            say(CanvasItem::tr("down"));
        else if (!std::isnan(shown->state.utilisation))
            say(CanvasItem::tr("utilisation %1 %").arg(std::lround(shown->state.utilisation * 100)));
        if (shown->state.findings > 0) say(CanvasItem::tr("%n finding(s)", nullptr, shown->state.findings));
        if (!shown->chips.isEmpty()) say(CanvasItem::tr("zones %1").arg(shown->chips.join(QStringLiteral(", "))));
        QStringList targets;
        for (const Line& line : m_canvas->scene()->lines())
            if (line.alive && line.from == m_card)
                targets.push_back(m_canvas->scene()->cards()[std::size_t(line.to)].name);
        if (!targets.isEmpty()) say(CanvasItem::tr("connected to %1").arg(targets.join(QStringLiteral(", "))));
        return parts.join(QStringLiteral("; "));
    }

    QRect rect() const override {
        const Card* shown = card();
        return shown ? onScreen(*m_canvas, m_canvas->itemRect(QString::fromStdString(shown->id.value))) : QRect();
    }

    QAccessible::State state() const override {
        QAccessible::State state;
        const Card* shown = card();
        state.invalid = !shown;
        state.focusable = state.selectable = true;
        state.selected = shown && shown->selected;
        state.focused = shown && m_canvas->hasActiveFocus() && m_canvas->document() &&
                        m_canvas->document()->selection()->primaryId().toStdString() == shown->id.value;
        state.offscreen = shown && !rect().intersects(onScreen(*m_canvas, m_canvas->boundingRect()));
        return state;
    }

private:
    const Card* card() const {
        if (!m_canvas || !m_canvas->scene() || std::size_t(m_card) >= m_canvas->scene()->cards().size()) return nullptr;
        const Card& shown = m_canvas->scene()->cards()[std::size_t(m_card)];
        return shown.alive ? &shown : nullptr;
    }

    QPointer<CanvasItem> m_canvas;
    int m_card;
};

class CanvasAccessible : public QAccessibleObject {
public:
    explicit CanvasAccessible(CanvasItem* canvas) : QAccessibleObject(canvas) {}
    ~CanvasAccessible() override {
        for (const auto& entry : m_ids) QAccessible::deleteAccessibleInterface(entry.second);
    }

    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(canvas()->window()); }
    QAccessible::Role role() const override { return QAccessible::List; }
    QRect rect() const override { return onScreen(*canvas(), canvas()->boundingRect()); }

    QString text(QAccessible::Text kind) const override {
        if (kind == QAccessible::Name) return CanvasItem::tr("Design canvas");
        if (kind == QAccessible::Description)
            return CanvasItem::tr("%n component(s). Tab goes from one to the next, arrows move what is selected.",
                                  nullptr, childCount());
        return {};
    }

    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = true;
        state.focused = canvas()->hasActiveFocus();
        state.multiSelectable = true;
        return state;
    }

    int childCount() const override { return int(living().size()); }

    QAccessibleInterface* child(int index) const override {
        const std::vector<int> cards = living();
        return index < 0 || std::size_t(index) >= cards.size() ? nullptr : interfaceOf(cards[std::size_t(index)]);
    }

    int indexOfChild(const QAccessibleInterface* wanted) const override {
        const std::vector<int> cards = living();
        for (std::size_t i = 0; i < cards.size(); ++i)
            if (interfaceOf(cards[i]) == wanted) return int(i);
        return -1;
    }

    QAccessibleInterface* childAt(int x, int y) const override {
        for (const int card : living()) {
            QAccessibleInterface* child = interfaceOf(card);
            if (child->rect().contains(x, y)) return child;
        }
        return nullptr;
    }

    QAccessibleInterface* focusChild() const override {
        if (!canvas()->document()) return nullptr;
        const int card = canvas()->scene()->card({canvas()->document()->selection()->primaryId().toStdString()});
        return card < 0 ? nullptr : interfaceOf(card);
    }

private:
    CanvasItem* canvas() const { return static_cast<CanvasItem*>(object()); }

    std::vector<int> living() const {
        std::vector<int> cards;
        if (!canvas()->scene()) return cards;
        for (std::size_t i = 0; i < canvas()->scene()->cards().size(); ++i)
            if (canvas()->scene()->cards()[i].alive) cards.push_back(int(i));
        return cards;
    }

    QAccessibleInterface* interfaceOf(int card) const {
        const auto it = m_ids.find(card);
        if (it != m_ids.end()) return QAccessible::accessibleInterface(it->second);
        auto* made = new CardAccessible(canvas(), card);
        m_ids[card] = QAccessible::registerAccessibleInterface(made);
        return made;
    }

    mutable std::unordered_map<int, QAccessible::Id> m_ids;
};

QAccessibleInterface* factory(const QString&, QObject* object) {
    auto* canvas = qobject_cast<CanvasItem*>(object);
    return canvas ? new CanvasAccessible(canvas) : nullptr;
}

}  // namespace

void installCanvasAccessibility() {
    static const bool installed = [] {
        QAccessible::installFactory(factory);
        return true;
    }();
    Q_UNUSED(installed);
}

}  // namespace loadpath
