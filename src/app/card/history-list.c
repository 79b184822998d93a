/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "history-list.h"

#include "section.h"
#include "button-names.h"
#include "when.h"
#include "wrap-box.h"

#include <glib/gi18n.h>

#define PAGE 25
/* Several operations in a row make one reading. */
#define SETTLE_MS 120
#define LONGEST_WORDS 400

struct _BatonHistoryList
{
  GtkBox parent_instance;

  BatonCardModel *model;
  GtkDropDown *kinds;
  GtkDropDown *persons;
  GPtrArray *person_ids; /* char *; the first is NULL for everybody */
  GtkListBox *list;
  GtkWidget *earlier;
  GtkLabel *nothing;
  GCancellable *reading;
  guint settle;
  guint n_lines;
  gint64 next_before;
  guint next_step;
  gboolean adding; /* the page under way goes below what is there */
  gboolean filling_persons;
};

G_DEFINE_FINAL_TYPE (BatonHistoryList, baton_history_list, GTK_TYPE_BOX)

static GtkWidget *
words_label (const BatonHistoryLine *line)
{
  const char *person = line->person != NULL ? line->person : _ ("Somebody");
  g_autofree char *all = g_strdup_printf ("%s %s", person, line->words);
  glong length = g_utf8_strlen (all, -1);
  g_autofree char *text = g_utf8_substring (all, 0, MIN (length, LONGEST_WORDS));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  GtkWidget *label = baton_wrapped_label (text, NULL);

  bold->start_index = 0;
  bold->end_index = (guint) MIN (strlen (person), strlen (text));
  pango_attr_list_insert (attributes, bold);
  if (line->undone)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  if (line->undone)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
update_time (GtkWidget *row)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "when");
  gint64 *at = g_object_get_data (G_OBJECT (row), "at");
  g_autofree char *relative = baton_when_relative (*at, g_get_real_time ());
  gboolean undone = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "undone"));
  g_autofree char *words = undone ? g_strdup_printf (_ ("%s · undone"), relative) : g_strdup (relative);

  gtk_label_set_text (label, words);
}

static void
append_line (BatonHistoryList *self, const BatonHistoryLine *line)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *when = baton_wrapped_label (NULL, "caption");
  g_autofree char *exact = baton_when_exact (line->at);
  gint64 *at = g_new (gint64, 1);

  gtk_box_append (GTK_BOX (box), words_label (line));
  gtk_widget_add_css_class (when, "dim-label");
  gtk_widget_set_tooltip_text (when, exact);
  gtk_box_append (GTK_BOX (box), when);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  *at = line->at;
  g_object_set_data_full (G_OBJECT (row), "at", at, g_free);
  g_object_set_data (G_OBJECT (row), "when", when);
  g_object_set_data (G_OBJECT (row), "undone", GINT_TO_POINTER (line->undone));
  g_object_set_data (G_OBJECT (row), "words", gtk_widget_get_first_child (box));
  update_time (row);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
      gtk_widget_get_first_child (box), when, NULL, -1);
  gtk_list_box_append (self->list, row);
  self->n_lines++;
}

static void
clear (BatonHistoryList *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  self->n_lines = 0;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonHistoryList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonHistoryPage) page = baton_history_query_finish (BATON_WORKSPACE (source), result, &error);

  if (page == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_label_set_text (self->nothing, error->message);
      return;
    }
  if (self->model == NULL)
    return;
  g_clear_object (&self->reading);
  if (!self->adding)
    clear (self);
  for (guint i = 0; i < page->lines->len; i++)
    append_line (self, g_ptr_array_index (page->lines, i));
  self->next_before = page->next_before;
  self->next_step = page->next_step;
  gtk_widget_set_visible (self->earlier, page->next_before != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->n_lines > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), self->n_lines == 0);
}

static void
read_history (BatonHistoryList *self, gint64 before, guint before_step, guint limit)
{
  guint kind = gtk_drop_down_get_selected (self->kinds);
  guint person = gtk_drop_down_get_selected (self->persons);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  self->adding = before != 0;
  baton_history_query_async (baton_card_model_workspace (self->model), baton_card_model_id (self->model),
      (BatonHistoryKind) kind,
      person < self->person_ids->len ? g_ptr_array_index (self->person_ids, person) : NULL, before,
      before_step, limit, self->reading, read_cb, g_object_ref (self));
}

