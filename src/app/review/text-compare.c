/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-compare.h"

#include "text-compare-line.h"

#include <glib/gi18n.h>

struct _BatonTextCompare
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkListView *list;
  GListStore *lines; /* BatonDiffLine */
  BatonTextPair *pair;
  GCancellable *comparing;
  gboolean in_one;
  guint at; /* the line that was gone to last */
};

enum
{
  COMPARED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTextCompare, baton_text_compare, GTK_TYPE_WIDGET)

static GtkWidget *
create_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, BatonTextCompare *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  /* The newer version is left whichever way the language is written. */
  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), create_label ());
  gtk_box_append (GTK_BOX (box), create_label ());
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
}

static void
fill_label (GtkWidget *label, BatonDiffLine *line, BatonDiffPart part)
{
  g_autofree char *text = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  gboolean there = baton_diff_line_part (line, part, &text, &attributes);

  gtk_label_set_label (GTK_LABEL (label), there ? text : "");
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  if (there)
    gtk_widget_remove_css_class (label, "missing");
  else
    gtk_widget_add_css_class (label, "missing");
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, BatonTextCompare *self)
{
  BatonDiffLine *line = gtk_list_item_get_item (item);
  GtkWidget *first = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  gboolean alone = self->in_one || !baton_text_pair_has_older (self->pair);

  fill_label (first, line, self->in_one ? BATON_DIFF_PART_BOTH : BATON_DIFF_PART_NEWER);
  gtk_widget_set_visible (second, !alone);
  if (!alone)
    fill_label (second, line, BATON_DIFF_PART_OLDER);
}

static void
fill_lines (BatonTextCompare *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = self->pair != NULL ? baton_text_pair_lines (self->pair) : 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lines, baton_diff_line_new (self->pair, i));
  self->at = G_MAXUINT;
  g_list_store_splice (
      self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)), lines->pdata, lines->len);
}

static void
compare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BatonTextPair *pair = data;

  baton_text_pair_compare (pair);
  g_task_return_boolean (task, TRUE);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonTextCompare *self = BATON_TEXT_COMPARE (source);

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  g_clear_object (&self->comparing);
  g_clear_pointer (&self->pair, baton_text_pair_unref);
  self->pair = baton_text_pair_ref (g_task_get_task_data (G_TASK (result)));
  fill_lines (self);
  g_signal_emit (self, signals[COMPARED], 0);
}

void
baton_text_compare_set (BatonTextCompare *self, const char *newer, const char *older)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  self->comparing = g_cancellable_new ();
  task = g_task_new (self, self->comparing, compared_cb, NULL);
  g_task_set_task_data (task, baton_text_pair_new (newer, older), (GDestroyNotify) baton_text_pair_unref);
  g_task_run_in_thread (task, compare_thread);
}

void
baton_text_compare_set_inline (BatonTextCompare *self, gboolean in_one)
{
  if (self->in_one == in_one)
    return;
  self->in_one = in_one;
  fill_lines (self);
}

char *
baton_text_compare_words (BatonTextCompare *self)
{
  return self->pair != NULL ? baton_text_pair_words (self->pair) : NULL;
}

gboolean
baton_text_compare_step (BatonTextCompare *self, gboolean forward)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  guint at = self->at;

  for (guint tries = 0; tries < n; tries++)
    {
      g_autoptr (BatonDiffLine) line = NULL;

      at = forward ? (at == G_MAXUINT ? 0 : (at + 1) % n) : (at == G_MAXUINT || at == 0 ? n - 1 : at - 1);
      line = g_list_model_get_item (G_LIST_MODEL (self->lines), at);
      if (!baton_diff_line_is_changed (line))
        continue;
      self->at = at;
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", at);
      return TRUE;
    }
  return FALSE;
}

static void
baton_text_compare_dispose (GObject *object)
{
  BatonTextCompare *self = BATON_TEXT_COMPARE (object);

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->pair, baton_text_pair_unref);
  G_OBJECT_CLASS (baton_text_compare_parent_class)->dispose (object);
}

static void
baton_text_compare_class_init (BatonTextCompareClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_text_compare_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "textcompare");
  signals[COMPARED] = g_signal_new (
      "compared", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_text_compare_init (BatonTextCompare *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->at = G_MAXUINT;
  self->lines = g_list_store_new (BATON_TYPE_DIFF_LINE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->lines)))), factory));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Text with its changes"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
baton_text_compare_new (void)
{
  return g_object_new (BATON_TYPE_TEXT_COMPARE, NULL);
}
