"""Queues in series with Poisson arrivals, for SimPy 2 or 3: prints seconds per request.

usage: simpy_queues.py STATIONS REQUESTS [monitored]

Every run collects the latencies. `monitored` adds what SimPy 2 offers for the other figures: it records
the number waiting and the number in service of each queue (SimPy 3 has nothing built in for that).
"""
import random
import sys
import time

stations, requests = int(sys.argv[1]), int(sys.argv[2])
monitored = "monitored" in sys.argv[3:]
rate, service = 80.0, 100.0
random.seed(1)
latencies = []


def simpy2():
    from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

    sim = Simulation()
    queues = [Resource(capacity=1, monitored=monitored, sim=sim) for _ in range(stations)]

    class Request(Process):
        def run(self):
            arrived = self.sim.now()
            for queue in queues:
                yield request, self, queue
                yield hold, self, random.expovariate(service)
                yield release, self, queue
            latencies.append(self.sim.now() - arrived)

    class Source(Process):
        def run(self):
            for _ in range(requests):
                yield hold, self, random.expovariate(rate)
                one = Request(sim=self.sim)
                self.sim.activate(one, one.run())

    source = Source(sim=sim)
    sim.activate(source, source.run())
    sim.simulate(until=1e12)


def simpy3():
    import simpy

    env = simpy.Environment()
    queues = [simpy.Resource(env, capacity=1) for _ in range(stations)]

    def one():
        arrived = env.now
        for queue in queues:
            with queue.request() as turn:
                yield turn
                yield env.timeout(random.expovariate(service))
        latencies.append(env.now - arrived)

    def source():
        for _ in range(requests):
            yield env.timeout(random.expovariate(rate))
            env.process(one())

    env.process(source())
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
