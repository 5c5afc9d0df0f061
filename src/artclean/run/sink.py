"""Writing files so that nothing is ever half written, and never anywhere else.

What stood at a path before a write stands there after a failed one, byte for byte. A plain
"temporary file and rename" is not enough: it loses mode, owner and hard links, replaces a
symbolic link by a file, overwrites a read-only file, and fails in a read-only directory
(mdformat took it out again for that: hukkin/mdformat#383, #399, #409).
"""

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from artclean.run.errors import RefusedError
from artclean.run.signals import stopping_waits
from artclean.run.streams import write_all

# How long to wait for another process that writes the same file, in seconds. Writing 16 MiB
# takes a fraction of one; whoever needs longer is stuck.
_PATIENCE = 10.0
# A new file has the mode that the umask leaves of this, as with every other program.
_NEW_MODE = 0o666
PART = ".part"


def replace_file(path: str, data: bytes, expected: os.stat_result) -> bool:
    """Put ``data`` in the place of what ``path`` holds; whether that changed anything.

    ``expected`` is the ``os.fstat`` of the file when it was read. Mode, owner, extended
    attributes, hard links and symbolic links stay as they are: a link's target is rewritten.
    Raises ``RefusedError`` if the file is none, or was changed since it was read (unless it
    already holds ``data``), and ``OSError`` if it cannot be written, which includes a read-only
    file; in each case the file holds what it held.
    """
    folder, name = os.path.split(os.path.realpath(path))
    with _folder(folder) as at, stopping_waits():
        return _replace(at, name, data, expected, sync=True)


def write_file(path: str, data: bytes) -> None:
    """Write ``data`` to ``path`` (new or not) as :func:`replace_file` does.

    A path that is neither new nor a regular file (a pipe, ``/dev/null``) is written to plainly.
    """
    try:
        special = not stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        special = False
    if special:
        descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
        try:
            write_all(descriptor, data)
        finally:
            os.close(descriptor)
        return
    folder, name = os.path.split(os.path.realpath(path))
    with _folder(folder) as at, stopping_waits():
        _put(at, name, data, sync=True)


