// The newest job wins; what older ones found is dropped.
#include "background_task.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace loadpath;

class BackgroundTaskTest : public QObject {
    Q_OBJECT
private slots:
    void resultsComeOnTheOwnersThread() {
        QObject owner;
        int result = 0;
        QThread* thread = nullptr;
        BackgroundTask<int> task(&owner, [&](int value) {
            result = value;
            thread = QThread::currentThread();
        });
        task.start([](const std::stop_token&) { return 42; });
        QTRY_COMPARE(result, 42);
        QCOMPARE(thread, QThread::currentThread());
    }

    void anOlderJobIsAskedToStopAndItsResultDropped() {
        QObject owner;
        std::vector<int> delivered;
        BackgroundTask<int> task(&owner, [&](int value) { delivered.push_back(value); });
        std::atomic<bool> started = false, stopped = false;
        task.start([&](const std::stop_token& stop) {
            started = true;
            while (!stop.stop_requested()) std::this_thread::yield();
            stopped = true;
            return 1;
        });
        QTRY_VERIFY(started);
        task.start([](const std::stop_token&) { return 2; });
        QTRY_COMPARE(delivered, std::vector<int>{2});
        QVERIFY(stopped);
    }

    void aFinishedResultThatWasNotYetDeliveredIsDroppedToo() {
        QObject owner;
        std::vector<int> delivered;
        BackgroundTask<int> task(&owner, [&](int value) { delivered.push_back(value); });
        task.start([](const std::stop_token&) { return 1; });
        task.waitForIdle();  // it stands in the queue of this thread now
        task.start([](const std::stop_token&) { return 2; });
        QTRY_COMPARE(delivered, std::vector<int>{2});
        task.start([](const std::stop_token&) { return 3; });
        task.waitForIdle();
        task.cancel();
        QCoreApplication::processEvents();
        QCOMPARE(delivered, std::vector<int>{2});
    }

    void manyJobsEndWithTheNewest() {
        QObject owner;
        int last = 0, calls = 0;
        BackgroundTask<int> task(&owner, [&](int value) {
            QVERIFY(value > last);
            last = value;
            ++calls;
        });
        for (int i = 1; i <= 1000; ++i) task.start([i](const std::stop_token&) { return i; });
        QTRY_COMPARE(last, 1000);
        QVERIFY(calls >= 1);
    }

    void theTaskMayGoWhileItsResultWaits() {
        QObject owner;
        int calls = 0;
        {
            BackgroundTask<int> task(&owner, [&](int) { ++calls; });
            task.start([](const std::stop_token&) { return 1; });
            task.waitForIdle();
        }
        QCoreApplication::processEvents();
        QCOMPARE(calls, 0);
    }
};

QTEST_GUILESS_MAIN(BackgroundTaskTest)
#include "background_task.moc"
