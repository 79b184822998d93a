/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "sibling-bar.h"

#include "change.h"
#include "siblings.h"

#include <glib/gi18n.h>

struct _BatonSiblingBar
{
  GtkBox parent_instance;

  GtkButton *buttons[2]; /* for the version on the left and the one on the right */
  char *versions[2];
  int numbers[2];
  int chosen; /* the number of the one that was asked for last */
  BatonReviewModel *model;
  BatonNotice *notice; /* borrowed: it is beside us for as long as the model is shown */
};

G_DEFINE_FINAL_TYPE (BatonSiblingBar, baton_sibling_bar, GTK_TYPE_BOX)

static void
chosen_cb (gpointer owner, const BatonEffect *effect)
{
  BatonSiblingBar *self = owner;
  g_autofree char *words = g_strdup_printf (_ ("Version %d counts now."), self->chosen);

  if (effect != NULL)
    baton_change_toast (gtk_widget_get_parent (GTK_WIDGET (self)), words);
}

static void
choose_cb (GtkButton *button, BatonSiblingBar *self)
{
  guint side = button == self->buttons[1];
  const char *version = self->versions[side];
  BatonOp *op;

  if (self->model == NULL || version == NULL)
    return;
  self->chosen = self->numbers[side];
  op = baton_op_new (BATON_VERB_ASSET_CHOOSE);
  baton_op_add_id (op, baton_review_model_asset_id (self->model));
  baton_op_set_text (op, BATON_ASSET_CURRENT, version);
  baton_notice_perform (self->notice, baton_review_model_workspace (self->model), op, chosen_cb, self);
}

static void
show_button (BatonSiblingBar *self, guint i, const BatonRow *version)
{
  const BatonRow *asset = baton_review_model_asset (self->model);
  gboolean counts = g_strcmp0 (baton_row_text (asset, BATON_ASSET_CURRENT), version->id) == 0;
  int number = self->numbers[i] = (int) baton_row_int (version, BATON_VERSION_NUMBER);
  g_autofree char *label = counts ? g_strdup_printf (_ ("Keep version %d"), number)
                                  : g_strdup_printf (_ ("Choose version %d"), number);

  gtk_button_set_label (self->buttons[i], label);
  g_free (self->versions[i]);
  self->versions[i] = g_strdup (version->id);
}

void
baton_sibling_bar_show (BatonSiblingBar *self, BatonReviewModel *model, const BatonRow *left,
    const BatonRow *right, BatonNotice *notice)
{
  gboolean siblings = model != NULL && left != NULL && right != NULL && baton_review_model_can_edit (model) &&
                      baton_versions_are_siblings (baton_review_model_asset (model), left, right);

  model = siblings ? model : NULL;
  g_set_object (&self->model, model);
  self->notice = notice;
  if (siblings)
    {
      show_button (self, 0, left);
      show_button (self, 1, right);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), siblings);
}

static void
baton_sibling_bar_dispose (GObject *object)
{
  BatonSiblingBar *self = BATON_SIBLING_BAR (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->versions[0], g_free);
  g_clear_pointer (&self->versions[1], g_free);
  G_OBJECT_CLASS (baton_sibling_bar_parent_class)->dispose (object);
}

static void
baton_sibling_bar_class_init (BatonSiblingBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_sibling_bar_dispose;
}

static void
baton_sibling_bar_init (BatonSiblingBar *self)
{
  GtkWidget *words = gtk_label_new (_ ("Made apart from the same version. Which one counts?"));
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sibling-bar");
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (self), words);
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  for (guint i = 0; i < 2; i++)
    {
      self->buttons[i] = GTK_BUTTON (gtk_button_new ());
      gtk_widget_set_halign (GTK_WIDGET (self->buttons[i]), GTK_ALIGN_CENTER);
      g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (choose_cb), self);
      gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->buttons[i]));
    }
  gtk_box_append (GTK_BOX (self), buttons);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
baton_sibling_bar_new (void)
{
  return g_object_new (BATON_TYPE_SIBLING_BAR, "spacing", 6, NULL);
}
