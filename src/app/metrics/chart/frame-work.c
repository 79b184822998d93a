/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "frame-work.h"

#include <time.h>

gint64
baton_thread_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

gint64
baton_frame_work (GtkWidget *widget)
{
  static GdkFrameClock *clock; /* only compared */
  static gint64 frame, began;
  GdkFrameClock *present = gtk_widget_get_frame_clock (widget);
  gint64 counter = present != NULL ? gdk_frame_clock_get_frame_counter (present) : -1;

  if (present == NULL)
    return 0;
  if (present != clock || counter != frame)
    {
      clock = present;
      frame = counter;
      began = baton_thread_work ();
    }
  return baton_thread_work () - began;
}
