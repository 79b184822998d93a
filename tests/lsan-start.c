/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sanitizer/lsan_interface.h>

/* What libraries allocate before main is not ours to free: GLib gives up its first table of quarks when there
 * are more than two thousand, which a program with many types reaches. Nothing names that table in a stack
 * trace without debug symbols, so that a suppression could not. */

static void
start_quietly (void)
{
  __lsan_disable ();
}

__attribute__ ((section (".preinit_array"), used)) static void (*const before_libraries) (
    void) = start_quietly;

__attribute__ ((constructor)) static void
after_libraries (void)
{
  __lsan_enable ();
}
