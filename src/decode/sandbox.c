/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

/* The second wall, behind bubblewrap where there is one and by itself where there is none: a list of system
 * calls that decoding never needs. They fail with EPERM, so that a library that tries (a font cache that
 * would like to be written) goes on without. */

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH AUDIT_ARCH_RISCV64
#endif

#if defined(__SANITIZE_ADDRESS__)
/* The address sanitizer reserves terabytes of addresses, and its leak check wants to trace this process. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}
#endif

#ifdef ARCH

#define REFUSE(error) BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ((error) &SECCOMP_RET_DATA))
#define ALLOW BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define LOAD(field) BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, field))
#define NO(name) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_##name, 0, 1), REFUSE (EPERM)
/* A call whose argument has one of the bits is refused; every other call goes on behind these five. */
#define NO_WITH_BITS(name, arg, bits)                                        \
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_##name, 0, 4), LOAD (args[arg]), \
      BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), REFUSE (EPERM), ALLOW

#define WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)

static void
filter_calls (void)
{
  static struct sock_filter filter[] = {
    LOAD (arch),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    LOAD (nr),
    NO_WITH_BITS (openat, 2, WRITING),
#ifdef __NR_open
    NO_WITH_BITS (open, 1, WRITING),
    NO (creat),
    NO (fork),
    NO (vfork),
    NO (unlink),
    NO (rename),
    NO (link),
    NO (symlink),
    NO (mkdir),
    NO (rmdir),
    NO (chmod),
    NO (chown),
    NO (mknod),
#endif
    /* Threads yes, processes no: without clone3 the C library takes clone, whose flags can be seen here. */
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1),
    REFUSE (ENOSYS),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 4),
    LOAD (args[0]),
    BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
    REFUSE (EPERM),
    ALLOW,
    NO (execve),
    NO (execveat),
    NO (socket),
#ifndef BATON_DECODE_PLAYS
    NO (socketpair), /* GStreamer wakes its threads by one, which leads nowhere else */
#endif
    NO (connect),
    NO (bind),
    NO (listen),
    NO (accept4),
    NO (ptrace),
    NO (process_vm_readv),
    NO (process_vm_writev),
    NO (kill),
    NO (unlinkat),
#ifdef __NR_renameat
    NO (renameat),
#endif
    NO (renameat2),
    NO (linkat),
    NO (symlinkat),
    NO (mkdirat),
    NO (mknodat),
    NO (fchmodat),
    NO (fchownat),
    NO (truncate),
    NO (setxattr),
    NO (mount),
    NO (umount2),
    NO (pivot_root),
    NO (chroot),
    NO (unshare),
    NO (setns),
    NO (bpf),
    NO (perf_event_open),
    NO (userfaultfd),
    NO (keyctl),
    NO (add_key),
    NO (request_key),
    NO (io_uring_setup),
    NO (init_module),
    NO (finit_module),
    NO (kexec_load),
    NO (reboot),
    NO (open_by_handle_at),
#ifdef __NR_openat2
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_openat2, 0, 1),
    REFUSE (ENOSYS),
#endif
    ALLOW,
  };
  struct sock_fprog program = { G_N_ELEMENTS (filter), filter };

  /* A kernel without seccomp leaves the limits and bubblewrap. */
  if (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
    g_debug ("no filter of system calls: %s", g_strerror (errno));
}

#else

static void
filter_calls (void)
{
}

#endif

static void
limit (int what, guint64 most)
{
  struct rlimit rlimit = { most, most };

  setrlimit (what, &rlimit);
}

void
baton_decode_lock_in (void)
{
#ifndef __SANITIZE_ADDRESS__
  limit (RLIMIT_AS, BATON_DECODE_MEMORY);
#endif
  limit (RLIMIT_CORE, 0);
#ifdef BATON_DECODE_PLAYS
  limit (RLIMIT_NOFILE, 256);
#else
  limit (RLIMIT_NOFILE, 64);
#endif
  limit (RLIMIT_FSIZE, (guint64) BATON_DECODE_PIXELS * 4 + 4096);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_DUMPABLE, 0);
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
    filter_calls ();
}

void
baton_decode_limit_time (guint seconds)
{
  struct rusage usage;
  struct rlimit rlimit;

  if (getrusage (RUSAGE_SELF, &usage) != 0 || getrlimit (RLIMIT_CPU, &rlimit) != 0)
    return;
  rlimit.rlim_cur =
      MIN ((rlim_t) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1) + seconds, rlimit.rlim_max);
  setrlimit (RLIMIT_CPU, &rlimit);
}
