/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "done-list.h"

#include "card-choices.h"
#include "notice.h"
#include "section.h"
#include "tick.h"

#include <glib/gi18n.h>

struct _BatonDoneList
{
  GtkBox parent_instance;

  BatonCardModel *model;
  BatonColumn *criteria; /* of the present stage; borrowed from the workspace */
  char *stage;
  GtkWidget *heading;
  GtkProgressBar *progress;
  GtkLabel *missing;
  GtkListBox *list;
  BatonNotice *notice;
  char *summary;
};

G_DEFINE_FINAL_TYPE (BatonDoneList, baton_done_list, GTK_TYPE_BOX)

static void
asked_cb (BatonTick *tick, gboolean wanted, BatonDoneList *self)
{
  const char *id = g_object_get_data (G_OBJECT (tick), "criterion");

  baton_notice_perform (self->notice, baton_card_model_workspace (self->model),
      baton_card_choose (self->model, BATON_CARD_DONE_CRITERIA, id, wanted), NULL, self);
}

static void
update_row (BatonTick *tick)
{
  BatonItem *criterion = g_object_get_data (G_OBJECT (tick), "item");
  GtkLabel *label = g_object_get_data (G_OBJECT (tick), "label");
  const char *text = baton_item_text (criterion, BATON_CRITERION_TEXT);

  gtk_label_set_text (label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static GtkWidget *
create_row (gpointer object, gpointer data)
{
  BatonDoneList *self = data;
  BatonItem *criterion = object;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *tick = baton_tick_new ();
  GtkWidget *label = baton_wrapped_label (NULL, NULL);

  gtk_widget_set_margin_start (label, 6);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (tick), label);
  g_object_set_data (G_OBJECT (tick), "label", label);
  g_object_set_data_full (G_OBJECT (tick), "item", g_object_ref (criterion), g_object_unref);
  g_object_set_data_full (G_OBJECT (tick), "criterion", g_strdup (baton_item_id (criterion)), g_free);
  baton_tick_show (BATON_TICK (tick), baton_item_has (baton_card_model_card (self->model),
                                          BATON_CARD_DONE_CRITERIA, baton_item_id (criterion)));
  gtk_widget_set_sensitive (tick, baton_card_model_can_edit (self->model));
  g_signal_connect (tick, "asked", G_CALLBACK (asked_cb), self);
  g_signal_connect_object (criterion, "changed", G_CALLBACK (update_row), tick, G_CONNECT_SWAPPED);
  update_row (BATON_TICK (tick));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), tick);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/* The first thing that is missing, and how many more. */
static void
update_summary (BatonDoneList *self, guint met, guint n, const char *missing)
{
  g_autofree char *note = g_strdup_printf (_ ("%u of %u"), met, n);
  g_autofree char *words =
      missing == NULL ? g_strdup (_ ("All done"))
      : n - met == 1
          ? g_strdup_printf (_ ("Missing: %s"), missing)
          : g_strdup_printf (ngettext ("Missing: %s, and %u more", "Missing: %s, and %u more", n - met - 1),
                missing, n - met - 1);

  g_free (self->summary);
  self->summary = g_strdup_printf ("%s. %s", note, words);
  baton_section_set_note (self->heading, note);
  gtk_label_set_text (self->missing, words);
  gtk_progress_bar_set_fraction (self->progress, n > 0 ? (double) met / n : 0);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, self->summary, -1);
}

static void
update_ticks (BatonDoneList *self)
{
  BatonItem *card = baton_card_model_card (self->model);
  guint n = self->criteria != NULL ? baton_column_size (self->criteria) : 0;
  guint met = 0;
  const char *missing = NULL;

  for (guint i = 0; i < n; i++)
    {
      BatonItem *criterion = baton_column_peek (self->criteria, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);
      gboolean done = baton_item_has (card, BATON_CARD_DONE_CRITERIA, baton_item_id (criterion));

      met += done;
      if (!done && missing == NULL)
        missing = baton_item_text (criterion, BATON_CRITERION_TEXT);
      if (row != NULL)
        baton_tick_show (BATON_TICK (gtk_list_box_row_get_child (row)), done);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  update_summary (self, met, n, missing);
}

/* Another stage asks for other things. */
static void
update (BatonDoneList *self)
{
  const char *stage = baton_item_text (baton_card_model_card (self->model), BATON_CARD_STAGE);

  if (g_strcmp0 (stage, self->stage) != 0)
    {
      if (self->criteria != NULL)
        g_signal_handlers_disconnect_by_data (self->criteria, self);
      g_free (self->stage);
      self->stage = g_strdup (stage);
      self->criteria = baton_workspace_list (
          baton_card_model_workspace (self->model), BATON_ENTITY_CRITERION, self->stage);
      gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->criteria), create_row, self, NULL);
      g_signal_connect_object (self->criteria, "items-changed", G_CALLBACK (update_ticks), self,
          G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  update_ticks (self);
}

const char *
baton_done_list_summary (BatonDoneList *self)
{
  return self->summary;
}

static void
baton_done_list_dispose (GObject *object)
{
  BatonDoneList *self = BATON_DONE_LIST (object);

  if (self->criteria != NULL && self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->criteria, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (baton_done_list_parent_class)->dispose (object);
}

static void
baton_done_list_finalize (GObject *object)
{
  BatonDoneList *self = BATON_DONE_LIST (object);

  g_free (self->stage);
  g_free (self->summary);
  G_OBJECT_CLASS (baton_done_list_parent_class)->finalize (object);
}

static void
baton_done_list_class_init (BatonDoneListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_done_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_done_list_finalize;
}

static void
baton_done_list_init (BatonDoneList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->heading = baton_section_heading (_ ("Definition of done"));
  gtk_box_append (GTK_BOX (self), self->heading);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Definition of done"), -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->progress));
  self->missing = GTK_LABEL (baton_wrapped_label (NULL, "dim-label"));
  gtk_widget_add_css_class (GTK_WIDGET (self->missing), "caption");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->missing));
  self->list = GTK_LIST_BOX (baton_section_list (_ ("Definition of done"), NULL, NULL, NULL));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
  self->notice = BATON_NOTICE (baton_notice_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->notice));
}

GtkWidget *
baton_done_list_new (BatonCardModel *model)
{
  BatonDoneList *self = g_object_new (BATON_TYPE_DONE_LIST, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
