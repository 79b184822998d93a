/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "import-private.h"

#include "groups.h"
#include "words.h"

#include <glib/gi18n.h>

static GtkWidget *
new_row (const char *title, const char *subtitle, const char *count)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (count);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/* Nouns of the engine stand in the middle of its sentences; here they begin a row. */
static char *
capitalize (const char *text)
{
  const char *rest = g_utf8_next_char (text);
  g_autofree char *first = g_utf8_strup (text, rest - text);

  return g_strconcat (first, rest, NULL);
}

static void
add_span (AdwPreferencesGroup *group, gint64 from, gint64 to)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_unix_local (from / G_USEC_PER_SEC);
  g_autoptr (GDateTime) last = g_date_time_new_from_unix_local (to / G_USEC_PER_SEC);
  g_autofree char *a = g_date_time_format (first, "%x");
  g_autofree char *b = g_date_time_format (last, "%x");
  g_autofree char *span = g_strdup_printf (_ ("%s to %s"), a, b);

  adw_preferences_group_add (group, new_row (_ ("History"), NULL, span));
}

static void
add_lines (AdwPreferencesGroup *group, const BatonImportPlan *plan, gboolean carried)
{
  for (guint i = 0; i < plan->summary->len; i++)
    {
      const BatonImportLine *line = g_ptr_array_index (plan->summary, i);
      g_autofree char *title = capitalize (line->what);
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, line->count);

      if ((line->reason == NULL) == carried)
        adw_preferences_group_add (group, new_row (title, line->reason, count));
    }
}

static guint
count_lines (const BatonImportPlan *plan, gboolean carried)
{
  guint n = 0;

  for (guint i = 0; i < plan->summary->len; i++)
    n += (((BatonImportLine *) g_ptr_array_index (plan->summary, i))->reason == NULL) == carried;
  return n;
}

static void
kind_chosen_cb (AdwComboRow *row, GParamSpec *pspec, BatonRow *stage)
{
  const char *const *kinds = baton_field_info (BATON_STAGE_KIND)->choices;

  baton_row_set_text (stage, BATON_STAGE_KIND, kinds[adw_combo_row_get_selected (row)]);
}

static void
stage_unref (gpointer stage, GClosure *closure)
{
  baton_row_unref (stage);
}

static GtkWidget *
kind_row_new (BatonRow *stage)
{
  const char *const *kinds = baton_field_info (BATON_STAGE_KIND)->choices;
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      gtk_string_list_append (names, baton_words_stage_kind (kinds[i]));
      if (g_strcmp0 (kinds[i], baton_row_text (stage, BATON_STAGE_KIND)) == 0)
        selected = i;
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), baton_row_text (stage, BATON_STAGE_NAME));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_data (
      row, "notify::selected", G_CALLBACK (kind_chosen_cb), baton_row_ref (stage), stage_unref, 0);
  return row;
}

/* What the activities of an event log are taken for is proposed, and decides what is measured. */
static void
add_kinds (GtkWidget *page, const BatonImportPlan *plan)
{
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; plan->source != NULL && i < plan->ops->len; i++)
    {
      const BatonOp *op = g_ptr_array_index (plan->ops, i);

      if (op->verb != BATON_VERB_STAGE_ADD)
        continue;
      if (group == NULL)
        group = baton_add_group (page, _ ("Stages"),
            _ ("What counts as waiting, as work and as done. It can be changed later in the board’s "
               "settings."));
      adw_preferences_group_add (
          group, kind_row_new (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row));
    }
}

GtkWidget *
baton_import_summary_new (const BatonImportPlan *plan, gint64 from, gint64 to, gboolean done)
{
  GtkWidget *page = adw_preferences_page_new ();
  g_autofree char *name =
      plan->name != NULL ? g_markup_escape_text (plan->name, -1) : g_strdup (_ ("Workspace"));
  AdwPreferencesGroup *group = baton_add_group (page, name,
      plan->mode == BATON_IMPORT_UPDATE && count_lines (plan, TRUE) == 0
          ? _ ("There is nothing new in this file.")
          : (done ? _ ("This was carried over.") : _ ("This will be carried over.")));

  add_lines (group, plan, TRUE);
  if (from != 0)
    add_span (group, from, to);
  if (!done)
    add_kinds (page, plan);
  if (count_lines (plan, FALSE) > 0)
    add_lines (baton_add_group (page, _ ("Left out or changed"),
                   _ ("The file stays as it is, so nothing of this is lost in it.")),
        plan, FALSE);
  return page;
}
