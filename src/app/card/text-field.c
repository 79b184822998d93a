/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-field.h"

#include "markdown-view.h"
#include "notice.h"
#include "text-editor.h"

#include <glib/gi18n.h>

struct _BatonTextField
{
  GtkBox parent_instance;

  BatonCardModel *model;
  BatonTextTarget *target;
  BatonTextKind kind;
  char *key;
  char *name;
  char *placeholder;
  gboolean editable;
  gboolean saving;
  gboolean disturbed; /* somebody else changed the text while it is edited or drafted */
  char *draft;        /* typed and not saved; NULL while editing or when there is none */

  GtkWidget *shown; /* holds the view; takes clicks and Enter */
  BatonMarkdownView *view;
  BatonTextEditor *editor; /* NULL while not editing */
  GtkWidget *hint;
  GtkWidget *draft_bar;
  GtkWidget *meanwhile;
  GtkLabel *meanwhile_label;
  GtkLabel *theirs; /* what the other person wrote, once asked for */
  BatonNotice *notice;
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTextField, baton_text_field, GTK_TYPE_BOX)

static gboolean
can_edit (BatonTextField *self)
{
  return self->editable &&
         (self->target->entity == BATON_ENTITY_COMMENT ? baton_card_model_can_comment (self->model)
                                                       : baton_card_model_can_edit (self->model));
}

static void
update_shown (BatonTextField *self)
{
  const char *text = self->draft != NULL ? self->draft : baton_text_target_value (self->target, self->model);
  gboolean empty = *text == '\0';
  g_autofree char *name = NULL;

  if (empty && self->placeholder != NULL && can_edit (self))
    {
      baton_markdown_view_set_plain (self->view, self->placeholder);
      gtk_widget_add_css_class (GTK_WIDGET (self->view), "dim-label");
    }
  else
    {
      if (self->kind == BATON_TEXT_MARKDOWN)
        baton_markdown_view_set_markdown (self->view, text);
      else
        baton_markdown_view_set_plain (self->view, text);
      gtk_widget_remove_css_class (GTK_WIDGET (self->view), "dim-label");
    }
  gtk_widget_set_visible (self->draft_bar, self->draft != NULL && self->editor == NULL);
  gtk_widget_set_focusable (self->shown, can_edit (self));
  if (can_edit (self))
    {
      gtk_widget_set_cursor_from_name (self->shown, "text");
      gtk_widget_add_css_class (self->shown, "editable");
      /* Translators: what a screen reader says of a text that can be edited; %s is "Brief". */
      name = g_strdup_printf (_ ("%s, Enter to edit"), self->name);
    }
  else
    {
      gtk_widget_set_cursor (self->shown, NULL);
      gtk_widget_remove_css_class (self->shown, "editable");
    }
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->shown), GTK_ACCESSIBLE_PROPERTY_LABEL, name != NULL ? name : self->name, -1);
}

static void
forget_meanwhile (BatonTextField *self)
{
  self->disturbed = FALSE;
  gtk_widget_set_visible (self->meanwhile, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->theirs), FALSE);
}

static void
end_editing (BatonTextField *self)
{
  if (self->editor == NULL)
    return;
  if (g_strcmp0 (baton_card_model_editing (self->model), self->key) == 0)
    baton_card_model_set_editing (self->model, NULL);
  g_signal_handlers_disconnect_by_data (self->editor, self);
  gtk_box_remove (GTK_BOX (self), GTK_WIDGET (self->editor));
  self->editor = NULL;
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_widget_set_visible (self->shown, TRUE);
  g_clear_pointer (&self->draft, g_free);
  self->draft = baton_workspace_draft (baton_card_model_workspace (self->model), self->key);
  if (self->draft == NULL)
    forget_meanwhile (self);
  update_shown (self);
  g_signal_emit (self, signals[EDITED], 0, FALSE);
}

