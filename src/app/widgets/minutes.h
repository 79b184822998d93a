/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What tells how old or how late something is has to tell it anew each minute. One clock serves the whole
 * program: it wakes when a minute of the wall clock begins, and sleeps while nobody who asked can be seen. */
typedef void (*BatonMinuteFunc) (gpointer widget);

/* Calls the function with the first frame of each minute, as long as the widget lives and is mapped, and once
 * when it is mapped again after a minute has begun. To be asked once a widget. */
void baton_each_minute (GtkWidget *widget, BatonMinuteFunc func);

/* For tests: how long a minute is, in milliseconds, and whether the clock is running. */
void baton_minutes_set_length (guint ms);
gboolean baton_minutes_run (void);

G_END_DECLS
