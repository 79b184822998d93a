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

typedef enum
{
  NEVER,        /* refused */
  MISSING,      /* as if the kernel did not know it: the C library takes an older call */
  WITHOUT_BITS, /* refused with one of these bits in its argument */
  WITH_BITS,    /* refused without these bits */
} Rule;

typedef struct
{
  guint32 call;
  Rule rule;
  guint32 argument; /* which one; its lower half is looked at */
  guint32 bits;
} Call;

#define WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)

static const Call calls[] = {
  { __NR_openat, WITHOUT_BITS, 2, WRITING },
#ifdef __NR_open
  { __NR_open, WITHOUT_BITS, 1, WRITING },
#endif
#ifdef __NR_openat2
  { __NR_openat2, MISSING },
#endif
  /* Threads yes, processes no: the flags of clone can be seen here, those of clone3 cannot. */
  { __NR_clone3, MISSING },
  { __NR_clone, WITH_BITS, 0, CLONE_THREAD },
#ifdef __NR_open /* an architecture with the calls of old */
  { __NR_creat },
  { __NR_fork },
  { __NR_vfork },
  { __NR_unlink },
  { __NR_rename },
  { __NR_link },
  { __NR_symlink },
  { __NR_mkdir },
  { __NR_rmdir },
  { __NR_chmod },
  { __NR_chown },
  { __NR_mknod },
#endif
  { __NR_execve },
  { __NR_execveat },
  { __NR_socket },
#ifndef BATON_DECODE_PLAYS
  { __NR_socketpair }, /* GStreamer wakes its threads by one, which leads nowhere else */
#endif
  { __NR_connect },
  { __NR_bind },
  { __NR_listen },
  { __NR_accept4 },
  { __NR_ptrace },
  { __NR_process_vm_readv },
  { __NR_process_vm_writev },
  { __NR_kill },
  { __NR_unlinkat },
#ifdef __NR_renameat
  { __NR_renameat },
#endif
  { __NR_renameat2 },
  { __NR_linkat },
  { __NR_symlinkat },
  { __NR_mkdirat },
  { __NR_mknodat },
  { __NR_fchmodat },
  { __NR_fchownat },
  { __NR_truncate },
  { __NR_setxattr },
  { __NR_mount },
  { __NR_umount2 },
  { __NR_pivot_root },
  { __NR_chroot },
  { __NR_unshare },
  { __NR_setns },
  { __NR_bpf },
  { __NR_perf_event_open },
  { __NR_userfaultfd },
  { __NR_keyctl },
  { __NR_add_key },
  { __NR_request_key },
  { __NR_io_uring_setup },
  { __NR_init_module },
  { __NR_finit_module },
  { __NR_kexec_load },
  { __NR_reboot },
  { __NR_open_by_handle_at },
};

static void
load (GArray *filter, gsize offset)
{
  struct sock_filter step = BPF_STMT (BPF_LD | BPF_W | BPF_ABS, (guint32) offset);

  g_array_append_val (filter, step);
}

static void
answer (GArray *filter, guint32 what)
{
  struct sock_filter step = BPF_STMT (BPF_RET | BPF_K, what);

  g_array_append_val (filter, step);
}

/* So many steps are left out where what was loaded is the value (BPF_JEQ) or has its bits (BPF_JSET), and
 * where not. */
static void
skip_if (GArray *filter, guint16 test, guint32 value, guint8 if_so, guint8 if_not)
{
  struct sock_filter step = BPF_JUMP ((guint16) (BPF_JMP | test | BPF_K), value, if_so, if_not);

  g_array_append_val (filter, step);
}

static void
refuse (GArray *filter, int error)
{
  answer (filter, SECCOMP_RET_ERRNO | ((guint32) error & SECCOMP_RET_DATA));
}

/* The number of the call is loaded, and still is behind these steps. */
static void
judge (GArray *filter, const Call *call)
{
  if (call->rule == NEVER || call->rule == MISSING)
    {
      skip_if (filter, BPF_JEQ, call->call, 0, 1);
      refuse (filter, call->rule == NEVER ? EPERM : ENOSYS);
      return;
    }
  skip_if (filter, BPF_JEQ, call->call, 0, 4);
  load (filter, offsetof (struct seccomp_data, args) + call->argument * sizeof (guint64));
  skip_if (
      filter, BPF_JSET, call->bits, call->rule == WITHOUT_BITS ? 0 : 1, call->rule == WITHOUT_BITS ? 1 : 0);
  refuse (filter, EPERM);
  answer (filter, SECCOMP_RET_ALLOW);
}

static void
filter_calls (void)
{
  g_autoptr (GArray) filter = g_array_new (FALSE, FALSE, sizeof (struct sock_filter));
  struct sock_fprog program;

  load (filter, offsetof (struct seccomp_data, arch));
  skip_if (filter, BPF_JEQ, ARCH, 1, 0);
  answer (filter, SECCOMP_RET_KILL_PROCESS);
  load (filter, offsetof (struct seccomp_data, nr));
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    judge (filter, &calls[i]);
  answer (filter, SECCOMP_RET_ALLOW);
  program =
      (struct sock_fprog){ (unsigned short) filter->len, (struct sock_filter *) (gpointer) filter->data };
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
