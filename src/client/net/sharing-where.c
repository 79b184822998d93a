/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sharing-where.h"

#include "presence.h"

#define PAUSE_MS 300     /* the server hears at most four a second */
#define ANSWERED_MS 2000 /* by then it has told everybody, us too, what we said */

struct _BatonSharingWhere
{
  BatonSharing *sharing; /* borrowed */
  BatonSayWhere say;
  char *device;
  char *board, *card;
  gint64 said; /* monotonic, 0 never */
  guint timer;
};

static gboolean
say_cb (gpointer data)
{
  BatonSharingWhere *self = data;

  self->timer = 0;
  self->said = g_get_monotonic_time ();
  self->say (self->sharing, self->board, self->card);
  return G_SOURCE_REMOVE;
}

static void
say_soon (BatonSharingWhere *self, gint64 pause)
{
  gint64 wait = self->said != 0 ? pause - (g_get_monotonic_time () - self->said) / 1000 : 0;

  if (self->timer == 0)
    self->timer = g_timeout_add ((guint) CLAMP (wait, 0, pause), say_cb, self);
}

void
baton_sharing_where_set (BatonSharingWhere *self, const char *board, const char *card)
{
  if (g_strcmp0 (self->board, board) == 0 && g_strcmp0 (self->card, card) == 0)
    return;
  g_free (self->board);
  g_free (self->card);
  self->board = g_strdup (board);
  self->card = g_strdup (card);
  say_soon (self, PAUSE_MS);
}

void
baton_sharing_where_told (BatonSharingWhere *self, const char *presence)
{
  g_autofree char *board = NULL, *card = NULL;

  if (baton_presence_where (presence, self->device, &board, &card) &&
      (g_strcmp0 (self->board, board) != 0 || g_strcmp0 (self->card, card) != 0))
    say_soon (self, ANSWERED_MS);
}

BatonSharingWhere *
baton_sharing_where_new (BatonSharing *sharing, const char *device, BatonSayWhere say)
{
  BatonSharingWhere *self = g_new0 (BatonSharingWhere, 1);

  self->sharing = sharing;
  self->device = g_strdup (device);
  self->say = say;
  return self;
}

void
baton_sharing_where_free (BatonSharingWhere *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self->device);
  g_free (self->board);
  g_free (self->card);
  g_free (self);
}
