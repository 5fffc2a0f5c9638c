"""Queues with Poisson arrivals, for SimPy 2 or 3: prints seconds per request.

usage: simpy_queues.py STATIONS REQUESTS series|apart|timed [monitored]

series: one after the other. apart: each with its own arrivals. timed: one queue, and a timer for every
request that is cancelled when the request is done.

Every run collects the latencies. `monitored` adds what SimPy 2 offers for the other figures: it records
the number waiting and the number in service of each queue (SimPy 3 has nothing built in for that).
"""
import random
import sys
import time

stations, requests = int(sys.argv[1]), int(sys.argv[2])
shape = sys.argv[3] if len(sys.argv) > 3 else "series"
monitored = "monitored" in sys.argv[3:]
rate, service, timeout = 80.0, 100.0, 30.0
random.seed(1)
latencies = []


def simpy2():
    from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

    sim = Simulation()
    queues = [Resource(capacity=1, monitored=monitored, sim=sim) for _ in range(stations)]

    class Timer(Process):
        def run(self):
            yield hold, self, timeout
            expired.append(self.sim.now())

    class Request(Process):
        def run(self, through):
            arrived = self.sim.now()
            timer = None
            if shape == "timed":
                timer = Timer(sim=self.sim)
                self.sim.activate(timer, timer.run())
            for queue in through:
                yield request, self, queue
                yield hold, self, random.expovariate(service)
                yield release, self, queue
            if timer:
                self.cancel(timer)
            latencies.append(self.sim.now() - arrived)

    class Source(Process):
        def run(self, through, count):
            for _ in range(count):
                yield hold, self, random.expovariate(rate)
                one = Request(sim=self.sim)
                self.sim.activate(one, one.run(through))

    expired = []
    for through in [[queue] for queue in queues] if shape == "apart" else [queues]:
        source = Source(sim=sim)
        sim.activate(source, source.run(through, requests // (stations if shape == "apart" else 1)))
    sim.simulate(until=1e12)


def simpy3():
    import simpy

    env = simpy.Environment()
    queues = [simpy.Resource(env, capacity=1) for _ in range(stations)]

    def one(through):
        arrived = env.now
        if shape == "timed":
            env.timeout(timeout)  # SimPy 3 cannot take it back
        for queue in through:
            with queue.request() as turn:
                yield turn
                yield env.timeout(random.expovariate(service))
        latencies.append(env.now - arrived)

    def source(through, count):
        for _ in range(count):
            yield env.timeout(random.expovariate(rate))
            env.process(one(through))

    for through in [[queue] for queue in queues] if shape == "apart" else [queues]:
        env.process(source(through, requests // (stations if shape == "apart" else 1)))
    env.run()


try:
    import simpy  # noqa: F401

    if monitored:
        sys.exit(3)
    run, name = simpy3, "SimPy 3"
except ImportError:
    try:
        import SimPy.Simulation  # noqa: F401

        run, name = simpy2, "SimPy 2"
    except ImportError:
        sys.exit(3)
begun = time.process_time()
run()
spent = time.process_time() - begun
assert len(latencies) == requests
print(spent / requests, sum(latencies) / len(latencies), name)
