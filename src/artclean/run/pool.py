"""Worker processes that may die, hang or be killed without anybody else noticing.

`concurrent.futures` ends a whole pool when one worker dies, and cannot kill one that hangs.
Here each worker has two pipes of its own, and a number in shared memory that says which task it
is at, so that the parent knows whom to blame; it kills whoever takes too long, starts another,
and hands out again what was lost. Forked, not spawned: POSIX only, and a worker is ready at once.
"""

import fcntl
import gc
import mmap
import os
import pickle
import select
import signal
import struct
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from artclean.run.errors import OutputError
from artclean.run.jobs import Job, Outcome, Task
from artclean.run.signals import stopping_waits
from artclean.run.streams import read_some, write_all
from artclean.run.tasks import Item, Mark
from artclean.run.work import COLLECT_EVERY, failure, perform, settled, too_slow

Emit = Callable[[Item, Outcome], None]
Numbered = list[tuple[int, Task]]

_BATCH_SECONDS = 0.02  # of work in a message: long against its cost, short against a wait
_LARGEST_BATCH = 64
_BATCH_BYTES = 1 << 18
_QUEUED = 2  # batches a worker: it works on one while the next is on its way
_WINDOW = 16  # largest batches that may be under way or wait for their turn, a worker
_HELD_BYTES = 32 << 20  # of documents under way, and of results that wait for an earlier one
_ATTEMPTS = 4  # a worker may be killed for no fault of its document: by hand, for want of memory
_FUTILE_STARTS = 20  # workers in a row that die without a result: it is not the documents
_STOP_SECONDS = 0.1  # for workers to finish a write when the run is stopped

_PIPE_BYTES = 1 << 20  # a batch of results at one go, where the system has such wide pipes

_LENGTH = struct.Struct("=Q")
_buffer = bytearray(_PIPE_BYTES)  # what is read goes through this, and is taken from it at once


