/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "mention-popup.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST 6
#define LONGEST 40 /* characters behind the "@" */

/* Belongs to the text view. */
typedef struct
{
  GtkTextView *view;
  BatonWorkspace *workspace;
  GtkWidget *popover;
  GtkListBox *list;
} Popup;

GHashTable *
baton_mention_names (BatonWorkspace *workspace)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  BatonColumn *people = baton_workspace_list (workspace, BATON_ENTITY_PERSON, NULL);

  for (guint i = 0; i < baton_column_size (people); i++)
    {
      BatonItem *person = baton_column_peek (people, i);

      g_hash_table_insert (
          names, g_strdup (baton_item_id (person)), g_strdup (baton_item_text (person, BATON_PERSON_NAME)));
    }
  return names;
}

/* What stands between the last "@" of a word and the cursor; NULL when nobody is being mentioned. */
static char *
typed_name (Popup *popup, GtkTextIter *at)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (popup->view);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  *at = cursor;
  for (int i = 0; i < LONGEST && gtk_text_iter_backward_char (at); i++)
    {
      gunichar c = gtk_text_iter_get_char (at);
      GtkTextIter before = *at;

      if (c == '\n')
        return NULL;
      if (c != '@')
        continue;
      /* An address is no mention. */
      if (gtk_text_iter_backward_char (&before) && g_unichar_isalnum (gtk_text_iter_get_char (&before)))
        return NULL;
      before = *at;
      gtk_text_iter_forward_char (&before);
      return gtk_text_buffer_get_text (buffer, &before, &cursor, FALSE);
    }
  return NULL;
}

static gboolean
matches (const char *name, const char *typed)
{
  g_autofree char *folded_name = g_utf8_casefold (name, -1), *folded = g_utf8_casefold (typed, -1);
  const char *word = folded_name;

  /* The whole name, or the beginning of one of its words. */
  for (; word != NULL; word = strchr (word, ' '))
    {
      word += *word == ' ';
      if (g_str_has_prefix (word, folded))
        return !g_str_equal (word, folded) || word != folded_name;
    }
  return FALSE;
}

static void
close_popup (Popup *popup)
{
  gtk_popover_popdown (GTK_POPOVER (popup->popover));
}

static void
choose (Popup *popup, GtkListBoxRow *row)
{
  const char *name = g_object_get_data (G_OBJECT (row), "name");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (popup->view);
  g_autofree char *text = g_strdup_printf ("@%s ", name);
  GtkTextIter at, cursor;
  g_autofree char *typed = typed_name (popup, &at);

  close_popup (popup);
  if (typed == NULL)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &at, &cursor);
  gtk_text_buffer_insert (buffer, &at, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Popup *popup)
{
  choose (popup, row);
}

static guint
fill (Popup *popup, const char *typed)
{
  BatonColumn *people = baton_workspace_list (popup->workspace, BATON_ENTITY_PERSON, NULL);
  GtkWidget *row;
  guint n = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (popup->list))) != NULL)
    gtk_list_box_remove (popup->list, row);
  for (guint i = 0; i < baton_column_size (people) && n < MOST; i++)
    {
      const char *name = baton_item_text (baton_column_peek (people, i), BATON_PERSON_NAME);
      GtkWidget *label;

      if (name == NULL || !matches (name, typed))
        continue;
      label = gtk_label_new (name);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      row = gtk_list_box_row_new ();
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
      gtk_list_box_append (popup->list, row);
      n++;
    }
  return n;
}

static void
update (Popup *popup)
{
  GtkTextIter at;
  g_autofree char *typed = typed_name (popup, &at);
  GdkRectangle place;

  if (typed == NULL || !gtk_widget_has_focus (GTK_WIDGET (popup->view)) || fill (popup, typed) == 0)
    {
      close_popup (popup);
      return;
    }
  gtk_list_box_select_row (popup->list, gtk_list_box_get_row_at_index (popup->list, 0));
  gtk_text_view_get_iter_location (popup->view, &at, &place);
  gtk_text_view_buffer_to_window_coords (
      popup->view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &place.x, &place.y);
  gtk_popover_set_pointing_to (GTK_POPOVER (popup->popover), &place);
  gtk_popover_popup (GTK_POPOVER (popup->popover));
}

static void
step (Popup *popup, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (popup->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + by : 0;

  row = gtk_list_box_get_row_at_index (popup->list, MAX (index, 0));
  if (row != NULL)
    gtk_list_box_select_row (popup->list, row);
}

/* The keyboard stays in the text; while the list is open, some keys are about it. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Popup *popup)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (popup->list);

  if (!gtk_widget_get_visible (popup->popover) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Down:
      step (popup, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      step (popup, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      close_popup (popup);
      return GDK_EVENT_STOP;
    case GDK_KEY_Tab:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (row == NULL)
        return GDK_EVENT_PROPAGATE;
      choose (popup, row);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
popup_free (gpointer data, GClosure *closure)
{
  Popup *popup = data;

  g_object_unref (popup->workspace);
  g_free (popup);
}

static void
view_unrealize_cb (GtkWidget *view, Popup *popup)
{
  g_clear_pointer (&popup->popover, gtk_widget_unparent);
}

static GtkTextView *
find_view (GtkWidget *widget)
{
  if (GTK_IS_TEXT_VIEW (widget))
    return GTK_TEXT_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkTextView *view = find_view (child);

      if (view != NULL)
        return view;
    }
  return NULL;
}

static void
create_popover (Popup *popup)
{
  popup->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (popup->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (popup->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (popup->popover), GTK_POS_BOTTOM);
  gtk_widget_set_can_focus (popup->popover, FALSE);
  gtk_widget_add_css_class (popup->popover, "menu");
  popup->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (popup->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("People"), -1);
  g_signal_connect (popup->list, "row-activated", G_CALLBACK (row_activated_cb), popup);
  gtk_popover_set_child (GTK_POPOVER (popup->popover), GTK_WIDGET (popup->list));
  gtk_widget_set_parent (popup->popover, GTK_WIDGET (popup->view));
}

static void
buffer_changed_cb (GtkTextBuffer *buffer, Popup *popup)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (popup->view)))
    return;
  if (popup->popover == NULL)
    create_popover (popup);
  update (popup);
}

static gboolean
key_or_not_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Popup *popup)
{
  return popup->popover != NULL ? key_cb (controller, key, code, state, popup) : GDK_EVENT_PROPAGATE;
}

void
baton_mention_popup_attach (GtkWidget *editor, BatonWorkspace *workspace)
{
  Popup *popup = g_new0 (Popup, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  popup->view = find_view (editor);
  popup->workspace = g_object_ref (workspace);
  g_return_if_fail (popup->view != NULL);
  /* Before the editor's own, whose Enter sends. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_or_not_cb), popup);
  gtk_widget_add_controller (editor, keys);
  g_signal_connect_data (gtk_text_view_get_buffer (popup->view), "changed", G_CALLBACK (buffer_changed_cb),
      popup, popup_free, 0);
  g_signal_connect (popup->view, "unrealize", G_CALLBACK (view_unrealize_cb), popup);
}
