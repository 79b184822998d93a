/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-private.h"

#include "change.h"
#include "groups.h"
#include "inline-edit.h"
#include "words.h"

#include <glib/gi18n.h>

/* Everything about one stage. */

#define SECONDS_OF_A_DAY 86400

static const struct
{
  const char *kind;
  const char *explanation;
} kinds[] = {
  { "backlog", N_ ("Ideas and requests that nobody has promised yet. Time here does not count as work.") },
  { "queue", N_ ("Work waits here until somebody pulls it. The board shows how long.") },
  { "active", N_ ("Somebody works on it. Cycle time begins at the first of these stages.") },
  { "review", N_ ("Somebody looks at it and decides.") },
  { "done", N_ ("Delivered. Cards here are finished and leave the averages of open work.") },
};

typedef struct
{
  BatonBoardSettings *settings; /* borrowed; outlives the page */
  BatonItem *stage;
  AdwPreferencesPage *page;
  GtkCheckButton *checks[G_N_ELEMENTS (kinds)];
  GtkWidget *archive_row;
  GtkWidget *archive_button;
  gboolean showing;
} StagePage;

static void
stage_page_free (gpointer data)
{
  StagePage *self = data;

  g_object_unref (self->stage);
  g_free (self);
}

static void
show_kind (StagePage *self)
{
  const char *kind = baton_item_text (self->stage, BATON_STAGE_KIND);

  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_check_button_set_active (self->checks[i], g_strcmp0 (kinds[i].kind, kind) == 0);
  self->showing = FALSE;
}

static void
kind_changed_cb (GtkWidget *check, const GError *refusal)
{
  /* The page may be gone by now; the check alone was kept. */
  if (refusal != NULL && gtk_widget_get_root (check) != NULL)
    show_kind (g_object_get_data (G_OBJECT (check), "stage-page"));
}

static void
kind_toggled_cb (GtkCheckButton *check, StagePage *self)
{
  const char *kind = g_object_get_data (G_OBJECT (check), "kind");

  if (self->showing || !gtk_check_button_get_active (check) ||
      g_strcmp0 (kind, baton_item_text (self->stage, BATON_STAGE_KIND)) == 0)
    return;
  baton_change (GTK_WIDGET (check), self->settings->workspace,
      baton_change_text (BATON_ENTITY_STAGE, baton_item_id (self->stage), BATON_STAGE_KIND, kind),
      kind_changed_cb);
}

static void
add_kinds (StagePage *self)
{
  AdwPreferencesGroup *group = baton_add_group (GTK_WIDGET (self->page), _ ("Kind"), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();
      const char *name = baton_words_stage_kind (kinds[i].kind);

      self->checks[i] = GTK_CHECK_BUTTON (check);
      if (i > 0)
        gtk_check_button_set_group (self->checks[i], self->checks[0]);
      g_object_set_data (G_OBJECT (check), "kind", (char *) kinds[i].kind);
      g_object_set_data (G_OBJECT (check), "stage-page", self);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (kinds[i].explanation));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
          GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (kinds[i].explanation), -1);
      g_signal_connect (check, "toggled", G_CALLBACK (kind_toggled_cb), self);
      adw_preferences_group_add (group, row);
    }
  show_kind (self);
}

static void
add_limits (StagePage *self)
{
  BatonWorkspace *workspace = self->settings->workspace;
  AdwPreferencesGroup *group = baton_add_group (GTK_WIDGET (self->page), _ ("Limits"),
      _ ("Fewer cards at a time means that each of them is finished sooner."));

  adw_preferences_group_add (
      group, baton_number_row_new (workspace, self->stage, BATON_STAGE_WIP_LIMIT, 1, _ ("Cards at a time"),
                 _ ("Those in the archive and the bin do not count"), _ ("No limit")));
  adw_preferences_group_add (group,
      baton_switch_row_new (workspace, self->stage, BATON_STAGE_WIP_HARD, _ ("Refuse more cards"),
          _ ("Off: the column warns. On: a card that would be too many is sent back with the reason.")));
  adw_preferences_group_add (
      group, baton_number_row_new (workspace, self->stage, BATON_STAGE_AGE_LIMIT, SECONDS_OF_A_DAY,
                 _ ("Days until it is old"), _ ("A card that stays longer is marked as aged"), _ ("Never")));
}

