/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preview-text.h"

#include "markdown-view.h"
#include "selection-offer.h"
#include "text-fold.h"

#include <glib/gi18n.h>

struct _BatonPreviewText
{
  GtkWidget parent_instance;

  GtkWidget *pages; /* of which one is seen */
  GtkWidget *plain;
  GtkWidget *markdown;
  GtkWidget *offer; /* popover */
  char *source;
  GArray *breaks; /* of long lines, as they are shown plain; or NULL */
  gboolean takes_marks;
  guint reading; /* idle: the selection is looked at */
};

enum
{
  MARKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonPreviewText, baton_preview_text, GTK_TYPE_WIDGET)

static GtkWidget *
page_of (GtkWidget *content)
{
  return gtk_widget_get_ancestor (content, GTK_TYPE_SCROLLED_WINDOW);
}

/* The words of a text in turn; anything but letters and digits may lie between them. NULL: no word. */
static char *
words_pattern (const char *words)
{
  g_autoptr (GString) pattern = g_string_new (NULL);
  gboolean inside = FALSE;

  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean letter = g_unichar_isalnum (c) || g_unichar_ismark (c);

      if (letter && !inside && pattern->len > 0)
        g_string_append (pattern, "[^\\p{L}\\p{N}]+?");
      if (letter)
        g_string_append_unichar (pattern, c);
      inside = letter;
    }
  return pattern->len > 0 ? g_strdup (pattern->str) : NULL;
}

gboolean
baton_preview_text_find (const char *source, const char *words, guint *from, guint *to)
{
  g_autofree char *pattern = words_pattern (words);
  g_autoptr (GRegex) regex = pattern != NULL ? g_regex_new (pattern, 0, 0, NULL) : NULL;
  g_autoptr (GMatchInfo) match = NULL;
  int first, last;

  if (regex == NULL || !g_regex_match (regex, source, 0, &match) ||
      !g_match_info_fetch_pos (match, 0, &first, &last) || g_match_info_next (match, NULL))
    return FALSE;
  *from = (guint) g_utf8_pointer_to_offset (source, source + first);
  *to = (guint) g_utf8_pointer_to_offset (source, source + last);
  return TRUE;
}

/* The label of formatted text in which something is selected. */
static GtkLabel *
selected_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_selection_bounds (GTK_LABEL (widget), NULL, NULL) ? GTK_LABEL (widget) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *found = selected_label (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
formatted_place (BatonPreviewText *self, GdkRectangle *place)
{
  GtkLabel *label = selected_label (self->markdown);
  PangoRectangle end;
  graphene_point_t point;
  int from, to, x, y;

  if (label == NULL || !gtk_label_get_selection_bounds (label, &from, &to))
    return FALSE;
  pango_layout_index_to_pos (gtk_label_get_layout (label),
      (int) (g_utf8_offset_to_pointer (gtk_label_get_text (label), to) - gtk_label_get_text (label)), &end);
  gtk_label_get_layout_offsets (label, &x, &y);
  if (!gtk_widget_compute_point (GTK_WIDGET (label), GTK_WIDGET (self),
          &GRAPHENE_POINT_INIT ((float) (x + end.x / PANGO_SCALE), (float) (y + end.y / PANGO_SCALE)),
          &point))
    return FALSE;
  *place = (GdkRectangle){ (int) point.x, (int) point.y, 1, end.height / PANGO_SCALE };
  return TRUE;
}

static gboolean
plain_place (BatonPreviewText *self, GdkRectangle *place)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->plain);
  GtkTextIter from, to;
  GdkRectangle end;
  int left, top;
  double x, y;

  if (!gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (view), &from, &to))
    return FALSE;
  gtk_text_view_get_iter_location (view, &to, &end);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, end.x, end.y, &left, &top);
  if (!gtk_widget_translate_coordinates (self->plain, GTK_WIDGET (self), left, top, &x, &y))
    return FALSE;
  *place = (GdkRectangle){ (int) x, (int) y, 1, end.height };
  return TRUE;
}

gboolean
baton_preview_text_selection_place (BatonPreviewText *self, GdkRectangle *place)
{
  gboolean any = gtk_widget_get_visible (page_of (self->markdown)) ? formatted_place (self, place)
                                                                   : plain_place (self, place);

  /* Never outside of what is seen. */
  if (any)
    place->y = CLAMP (place->y, 0, MAX (gtk_widget_get_height (GTK_WIDGET (self)) - place->height, 0));
  return any;
}

static char *
selected_words (BatonPreviewText *self, guint *from, guint *to)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->plain));
  GtkTextIter first, last;
  GtkLabel *label;
  char *words;
  int begin, end;

  *from = *to = 0;
  if (!gtk_widget_get_visible (page_of (self->markdown)))
    {
      if (!gtk_text_buffer_get_selection_bounds (buffer, &first, &last))
        return NULL;
      *from = baton_text_unfold (self->breaks, (guint) gtk_text_iter_get_offset (&first));
      *to = baton_text_unfold (self->breaks, (guint) gtk_text_iter_get_offset (&last));
      return g_utf8_substring (self->source, *from, *to);
    }
  label = selected_label (self->markdown);
  if (label == NULL || !gtk_label_get_selection_bounds (label, &begin, &end))
    return NULL;
  words = g_utf8_substring (gtk_label_get_text (label), begin, end);
  baton_preview_text_find (self->source, words, from, to);
  return words;
}

