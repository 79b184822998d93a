/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "filter-chooser.h"

#include "words.h"

#include <glib/gi18n.h>

const char *
baton_filter_kind_words (BatonFilterKind kind)
{
  static const char *const words[BATON_N_FILTERS] = { N_ ("Owner"), N_ ("Channel"), N_ ("Campaign"),
    N_ ("Asset type"), N_ ("Label"), N_ ("Urgency"), N_ ("Due"), N_ ("Blocked"), N_ ("Kind of stage") };

  return _ (words[kind]);
}

static BatonEntity
entity_of (BatonFilterKind kind)
{
  switch (kind)
    {
    case BATON_FILTER_OWNER:
      return BATON_ENTITY_PERSON;
    case BATON_FILTER_CHANNEL:
      return BATON_ENTITY_CHANNEL;
    case BATON_FILTER_CAMPAIGN:
      return BATON_ENTITY_CAMPAIGN;
    case BATON_FILTER_ASSET_TYPE:
      return BATON_ENTITY_ASSET_TYPE;
    case BATON_FILTER_LABEL:
      return BATON_ENTITY_LABEL;
    case BATON_FILTER_URGENCY:
    case BATON_FILTER_DUE:
    case BATON_FILTER_BLOCKED:
    case BATON_FILTER_KIND:
    case BATON_N_FILTERS:
    default:
      return BATON_ENTITY_NONE;
    }
}

static const char *
due_words (const char *value)
{
  static const char *const table[][2] = { { "overdue", N_ ("overdue") }, { "today", N_ ("today") },
    { "week", N_ ("within a week") }, { "later", N_ ("later") }, { "none", N_ ("no due date") } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_str_equal (table[i][0], value))
        return _ (table[i][1]);
    }
  return value;
}

char *
baton_filter_value_words (BatonBoard *board, BatonFilterKind kind, const char *value)
{
  BatonEntity entity = entity_of (kind);

  if (entity != BATON_ENTITY_NONE)
    return g_strdup (*value != '\0' ? baton_workspace_name_of (
                                          baton_board_workspace (board), entity, value, _ ("no longer there"))
                                    : _ ("none"));
  if (kind == BATON_FILTER_URGENCY)
    return g_strdup (baton_words_urgency (value));
  if (kind == BATON_FILTER_KIND)
    return g_strdup (baton_words_stage_kind (value));
  if (kind == BATON_FILTER_BLOCKED)
    return g_strdup (g_str_equal (value, "yes") ? _ ("yes") : _ ("no"));
  return g_strdup (due_words (value));
}

static void
toggled_cb (GtkCheckButton *check, BatonBoard *board)
{
  BatonFilterKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "kind"));
  g_autoptr (BatonFilter) filter = baton_filter_copy (baton_board_filter (board));

  baton_filter_set (
      filter, kind, g_object_get_data (G_OBJECT (check), "value"), gtk_check_button_get_active (check));
  baton_board_set_filter (board, filter);
}

static void
add_check (GtkBox *box, BatonBoard *board, BatonFilterKind kind, const char *value)
{
  g_autofree char *words = baton_filter_value_words (board, kind, value);
  GtkWidget *check = gtk_check_button_new_with_label (words);

  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (check), baton_filter_has (baton_board_filter (board), kind, value));
  g_object_set_data (G_OBJECT (check), "kind", GUINT_TO_POINTER (kind));
  g_object_set_data_full (G_OBJECT (check), "value", g_strdup (value), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), board, 0);
  gtk_box_append (box, check);
}

static void
add_fixed (GtkBox *box, BatonBoard *board, BatonFilterKind kind)
{
  static const char *const due[] = { "overdue", "today", "week", "later", "none", NULL };
  static const char *const blocked[] = { "yes", "no", NULL };
  const char *const *values = kind == BATON_FILTER_DUE       ? due
                              : kind == BATON_FILTER_BLOCKED ? blocked
                              : kind == BATON_FILTER_KIND    ? baton_field_info (BATON_STAGE_KIND)->choices
                                                             : baton_field_info (BATON_CARD_URGENCY)->choices;

  for (guint i = 0; values[i] != NULL; i++)
    add_check (box, board, kind, values[i]);
}

static void
add_group (GtkBox *groups, BatonBoard *board, BatonFilterKind kind)
{
  BatonEntity entity = entity_of (kind);
  GtkWidget *expander = gtk_expander_new (baton_filter_kind_words (kind));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_margin_start (box, 12);
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  gtk_expander_set_expanded (
      GTK_EXPANDER (expander), baton_filter_is_used (baton_board_filter (board), kind));
  gtk_box_append (groups, expander);
  if (entity == BATON_ENTITY_NONE)
    {
      add_fixed (GTK_BOX (box), board, kind);
      return;
    }
  {
    BatonColumn *list = baton_workspace_list (
        baton_board_workspace (board), entity, entity == BATON_ENTITY_PERSON ? NULL : baton_board_id (board));

    for (guint i = 0; i < baton_column_size (list); i++)
      add_check (GTK_BOX (box), board, kind, baton_item_id (baton_column_peek (list, i)));
  }
  add_check (GTK_BOX (box), board, kind, "");
}

GtkWidget *
baton_filter_chooser_new (BatonBoard *board)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 480);
  gtk_widget_set_size_request (scrolled, 220, -1);
  for (guint i = 0; i < BATON_N_FILTERS; i++)
    add_group (GTK_BOX (groups), board, i);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), groups);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  return popover;
}