class OutputTree:
    """A directory that outputs go into, and nothing of which ever leaves it.

    Every step below the root is taken from the directory before it and follows no link, so that
    neither a name nor a link somebody has put there can lead out.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._root_descriptor: int | None = None
        self._folder: tuple[str, ...] = ()
        self._descriptor: int | None = None  # of that folder: outputs come folder by folder

    def write(self, name: str, data: bytes) -> None:
        """Write ``data`` to the path ``name`` below the root, making its folders.

        Not synced to the disk one by one, which would cost more than the cleaning: what a power
        cut takes, the next run with ``--resume`` notices by the size and makes again.
        """
        *folder, last = _parts(name)
        with stopping_waits():
            _put(self._open(tuple(folder)), last, data, sync=False)

    def size_of(self, name: str) -> int | None:
        """The size in bytes of the file ``name`` below the root, ``None`` if there is none."""
        try:
            found = os.lstat(os.path.join(self.root, *_parts(name)))
        except OSError:
            return None
        return found.st_size if stat.S_ISREG(found.st_mode) else None

    def size_of_part(self, name: str) -> int:
        """The size in bytes of what a stopped run has left of ``name`` (see `PartFile`)."""
        return self.size_of(name + PART) or 0

    def remove_temporary(self, name: str) -> None:
        """Remove what a writer of ``name`` has left that was killed meanwhile."""
        *folder, last = _parts(name)
        with suppress(OSError, RefusedError):
            _sweep(self._open(tuple(folder)), _temporary_name(last))

    def folder(self, name: str) -> tuple[int, str]:
        """The descriptor of the folder of ``name`` (made if need be) and the name in it."""
        *folder, last = _parts(name)
        return self._open(tuple(folder)), last

    def _open(self, folder: tuple[str, ...]) -> int:
        if self._descriptor is not None and folder == self._folder:
            return self._descriptor
        if self._root_descriptor is None:
            os.makedirs(self.root, exist_ok=True)
            self._root_descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        at = os.dup(self._root_descriptor)
        for part in folder:
            try:
                below = _step(at, part)
            finally:
                os.close(at)
            at = below
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._folder, self._descriptor = folder, at
        return at


class GrowingFile:
    """An output that is written bit by bit and appears at its place only when it is complete."""

    stays = False  # what has been written, when it is discarded

    def __init__(self, at: int, name: str) -> None:
        self._name = name
        self._temporary = _temporary_name(name)
        self._at = os.dup(at)
        try:
            self.descriptor = self._open()
        except BaseException:
            os.close(self._at)
            raise

    @classmethod
    def at_path(cls, path: str) -> "GrowingFile":
        """An output at any path; a symbolic link there is followed."""
        folder, name = os.path.split(os.path.realpath(path))
        with _folder(folder) as at:
            return cls(at, name)

    def _open(self) -> int:
        try:
            return _open_temporary(self._at, self._temporary, _NEW_MODE)
        except PermissionError as error:
            # A read-only directory: a file in it can still be written over in the end.
            try:
                os.close(_open_target(self._at, self._name))
            except FileNotFoundError:
                raise error from None  # not "no such file": there may be none
            return _open_nameless()

    def commit(self) -> None:
        """What was written becomes the file."""
        try:
            with stopping_waits():
                os.fsync(self.descriptor)
                _take_place(self._at, self._name, self._temporary, self.descriptor)
                _drop(self._at, self._temporary, self.descriptor)
        finally:
            self.discard()

    def discard(self) -> None:
        """Forget it; what stood at the place before still stands there."""
        if self.descriptor >= 0:
            self._drop()
            os.close(self.descriptor)
            os.close(self._at)
            self.descriptor = -1

    def _drop(self) -> None:
        _drop(self._at, self._temporary, self.descriptor)


class PartFile(GrowingFile):
    """The same, but what a stopped run has written stays, as ``NAME.part``, to be gone on with."""

    stays = True

    def __init__(self, at: int, name: str, offset: int) -> None:
        super().__init__(at, name)
        os.ftruncate(self.descriptor, offset)
        os.lseek(self.descriptor, 0, os.SEEK_END)

    def _open(self) -> int:
        self._temporary = self._name + PART
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self._temporary, flags, _NEW_MODE, dir_fd=self._at)
        if not _lock(descriptor):
            os.close(descriptor)
            raise RefusedError("another process is writing this file")
        return descriptor

    def _drop(self) -> None:
        """It stays."""


def same_state(one: os.stat_result, other: os.stat_result) -> bool:
    """Has the file not been touched between the two looks?"""
    return (
        one.st_ino == other.st_ino
        and one.st_dev == other.st_dev
        and one.st_size == other.st_size
        and one.st_mtime_ns == other.st_mtime_ns
    )


def _put(at: int, name: str, data: bytes, *, sync: bool) -> None:
    try:
        found = os.lstat(name, dir_fd=at)
    except FileNotFoundError:
        _create(at, name, data, sync=sync)
    else:
        _replace(at, name, data, found, sync=sync)


def _create(at: int, name: str, data: bytes, *, sync: bool) -> None:
    temporary = _temporary_name(name)
    descriptor = _open_temporary(at, temporary, _NEW_MODE)
    try:
        write_all(descriptor, data)
        if sync:
            os.fsync(descriptor)
        os.replace(temporary, name, src_dir_fd=at, dst_dir_fd=at)
        if sync:
            os.fsync(at)
    except BaseException:
        _drop(at, temporary, descriptor)
        raise
    finally:
        os.close(descriptor)


def _replace(at: int, name: str, data: bytes, expected: os.stat_result, *, sync: bool) -> bool:
    # Opening it for writing refuses a read-only file; os.replace alone would overwrite it.
    target = _open_target(at, name)
    try:
        found = os.fstat(target)
        if found.st_size == len(data) and _read_whole(target) == data:
            return False
        if not same_state(found, expected):
            raise _changed()
        temporary = _temporary_name(name)
        descriptor = _temporary_like(at, temporary, target, found)
        if descriptor is None:
            _overwrite(target, data)
            return True
        try:
            write_all(descriptor, data)
            if sync:
                os.fsync(descriptor)
            if not same_state(os.lstat(name, dir_fd=at), expected):
                raise _changed()
            os.replace(temporary, name, src_dir_fd=at, dst_dir_fd=at)
        except BaseException:
            _drop(at, temporary, descriptor)
            raise
        finally:
            os.close(descriptor)
        if sync:
            os.fsync(at)
    finally:
        os.close(target)
    return True


def _take_place(at: int, name: str, temporary: str, descriptor: int) -> None:
    """The finished temporary file takes the place of ``name``, as ``_replace`` would do it."""
    try:
        target = _open_target(at, name)
    except FileNotFoundError:
        os.replace(temporary, name, src_dir_fd=at, dst_dir_fd=at)
        os.fsync(at)
        return
    try:
        found = os.fstat(target)
        movable = found.st_nlink == 1 and _is_at(descriptor, at, temporary)
        if movable and _take_after(descriptor, target, found):
            os.replace(temporary, name, src_dir_fd=at, dst_dir_fd=at)
            os.fsync(at)
        else:
            _overwrite(target, _read_whole(descriptor))
    finally:
        os.close(target)


def _open_nameless() -> int:
    """A temporary file in the system's folder for them, without a name."""
    import tempfile

    with tempfile.TemporaryFile(buffering=0) as file:
        return os.dup(file.fileno())


def _open_target(at: int, name: str) -> int:
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        target = os.open(name, flags, dir_fd=at)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise RefusedError("a symbolic link stands at the place of the output") from error
        if error.errno == errno.ENXIO:  # a socket, or a pipe that nobody reads
            raise RefusedError("not a regular file") from error
        raise
    if not stat.S_ISREG(os.fstat(target).st_mode):
        os.close(target)
        raise RefusedError("not a regular file")
    return target