gboolean
baton_preview_text_mark_selection (BatonPreviewText *self)
{
  guint from, to;
  g_autofree char *words = NULL;

  g_return_val_if_fail (BATON_IS_PREVIEW_TEXT (self), FALSE);
  words = self->takes_marks ? selected_words (self, &from, &to) : NULL;
  if (words == NULL)
    return FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->offer));
  g_signal_emit (self, signals[MARKED], 0, from, to, words);
  return TRUE;
}

static gboolean
read_cb (gpointer data)
{
  BatonPreviewText *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GdkRectangle place;

  self->reading = 0;
  if (self->takes_marks && focus != NULL && gtk_widget_is_ancestor (focus, self->pages) &&
      baton_preview_text_selection_place (self, &place))
    {
      gtk_popover_set_pointing_to (GTK_POPOVER (self->offer), &place);
      gtk_popover_popup (GTK_POPOVER (self->offer));
    }
  else
    gtk_popover_popdown (GTK_POPOVER (self->offer));
  return G_SOURCE_REMOVE;
}

/* Labels do not tell that their selection changed: it is looked at after whatever may have changed it. */
static void
queue_reading (BatonPreviewText *self)
{
  if (self->reading == 0)
    self->reading = g_idle_add (read_cb, self);
}

static void
show_plain (BatonPreviewText *self)
{
  g_autofree char *folded = baton_text_fold (self->source, &self->breaks);

  gtk_text_buffer_set_text (
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->plain)), folded != NULL ? folded : self->source, -1);
}

void
baton_preview_text_show (BatonPreviewText *self, const char *text, gboolean markdown)
{
  g_return_if_fail (BATON_IS_PREVIEW_TEXT (self));
  g_free (self->source);
  self->source = g_strdup (text);
  g_clear_pointer (&self->breaks, g_array_unref);
  gtk_widget_set_visible (page_of (self->markdown), markdown);
  gtk_widget_set_visible (page_of (self->plain), !markdown);
  if (markdown)
    baton_markdown_view_set_markdown (BATON_MARKDOWN_VIEW (self->markdown), text);
  else
    show_plain (self);
  queue_reading (self);
}

void
baton_preview_text_set_takes_marks (BatonPreviewText *self, gboolean takes)
{
  g_return_if_fail (BATON_IS_PREVIEW_TEXT (self));
  self->takes_marks = takes;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview-text.comment", takes);
  queue_reading (self);
}

static void
comment_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  baton_preview_text_mark_selection (BATON_PREVIEW_TEXT (widget));
}

static GtkWidget *
create_plain (void)
{
  g_autoptr (GMenuModel) menu = baton_selection_menu_new ("preview-text.comment");
  GtkWidget *plain = gtk_text_view_new ();

  gtk_text_view_set_editable (GTK_TEXT_VIEW (plain), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (plain), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (plain), GTK_WRAP_WORD_CHAR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (plain), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Text"), -1);
  gtk_widget_set_vexpand (plain, TRUE);
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (plain), menu);
  return plain;
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, BatonPreviewText *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_RELEASE || type == GDK_KEY_RELEASE || type == GDK_TOUCH_END)
    queue_reading (self);
  return GDK_EVENT_PROPAGATE;
}

static void
add_selecting (BatonPreviewText *self)
{
  GtkEventController *legacy = gtk_event_controller_legacy_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (legacy, GTK_PHASE_CAPTURE);
  g_signal_connect (legacy, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (self->pages, legacy);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (queue_reading), self);
  gtk_widget_add_controller (self->pages, focus);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->plain)), "notify::has-selection",
      G_CALLBACK (queue_reading), self, G_CONNECT_SWAPPED);
}

static void
baton_preview_text_dispose (GObject *object)
{
  BatonPreviewText *self = BATON_PREVIEW_TEXT (object);
  GtkWidget *child;

  g_clear_handle_id (&self->reading, g_source_remove);
  self->offer = NULL;
  /* The offer, and what others have opened upon the words. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->breaks, g_array_unref);
  G_OBJECT_CLASS (baton_preview_text_parent_class)->dispose (object);
}

static void
baton_preview_text_class_init (BatonPreviewTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_preview_text_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "preview-text.comment", NULL, comment_cb);
  signals[MARKED] = g_signal_new ("marked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);
}

static GtkWidget *
add_page (BatonPreviewText *self, GtkWidget *content)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), content);
  gtk_widget_add_css_class (scrolled, "preview-paper");
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self->pages), scrolled);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
      "value-changed", G_CALLBACK (queue_reading), self, G_CONNECT_SWAPPED);
  return scrolled;
}

static void
baton_preview_text_init (BatonPreviewText *self)
{
  self->pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->plain = create_plain ();
  self->markdown = baton_markdown_view_new ();
  baton_markdown_view_set_selectable (BATON_MARKDOWN_VIEW (self->markdown), TRUE);
  /* Each scrolls by itself: a text view measures its lines while it is drawn, and nobody else may have to. */
  add_page (self, self->plain);
  gtk_widget_set_visible (add_page (self, self->markdown), FALSE);
  gtk_widget_set_parent (self->pages, GTK_WIDGET (self));
  self->offer = baton_selection_offer_new (GTK_WIDGET (self), "preview-text.comment", NULL);
  add_selecting (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview-text.comment", FALSE);
}

GtkWidget *
baton_preview_text_new (void)
{
  return g_object_new (BATON_TYPE_PREVIEW_TEXT, NULL);
}
