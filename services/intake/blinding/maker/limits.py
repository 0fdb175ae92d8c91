"""What a process that opens a document may use, and that it has no network.

Sockets, other processes and their memory are shut by a seccomp filter, as every Linux has it;
numbers and layouts are those of linux/seccomp.h, linux/bpf_common.h and linux/audit.h.
"""

import ctypes
import os
import platform
import resource
from collections.abc import Iterator
from errno import EPERM
from struct import pack

MEMORY = 2 << 30  # address space beyond what is mapped at the start
PROCESSOR = 120  # seconds

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4  # offsets into struct seccomp_data
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | EPERM, 0x80000000
_X32 = 0x40000000  # the second table of system calls of x86-64
# socket connect bind listen accept accept4, execve execveat, ptrace, process_vm_readv
# process_vm_writev, io_uring_setup, bpf, unshare setns mount
_SHUT = {
    "x86_64": (41, 42, 49, 50, 43, 288, 59, 322, 101, 310, 311, 425, 321, 272, 308, 165),
    "aarch64": (198, 203, 200, 201, 202, 242, 221, 281, 117, 270, 271, 425, 280, 97, 268, 40),
}
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def bind() -> None:
    """Bind this process for good: memory, processor, files, network. Raises OSError."""
    with open("/proc/self/statm") as figures:  # noqa: PTH123  # before anything may be opened
        mapped = int(figures.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY, mapped + MEMORY))
    # One second more before the signal that cannot be caught.
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _seal()


def _seal() -> None:
    instructions = b"".join(_filter(platform.machine()))
    kept = ctypes.create_string_buffer(instructions, len(instructions))
    program = _Program(len(instructions) // 8, ctypes.addressof(kept))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(
        _SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0
    ):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


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
    yield pack("=HBBI", _RETURN, 0, 0, _ALLOW)
