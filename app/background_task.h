// Runs jobs on one worker thread for an object of another thread: the newest job wins, results of
// older ones are dropped. Jobs must touch nothing but what they were given by value.
#pragma once

#include <QMetaObject>
#include <QObject>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace loadpath {

template <class T>
class BackgroundTask {
public:
    using Job = std::function<T(std::stop_token)>;

    /// `deliver` is called on the thread of `owner`, which must outlive the task.
    BackgroundTask(QObject* owner, std::function<void(T)> deliver) : m_shared(std::make_shared<Shared>()) {
        m_shared->owner = owner;
        m_shared->deliver = std::move(deliver);
        m_thread = std::jthread([shared = m_shared](std::stop_token stop) { work(*shared, shared, stop); });
    }
    ~BackgroundTask() {
        cancel();
        m_thread.request_stop();
        m_shared->wake.notify_all();
        m_thread.join();
    }
    BackgroundTask(const BackgroundTask&) = delete;
    BackgroundTask& operator=(const BackgroundTask&) = delete;

    /// The running job is asked to stop; one that waits is forgotten.
    void start(Job job) {
        {
            const std::lock_guard lock(m_shared->mutex);
            ++m_shared->run;
            m_shared->current.request_stop();
            m_shared->waiting = std::move(job);
        }
        m_shared->wake.notify_all();
    }
    void cancel() {
        const std::lock_guard lock(m_shared->mutex);
        ++m_shared->run;
        m_shared->current.request_stop();
        m_shared->waiting = nullptr;
    }

    /// Blocks until no job runs or waits. What is delivered still comes by the owner's event loop.
    void waitForIdle() {
        std::unique_lock lock(m_shared->mutex);
        m_shared->idle.wait(lock, [this] { return !m_shared->waiting && !m_shared->working; });
    }

private:
    struct Shared {
        std::mutex mutex;
        std::condition_variable_any wake, idle;
        bool working = false;
        Job waiting;
        std::stop_source current;
        unsigned long run = 0;  // of the newest job
        QObject* owner = nullptr;
        std::function<void(T)> deliver;  // used on the owner's thread only
    };

    static void work(Shared& state, const std::weak_ptr<Shared>& shared, std::stop_token stop) {
        while (true) {
            Job job;
            std::stop_token jobStop;
            unsigned long run = 0;
            {
                std::unique_lock lock(state.mutex);
                if (!state.wake.wait(lock, stop, [&state] { return static_cast<bool>(state.waiting); })) return;
                job = std::move(state.waiting);
                state.waiting = nullptr;
                state.working = true;
                state.current = std::stop_source();
                jobStop = state.current.get_token();
                run = state.run;
            }
            auto result = std::make_shared<T>(job(jobStop));
            job = nullptr;  // what it captured is released here, not under the lock
            const std::lock_guard lock(state.mutex);
            state.working = false;
            state.idle.notify_all();
            if (run != state.run || stop.stop_requested()) continue;
            QMetaObject::invokeMethod(
                state.owner,
                [shared, run, result] {
                    const std::shared_ptr<Shared> alive = shared.lock();
                    if (!alive) return;
                    {
                        const std::lock_guard inner(alive->mutex);
                        if (run != alive->run) return;
                    }
                    alive->deliver(std::move(*result));
                },
                Qt::QueuedConnection);
        }
    }

    std::shared_ptr<Shared> m_shared;
    std::jthread m_thread;
};

}  // namespace loadpath