void
baton_text_field_leave (BatonTextField *self)
{
  if (self->editor == NULL)
    return;
  baton_text_editor_flush (self->editor);
  end_editing (self);
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
saved_cb (gpointer owner, const BatonEffect *effect)
{
  BatonTextField *self = owner;
  gboolean focused;

  self->saving = FALSE;
  if (effect == NULL)
    {
      /* Refused: the typed text stays where it is, and as a draft. */
      if (self->editor != NULL)
        baton_text_editor_flush (self->editor);
      return;
    }
  if (self->model == NULL)
    return;
  if (self->editor != NULL)
    baton_text_editor_forget (self->editor);
  else
    baton_workspace_set_draft (baton_card_model_workspace (self->model), self->key, NULL);
  g_clear_pointer (&self->draft, g_free);
  focused = has_focus_within (GTK_WIDGET (self));
  forget_meanwhile (self);
  end_editing (self);
  update_shown (self);
  if (focused)
    gtk_widget_grab_focus (self->shown);
}

static void
save_text (BatonTextField *self, const char *text)
{
  BatonOp *op = baton_text_target_op (self->target, self->model, text);

  if (self->saving)
    {
      g_clear_pointer (&op, baton_op_free);
      return;
    }
  if (op == NULL)
    {
      /* Nothing was changed, or it was changed back. */
      baton_text_field_discard (self);
      return;
    }
  self->saving = TRUE;
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, saved_cb, self);
}

void
baton_text_field_save (BatonTextField *self)
{
  g_autofree char *text = NULL;

  if (self->editor != NULL)
    text = baton_text_editor_text (self->editor);
  else
    text = g_strdup (self->draft);
  if (text == NULL)
    return;
  if (self->kind == BATON_TEXT_PLAIN || self->target->entity == BATON_ENTITY_COMMENT)
    g_strstrip (text);
  save_text (self, text);
}

void
baton_text_field_discard (BatonTextField *self)
{
  gboolean focused = has_focus_within (GTK_WIDGET (self));

  if (self->editor != NULL)
    baton_text_editor_forget (self->editor);
  else
    baton_workspace_set_draft (baton_card_model_workspace (self->model), self->key, NULL);
  g_clear_pointer (&self->draft, g_free);
  baton_notice_say (self->notice, NULL);
  forget_meanwhile (self);
  end_editing (self);
  update_shown (self);
  if (focused)
    gtk_widget_grab_focus (self->shown);
}

static void
submit_cb (BatonTextEditor *editor, BatonTextField *self)
{
  baton_text_field_save (self);
}

static void
escape_cb (BatonTextEditor *editor, BatonTextField *self)
{
  baton_text_field_leave (self);
  gtk_widget_grab_focus (self->shown);
}

/* Going elsewhere saves, unless that would write over what somebody else wrote meanwhile: then it stays a
 * draft. */
