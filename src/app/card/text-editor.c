/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-editor.h"

/* A pause of this length writes the draft; the promise is 300 ms. */
#define PAUSE_MS 250
#define TALLEST 420

struct _BatonTextEditor
{
  AdwBin parent_instance;

  GtkTextView *view;
  GtkLabel *placeholder;
  GtkEventController *keys;
  GtkEventController *focus;
  BatonWorkspace *workspace;
  char *key;
  char *saved;
  BatonEditorMode mode;
  gboolean setting; /* the text is being set by the program */
  gboolean dirty;   /* there is something to write */
  guint pause;
};

enum
{
  SUBMIT,
  ESCAPE,
  LEFT,
  TYPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTextEditor, baton_text_editor, ADW_TYPE_BIN)

char *
baton_text_editor_text (BatonTextEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->view), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->view), &start, &end, FALSE);
}

gboolean
baton_text_editor_is_blank (BatonTextEditor *self)
{
  g_autofree char *text = g_strstrip (baton_text_editor_text (self));

  return *text == '\0';
}

void
baton_text_editor_flush (BatonTextEditor *self)
{
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->pause, g_source_remove);
  if (!self->dirty)
    return;
  self->dirty = FALSE;
  text = baton_text_editor_text (self);
  baton_workspace_set_draft (self->workspace, self->key, g_strcmp0 (text, self->saved) == 0 ? NULL : text);
}

void
baton_text_editor_forget (BatonTextEditor *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->dirty = FALSE;
  baton_workspace_set_draft (self->workspace, self->key, NULL);
}

static gboolean
pause_cb (gpointer data)
{
  BatonTextEditor *self = data;

  self->pause = 0;
  baton_text_editor_flush (self);
  return G_SOURCE_REMOVE;
}

static void
update_placeholder (BatonTextEditor *self)
{
  gboolean empty = gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->view)) == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), empty);
}

/* What one line wants is one line, however it came in. */
static void
join_lines (BatonTextEditor *self)
{
  g_autofree char *text = baton_text_editor_text (self);
  g_auto (GStrv) lines = NULL;
  g_autofree char *joined = NULL;

  if (strpbrk (text, "\r\n") == NULL)
    return;
  lines = g_strsplit_set (text, "\r\n", -1);
  joined = g_strjoinv (" ", lines);
  self->setting = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), joined, -1);
  self->setting = FALSE;
}

static void
paste_done_cb (GtkTextBuffer *buffer, GdkClipboard *clipboard, BatonTextEditor *self)
{
  if (self->mode == BATON_EDITOR_ONE_LINE)
    join_lines (self);
  else if (self->mode == BATON_EDITOR_ONE_EACH && gtk_text_buffer_get_line_count (buffer) > 1)
    g_signal_emit (self, signals[SUBMIT], 0);
}

static void
buffer_changed_cb (GtkTextBuffer *buffer, BatonTextEditor *self)
{
  update_placeholder (self);
  if (self->setting)
    return;
  self->dirty = TRUE;
  g_signal_emit (self, signals[TYPED], 0);
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, pause_cb, self);
}

void
baton_text_editor_set (BatonTextEditor *self, const char *text, const char *saved)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autofree char *copy = g_strdup (text);
  GtkTextIter end;

  g_free (self->saved);
  self->saved = g_strdup (saved);
  self->setting = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, copy, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  self->setting = FALSE;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  update_placeholder (self);
}

void
baton_text_editor_focus (BatonTextEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
is_enter (guint key)
{
  return key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;
}

/* The input method comes first: its Enter and Escape are about what it composes. */
static gboolean
key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonTextEditor *self)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  gboolean plain = (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)) == 0;
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (!is_enter (key) && key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (event != NULL && gtk_text_view_im_context_filter_keypress (self->view, event))
    return GDK_EVENT_STOP;
  if (key == GDK_KEY_Escape)
    {
      baton_text_editor_flush (self);
      g_signal_emit (self, signals[ESCAPE], 0);
      return GDK_EVENT_STOP;
    }
  if (!control && (self->mode == BATON_EDITOR_MANY_LINES || !plain))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[SUBMIT], 0);
  return GDK_EVENT_STOP;
}

