/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-private.h"

#include "change.h"
#include "inline-edit.h"

#include <glib/gi18n.h>

/* How a board reviews: the window, where cards go when a review closes, and what each asset type is looked at
 * for. */

#define N_WAYS 2

typedef struct
{
  BatonBoardSettings *settings; /* borrowed; outlives the page */
  AdwComboRow *ways[N_WAYS];
  GPtrArray *stages; /* ids, in the order of the combo rows; the first is none */
  gboolean showing;
} ReviewsPage;

static const struct
{
  BatonField field;
  const char *title;
} ways[N_WAYS] = {
  { BATON_BOARD_ON_APPROVED, N_ ("When a review approves") },
  { BATON_BOARD_ON_CHANGES, N_ ("When changes are requested") },
};

static void
reviews_page_free (gpointer data)
{
  ReviewsPage *self = data;

  g_ptr_array_unref (self->stages);
  g_free (self);
}

static AdwPreferencesGroup *
add_group (GtkWidget *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_reviews (ReviewsPage *self, GtkWidget *page)
{
  BatonWorkspace *workspace = self->settings->workspace;
  BatonItem *item = self->settings->item;
  AdwPreferencesGroup *group = add_group (page, _ ("Reviews"),
      _ ("How long reviewers have, and which hours count: all of them, where nothing is set."));

  adw_preferences_group_add (group, baton_number_row_new (workspace, item, BATON_BOARD_REVIEW_HOURS, 1,
                                        _ ("Hours for a review"), NULL, _ ("24 hours")));
  adw_preferences_group_add (group, baton_text_row_new (workspace, item, BATON_BOARD_WORKING_HOURS,
                                        _ ("Working hours, such as 1-5 09:00-17:00"), FALSE));
  adw_preferences_group_add (group, baton_text_row_new (workspace, item, BATON_BOARD_TIME_ZONE,
                                        _ ("Time zone, such as Europe/Berlin"), FALSE));
}

static void
show_way (ReviewsPage *self, guint i)
{
  const char *id = baton_item_text (self->settings->item, ways[i].field);
  guint selected = 0;

  for (guint j = 1; id != NULL && j < self->stages->len; j++)
    {
      if (g_str_equal (g_ptr_array_index (self->stages, j), id))
        selected = j;
    }
  self->showing = TRUE;
  adw_combo_row_set_selected (self->ways[i], selected);
  self->showing = FALSE;
}

static void
way_chosen_cb (AdwComboRow *row, GParamSpec *pspec, ReviewsPage *self)
{
  guint selected = adw_combo_row_get_selected (row);
  guint i = 0;
  const char *id;

  while (i < N_WAYS - 1 && self->ways[i] != row)
    i++;
  if (self->showing || selected >= self->stages->len)
    return;
  id = g_ptr_array_index (self->stages, selected);
  if (g_strcmp0 (*id != '\0' ? id : NULL, baton_item_text (self->settings->item, ways[i].field)) == 0)
    return;
  baton_change (GTK_WIDGET (row), self->settings->workspace,
      baton_change_text (
          BATON_ENTITY_BOARD, baton_item_id (self->settings->item), ways[i].field, *id != '\0' ? id : NULL),
      NULL);
}

static void
add_ways (ReviewsPage *self, GtkWidget *page)
{
  AdwPreferencesGroup *group = add_group (page, _ ("Cards that move by themselves"),
      _ ("The move belongs to what the person did; one undo takes both back. A full stage keeps the card "
         "where it is."));
  BatonColumn *stages = baton_workspace_list (
      self->settings->workspace, BATON_ENTITY_STAGE, baton_board_id (self->settings->board));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Stays where it is"));
  g_ptr_array_add (self->stages, g_strdup (""));
  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      BatonItem *stage = baton_column_peek (stages, i);

      gtk_string_list_append (names, baton_item_text (stage, BATON_STAGE_NAME));
      g_ptr_array_add (self->stages, g_strdup (baton_item_id (stage)));
    }
  for (guint i = 0; i < N_WAYS; i++)
    {
      self->ways[i] = ADW_COMBO_ROW (adw_combo_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ways[i]), _ (ways[i].title));
      self->showing = TRUE;
      adw_combo_row_set_model (self->ways[i], G_LIST_MODEL (names));
      self->showing = FALSE;
      show_way (self, i);
      g_signal_connect (self->ways[i], "notify::selected", G_CALLBACK (way_chosen_cb), self);
      adw_preferences_group_add (group, GTK_WIDGET (self->ways[i]));
    }
}

/* What each asset type is looked at for. */
static void
add_checks (ReviewsPage *self, GtkWidget *page)
{
  BatonColumn *types = baton_workspace_list (
      self->settings->workspace, BATON_ENTITY_ASSET_TYPE, baton_board_id (self->settings->board));
  const BatonListWords words = { _ ("Review list"), _ ("New line"),
    _ ("Nothing is asked. Write what a reviewer should look at."), FALSE, NULL, NULL };

  for (guint i = 0; i < baton_column_size (types); i++)
    {
      BatonItem *type = baton_column_peek (types, i);
      g_autofree char *title =
          g_strdup_printf (_ ("Review list: %s"), baton_item_text (type, BATON_ASSET_TYPE_NAME));

      adw_preferences_group_add (
          add_group (page, title, NULL), baton_list_editor_new (self->settings->workspace,
                                             BATON_ENTITY_REVIEW_CHECK, baton_item_id (type), &words));
    }
}

static void
follow_cb (BatonItem *item, GtkWidget *page)
{
  ReviewsPage *self = g_object_get_data (G_OBJECT (page), "reviews-page");

  for (guint i = 0; i < N_WAYS; i++)
    show_way (self, i);
}

GtkWidget *
baton_board_settings_reviews_new (BatonBoardSettings *settings)
{
  ReviewsPage *self = g_new0 (ReviewsPage, 1);
  GtkWidget *page = adw_preferences_page_new ();

  self->settings = settings;
  self->stages = g_ptr_array_new_with_free_func (g_free);
  g_object_set_data_full (G_OBJECT (page), "reviews-page", self, reviews_page_free);
  add_ways (self, page);
  add_reviews (self, page);
  add_checks (self, page);
  g_signal_connect_object (settings->item, "changed", G_CALLBACK (follow_cb), page, 0);
  return page;
}
