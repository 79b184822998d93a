/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

#include "board-ops.h"
#include "permits.h"

#include <glib/gi18n.h>

/* An entry over the cards of a column: Enter adds and stays for the next one, Escape puts it away. What was
 * typed and not added is kept as a draft of the stage. */

static char *
draft_key (const char *stage)
{
  return g_strconcat ("quick-add/", stage, NULL);
}

static void
keep_draft (BatonBoardView *self, GtkEditable *entry)
{
  const char *stage = g_object_get_data (G_OBJECT (entry), "stage");
  const char *text = gtk_editable_get_text (entry);
  g_autofree char *key = draft_key (stage);

  baton_workspace_set_draft (baton_board_workspace (self->board), key, *text != '\0' ? text : NULL);
}

static void
close_entry (BatonBoardView *self)
{
  GtkWidget *entry = self->quick_entry;

  self->quick_entry = NULL;
  if (entry == NULL)
    return;
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (entry)), entry);
  baton_board_view_focus (self);
}

typedef struct
{
  BatonBoardView *view;
  GtkWidget *entry;
  char *id;
} Adding;

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Adding *adding = data;
  BatonBoardView *self = adding->view;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);
  BatonItem *card = self->board != NULL ? baton_board_card (self->board, adding->id) : NULL;
  guint position;
  BatonCell *cell = card != NULL ? baton_board_view_cell_of (self, card, &position) : NULL;

  if (effect == NULL)
    {
      /* The text stays where it was typed. */
      gtk_widget_add_css_class (adding->entry, "error");
      gtk_widget_set_tooltip_text (adding->entry, error->message);
      baton_card_drag_show_message (self->drag, error->message, 60, 90);
      baton_board_view_announce (self, error->message);
    }
  else if (self->quick_entry == adding->entry)
    {
      gtk_widget_remove_css_class (adding->entry, "error");
      gtk_editable_set_text (GTK_EDITABLE (adding->entry), "");
      keep_draft (self, GTK_EDITABLE (adding->entry));
      if (cell != NULL && cell->list != NULL)
        baton_lazy_list_scroll_to (cell->list, position);
      baton_board_view_announce (self, _ ("Card added"));
    }
  g_object_unref (adding->view);
  g_object_unref (adding->entry);
  g_free (adding->id);
  g_free (adding);
}

/* The lane of the card that the keyboard is on, if that is in the same stage; else none in particular. */
static const char *
lane_for (BatonBoardView *self, const char *stage)
{
  BatonItem *card = baton_board_view_cursor_card (self);

  if (card == NULL || g_strcmp0 (baton_item_text (card, BATON_CARD_STAGE), stage) != 0)
    return NULL;
  return baton_board_lane_of (self->board, card);
}

static void
activate_cb (GtkEntry *entry, BatonBoardView *self)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  const char *stage = g_object_get_data (G_OBJECT (entry), "stage");
  Adding *adding;
  BatonOp *op;

  if (*title == '\0')
    {
      close_entry (self);
      return;
    }
  op = baton_board_op_add (self->board, stage, lane_for (self, stage), title);
  adding = g_new0 (Adding, 1);
  adding->view = g_object_ref (self);
  adding->entry = g_object_ref (GTK_WIDGET (entry));
  adding->id = g_strdup (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row->id);
  baton_workspace_perform_async (baton_board_workspace (self->board), op, added_cb, adding);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonBoardView *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  close_entry (self);
  return GDK_EVENT_STOP;
}

static void
changed_cb (GtkEditable *entry, BatonBoardView *self)
{
  keep_draft (self, entry);
}

static GtkWidget *
new_entry (BatonBoardView *self, const char *stage)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *key = draft_key (stage);
  g_autofree char *draft = baton_workspace_draft (baton_board_workspace (self->board), key);
  g_autofree char *name = g_strdup_printf (_ ("Title of a new card in “%s”"),
      baton_workspace_name_of (baton_board_workspace (self->board), BATON_ENTITY_STAGE, stage, ""));

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Title, then Enter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (draft != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), draft);
  g_object_set_data_full (G_OBJECT (entry), "stage", g_strdup (stage), g_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), self);
  return entry;
}

/* What is open, to be opened again after a new layout: the text is kept as a draft already. */
char *
baton_board_view_note_quick_add (BatonBoardView *self, int *position)
{
  if (self->quick_entry == NULL || gtk_widget_get_focus_child (self->quick_entry) == NULL)
    return NULL;
  *position = gtk_editable_get_position (GTK_EDITABLE (self->quick_entry));
  return g_strdup (g_object_get_data (G_OBJECT (self->quick_entry), "stage"));
}

void
baton_board_view_reopen_quick_add (BatonBoardView *self, const char *stage, int position)
{
  if (stage == NULL || g_hash_table_contains (self->folded_stages, stage))
    return;
  baton_board_view_open_quick_add (self, stage);
  if (self->quick_entry != NULL)
    gtk_editable_set_position (GTK_EDITABLE (self->quick_entry), position);
}

void
baton_board_view_open_quick_add (BatonBoardView *self, const char *stage)
{
  const char *why = baton_workspace_why_not (baton_board_workspace (self->board), BATON_VERB_CARD_ADD);
  GtkWidget *header, *column;

  if (why != NULL)
    {
      baton_card_drag_show_message (self->drag, why, 60, 90);
      baton_board_view_announce (self, why);
      return;
    }
  if (g_hash_table_remove (self->folded_stages, stage))
    baton_board_view_layout (self);
  header = g_hash_table_lookup (self->headers, stage);
  if (header == NULL)
    return;
  if (self->quick_entry != NULL)
    close_entry (self);
  column = gtk_widget_get_parent (header);
  self->quick_entry = new_entry (self, stage);
  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (column)) == GTK_ORIENTATION_VERTICAL)
    gtk_box_insert_child_after (GTK_BOX (column), self->quick_entry, header);
  else
    gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (column)), self->quick_entry, column);
  gtk_widget_grab_focus (self->quick_entry);
}

void
baton_board_view_new_card (BatonBoardView *self)
{
  BatonItem *card = self->board != NULL ? baton_board_card (self->board, self->cursor) : NULL;
  BatonColumn *stages = self->board != NULL ? baton_board_stages (self->board) : NULL;
  const char *stage = card != NULL ? baton_item_text (card, BATON_CARD_STAGE) : NULL;

  for (guint i = 0; stages != NULL && stage == NULL && i < baton_column_size (stages); i++)
    {
      if (baton_item_int (baton_column_peek (stages, i), BATON_STAGE_ARCHIVED) == 0)
        stage = baton_item_id (baton_column_peek (stages, i));
    }
  if (stage != NULL)
    baton_board_view_open_quick_add (self, stage);
}