class Pool:
    """Does tasks in several processes and emits their outcomes in the order of submission."""

    def __init__(self, job: Job, jobs: int, timeout: float | None, emit: Emit) -> None:
        self._job = job
        self._timeout = timeout
        self._emit = emit
        self.idle: Callable[[], None] = lambda: None  # called before waiting with nothing to do
        self._at = mmap.mmap(-1, 8 * jobs)  # per worker: number of its task + 1, or 0
        self._submitted = 0
        self._emitted = 0
        self._items: dict[int, Item] = {}  # submitted, not emitted yet
        self._outcomes: dict[int, Outcome] = {}  # those of them that are done
        self._held = 0  # bytes of input and output in there
        self._batch: Numbered = []
        self._batch_bytes = 0
        self._batch_size = 1  # grows as soon as it is known how quick the tasks are
        self._again: deque[Numbered] = deque()  # what dead workers have left
        self._attempts: dict[int, int] = {}
        self._futile = 0
        self._watched = time.monotonic()
        self._workers: list[_Worker] = []
        self._jobs = jobs

    # --- what a run calls -------------------------------------------------------------------

    def start(self) -> None:
        """Start the workers. Raises ``OSError``."""
        _warm_up(self._job)
        for slot in range(self._jobs):
            with stopping_waits():
                self._start(slot)

    def submit(self, item: Item) -> None:
        """Take the next item; returns when there is room for another one."""
        number = self._submitted
        self._submitted += 1
        self._items[number] = item
        self._held += _size_of(item)
        outcome = Outcome() if isinstance(item, Mark) else settled(item)
        if outcome or isinstance(item, Mark):
            self._done(number, outcome or Outcome())
            self._emit_ready()
            return
        self._batch.append((number, item))
        self._batch_bytes += _size_of(item)
        if len(self._batch) >= self._batch_size or self._batch_bytes >= _BATCH_BYTES:
            self._send_batch()

    def finish(self) -> None:
        """Wait until everything that was submitted is emitted."""
        self._send_batch()
        while self._items:
            self._serve()

    def wait_for_input(self, descriptor: int) -> None:
        """Go on with what there is until the descriptor can be read."""
        self._send_batch()
        while not self._serve(descriptor):
            pass

    def close(self) -> None:
        """Let the workers go; all is done."""
        for worker in self._workers:
            worker.close()
        for worker in self._workers:
            with suppress(ChildProcessError):
                os.waitpid(worker.pid, 0)

    def stop(self) -> None:
        """End the workers at once, and leave nothing half written behind."""
        for worker in self._workers:
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGTERM)
        until = time.monotonic() + _STOP_SECONDS
        alive = list(self._workers)
        while alive and time.monotonic() < until:
            alive = [worker for worker in alive if not _is_dead(worker.pid)]
            time.sleep(0.002)
        for worker in alive:  # in a long call that does not look for signals
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(worker.pid, 0)
            self._clean_up_after(worker)
        for worker in self._workers:
            worker.close()

    # --- handing out ------------------------------------------------------------------------

    def _send_batch(self) -> None:
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        if batch:
            while not self._has_room():
                self._serve()
            self._send(batch)

    def _has_room(self) -> bool:
        """May more be handed out? Not before the second life of what a dead worker had."""
        if self._again or not any(len(worker.queue) < _QUEUED for worker in self._workers):
            return False
        if not any(worker.queue for worker in self._workers):
            return True
        waiting = self._submitted - self._emitted
        window = _WINDOW * _LARGEST_BATCH * len(self._workers)
        return waiting <= window and self._held <= _HELD_BYTES

    def _send(self, batch: Numbered) -> None:
        worker = min(self._workers, key=lambda each: len(each.queue))
        worker.queue.append(batch)
        worker.outbox += _framed(batch)
        worker.push()

    def _serve(self, descriptor: int | None = None) -> bool:
        """Wait for something to happen and see to it; whether ``descriptor`` can be read."""
        while self._again and any(len(worker.queue) < _QUEUED for worker in self._workers):
            self._send(self._again.popleft())
        poller = select.poll()
        by_descriptor: dict[int, _Worker] = {}
        for worker in self._workers:
            poller.register(worker.results, select.POLLIN)
            by_descriptor[worker.results] = worker
            if worker.outbox:
                poller.register(worker.tasks, select.POLLOUT)
                by_descriptor[worker.tasks] = worker
        if descriptor is not None:
            poller.register(descriptor, select.POLLIN)
        events = poller.poll(0)
        if not events:
            self.idle()
            events = poller.poll(self._patience())
        readable = False
        for ready, _event in events:
            if ready == descriptor:
                readable = True
                continue
            worker = by_descriptor[ready]
            if worker not in self._workers:
                continue  # buried a moment ago; its descriptors are somebody else's by now
            if ready == worker.tasks:
                worker.push()
            else:
                self._receive(worker)
        self._kill_the_late()
        self._emit_ready()
        return readable

    def _receive(self, worker: "_Worker") -> None:
        if not worker.pull():
            self._bury(worker)
            return
        for message in worker.messages():
            worker.queue.popleft()
            self._futile = 0
            seconds = 0.0
            for number, outcome in message:
                self._done(number, outcome)
                seconds += outcome.seconds
            if seconds:
                per_task = seconds / len(message)
                self._batch_size = max(1, min(int(_BATCH_SECONDS / per_task), _LARGEST_BATCH))

    def _done(self, number: int, outcome: Outcome) -> None:
        self._outcomes[number] = outcome
        self._held += len(outcome.made.output)
        self._attempts.pop(number, None)

    def _emit_ready(self) -> None:
        while self._emitted in self._outcomes:
            number = self._emitted
            self._emitted += 1
            outcome = self._outcomes.pop(number)
            item = self._items.pop(number)
            self._held -= len(outcome.made.output) + _size_of(item)
            self._emit(item, outcome)

    # --- the late and the dead --------------------------------------------------------------

    def _patience(self) -> float | None:
        """How long to wait for events, in milliseconds, before looking for the late."""
        return None if self._timeout is None else min(self._timeout * 250, 1000)

    def _kill_the_late(self) -> None:
        if self._timeout is None:
            return
        now = time.monotonic()
        # Nobody was watching: output was stuck, or Ctrl-Z has stopped us all. It does not count.
        unwatched = now - self._watched if now - self._watched > self._timeout / 2 else 0.0
        self._watched = now
        for worker in self._workers:
            at = self._task_of(worker)
            if at != worker.seen_at:
                worker.seen_at, worker.seen_since = at, now
                continue
            worker.seen_since += unwatched
            if at and now - worker.seen_since > self._timeout and not worker.killed_at:
                worker.killed_at = at
                os.kill(worker.pid, signal.SIGKILL)

    def _bury(self, worker: "_Worker") -> None:
        """A worker is dead: start another, blame its task, hand out the rest again."""
        _pid, status = os.waitpid(worker.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        suspect = self._task_of(worker) - 1
        self._clean_up_after(worker)
        self._futile += 1
        if self._futile > _FUTILE_STARTS:
            raise OutputError(f"they keep dying ({_death(code)})", where="worker processes")
        worker.close()
        for batch in worker.queue:
            rest = [(number, task) for number, task in batch if number != suspect]
            # In halves: whatever it is that kills workers, shorter lives see their end.
            middle = (len(rest) + 1) // 2
            self._again += [half for half in (rest[:middle], rest[middle:]) if half]
            if len(rest) < len(batch):
                self._suspect(suspect, worker, code)
        with stopping_waits():
            self._workers.remove(worker)
            self._start(worker.slot)

    def _suspect(self, number: int, worker: "_Worker", code: int) -> None:
        task = self._items[number]
        assert isinstance(task, Task)
        if self._timeout and worker.killed_at == number + 1:
            self._done(number, failure(task, too_slow(self._timeout)))
            return
        attempts = self._attempts[number] = self._attempts.get(number, 0) + 1
        if attempts >= _ATTEMPTS:
            self._done(number, failure(task, f"the process died at it ({_death(code)})"))
        else:
            self._again.append([(number, task)])

    def _clean_up_after(self, worker: "_Worker") -> None:
        task = self._items.get(self._task_of(worker) - 1)
        if isinstance(task, Task) and task.target and self._job.tree:
            self._job.tree.remove_temporary(task.target)

    def _task_of(self, worker: "_Worker") -> int:
        number: int = _LENGTH.unpack_from(self._at, 8 * worker.slot)[0]
        return number

    # --- starting ---------------------------------------------------------------------------

    def _start(self, slot: int) -> None:
        _LENGTH.pack_into(self._at, 8 * slot, 0)
        pipes: list[int] = []
        try:
            pipes += os.pipe()
            pipes += os.pipe()
            pid = os.fork()
        except OSError:
            for descriptor in pipes:
                os.close(descriptor)
            raise
        tasks_read, tasks_write, results_read, results_write = pipes
        if not pid:
            status = 1
            try:
                for other in self._workers:
                    other.close()  # or it would never see that the parent is gone
                os.close(tasks_write)
                os.close(results_read)
                self._work(slot, tasks_read, results_write)
                status = 0
            except (BrokenPipeError, EOFError, KeyboardInterrupt):
                status = 0  # the parent is gone
            finally:
                os._exit(status)  # nothing of the parent's may be flushed or cleaned up twice
        os.close(tasks_read)
        os.close(results_write)
        os.set_blocking(tasks_write, False)
        for pipe in (tasks_write, results_read):
            _widen(pipe)
        self._workers.append(_Worker(pid, slot, tasks_write, results_read))

    def _work(self, slot: int, tasks: int, results: int) -> None:
        """The life of a worker."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # parent decides
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        gc.disable()
        job, at, offset, timeout = self._job, self._at, 8 * slot, self._timeout
        done = 0
        while batch := _read_message(tasks):
            outcomes = []
            for number, task in batch:
                _LENGTH.pack_into(at, offset, number + 1)
                if timeout:
                    # Should the parent be gone, nobody else ends a worker that hangs.
                    signal.setitimer(signal.ITIMER_REAL, 2 * timeout + 1)
                outcomes.append((number, perform(task, job)))
            _LENGTH.pack_into(at, offset, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            write_all(results, _framed(outcomes))
            done += len(batch)
            if done >= COLLECT_EVERY:
                done = 0
                gc.collect()


class _Worker:
    """The parent's side of a worker."""

    def __init__(self, pid: int, slot: int, tasks: int, results: int) -> None:
        self.pid = pid
        self.slot = slot
        self.tasks = tasks
        self.results = results
        self.queue: deque[Numbered] = deque()  # sent or about to be, not answered
        self.outbox = bytearray()
        self.inbox = bytearray()
        self.seen_at = 0
        self.seen_since = 0.0
        self.killed_at = 0  # for this task (plus 1) it took too long

    def push(self) -> None:
        """Send as much as the pipe takes; a dead worker is noticed on its other pipe."""
        with suppress(BlockingIOError, BrokenPipeError):
            while self.outbox:
                del self.outbox[: os.write(self.tasks, self.outbox)]

    def pull(self) -> bool:
        """Receive what there is; ``False`` if the worker is dead."""
        size = os.readv(self.results, [_buffer])
        self.inbox += memoryview(_buffer)[:size]
        return size > 0

    def messages(self) -> list[list[tuple[int, Outcome]]]:
        """The complete messages that have arrived."""
        found = []
        while len(self.inbox) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self.inbox)[0]
            if len(self.inbox) < end:
                break
            found.append(pickle.loads(memoryview(self.inbox)[_LENGTH.size : end]))
            del self.inbox[:end]
        return found

    def close(self) -> None:
        """Close the parent's ends of the pipes; the worker ends when it notices."""
        for descriptor in (self.tasks, self.results):
            with suppress(OSError):
                os.close(descriptor)


def _size_of(item: Item) -> int:
    return 0 if isinstance(item, Mark) else len(item.data or b"")


def _warm_up(job: Job) -> None:
    """Load and compile everything that a document needs, once: workers are forked with it."""
    perform(Task("-", data=b""), job._replace(tree=None, done=None, salt=b""))
    gc.freeze()  # so that collecting in a worker does not copy the pages it shares with us


def usable_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _widen(pipe: int) -> None:
    """Let a pipe hold more than the 64 KiB of old: Linux, and as far as the user's limits go."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _framed(message: object) -> bytes:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def _read_message(descriptor: int) -> Numbered:
    header = _read_exactly(descriptor, _LENGTH.size)
    if not header:
        return []
    message: Numbered = pickle.loads(_read_exactly(descriptor, _LENGTH.unpack(header)[0]))
    return message


def _read_exactly(descriptor: int, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = read_some(descriptor, size - len(data))
        if not piece:
            return b""
        data += piece
    return bytes(data)


def _is_dead(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return True


def _death(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