/* Another window taking the keyboard is not leaving: the person comes back to the text. */
static void
leave_cb (GtkEventControllerFocus *controller, BatonTextEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  baton_text_editor_flush (self);
  if (GTK_IS_WINDOW (root) && gtk_window_get_focus (GTK_WINDOW (root)) != GTK_WIDGET (self->view))
    g_signal_emit (self, signals[LEFT], 0);
}

static void
baton_text_editor_dispose (GObject *object)
{
  BatonTextEditor *self = BATON_TEXT_EDITOR (object);

  if (self->workspace != NULL)
    baton_text_editor_flush (self);
  g_clear_object (&self->workspace);
  /* The window may hold on to the view a little longer, as the one that had the keyboard. */
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_text_view_get_buffer (self->view), self);
      g_signal_handlers_disconnect_by_data (self->keys, self);
      g_signal_handlers_disconnect_by_data (self->focus, self);
      self->view = NULL;
    }
  G_OBJECT_CLASS (baton_text_editor_parent_class)->dispose (object);
}

static void
baton_text_editor_finalize (GObject *object)
{
  BatonTextEditor *self = BATON_TEXT_EDITOR (object);

  g_free (self->key);
  g_free (self->saved);
  G_OBJECT_CLASS (baton_text_editor_parent_class)->finalize (object);
}

/* Out of the window: whoever still holds a reference, the workspace may close now. */
static void
baton_text_editor_unroot (GtkWidget *widget)
{
  baton_text_editor_flush (BATON_TEXT_EDITOR (widget));
  GTK_WIDGET_CLASS (baton_text_editor_parent_class)->unroot (widget);
}

static gboolean
baton_text_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BATON_TEXT_EDITOR (widget)->view));
}

static void
baton_text_editor_class_init (BatonTextEditorClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_text_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_text_editor_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = baton_text_editor_grab_focus;
  GTK_WIDGET_CLASS (klass)->unroot = baton_text_editor_unroot;
  signals[SUBMIT] = g_signal_new ("submit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ESCAPE] = g_signal_new ("escape", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TYPED] = g_signal_new ("typed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_controllers (BatonTextEditor *self)
{
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (self->keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), self->keys);
  self->focus = gtk_event_controller_focus_new ();
  g_signal_connect (self->focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), self->focus);
}

static void
baton_text_editor_init (BatonTextEditor *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), TALLEST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scrolled);

  self->placeholder = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->placeholder, 0);
  gtk_label_set_ellipsize (self->placeholder, PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (GTK_WIDGET (self->placeholder), GTK_ALIGN_START);
  gtk_widget_set_can_target (GTK_WIDGET (self->placeholder), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->placeholder), "placeholder");
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->placeholder));

  adw_bin_set_child (ADW_BIN (self), overlay);
  gtk_widget_add_css_class (GTK_WIDGET (self), "text-editor");
  g_signal_connect (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (buffer_changed_cb), self);
  g_signal_connect (gtk_text_view_get_buffer (self->view), "paste-done", G_CALLBACK (paste_done_cb), self);
  add_controllers (self);
}

GtkWidget *
baton_text_editor_new (BatonWorkspace *workspace, const char *key, BatonEditorMode mode, const char *name,
    const char *placeholder)
{
  BatonTextEditor *self = g_object_new (BATON_TYPE_TEXT_EDITOR, NULL);

  self->workspace = g_object_ref (workspace);
  self->key = g_strdup (key);
  self->mode = mode;
  gtk_label_set_text (self->placeholder, placeholder != NULL ? placeholder : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
      GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, placeholder != NULL ? placeholder : "",
      GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, mode == BATON_EDITOR_MANY_LINES, -1);
  return GTK_WIDGET (self);
}