static gboolean
left_idle_cb (gpointer data)
{
  BatonTextField *self = data;

  if (self->editor == NULL || self->model == NULL || has_focus_within (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  if (self->disturbed)
    baton_text_field_leave (self);
  else
    baton_text_field_save (self);
  return G_SOURCE_REMOVE;
}

static void
left_cb (BatonTextEditor *editor, BatonTextField *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, left_idle_cb, g_object_ref (self), g_object_unref);
}

static void
start_editing (BatonTextField *self)
{
  const char *value = baton_text_target_value (self->target, self->model);
  BatonEditorMode mode = self->kind == BATON_TEXT_MARKDOWN ? BATON_EDITOR_MANY_LINES : BATON_EDITOR_ONE_LINE;

  self->editor = BATON_TEXT_EDITOR (baton_text_editor_new (
      baton_card_model_workspace (self->model), self->key, mode, self->name, self->placeholder));
  baton_text_editor_set (self->editor, self->draft != NULL ? self->draft : value, value);
  g_signal_connect (self->editor, "submit", G_CALLBACK (submit_cb), self);
  g_signal_connect (self->editor, "escape", G_CALLBACK (escape_cb), self);
  g_signal_connect (self->editor, "left", G_CALLBACK (left_cb), self);
  gtk_box_insert_child_after (GTK_BOX (self), GTK_WIDGET (self->editor), self->shown);
  gtk_widget_set_visible (self->shown, FALSE);
  gtk_widget_set_visible (self->draft_bar, FALSE);
  gtk_widget_set_visible (self->hint, self->kind == BATON_TEXT_MARKDOWN);
  baton_card_model_set_editing (self->model, self->key);
  g_signal_emit (self, signals[EDITED], 0, TRUE);
}

void
baton_text_field_edit (BatonTextField *self)
{
  if (!can_edit (self))
    return;
  if (self->editor == NULL)
    start_editing (self);
  baton_text_editor_focus (self->editor);
}

gboolean
baton_text_field_is_editing (BatonTextField *self)
{
  return self->editor != NULL;
}

gboolean
baton_text_field_has_draft (BatonTextField *self)
{
  return self->draft != NULL;
}

void
baton_text_field_set_editable (BatonTextField *self, gboolean editable)
{
  self->editable = editable;
  update_shown (self);
}

/* Somebody changed the text: shown at once where nobody types; told where somebody does. */
static void
text_changed_cb (BatonCardModel *model, const char *key, const char *person, BatonTextField *self)
{
  g_autofree char *words = NULL;

  if (!g_str_equal (key, self->key))
    return;
  if ((self->editor == NULL && self->draft == NULL) || self->saving)
    {
      update_shown (self);
      return;
    }
  self->disturbed = TRUE;
  words = g_strdup_printf (_ ("Changed by %s meanwhile"), baton_card_model_person (model, person));
  gtk_label_set_text (self->meanwhile_label, words);
  gtk_label_set_text (self->theirs, baton_text_target_value (self->target, self->model));
  gtk_widget_set_visible (self->meanwhile, TRUE);
}

static void
loaded_cb (BatonCardModel *model, BatonTextField *self)
{
  if (self->editor == NULL)
    update_shown (self);
}

static void
show_theirs_cb (GtkButton *button, BatonTextField *self)
{
  gboolean shown = !gtk_widget_get_visible (GTK_WIDGET (self->theirs));

  gtk_widget_set_visible (GTK_WIDGET (self->theirs), shown);
  gtk_button_set_label (button, shown ? _ ("Hide") : _ ("Show"));
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, BatonTextField *self)
{
  /* A press that did something inside, a link perhaps, is not a wish to edit. */
  if (can_edit (self))
    baton_text_field_edit (self);
}

static gboolean
shown_key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonTextField *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0 ||
      !gtk_widget_has_focus (self->shown) ||
      (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_F2) || !can_edit (self))
    return GDK_EVENT_PROPAGATE;
  baton_text_field_edit (self);
  return GDK_EVENT_STOP;
}

static GtkWidget *
bar_button (const char *label, GCallback callback, BatonTextField *self)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
bar_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
add_bars (BatonTextField *self)
{
  GtkWidget *show = gtk_button_new_with_label (_ ("Show"));

  self->hint = bar_label (_ ("Ctrl+Enter saves, Escape keeps a draft"));
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_box_append (GTK_BOX (self), self->hint);

  self->draft_bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->draft_bar, "draft-bar");
  gtk_box_append (GTK_BOX (self->draft_bar), bar_label (_ ("Unsaved draft")));
  gtk_box_append (
      GTK_BOX (self->draft_bar), bar_button (_ ("Discard"), G_CALLBACK (baton_text_field_discard), self));
  gtk_box_append (
      GTK_BOX (self->draft_bar), bar_button (_ ("Save"), G_CALLBACK (baton_text_field_save), self));
  gtk_box_append (GTK_BOX (self), self->draft_bar);

  self->meanwhile = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->meanwhile_label = GTK_LABEL (bar_label (NULL));
  gtk_box_append (GTK_BOX (self->meanwhile), GTK_WIDGET (self->meanwhile_label));
  gtk_widget_add_css_class (show, "flat");
  gtk_widget_add_css_class (show, "small-button");
  g_signal_connect (show, "clicked", G_CALLBACK (show_theirs_cb), self);
  gtk_box_append (GTK_BOX (self->meanwhile), show);
  gtk_widget_set_visible (self->meanwhile, FALSE);
  gtk_box_append (GTK_BOX (self), self->meanwhile);

  self->theirs = GTK_LABEL (bar_label (NULL));
  gtk_label_set_selectable (self->theirs, TRUE);
  gtk_label_set_lines (self->theirs, 12);
  gtk_label_set_ellipsize (self->theirs, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->theirs), "theirs");
  gtk_widget_set_visible (GTK_WIDGET (self->theirs), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->theirs));

  self->notice = BATON_NOTICE (baton_notice_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->notice));
}

