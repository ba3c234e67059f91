"""Both works in Ciw: a network of nodes, priorities by class of customer."""

import math
import sys

import ciw

from benchmarks.peers.answer import Answer, answer

LOG_VARIANCE = math.log(2.0)
SPREAD = math.sqrt(LOG_VARIANCE)
SHARES = {1: 0.05, 2: 0.15, 3: 0.30, 4: 0.50}
MEANS = (17.0, 28.33, 47.22)
ROUTES = [[0.0, 0.3, 0.0], [0.0, 0.0, 0.3], [0.0, 0.0, 0.0]]


def network(work: str) -> ciw.network.Network:
    """The model."""
    if work == "a":
        return ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(9.0)],
            service_distributions=[ciw.dists.Exponential(1.0)],
            number_of_servers=[10],
        )
    services = [ciw.dists.Lognormal(math.log(mean) - LOG_VARIANCE / 2, SPREAD) for mean in MEANS]
    return ciw.create_network(
        arrival_distributions={
            f"p{rank}": [ciw.dists.Exponential(share), None, None] for rank, share in SHARES.items()
        },
        service_distributions={f"p{rank}": services for rank in SHARES},
        routing={f"p{rank}": ROUTES for rank in SHARES},
        priority_classes={f"p{rank}": rank - 1 for rank in SHARES},
        number_of_servers=[20, 10, 5],
    )


def play(work: str, hours: float, seed: int) -> Answer:
    """Play once and read the records."""
    ciw.seed(seed)
    simulation = ciw.Simulation(network(work))
    simulation.simulate_until_max_time(hours)
    total, counted = [0.0] * 5, [0] * 5
    services = 0
    for individual in simulation.nodes[-1].all_individuals:
        records = individual.data_records
        services += len(records)
        arrived = records[0].arrival_date
        if 0.1 * hours <= arrived < 0.95 * hours:
            rank = 3 if work == "a" else individual.priority_class + 1
            total[rank] += records[-1].exit_date - arrived
            counted[rank] += 1
    tickets = simulation.nodes[0].number_of_individuals
    means = {rank: total[rank] / number for rank, number in enumerate(counted) if number}
    return Answer(tickets, tickets + services, means)


if __name__ == "__main__":
    answer(play, sys.argv[1:])
