/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

#include "file-drop.h"
#include "permits.h"
#include "uploads.h"
#include "window.h"

#include <glib/gi18n.h>

/* Files that are dropped on the board: on a card they become versions of what it makes, on a column a card
 * each. */

static void
finished_cb (BatonUpload *upload, gpointer added, gpointer error, BatonBoardView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *words = NULL;

  if (added != NULL)
    words = baton_upload_card (upload) != NULL
                ? g_strdup_printf (_ ("“%s” was added"), baton_upload_name (upload))
                : g_strdup_printf (_ ("“%s” has a card of its own now"), baton_upload_name (upload));
  else if (error != NULL && BATON_IS_WINDOW (root))
    baton_window_toast_error (BATON_WINDOW (root), error);
  if (words != NULL)
    baton_board_view_announce (self, words);
}

static void
add_files (BatonBoardView *self, GPtrArray *paths, const char *card, const char *stage)
{
  for (guint i = 0; i < paths->len; i++)
    {
      BatonAddFile *add = baton_add_file_new ();

      add->card = g_strdup (card);
      add->stage = g_strdup (stage);
      add->path = g_strdup (g_ptr_array_index (paths, i));
      add->alone = paths->len == 1;
      g_signal_connect_object (baton_upload_start (baton_board_workspace (self->board), add), "finished",
          G_CALLBACK (finished_cb), self, 0);
    }
}

static gboolean
may_change (BatonBoardView *self)
{
  return self->board != NULL &&
         baton_workspace_why_not (baton_board_workspace (self->board), BATON_VERB_VERSION_ADD) == NULL;
}

static void
on_card_cb (GtkWidget *face, GPtrArray *paths, gpointer data)
{
  BatonBoardView *self = data;
  BatonItem *card = baton_card_face_card (BATON_CARD_FACE (face));

  if (card != NULL && may_change (self))
    add_files (self, paths, baton_item_id (card), NULL);
}

static void
on_column_cb (GtkWidget *ground, GPtrArray *paths, gpointer data)
{
  GtkWidget *view = gtk_widget_get_ancestor (ground, BATON_TYPE_BOARD_VIEW);

  if (view != NULL && may_change (BATON_BOARD_VIEW (view)))
    add_files (BATON_BOARD_VIEW (view), paths, NULL, ((BatonCell *) data)->stage);
}

void
baton_board_view_accept_files_on_card (BatonBoardView *self, GtkWidget *face)
{
  baton_file_drop_add (face, on_card_cb, self);
}

void
baton_board_view_accept_files_on_column (BatonCell *cell)
{
  baton_file_drop_add (cell->ground, on_column_cb, cell);
}
