/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "window-private.h"

#include "card-pane-private.h"

#include <glib/gi18n.h>

/* Going to a card from elsewhere: on its board, which may have to be opened first, and into one of its texts.
 */

static void
edit_text (BatonWindow *self, BatonField field)
{
  BatonCardPage *page = baton_card_pane_page (self->card_pane);
  BatonTextField *text;

  if (page == NULL)
    return;
  if (field == BATON_COMMENT_TEXT)
    {
      baton_card_page_comment (page);
      return;
    }
  text = field == BATON_CARD_TITLE ? baton_card_page_title (page) : baton_card_page_text (page, field);
  if (text != NULL)
    baton_text_field_edit (text);
}

static void
loaded_cb (BatonCardModel *model, BatonWindow *self)
{
  BatonField field = self->wanted_field;

  self->wanted_field = BATON_FIELD_NONE;
  g_signal_handlers_disconnect_by_func (model, G_CALLBACK (loaded_cb), self);
  if (field != BATON_FIELD_NONE && baton_card_pane_model (self->card_pane) == model)
    edit_text (self, field);
}

/* The pane is made anew, so that it finds drafts that came from elsewhere. */
static void
show (BatonWindow *self)
{
  BatonCardModel *model;

  baton_window_show_view (self, "board");
  baton_window_show_card_pane (self, FALSE);
  baton_window_open_card (self, self->wanted_card);
  model = baton_card_pane_model (self->card_pane);
  if (model == NULL)
    {
      baton_window_toast (self, _ ("The card is not on its board any more."), FALSE);
      return;
    }
  if (baton_card_model_is_loaded (model))
    loaded_cb (model, self);
  else
    g_signal_connect_object (model, "loaded", G_CALLBACK (loaded_cb), self, 0);
}

void
baton_window_open_wanted (BatonWindow *self)
{
  if (self->wanted_card == NULL)
    return;
  show (self);
  g_clear_pointer (&self->wanted_card, g_free);
}

void
baton_window_enter_card (BatonWindow *self, const char *card)
{
  baton_window_open_card (self, card);
  if (baton_card_pane_get_card (self->card_pane) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->card_pane));
}

void
baton_window_edit_card (BatonWindow *self, const char *card, BatonField field)
{
  g_autoptr (BatonRow) row =
      baton_reader_row (baton_workspace_reader (self->workspace), BATON_ENTITY_CARD, card);
  const char *board = row != NULL ? baton_row_text (row, BATON_CARD_BOARD) : NULL;

  g_free (self->wanted_card);
  self->wanted_card = g_strdup (card);
  self->wanted_field = field;
  if (board != NULL && (self->board == NULL || !g_str_equal (baton_board_id (self->board), board)))
    baton_window_open_board (self, board);
  else
    baton_window_open_wanted (self);
}
