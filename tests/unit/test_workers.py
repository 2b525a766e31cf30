import gc
import multiprocessing
import os
import struct
import subprocess
import sys
import tempfile
import time
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import pytest

from newsdedup.workers import Workers, usable_cores


def square(n):
    return n * n


def slow_first(n):
    time.sleep(0.3 if n == 0 else 0)
    return n


def worker_of(_):
    return os.getpid()


def fail_at_three(n):
    if n == 3:
        raise ValueError("three is too much")
    return n


def stop_at_first(workers):
    with workers:
        for _ in workers.map(sleep_long, range(6)):
            raise KeyError


def sleep_long(n):
    time.sleep(0 if n == 0 else 60)
    return n


@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(count):
    with Workers(count) as workers:
        assert list(workers.map(square, range(50))) == [n * n for n in range(50)]


def test_a_slow_task_holds_its_place():
    with Workers(2) as workers:
        assert list(workers.map(slow_first, range(8))) == list(range(8))


@pytest.mark.parametrize("tasks", [0, 1])
def test_up_to_one_task_runs_in_this_process(tasks):
    with Workers(3) as workers:
        assert list(workers.map(worker_of, range(tasks))) == [os.getpid()] * tasks
        assert multiprocessing.active_children() == []


def test_one_worker_is_this_process():
    with Workers(1) as workers:
        assert set(workers.map(worker_of, range(5))) == {os.getpid()}


def test_several_workers_are_other_processes_and_no_more_than_asked_for():
    with Workers(2) as workers:
        seen = set(workers.map(worker_of, range(20)))
    assert os.getpid() not in seen
    assert len(seen) <= 2


@pytest.mark.parametrize("count", [1, 2])
def test_an_error_of_a_task_is_raised_at_its_turn(count):
    with Workers(count) as workers:
        results = workers.map(fail_at_three, range(9))
        assert [next(results) for _ in range(3)] == [0, 1, 2]
        with pytest.raises(ValueError, match="three is too much"):
            next(results)


def test_the_same_workers_take_one_list_of_tasks_after_another():
    with Workers(2) as workers:
        first = set(workers.map(worker_of, range(20)))
        second = set(workers.map(worker_of, range(20)))
    assert len(first | second) <= 2


def test_tasks_are_taken_as_they_are_needed():
    taken = []
    with Workers(2) as workers:
        results = workers.map(square, (taken.append(n) or n for n in range(1000)))
        next(results)
        assert len(taken) < 10
        assert list(results)[-1] == 999**2


def test_workers_end_with_their_work():
    with Workers(2) as workers:
        list(workers.map(square, range(4)))
    assert multiprocessing.active_children() == []


def test_an_error_of_whoever_uses_the_results_ends_workers_in_the_middle_of_a_task():
    started = time.monotonic()
    with pytest.raises(KeyError):
        stop_at_first(Workers(2))
    assert multiprocessing.active_children() == []
    assert time.monotonic() - started < 30


def test_without_a_number_there_is_a_worker_for_each_core_this_process_may_use():
    assert Workers().count == usable_cores() >= 1


def send_half(n):
    """Begin to send a result of a thousand bytes, as a worker is in the middle of now and then."""
    if n:
        (results,) = (found for found in gc.get_objects() if isinstance(found, SimpleQueue))
        os.write(results._writer.fileno(), struct.pack("!i", 1000) + b"half")
        time.sleep(60)


def interrupted():
    with Workers(2) as workers:
        for _ in workers.map(send_half, [0, 1]):
            time.sleep(0.5)  # so that the half has come
            raise KeyboardInterrupt


def test_an_error_ends_workers_in_the_middle_of_sending_a_result():
    apart = multiprocessing.get_context("fork").Process(target=interrupted)  # so that a wait without end can be ended
    apart.start()
    apart.join(30)
    ended = not apart.is_alive()
    apart.kill()
    assert ended


def test_the_folder_of_the_workers_is_there_until_they_have_ended():
    with Workers(2) as pool:
        folder = Path(pool.folder)
        assert list(pool.map(leave_name, [folder] * 3)) == [None] * 3
        assert len(list(folder.iterdir())) == 3
    assert not folder.exists()


def test_it_is_removed_too_if_something_goes_wrong():
    pool = Workers(2)
    folder = Path(pool.folder)
    with pytest.raises(KeyError), pool:
        fail_at_first(pool.map(leave_name, [folder] * 9))
    assert not folder.exists()


def test_one_worker_has_no_folder():
    with Workers(1) as pool:
        assert pool.folder is None


def fail_at_first(results):
    next(results)
    raise KeyError


def leave_name(folder):
    tempfile.mkstemp(dir=folder)


SLEEPING = """
import os, time
from newsdedup.workers import Workers
def say_and_sleep(_):
    os.write(1, b".")
    time.sleep(60)
with Workers(3) as workers:
    with open(os.path.join(workers.folder, "left"), "w") as file:
        file.write("what a worker left")
    list(workers.map(say_and_sleep, range(9)))
"""


def test_workers_end_when_the_main_process_is_killed_and_leave_nothing(tmp_path):
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    main = subprocess.Popen([sys.executable, "-c", SLEEPING], env=environment, stdout=subprocess.PIPE)
    assert main.stdout.read(3) == b"..."
    main.kill()
    main.communicate(timeout=20)  # until nobody is left who could say more
    assert list(tmp_path.iterdir()) == []
