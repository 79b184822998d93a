/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-pane.h"

struct _BatonCardPane
{
  AdwBin parent_instance;
  char *card;
  gboolean expanded;
};

G_DEFINE_FINAL_TYPE (BatonCardPane, baton_card_pane, ADW_TYPE_BIN)

static void
baton_card_pane_class_init (BatonCardPaneClass *klass)
{
  g_signal_new ("open-card", BATON_TYPE_CARD_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
      G_TYPE_STRING);
  g_signal_new ("close-requested", BATON_TYPE_CARD_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_card_pane_init (BatonCardPane *self)
{
}

BatonCardPane *
baton_card_pane_new (void)
{
  return g_object_new (BATON_TYPE_CARD_PANE, NULL);
}

void
baton_card_pane_set_card (BatonCardPane *self, BatonBoard *board, const char *card)
{
  g_free (self->card);
  self->card = g_strdup (card);
}

const char *
baton_card_pane_get_card (BatonCardPane *self)
{
  return self->card;
}

gboolean
baton_card_pane_get_expanded (BatonCardPane *self)
{
  return self->expanded;
}
