/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "replaced-toast.h"

#include "inbox-follow.h"

#include <glib/gi18n.h>

#define SECONDS 10 /* to read the sentence and to decide */

typedef struct
{
  BatonWindow *window; /* borrowed: it owns this */
  gint64 told;         /* the number of the newest that is known; -1: none was read yet */
} ReplacedToast;

static gint64
number_of (const BatonInboxEntry *entry)
{
  return g_ascii_strtoll (entry->id, NULL, 10);
}

static gboolean
is_on_open_board (BatonWindow *window, const BatonInboxEntry *entry)
{
  BatonBoard *board = baton_window_board (window);

  return board != NULL && entry->card != NULL && baton_board_card (board, entry->card) != NULL;
}

static void
tell (BatonWindow *window, const BatonInboxEntry *entry, guint n)
{
  g_autofree char *many = n > 1 ? g_strdup_printf (ngettext ("Somebody replaced %u thing you had written",
                                                       "Somebody replaced %u things you had written", n),
                                      n)
                                : NULL;
  g_autofree char *title = g_markup_escape_text (many != NULL ? many : entry->sentence, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, SECONDS);
  if (n == 1)
    {
      adw_toast_set_button_label (toast, _ ("Restore mine"));
      adw_toast_set_action_name (toast, "win.restore-mine");
      adw_toast_set_action_target (toast, "x", number_of (entry));
    }
  else
    {
      adw_toast_set_button_label (toast, _ ("Decide…"));
      adw_toast_set_action_name (toast, "win.attention");
    }
  baton_window_add_toast (window, toast);
}

/* What was there when the workspace was opened is no news. */
static void
inbox_changed (BatonInbox *inbox, gpointer data)
{
  ReplacedToast *self = data;
  GPtrArray *entries = baton_inbox_entries (inbox);
  const BatonInboxEntry *newest = NULL;
  gint64 told = MAX (self->told, 0);
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const BatonInboxEntry *entry = g_ptr_array_index (entries, i);

      if (entry->kind != BATON_INBOX_REPLACED || number_of (entry) <= self->told)
        continue;
      told = MAX (told, number_of (entry));
      if (self->told < 0 || !is_on_open_board (self->window, entry))
        continue;
      newest = entry;
      n++;
    }
  self->told = told;
  if (n > 0)
    tell (self->window, newest, n);
}

static void
begin_anew (gpointer data)
{
  ReplacedToast *self = data;

  self->told = -1;
}

void
baton_replaced_toast_watch (BatonWindow *window)
{
  ReplacedToast *self = g_new0 (ReplacedToast, 1);

  self->window = window;
  begin_anew (self);
  baton_inbox_follow (window, "replaced-toast", begin_anew, inbox_changed, self, g_free);
}
