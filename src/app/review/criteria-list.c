/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "criteria-list.h"

#include "criterion-row.h"
#include "section.h"

#include <glib/gi18n.h>

struct _BatonCriteriaList
{
  GtkBox parent_instance;

  BatonReviewModel *model;
  BatonNotice *notice; /* borrowed */
  GtkWidget *heading;
  GtkBox *rows;
};

G_DEFINE_FINAL_TYPE (BatonCriteriaList, baton_criteria_list, GTK_TYPE_BOX)

static BatonCriterionRow *
row_at (BatonCriteriaList *self, guint index)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows));

  while (row != NULL && index-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return row != NULL ? BATON_CRITERION_ROW (row) : NULL;
}

/* The same lines in the same order keep their rows, and what is being typed in them. */
static gboolean
has_same_lines (BatonCriteriaList *self, const GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      BatonCriterionRow *row = row_at (self, i);

      if (row == NULL || !g_str_equal (baton_criterion_row_check (row), ((BatonRow *) checks->pdata[i])->id))
        return FALSE;
    }
  return row_at (self, checks->len) == NULL;
}

static void
fill (BatonCriteriaList *self, const GPtrArray *checks)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
  for (guint i = 0; i < checks->len; i++)
    gtk_box_append (self->rows,
        baton_criterion_row_new (self->model, ((BatonRow *) checks->pdata[i])->id, i + 1, self->notice));
}

static void
update_heading (BatonCriteriaList *self)
{
  const BatonRow *card = baton_review_model_card (self->model);
  const char *type = card != NULL ? baton_row_text (card, BATON_CARD_ASSET_TYPE) : NULL;
  const char *name = type != NULL ? baton_workspace_name_of (baton_review_model_workspace (self->model),
                                        BATON_ENTITY_ASSET_TYPE, type, NULL)
                                  : NULL;
  /* Translators: heading of a checklist: "Criteria for Image". */
  g_autofree char *words = name != NULL ? g_strdup_printf (_ ("for %s"), name) : NULL;

  baton_section_set_note (self->heading, words);
}

static void
update (BatonCriteriaList *self)
{
  const GPtrArray *checks = baton_review_model_checks (self->model);
  gboolean shown = checks != NULL && checks->len > 0 && baton_review_model_review (self->model) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;
  update_heading (self);
  if (!has_same_lines (self, checks))
    fill (self, checks);
  for (guint i = 0; i < checks->len; i++)
    baton_criterion_row_update (row_at (self, i));
}

gboolean
baton_criteria_list_press (BatonCriteriaList *self, guint number, gboolean fail)
{
  BatonCriterionRow *row = number > 0 ? row_at (self, number - 1) : NULL;

  if (row != NULL)
    baton_criterion_row_press (row, fail);
  return row != NULL;
}

static void
baton_criteria_list_dispose (GObject *object)
{
  BatonCriteriaList *self = BATON_CRITERIA_LIST (object);
  GtkWidget *row;

  /* The rows know the model only as long as this does. */
  while (self->rows != NULL && (row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
  self->rows = NULL;
  g_clear_object (&self->model);
  G_OBJECT_CLASS (baton_criteria_list_parent_class)->dispose (object);
}

static void
baton_criteria_list_class_init (BatonCriteriaListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_criteria_list_dispose;
}

static void
baton_criteria_list_init (BatonCriteriaList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  self->heading = baton_section_heading (_ ("Criteria"));
  gtk_box_append (GTK_BOX (self), self->heading);
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->rows));
}

GtkWidget *
baton_criteria_list_new (BatonReviewModel *model, BatonNotice *notice)
{
  BatonCriteriaList *self = g_object_new (BATON_TYPE_CRITERIA_LIST, NULL);

  self->model = g_object_ref (model);
  self->notice = notice;
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
