/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A check button that shows what is so. A click only asks for the other state; the tick follows when it is
 * so. Signal asked (gboolean wanted). */
#define BATON_TYPE_TICK (baton_tick_get_type ())
G_DECLARE_FINAL_TYPE (BatonTick, baton_tick, BATON, TICK, GtkCheckButton)

GtkWidget *baton_tick_new (void);
void baton_tick_show (BatonTick *self, gboolean ticked);

G_END_DECLS
