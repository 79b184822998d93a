/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to client. GLib's locks are futexes of its own, which the thread sanitizer does not see: what goes
 * from one thread to another by way of GLib is told to it, by who gives it away and by who takes it. Nothing
 * otherwise. */
#ifdef __SANITIZE_THREAD__
void __tsan_acquire (void *address);
void __tsan_release (void *address);
#define BATON_TOLD_GIVE(job) __tsan_release (job)
#define BATON_TOLD_TAKE(job) __tsan_acquire (job)
#else
#define BATON_TOLD_GIVE(job) ((void) (job))
#define BATON_TOLD_TAKE(job) ((void) (job))
#endif
