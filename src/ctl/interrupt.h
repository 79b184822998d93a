/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ctrl+C (and SIGTERM, SIGHUP) while something long is done: the first one is only noted, so that the work
 * can stop and take away what it began; a second one ends the program at once. */
void ctl_interrupt_begin (void);
void ctl_interrupt_end (void); /* signals do again what they did before */

/* Ends the program by the signal that was noted, if one was, so that a shell knows and stops its script. Call
 * it when everything is cleaned up. */
void ctl_interrupt_raise (void);

/* On a terminal the words and how far it is (0 to 1). FALSE when it shall stop. Any thread. */
gboolean ctl_interrupt_show (double done, const char *words);
/* The same as a BatonProgress; its data are the words. */
gboolean ctl_interrupt_progress (guint done, guint total, gpointer words);

G_END_DECLS
