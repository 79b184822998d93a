/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-compare-private.h"

#include "mark-geometry.h"
#include "pin.h"

#include <glib/gi18n.h>

enum
{
  COMPARED,
  PIN,
  ACTIVATED,
  MARKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTextCompare, baton_text_compare, GTK_TYPE_WIDGET)

static void
touched_cb (BatonPin *pin, int how, BatonTextCompare *self)
{
  g_signal_emit (self, signals[PIN], 0, pin, how);
}

static void
gone_cb (GtkWidget *line, BatonTextCompare *self)
{
  g_ptr_array_remove_fast (self->shown, line);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, BatonTextCompare *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  /* The newer version is left whichever way the language is written. */
  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *line = baton_text_line_new (&self->look);

      gtk_box_append (GTK_BOX (box), line);
      g_ptr_array_add (self->shown, line);
      g_signal_connect (line, "destroy", G_CALLBACK (gone_cb), self);
    }
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, BatonTextCompare *self)
{
  BatonDiffLine *line = gtk_list_item_get_item (item);
  GtkWidget *first = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  gboolean alone = self->in_one || !baton_text_pair_has_older (self->pair);

  baton_text_line_bind (
      BATON_TEXT_LINE (first), line, self->in_one ? BATON_DIFF_PART_BOTH : BATON_DIFF_PART_NEWER);
  gtk_widget_set_visible (second, !alone);
  baton_text_line_bind (BATON_TEXT_LINE (second), alone ? NULL : line, BATON_DIFF_PART_OLDER);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, BatonTextCompare *self)
{
  GtkWidget *first = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  baton_text_line_bind (BATON_TEXT_LINE (first), NULL, BATON_DIFF_PART_NEWER);
  baton_text_line_bind (BATON_TEXT_LINE (gtk_widget_get_next_sibling (first)), NULL, BATON_DIFF_PART_OLDER);
}

void
baton_text_compare_refresh (BatonTextCompare *self)
{
  for (guint i = 0; i < self->shown->len; i++)
    baton_text_line_refresh (g_ptr_array_index (self->shown, i));
}

void
baton_text_compare_say_marked (BatonTextCompare *self, const BatonMark *mark)
{
  g_signal_emit (self, signals[MARKED], 0, mark);
}

void
baton_text_compare_say_activated (BatonTextCompare *self, const char *comment)
{
  g_signal_emit (self, signals[ACTIVATED], 0, comment);
}

static void
fill_lines (BatonTextCompare *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = self->pair != NULL ? baton_text_pair_lines (self->pair) : 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lines, baton_diff_line_new (self->pair, i));
  self->at = G_MAXUINT;
  baton_text_compare_forget_selection (self);
  g_list_store_splice (
      self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)), lines->pdata, lines->len);
}

static void
place_draft (BatonTextCompare *self)
{
  BatonTextLook *look = &self->look;

  look->draft_from = look->draft_to = 0;
  if (self->draft != NULL && self->pair != NULL)
    baton_text_mark_bytes (
        baton_text_pair_text (self->pair, FALSE), self->draft, &look->draft_from, &look->draft_to);
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
  place_draft (self);
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

void
baton_text_compare_set_marks (BatonTextCompare *self, gboolean older, GPtrArray *marks)
{
  g_clear_pointer (&self->look.marks[older], g_ptr_array_unref);
  self->look.marks[older] = g_ptr_array_ref (marks);
  baton_text_compare_refresh (self);
}

void
baton_text_compare_select (BatonTextCompare *self, const char *comment)
{
  g_free (self->look.selected);
  self->look.selected = g_strdup (comment);
  baton_text_compare_refresh (self);
}

gboolean
baton_text_compare_reveal (BatonTextCompare *self, const char *comment)
{
  GPtrArray *marks = self->look.marks[0];
  guint line;

  for (guint i = 0; marks != NULL && self->pair != NULL && i < marks->len; i++)
    {
      const BatonTextMark *mark = g_ptr_array_index (marks, i);

      if (g_strcmp0 (mark->comment, comment) != 0 || mark->from == mark->to ||
          !baton_text_pair_line_at (self->pair, mark->from, &line))
        continue;
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", line);
      return TRUE;
    }
  return FALSE;
}

void
baton_text_compare_set_draft (BatonTextCompare *self, const BatonMark *mark)
{
  g_clear_pointer (&self->draft, baton_mark_free);
  if (mark != NULL && mark->shape == BATON_MARK_TEXT)
    self->draft = baton_mark_copy (mark);
  place_draft (self);
  baton_text_compare_refresh (self);
}

GtkWidget *
baton_text_compare_pin (BatonTextCompare *self, const char *comment)
{
  for (guint i = 0; i < self->shown->len; i++)
    {
      GtkWidget *pin = baton_text_line_pin (g_ptr_array_index (self->shown, i), comment);

      if (pin != NULL)
        return pin;
    }
  return NULL;
}

static void
baton_text_compare_dispose (GObject *object)
{
  BatonTextCompare *self = BATON_TEXT_COMPARE (object);

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  g_clear_handle_id (&self->reading, g_source_remove);
  g_clear_pointer (&self->offer, gtk_widget_unparent);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->pair, baton_text_pair_unref);
  G_OBJECT_CLASS (baton_text_compare_parent_class)->dispose (object);
}

static void
baton_text_compare_finalize (GObject *object)
{
  BatonTextCompare *self = BATON_TEXT_COMPARE (object);

  g_clear_pointer (&self->look.marks[0], g_ptr_array_unref);
  g_clear_pointer (&self->look.marks[1], g_ptr_array_unref);
  g_free (self->look.selected);
  g_clear_pointer (&self->draft, baton_mark_free);
  g_ptr_array_unref (self->shown);
  G_OBJECT_CLASS (baton_text_compare_parent_class)->finalize (object);
}

static void
baton_text_compare_class_init (BatonTextCompareClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_text_compare_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_text_compare_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "textcompare");
  baton_text_compare_install_actions (GTK_WIDGET_CLASS (klass));
  signals[COMPARED] = g_signal_new ("compared", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PIN] = g_signal_new (
      "pin", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, BATON_TYPE_PIN, G_TYPE_INT);
  signals[ACTIVATED] =
      g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MARKED] =
      g_signal_new ("marked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
baton_text_compare_init (BatonTextCompare *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->at = G_MAXUINT;
  self->shown = g_ptr_array_new ();
  self->look.touched = G_CALLBACK (touched_cb);
  self->look.owner = self;
  self->lines = g_list_store_new (BATON_TYPE_DIFF_LINE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->lines)))), factory));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Text with its changes"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  baton_text_compare_add_selecting (self);
}

GtkWidget *
baton_text_compare_new (void)
{
  return g_object_new (BATON_TYPE_TEXT_COMPARE, NULL);
}
