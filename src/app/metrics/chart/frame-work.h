/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Microseconds that this thread has worked, which do not grow while others have the processor. */
gint64 baton_thread_work (void);

/* … since the widget's present frame was first asked about; 0 where there is no frame. What is put into a
 * frame is spread over several by it, so that no turn of the main loop gets long. */
gint64 baton_frame_work (GtkWidget *widget);

G_END_DECLS
