"""What file systems do each in their own way: locks that die with their process, names that survive a power
failure, two folders that exchange their names.

Linux and macOS lock files and folders, Windows files alone. Where nothing can exchange two names, `exchange`
says so, and the caller renames one after the other.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
from pathlib import Path
from typing import BinaryIO

_LOCKED_BYTE = 1 << 30
"""Windows locks bytes, and those locked cannot be read: one far behind the text of a file is."""
_SWAP = 2
"""What renameat2 of Linux and renamex_np of macOS both call an exchange (RENAME_EXCHANGE, RENAME_SWAP)."""
_CURRENT_FOLDER = -100
"""From where Linux looks up relative paths (AT_FDCWD)."""
_NO_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


if sys.platform == "win32":
    import msvcrt

    def lock(descriptor: int) -> bool:
        """Lock an open file until it is closed; tell whether nobody else had."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def sync_folder(folder: Path) -> None:
        """Do nothing: Windows syncs names by itself."""

else:
    import fcntl

    def lock(descriptor: int) -> bool:
        """Lock an open file or folder until it is closed; tell whether nobody else had."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def sync_folder(folder: Path) -> None:
        """Make sure that the names in a folder survive a power failure."""
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def is_at(descriptor: int, path: Path) -> bool:
    """Tell whether what is open still has this name: another process may have removed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def sync(file: BinaryIO) -> None:
    """Make sure that what was written to a file survives a power failure."""
    file.flush()
    os.fsync(file.fileno())


def sync_all(folder: Path) -> None:
    """Make sure that everything in a folder survives a power failure; a file that has another name, too, was
    there before, and may be one that this user cannot open."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            sync_folder(path)
        elif path.is_file() and path.stat().st_nlink == 1:
            descriptor = os.open(path, os.O_RDWR if os.access(path, os.W_OK) else os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def take_rights(place: Path, folder: Path) -> None:
    """Let those read what is at a place who may read a folder, whatever the system gives new files. Windows does so
    by itself."""
    if sys.platform == "win32":
        return
    rights = stat.S_IMODE(folder.stat().st_mode)
    for path in (place, *place.rglob("*")):
        if not path.is_symlink():
            path.chmod(rights if path.is_dir() else rights & 0o666)


def link_or_copy(source: Path | str, target: Path | str) -> None:
    """Give a file a second name, or copy it where it cannot have one: nobody writes into a file that has two,
    each is replaced."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):  # Windows gives no second name to a link
        shutil.copy2(source, target, follow_symlinks=False)


def exchange(first: Path, other: Path) -> bool:
    """Let two folders exchange their names, so that neither name is ever missing; tell whether that was
    possible here."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = [os.fsencode(path) for path in (first, other)]
    if hasattr(library, "renameat2"):
        places = (_CURRENT_FOLDER, names[0], _CURRENT_FOLDER, names[1])
        failed = library.renameat2(*places, _SWAP)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _SWAP)
    else:
        return False
    if failed and (number := ctypes.get_errno()) not in _NO_EXCHANGE:
        raise OSError(number, os.strerror(number), str(first), None, str(other))
    return not failed