static void
start_over (BatonHistoryList *self)
{
  if (!self->filling_persons && self->model != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_history (self, 0, 0, PAGE);
}

static void
earlier_cb (GtkButton *button, BatonHistoryList *self)
{
  if (self->reading == NULL && self->next_before != 0)
    read_history (self, self->next_before, self->next_step, PAGE);
}

static gboolean
settled_cb (gpointer data)
{
  BatonHistoryList *self = data;

  self->settle = 0;
  /* What was unfolded stays so. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_history (self, 0, 0, MAX (self->n_lines + 1, PAGE));
  return G_SOURCE_REMOVE;
}

static void
touched_cb (BatonHistoryList *self)
{
  if (self->settle == 0)
    self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
tick_cb (BatonHistoryList *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    update_time (row);
}

/* People who may have done something; the chosen one stays chosen. */
static void
fill_persons (BatonHistoryList *self)
{
  BatonColumn *people =
      baton_workspace_list (baton_card_model_workspace (self->model), BATON_ENTITY_PERSON, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = gtk_drop_down_get_selected (self->persons);
  g_autofree char *chosen =
      selected < self->person_ids->len ? g_strdup (g_ptr_array_index (self->person_ids, selected)) : NULL;

  self->filling_persons = TRUE;
  selected = 0;
  g_ptr_array_set_size (self->person_ids, 0);
  g_ptr_array_add (self->person_ids, NULL);
  gtk_string_list_append (names, _ ("Everybody"));
  for (guint i = 0; i < baton_column_size (people); i++)
    {
      BatonItem *person = baton_column_peek (people, i);

      gtk_string_list_append (names, baton_item_text (person, BATON_PERSON_NAME));
      g_ptr_array_add (self->person_ids, g_strdup (baton_item_id (person)));
      if (g_strcmp0 (chosen, baton_item_id (person)) == 0)
        selected = i + 1;
    }
  gtk_drop_down_set_model (self->persons, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->persons, selected);
  self->filling_persons = FALSE;
}

void
baton_history_list_set_filter (BatonHistoryList *self, BatonHistoryKind kind, const char *person)
{
  for (guint i = 0; i < self->person_ids->len; i++)
    {
      if (g_strcmp0 (g_ptr_array_index (self->person_ids, i), person) == 0)
        gtk_drop_down_set_selected (self->persons, i);
    }
  gtk_drop_down_set_selected (self->kinds, kind);
}

static void
baton_history_list_dispose (GObject *object)
{
  BatonHistoryList *self = BATON_HISTORY_LIST (object);

  g_clear_handle_id (&self->settle, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (baton_history_list_parent_class)->dispose (object);
}

static void
baton_history_list_finalize (GObject *object)
{
  g_ptr_array_unref (BATON_HISTORY_LIST (object)->person_ids);
  G_OBJECT_CLASS (baton_history_list_parent_class)->finalize (object);
}

static void
baton_history_list_class_init (BatonHistoryListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_history_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_history_list_finalize;
}

static GtkDropDown *
add_filter (GtkWidget *box, GtkWidget *drop_down, const char *name)
{
  baton_name_drop_down (GTK_DROP_DOWN (drop_down), name);
  gtk_widget_add_css_class (drop_down, "filter-button");
  gtk_box_append (GTK_BOX (box), drop_down);
  return GTK_DROP_DOWN (drop_down);
}

static void
baton_history_list_init (BatonHistoryList *self)
{
  const char *kinds[] = { _ ("Everything"), _ ("Moves"), _ ("Fields"), _ ("Comments"), _ ("Checklists"),
    NULL };
  GtkWidget *filters = baton_wrap_box_new (6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->person_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_box_append (GTK_BOX (self), baton_section_heading (_ ("History")));
  self->kinds = add_filter (filters, gtk_drop_down_new_from_strings (kinds), _ ("What is shown"));
  self->persons = add_filter (filters, gtk_drop_down_new (NULL, NULL), _ ("Whose doing is shown"));
  gtk_box_append (GTK_BOX (self), filters);
  self->list = GTK_LIST_BOX (baton_section_list (_ ("History"), NULL, NULL, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "history-list");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
  self->nothing = GTK_LABEL (baton_wrapped_label (_ ("Nothing of this kind has happened"), "dim-label"));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->nothing));
  self->earlier = baton_text_button (_ ("Show what was before"));
  gtk_widget_set_visible (self->earlier, FALSE);
  g_signal_connect (self->earlier, "clicked", G_CALLBACK (earlier_cb), self);
  gtk_box_append (GTK_BOX (self), self->earlier);
  g_signal_connect_swapped (self->kinds, "notify::selected", G_CALLBACK (start_over), self);
  g_signal_connect_swapped (self->persons, "notify::selected", G_CALLBACK (start_over), self);
  g_signal_connect_after (self, "map", G_CALLBACK (start_over), NULL);
}

GtkWidget *
baton_history_list_new (BatonCardModel *model)
{
  BatonHistoryList *self = g_object_new (BATON_TYPE_HISTORY_LIST, NULL);
  BatonColumn *people = baton_workspace_list (baton_card_model_workspace (model), BATON_ENTITY_PERSON, NULL);

  self->model = g_object_ref (model);
  fill_persons (self);
  g_signal_connect_object (model, "touched", G_CALLBACK (touched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (fill_persons), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
