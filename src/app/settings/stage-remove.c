/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-private.h"

#include "change.h"

#include <glib/gi18n.h>

/* Deleting a stage never deletes cards: it asks where they go. */

typedef struct
{
  guint live;
  guint archived;
  guint binned;
  guint templates;
} Counts;

static guint
count_in (GPtrArray *cards, BatonItem *stage)
{
  g_autoptr (GPtrArray) owned = cards;
  guint n = 0;

  for (guint i = 0; i < owned->len; i++)
    n += g_strcmp0 (
             baton_item_text (g_ptr_array_index (owned, i), BATON_CARD_STAGE), baton_item_id (stage)) == 0;
  return n;
}

static Counts
count (BatonBoard *board, BatonItem *stage)
{
  Counts counts = {
    .live = count_in (baton_board_live_cards (board), stage),
    .archived = count_in (baton_board_shelf (board, BATON_SHELF_ARCHIVE), stage),
    .binned = count_in (baton_board_shelf (board, BATON_SHELF_BIN), stage),
    .templates = count_in (baton_board_shelf (board, BATON_SHELF_TEMPLATES), stage),
  };

  return counts;
}

static char *
describe (const Counts *counts)
{
  guint n = counts->live + counts->archived + counts->binned + counts->templates;
  GString *text = g_string_new (NULL);

  if (n == 0)
    return g_string_free (g_string_assign (text, _ ("There are no cards in it.")), FALSE);
  g_string_append_printf (text, ngettext ("There is %u card in it", "There are %u cards in it", n), n);
  if (counts->archived > 0)
    g_string_append_printf (text,
        ngettext (", %u in the archive", ", %u of them in the archive", counts->archived), counts->archived);
  if (counts->binned > 0)
    g_string_append_printf (
        text, ngettext (", %u in the bin", ", %u of them in the bin", counts->binned), counts->binned);
  if (counts->templates > 0)
    g_string_append_printf (
        text, ngettext (", %u a template", ", %u of them templates", counts->templates), counts->templates);
  g_string_append (text, ". ");
  g_string_append (
      text, _ ("Choose the stage that they go to. Their history is kept, and the deletion can be undone."));
  return g_string_free (text, FALSE);
}

/* The other stages, those on the board first, and the nearest one first of all. */
static GPtrArray *
list_targets (BatonBoard *board, BatonItem *stage)
{
  BatonColumn *stages = baton_board_stages (board);
  GPtrArray *targets = g_ptr_array_new_with_free_func (g_object_unref);

  for (int archived = 0; archived < 2; archived++)
    {
      for (guint i = 0; i < baton_column_size (stages); i++)
        {
          BatonItem *other = baton_column_peek (stages, i);

          if (other != stage && (baton_item_int (other, BATON_STAGE_ARCHIVED) != 0) == (archived != 0))
            g_ptr_array_add (targets, g_object_ref (other));
        }
    }
  return targets;
}

static guint
nearest (BatonBoard *board, BatonItem *stage, GPtrArray *targets)
{
  BatonColumn *stages = baton_board_stages (board);
  guint position = 0, found = 0;
  BatonItem *neighbour;

  baton_column_find (stages, stage, &position);
  neighbour = baton_column_peek (stages, position > 0 ? position - 1 : 1);
  g_ptr_array_find (targets, neighbour, &found);
  return found;
}

static GtkWidget *
create_chooser (GPtrArray *targets, guint selected)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *chooser = gtk_drop_down_new (NULL, NULL);

  for (guint i = 0; i < targets->len; i++)
    gtk_string_list_append (names, baton_item_text (g_ptr_array_index (targets, i), BATON_STAGE_NAME));
  gtk_drop_down_set_model (GTK_DROP_DOWN (chooser), G_LIST_MODEL (names));
  g_object_unref (names);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), selected);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Stage that the cards go to"), -1);
  return chooser;
}

typedef struct
{
  BatonBoardSettings *settings;
  BatonItem *stage;
  GPtrArray *targets;
  GtkWidget *chooser; /* NULL when there are no cards */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->settings);
  g_object_unref (asking->stage);
  g_ptr_array_unref (asking->targets);
  g_free (asking);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Asking *asking)
{
  const char *id = baton_item_id (asking->stage);
  BatonOp *op;
  g_autofree char *done = NULL;

  if (!g_str_equal (response, "delete"))
    return;
  op = baton_change_row (BATON_ENTITY_STAGE, BATON_ACTION_REMOVE, id);
  if (asking->chooser != NULL)
    baton_op_set_to (op, baton_item_id (g_ptr_array_index (
                             asking->targets, gtk_drop_down_get_selected (GTK_DROP_DOWN (asking->chooser)))));
  done = g_strdup_printf (_ ("“%s” was deleted."), baton_item_text (asking->stage, BATON_STAGE_NAME));
  baton_change_with_toast (
      GTK_WIDGET (asking->settings->stack), asking->settings->workspace, op, done, _ ("Undo"), NULL);
}

AdwMessageDialog *
baton_stage_remove_ask (BatonBoardSettings *self, BatonItem *stage)
{
  Counts counts = count (self->board, stage);
  g_autofree char *body = describe (&counts);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  Asking *asking = g_new0 (Asking, 1);

  asking->settings = g_object_ref (self);
  asking->stage = g_object_ref (stage);
  asking->targets = list_targets (self->board, stage);
  g_object_set_data_full (G_OBJECT (dialog), "asking", asking, asking_free);
  adw_message_dialog_format_heading (message, _ ("Delete “%s”?"), baton_item_text (stage, BATON_STAGE_NAME));
  adw_message_dialog_set_body (
      message, asking->targets->len > 0 ? body : _ ("A board needs at least one stage."));
  adw_message_dialog_add_response (message, "cancel", _ ("_Cancel"));
  adw_message_dialog_set_close_response (message, "cancel");
  if (asking->targets->len == 0)
    return message;
  adw_message_dialog_add_response (message, "delete", _ ("_Delete stage"));
  adw_message_dialog_set_response_appearance (message, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "delete");
  if (counts.live + counts.archived + counts.binned + counts.templates > 0)
    {
      asking->chooser = create_chooser (asking->targets, nearest (self->board, stage, asking->targets));
      adw_message_dialog_set_extra_child (message, asking->chooser);
    }
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), asking);
  return message;
}