static void
add_shown (BatonTextField *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->shown = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  self->view = BATON_MARKDOWN_VIEW (baton_markdown_view_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  gtk_box_append (GTK_BOX (self->shown), GTK_WIDGET (self->view));
  gtk_widget_add_css_class (self->shown, "shown-text");
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (self->shown, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (shown_key_cb), self);
  gtk_widget_add_controller (self->shown, keys);
  gtk_box_append (GTK_BOX (self), self->shown);
}

/* A row that moved was made anew: who was typing in it goes on typing. */
static void
map_cb (GtkWidget *widget, gpointer data)
{
  BatonTextField *self = BATON_TEXT_FIELD (widget);

  if (g_strcmp0 (baton_card_model_editing (self->model), self->key) == 0)
    baton_text_field_edit (self);
}

static void
baton_text_field_dispose (GObject *object)
{
  BatonTextField *self = BATON_TEXT_FIELD (object);

  if (self->editor != NULL)
    {
      baton_text_editor_flush (self->editor);
      g_signal_handlers_disconnect_by_data (self->editor, self);
      self->editor = NULL;
    }
  g_clear_object (&self->model);
  G_OBJECT_CLASS (baton_text_field_parent_class)->dispose (object);
}

static void
baton_text_field_finalize (GObject *object)
{
  BatonTextField *self = BATON_TEXT_FIELD (object);

  g_clear_pointer (&self->target, baton_text_target_free);
  g_free (self->key);
  g_free (self->name);
  g_free (self->placeholder);
  g_free (self->draft);
  G_OBJECT_CLASS (baton_text_field_parent_class)->finalize (object);
}

static gboolean
baton_text_field_grab_focus (GtkWidget *widget)
{
  BatonTextField *self = BATON_TEXT_FIELD (widget);

  return gtk_widget_grab_focus (self->editor != NULL ? GTK_WIDGET (self->editor) : self->shown);
}

static void
baton_text_field_class_init (BatonTextFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_text_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_text_field_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = baton_text_field_grab_focus;
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
baton_text_field_init (BatonTextField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  add_shown (self);
  add_bars (self);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

GtkWidget *
baton_text_field_new (BatonCardModel *model, BatonTextTarget *target, BatonTextKind kind, const char *name,
    const char *placeholder, const char *style)
{
  BatonTextField *self = g_object_new (BATON_TYPE_TEXT_FIELD, NULL);

  self->model = g_object_ref (model);
  self->target = target;
  self->kind = kind;
  self->key = baton_text_target_key (target, model);
  self->name = g_strdup (name);
  self->placeholder = g_strdup (placeholder);
  self->editable = TRUE;
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->view), style);
  if (baton_card_model_can_edit (model))
    self->draft = baton_workspace_draft (baton_card_model_workspace (model), self->key);
  g_signal_connect_object (model, "text-changed", G_CALLBACK (text_changed_cb), self, 0);
  g_signal_connect_object (model, "loaded", G_CALLBACK (loaded_cb), self, 0);
  update_shown (self);
  return GTK_WIDGET (self);
}