def _temporary_like(at: int, temporary: str, target: int, found: os.stat_result) -> int | None:
    """An empty temporary file with the target's mode, owner and attributes.

    ``None`` where there can be none: the file has other hard links, the directory is read-only,
    or the owner cannot be kept. Then the file itself has to be overwritten.
    """
    if found.st_nlink > 1:
        return None
    try:
        descriptor = _open_temporary(at, temporary, 0o600)
    except OSError as error:
        # Of a directory one may not write in. EROFS cannot happen: the target could be opened.
        if error.errno in (errno.EACCES, errno.EPERM):
            return None
        raise
    try:
        if _take_after(descriptor, target, found):
            return descriptor
    except BaseException:
        _drop(at, temporary, descriptor)
        os.close(descriptor)
        raise
    _drop(at, temporary, descriptor)
    os.close(descriptor)
    return None


def _take_after(descriptor: int, target: int, found: os.stat_result) -> bool:
    """Give the file owner, mode and extended attributes of the target; whether that worked."""
    own = os.fstat(descriptor)
    try:
        if (own.st_uid, own.st_gid) != (found.st_uid, found.st_gid):
            os.fchown(descriptor, found.st_uid, found.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(found.st_mode))  # after chown, which clears set-uid
        if hasattr(os, "listxattr"):  # Linux; elsewhere a replaced file loses them
            for name in _attributes(target):
                os.setxattr(descriptor, name, os.getxattr(target, name))
    except PermissionError:
        return False
    return True


def _attributes(descriptor: int) -> list[str]:
    try:
        return os.listxattr(descriptor)
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENOSYS):
            return []
        raise


def _overwrite(target: int, data: bytes) -> None:
    """Write over the file itself: the space is reserved first, and on failure the old is back.

    Against a power cut or SIGKILL in these milliseconds there is no help without a second file.
    """
    old = _read_whole(target)
    try:
        if len(data) > len(old) and hasattr(os, "posix_fallocate"):
            os.posix_fallocate(target, 0, len(data))
        os.lseek(target, 0, os.SEEK_SET)
        write_all(target, data)
        os.ftruncate(target, len(data))
        os.fsync(target)
    except BaseException:
        os.lseek(target, 0, os.SEEK_SET)
        write_all(target, old)
        os.ftruncate(target, len(old))
        os.fsync(target)
        raise


def _read_whole(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    pieces = []
    while piece := os.read(descriptor, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def _temporary_name(name: str) -> str:
    """One name for each target, so that the next writer finds what a killed one has left.

    Names end at 255 bytes, hence the cut; two long names that share a temporary file wait for
    each other, that is all.
    """
    return os.fsdecode(b"." + os.fsencode(name)[:200] + b".artclean-tmp")


def _open_temporary(at: int, temporary: str, mode: int) -> int:
    """A new temporary file, locked for as long as it is open."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            descriptor = os.open(temporary, flags, mode, dir_fd=at)
        except FileExistsError:
            if not _sweep(at, temporary):
                if time.monotonic() > until:
                    raise RefusedError("another process is writing this file") from None
                time.sleep(0.005)
            continue
        # Between these two lines a sweeper may have taken the file for a dead one's.
        if _lock(descriptor) and _is_at(descriptor, at, temporary):
            return descriptor
        os.close(descriptor)


def _sweep(at: int, temporary: str) -> bool:
    """Remove a temporary file whose writer is dead; whether the place is free now."""
    try:
        descriptor = os.open(
            temporary, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at
        )
    except FileNotFoundError:
        return True
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            raise RefusedError(f"{temporary} is in the way")
        if not _lock(descriptor):
            return False
        if _is_at(descriptor, at, temporary):
            os.unlink(temporary, dir_fd=at)
    finally:
        os.close(descriptor)
    return True


def _lock(descriptor: int) -> bool:
    """Lock the file; ``False`` if somebody else holds the lock. The kernel frees a dead one's."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        # A file system without locks: two runs into one place are then the user's affair.
        return error.errno in (errno.ENOTSUP, errno.ENOLCK, errno.ENOSYS)
    return True


def _drop(at: int, temporary: str, descriptor: int) -> None:
    """Remove our temporary file, unless it has become the output or was swept meanwhile."""
    if _is_at(descriptor, at, temporary):
        os.unlink(temporary, dir_fd=at)


def _is_at(descriptor: int, at: int, name: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(name, dir_fd=at))
    except FileNotFoundError:
        return False


def _parts(name: str) -> list[str]:
    parts = name.split("/")
    if not all(part not in ("", ".", "..") and "\0" not in part for part in parts):
        raise RefusedError("its name would lead out of the output directory")
    return parts


def _step(at: int, part: str) -> int:
    """The folder ``part`` of a folder, made if it is not there; a link is refused."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(part, flags, dir_fd=at)
    except FileNotFoundError:
        with suppress(FileExistsError):  # another worker was quicker
            os.mkdir(part, dir_fd=at)
        return os.open(part, flags, dir_fd=at)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENOTDIR):
            raise RefusedError(
                f"{part} in the output directory is a link or a file, not a folder"
            ) from error
        raise


def _changed() -> RefusedError:
    return RefusedError("changed while it was being read; left alone")


@contextmanager
def _folder(path: str) -> Iterator[int]:
    descriptor = os.open(path or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