static void
add_done (StagePage *self)
{
  BatonWorkspace *workspace = self->settings->workspace;
  const BatonListWords words = { _ ("Definition of done"), _ ("New line"),
    _ ("Nothing is asked. Write what must be true before a card may leave this stage."), FALSE, NULL, NULL };
  AdwPreferencesGroup *group = baton_add_group (GTK_WIDGET (self->page), _ ("Definition of done"),
      _ ("The checklist that a card meets before it leaves this stage."));
  GtkWidget *insist = baton_switch_row_new (workspace, self->stage, BATON_STAGE_DONE_HARD, _ ("Insist on it"),
      _ ("Off: the card reminds of what is open. On: it can only go back until everything is ticked."));

  adw_preferences_group_add (
      group, baton_list_editor_new (workspace, BATON_ENTITY_CRITERION, baton_item_id (self->stage), &words));
  group = baton_add_group (GTK_WIDGET (self->page), NULL, NULL);
  adw_preferences_group_add (group, insist);
}

static void
archive_clicked_cb (GtkButton *button, StagePage *self)
{
  gboolean archived = baton_item_int (self->stage, BATON_STAGE_ARCHIVED) != 0;

  baton_change (GTK_WIDGET (button), self->settings->workspace,
      baton_change_row (BATON_ENTITY_STAGE, archived ? BATON_ACTION_UNARCHIVE : BATON_ACTION_ARCHIVE,
          baton_item_id (self->stage)),
      NULL);
}

static void
delete_clicked_cb (GtkButton *button, StagePage *self)
{
  gtk_window_present (GTK_WINDOW (baton_stage_remove_ask (self->settings, self->stage)));
}

static GtkWidget *
add_button_row (AdwPreferencesGroup *group, const char *title, const char *subtitle, const char *label,
    GCallback clicked, StagePage *self, GtkWidget **button)
{
  GtkWidget *row = adw_action_row_new ();

  *button = gtk_button_new_with_label (label);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (*button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), *button);
  g_signal_connect (*button, "clicked", clicked, self);
  adw_preferences_group_add (group, row);
  return row;
}

static void
add_end (StagePage *self)
{
  AdwPreferencesGroup *group = baton_add_group (GTK_WIDGET (self->page), NULL, NULL);
  GtkWidget *delete_button;

  self->archive_row = add_button_row (
      group, C_ ("verb", "Archive"), "", "", G_CALLBACK (archive_clicked_cb), self, &self->archive_button);
  add_button_row (group, _ ("Delete"),
      _ ("Its cards go to another stage that you choose; their history stays."), _ ("Delete…"),
      G_CALLBACK (delete_clicked_cb), self, &delete_button);
  gtk_widget_add_css_class (delete_button, "destructive-action");
}

static void
follow_cb (BatonItem *stage, GtkWidget *page)
{
  StagePage *self = g_object_get_data (G_OBJECT (page), "stage-page");
  gboolean archived = baton_item_int (stage, BATON_STAGE_ARCHIVED) != 0;

  if (baton_item_is_removed (stage))
    {
      if (gtk_stack_get_visible_child (self->settings->stack) == page)
        baton_board_settings_go_back (self->settings);
      return;
    }
  show_kind (self);
  adw_preferences_row_set_title (
      ADW_PREFERENCES_ROW (self->archive_row), archived ? _ ("In the archive") : C_ ("verb", "Archive"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->archive_row),
      archived ? _ ("The board does not show this stage. Its cards are where they were.")
               : _ ("Takes the stage off the board. Its cards stay in it and come back with it."));
  gtk_button_set_label (
      GTK_BUTTON (self->archive_button), archived ? _ ("Bring back") : C_ ("verb", "Archive"));
  if (gtk_stack_get_visible_child (self->settings->stack) == page)
    adw_window_title_set_title (self->settings->title, baton_item_text (stage, BATON_STAGE_NAME));
}

GtkWidget *
baton_board_settings_stage_new (BatonBoardSettings *settings, BatonItem *stage)
{
  StagePage *self = g_new0 (StagePage, 1);
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group;

  self->settings = settings;
  self->stage = g_object_ref (stage);
  self->page = ADW_PREFERENCES_PAGE (page);
  g_object_set_data_full (G_OBJECT (page), "stage-page", self, stage_page_free);
  group = baton_add_group (GTK_WIDGET (self->page), NULL, NULL);
  adw_preferences_group_add (
      group, baton_text_row_new (settings->workspace, stage, BATON_STAGE_NAME, _ ("Name"), TRUE));
  adw_preferences_group_add (group,
      baton_text_row_new (settings->workspace, stage, BATON_STAGE_ROLE, _ ("Role that works here"), FALSE));
  add_kinds (self);
  add_limits (self);
  add_done (self);
  add_end (self);
  g_signal_connect_object (stage, "changed", G_CALLBACK (follow_cb), page, 0);
  follow_cb (stage, page);
  return page;
}
