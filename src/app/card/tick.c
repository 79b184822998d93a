/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "tick.h"

struct _BatonTick
{
  GtkCheckButton parent_instance;
  gboolean ticked;
};

enum
{
  ASKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTick, baton_tick, GTK_TYPE_CHECK_BUTTON)

static void
toggled_cb (BatonTick *self)
{
  gboolean wanted = gtk_check_button_get_active (GTK_CHECK_BUTTON (self));

  if (wanted == self->ticked)
    return;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self), self->ticked);
  g_signal_emit (self, signals[ASKED], 0, wanted);
}

void
baton_tick_show (BatonTick *self, gboolean ticked)
{
  self->ticked = ticked;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self), ticked);
}

static void
baton_tick_class_init (BatonTickClass *klass)
{
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
baton_tick_init (BatonTick *self)
{
  g_signal_connect (self, "toggled", G_CALLBACK (toggled_cb), NULL);
}

GtkWidget *
baton_tick_new (void)
{
  return g_object_new (BATON_TYPE_TICK, NULL);
}
