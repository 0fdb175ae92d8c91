"""How a process gives up the network and the files, for good and without being root.

A `Seal` needs seccomp (every Linux has it) and uses Landlock where the kernel has it (5.13 on).
What is shut is inherited by the programs that the process starts. Numbers and layouts are those
of linux/seccomp.h, linux/bpf_common.h, linux/audit.h and linux/landlock.h.
"""

import ctypes
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from errno import ENOSYS, EOPNOTSUPP, EPERM
from pathlib import Path
from struct import pack

_libc = ctypes.CDLL(None, use_errno=True)

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _AND, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4  # offsets into struct seccomp_data
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | EPERM, 0x80000000
_X32 = 0x40000000  # the second table of system calls of x86-64

# Sockets, other processes' memory, and calls that get round this filter or the files' rules.
_SHUT = {
    "x86_64": (
        *(41, 42, 43, 288, 49, 50),  # socket connect accept accept4 bind listen
        *(101, 310, 311, 438),  # ptrace process_vm_readv process_vm_writev pidfd_getfd
        *(425, 426, 427, 321),  # io_uring_setup io_uring_enter io_uring_register bpf
        *(298, 323, 248, 249, 250),  # perf_event_open userfaultfd add_key request_key keyctl
        *(272, 308, 165),  # unshare setns mount
    ),
    "aarch64": (
        *(198, 203, 202, 242, 200, 201),
        *(117, 270, 271, 438),
        *(425, 426, 427, 280),
        *(241, 282, 217, 218, 219),
        *(97, 268, 40),
    ),
}
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# The parser wakes itself over a pair of connected streams, which lead nowhere else.
_SOCKETPAIR = {"x86_64": 53, "aarch64": 199}
_KIND_AT, _STREAM = 24, 1  # its second argument, without the flags above the lowest four bits

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every machine
_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_FILES = (1 << 13) - 1  # every right over files of the first version
_RENAMING, _CUTTING = 1 << 13, 1 << 14  # of the second and the third
_TCP = 0b11  # bind and connect, of the fourth
_SCOPES = 0b11  # abstract sockets and signals, of the sixth

# What a program needs in order to start, and fonts.
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/dev/null", "/dev/urandom", "/proc/self")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


class Seal:
    """What is shut, prepared once; `put_on` shuts it for a process."""

    def __init__(self) -> None:
        instructions = b"".join(_filter(platform.machine()))
        self.kept = ctypes.create_string_buffer(instructions, len(instructions))
        self.program = _Program(len(instructions) // 8, ctypes.addressof(self.kept))
        self.ruleset = files_ruleset((*_SYSTEM, sys.prefix, sys.base_prefix, *sys.path))

    def put_on(self) -> None:
        """Shut network and files for this process; raise OSError where the kernel cannot."""
        _checked(_libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        if self.ruleset is not None:
            _checked(_libc.syscall(_RESTRICT_SELF, self.ruleset, 0))
            os.close(self.ruleset)
        _checked(_libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(self.program), 0, 0))


def _filter(machine: str) -> Iterator[bytes]:
    """Yield the filter's instructions, each a `struct sock_filter`: code, jumps, constant."""
    yield pack("=HBBI", _LOAD, 0, 0, _MACHINE_AT)
    yield pack("=HBBI", _JUMP_EQUAL, 1, 0, _MACHINES[machine])
    yield pack("=HBBI", _RETURN, 0, 0, _KILL)
    yield pack("=HBBI", _LOAD, 0, 0, _NUMBER_AT)
    yield pack("=HBBI", _JUMP_AT_LEAST, 0, 1, _X32)
    yield pack("=HBBI", _RETURN, 0, 0, _KILL)
    for number in _SHUT[machine]:
        yield pack("=HBBI", _JUMP_EQUAL, 0, 1, number)
        yield pack("=HBBI", _RETURN, 0, 0, _REFUSE)
    yield pack("=HBBI", _JUMP_EQUAL, 0, 4, _SOCKETPAIR[machine])
    yield pack("=HBBI", _LOAD, 0, 0, _KIND_AT)
    yield pack("=HBBI", _AND, 0, 0, 0xF)
    yield pack("=HBBI", _JUMP_EQUAL, 1, 0, _STREAM)
    yield pack("=HBBI", _RETURN, 0, 0, _REFUSE)
    yield pack("=HBBI", _RETURN, 0, 0, _ALLOW)


def files_ruleset(readable: Iterable[str]) -> int | None:
    """Return rules by which only these can be read and nothing written; None without Landlock."""
    version = _libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 0 and ctypes.get_errno() in (ENOSYS, EOPNOTSUPP):
        return None
    shut = _FILES | (_RENAMING if version >= 2 else 0) | (_CUTTING if version >= 3 else 0)
    asked = pack("=QQQ", shut, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    asked = asked[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = _checked(_libc.syscall(_CREATE_RULESET, asked, len(asked), 0))
    for path in filter(os.path.exists, readable):
        _open_up(ruleset, path)
    return ruleset


def _open_up(ruleset: int, path: str) -> None:
    """Let what is beneath this path be read and run."""
    rights = _EXECUTE | _READ_FILE | (_READ_FOLDER if Path(path).is_dir() else 0)
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = _Beneath(rights, place)
    _checked(_libc.syscall(_ADD_RULE, ruleset, _BENEATH, ctypes.byref(rule), 0))
    os.close(place)


def _checked(result: int) -> int:
    """Return what the kernel said, or raise what went wrong."""
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
