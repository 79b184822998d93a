/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "shelf-boards.h"

#include "change.h"
#include "permits.h"
#include "when.h"

#include <glib/gi18n.h>

#define BATON_TYPE_SHELF_BOARDS (baton_shelf_boards_get_type ())
G_DECLARE_FINAL_TYPE (BatonShelfBoards, baton_shelf_boards, BATON, SHELF_BOARDS, AdwBin)

struct _BatonShelfBoards
{
  AdwBin parent_instance;
  BatonWorkspace *workspace;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (BatonShelfBoards, baton_shelf_boards, ADW_TYPE_BIN)

static void
bring_back_cb (GtkButton *button, BatonShelfBoards *self)
{
  const char *id = g_object_get_data (G_OBJECT (button), "board");
  gboolean binned = g_object_get_data (G_OBJECT (button), "binned") != NULL;
  const char *name = baton_workspace_name_of (self->workspace, BATON_ENTITY_BOARD, id, "");
  g_autofree char *done = g_strdup_printf (_ ("“%s” is in the sidebar again."), name);

  baton_change_with_toast (GTK_WIDGET (button), self->workspace,
      baton_change_row (BATON_ENTITY_BOARD, binned ? BATON_ACTION_RESTORE : BATON_ACTION_UNARCHIVE, id), done,
      _ ("Undo"), NULL);
}

static GtkWidget *
new_row (BatonShelfBoards *self, const BatonRow *board)
{
  gboolean binned = baton_row_int (board, BATON_BOARD_REMOVED) != 0;
  gint64 since = baton_row_int (board, binned ? BATON_BOARD_REMOVED : BATON_BOARD_ARCHIVED);
  g_autofree char *date = baton_when_day (since, g_get_real_time ());
  g_autofree char *state =
      g_strdup_printf (binned ? _ ("In the bin since %s") : _ ("In the archive since %s"), date);
  g_autofree char *title = g_markup_escape_text (baton_row_text (board, BATON_BOARD_NAME), -1);
  const char *why = baton_workspace_why_not (
      self->workspace, binned ? BATON_VERB_BOARD_RESTORE : BATON_VERB_BOARD_UNARCHIVE);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Restore"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), state);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, why == NULL);
  gtk_widget_set_tooltip_text (row, why);
  g_object_set_data_full (G_OBJECT (button), "board", g_strdup (board->id), g_free);
  g_object_set_data (G_OBJECT (button), "binned", binned ? button : NULL);
  g_signal_connect (button, "clicked", G_CALLBACK (bring_back_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static GtkWidget *
new_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "view-grid-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Every board is in use"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
      _ ("Boards that are archived or put into the bin in their settings wait here and can come back."));
  return page;
}

static gboolean
is_put_away (const BatonRow *board)
{
  return baton_row_int (board, BATON_BOARD_REMOVED) != 0 || baton_row_int (board, BATON_BOARD_ARCHIVED) != 0;
}

static gpointer
read_boards (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) boards =
      baton_reader_rows (reader, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, TRUE, error);

  for (guint i = boards != NULL ? boards->len : 0; i > 0; i--)
    {
      if (!is_put_away (g_ptr_array_index (boards, i - 1)))
        g_ptr_array_remove_index (boards, i - 1);
    }
  return g_steal_pointer (&boards);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonShelfBoards) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) boards = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);
  GtkWidget *page, *group;

  if (self->workspace == NULL)
    return;
  if (boards == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        baton_change_toast (GTK_WIDGET (self), error->message);
      return;
    }
  if (boards->len == 0)
    {
      adw_bin_set_child (ADW_BIN (self), new_empty ());
      return;
    }
  page = adw_preferences_page_new ();
  group = adw_preferences_group_new ();
  for (guint i = 0; i < boards->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (self, g_ptr_array_index (boards, i)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_bin_set_child (ADW_BIN (self), page);
}

static void
refresh (BatonShelfBoards *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  baton_workspace_query_async (self->workspace, read_boards, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
      self->reading, read_cb, g_object_ref (self));
}

static void
performed_cb (BatonWorkspace *workspace, const BatonOp *op, const BatonEffect *effect, BatonShelfBoards *self)
{
  for (guint i = 0; i < effect->changes->len; i++)
    {
      if (((const BatonChange *) g_ptr_array_index (effect->changes, i))->entity == BATON_ENTITY_BOARD)
        {
          refresh (self);
          return;
        }
    }
}

static void
baton_shelf_boards_dispose (GObject *object)
{
  BatonShelfBoards *self = BATON_SHELF_BOARDS (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (baton_shelf_boards_parent_class)->dispose (object);
}

static void
baton_shelf_boards_class_init (BatonShelfBoardsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_shelf_boards_dispose;
}

static void
baton_shelf_boards_init (BatonShelfBoards *self)
{
}

GtkWidget *
baton_shelf_boards_new (BatonWorkspace *workspace)
{
  BatonShelfBoards *self = g_object_new (BATON_TYPE_SHELF_BOARDS, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "performed", G_CALLBACK (performed_cb), self, 0);
  refresh (self);
  return GTK_WIDGET (self);
}
