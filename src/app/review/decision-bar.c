/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "decision-bar.h"

#include "excuse-popover.h"
#include "review-ops.h"
#include "review-words.h"
#include "section.h"
#include "text-editor.h"

#include <glib/gi18n.h>

struct _BatonDecisionBar
{
  GtkBox parent_instance;

  BatonReviewModel *model;
  BatonNotice *notice; /* borrowed */
  GtkWidget *buttons;
  GtkWidget *approve, *with_changes, *changes;
  GtkWidget *excuse;
  GtkLabel *hint;
  GtkLabel *outcome; /* once I have decided, or when I was not asked */
  BatonTextEditor *note;
  GtkWidget *note_box;
  GtkWidget *note_send;
  char *seen; /* the version that is looked at; NULL: the one that the review is about */
  int seen_number;
  char *asked;   /* the decision that the note is for */
  char *sending; /* on its way */
};

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonDecisionBar, baton_decision_bar, GTK_TYPE_BOX)

static gboolean
is_approving (const char *decision)
{
  return g_str_has_prefix (decision, "approved");
}

/* What is approved is what is seen. */
static gboolean
sees_another (BatonDecisionBar *self)
{
  const BatonRow *subject = baton_review_model_subject (self->model);

  return self->seen != NULL && subject != NULL && !g_str_equal (self->seen, subject->id);
}

static int
subject_number (BatonDecisionBar *self)
{
  return (int) baton_row_int (baton_review_model_subject (self->model), BATON_VERSION_NUMBER);
}

/* A comment of mine on this version that is not settled says what must change. */
static gboolean
has_said_what (BatonDecisionBar *self)
{
  const BatonRow *version = baton_review_model_subject (self->model);
  g_autoptr (GPtrArray) threads = version != NULL ? baton_review_model_threads (self->model, version) : NULL;
  const char *me = baton_workspace_me (baton_review_model_workspace (self->model));

  for (guint i = 0; threads != NULL && i < threads->len; i++)
    {
      const BatonThread *thread = g_ptr_array_index (threads, i);

      if (!thread->resolved && !thread->carried &&
          g_strcmp0 (baton_row_text (thread->comment, BATON_COMMENT_AUTHOR), me) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
close_note (BatonDecisionBar *self, gboolean forget)
{
  if (self->note == NULL)
    return;
  if (forget)
    baton_text_editor_forget (self->note);
  gtk_box_remove (GTK_BOX (self->note_box), GTK_WIDGET (self->note));
  self->note = NULL;
  g_clear_pointer (&self->asked, g_free);
  gtk_widget_set_visible (self->note_box, FALSE);
}

static void
performed_cb (gpointer owner, const BatonEffect *effect)
{
  BatonDecisionBar *self = owner;
  g_autofree char *decision = g_steal_pointer (&self->sending);

  if (effect == NULL || self->model == NULL || decision == NULL)
    return;
  close_note (self, TRUE);
  g_signal_emit (self, signals[DECIDED], 0, decision);
}

static void
send_op (BatonDecisionBar *self, BatonOp *op, const char *decision)
{
  if (self->sending != NULL)
    {
      baton_op_free (op);
      return;
    }
  self->sending = g_strdup (decision);
  baton_notice_perform (self->notice, baton_review_model_workspace (self->model), op, performed_cb, self);
}

static void
decide (BatonDecisionBar *self, const char *decision, const char *note)
{
  const BatonRow *review = baton_review_model_review (self->model);

  if (review != NULL)
    send_op (self, baton_review_op_decide (review->id, decision, note), decision);
}

static void
update_send (BatonDecisionBar *self)
{
  gboolean needed = g_strcmp0 (self->asked, "changes_requested") == 0 && !has_said_what (self);

  gtk_widget_set_sensitive (self->note_send, !needed || !baton_text_editor_is_blank (self->note));
}

static void
send_note (BatonDecisionBar *self)
{
  g_autofree char *note = NULL;

  if (self->note == NULL || !gtk_widget_get_sensitive (self->note_send))
    return;
  note = g_strstrip (baton_text_editor_text (self->note));
  decide (self, self->asked, note);
}

static void
escape_cb (BatonTextEditor *editor, BatonDecisionBar *self)
{
  GtkWidget *focus = g_strcmp0 (self->asked, "changes_requested") == 0 ? self->changes : self->with_changes;

  close_note (self, FALSE);
  gtk_widget_grab_focus (focus);
}

/* What must change, in words. */
static void
ask_for_note (BatonDecisionBar *self, const char *decision)
{
  gboolean changes = g_str_equal (decision, "changes_requested");
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  g_autofree char *key = NULL, *draft = NULL;

  close_note (self, FALSE);
  self->asked = g_strdup (decision);
  key = g_strdup_printf ("%s/%s", baton_review_model_review (self->model)->id, decision);
  draft = baton_workspace_draft (workspace, key);
  self->note = BATON_TEXT_EDITOR (
      baton_text_editor_new (workspace, key, BATON_EDITOR_MANY_LINES, _ ("What must change"),
          changes ? _ ("What must change? Ctrl+Enter decides")
                  : _ ("Which changes, on the way? Ctrl+Enter decides")));
  baton_text_editor_set (self->note, draft != NULL ? draft : "", "");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "composer");
  g_signal_connect_swapped (self->note, "submit", G_CALLBACK (send_note), self);
  g_signal_connect_swapped (self->note, "typed", G_CALLBACK (update_send), self);
  g_signal_connect (self->note, "escape", G_CALLBACK (escape_cb), self);
  gtk_box_prepend (GTK_BOX (self->note_box), GTK_WIDGET (self->note));
  gtk_button_set_label (
      GTK_BUTTON (self->note_send), changes ? _ ("Ask for changes") : _ ("Approve with changes"));
  gtk_widget_set_visible (self->note_box, TRUE);
  update_send (self);
  baton_text_editor_focus (self->note);
}

void
baton_decision_bar_press (BatonDecisionBar *self, const char *decision)
{
  const BatonRow *failed = baton_review_model_failed (self->model, NULL);
  g_autofree char *words = NULL;

  if (!baton_review_model_waits_for_me (self->model) || !baton_review_model_can_edit (self->model))
    return;
  if (is_approving (decision) && sees_another (self))
    {
      words =
          g_strdup_printf (_ ("You look at version %d, and the review is about version %d. Choose that one "
                              "below the pictures to approve it."),
              self->seen_number, subject_number (self));
      baton_notice_say (self->notice, words);
      return;
    }
  if (is_approving (decision) && failed != NULL)
    {
      words = g_strdup_printf (
          _ ("“%s” failed, so this cannot be approved. Ask for changes, or correct that answer first."),
          baton_row_text (failed, BATON_REVIEW_CHECK_TEXT));
      baton_notice_say (self->notice, words);
      return;
    }
  if (g_str_equal (decision, "approved"))
    decide (self, decision, NULL);
  else
    ask_for_note (self, decision);
}

static void
approve_cb (GtkButton *button, BatonDecisionBar *self)
{
  baton_decision_bar_press (self, "approved");
}

static void
with_changes_cb (GtkButton *button, BatonDecisionBar *self)
{
  baton_decision_bar_press (self, "approved_with_changes");
}

static void
changes_cb (GtkButton *button, BatonDecisionBar *self)
{
  baton_decision_bar_press (self, "changes_requested");
}

static void
excused_cb (BatonExcusePopover *popover, BatonOp *op, BatonDecisionBar *self)
{
  send_op (self, op, "excused");
}

/* Made anew each time, for the people and the window of now. */
static void
fill_excuse_cb (GtkMenuButton *button, gpointer data)
{
  BatonDecisionBar *self = data;
  GtkWidget *popover;

  if (!baton_review_model_waits_for_me (self->model))
    return;
  popover = baton_excuse_popover_new (self->model);
  g_signal_connect_object (popover, "chosen", G_CALLBACK (excused_cb), self, 0);
  gtk_menu_button_set_popover (button, popover);
}

void
baton_decision_bar_excuse (BatonDecisionBar *self)
{
  if (gtk_widget_get_visible (self->excuse))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->excuse));
}

/* What was decided, for those who were not asked or have spoken. */
static char *
outcome_words (BatonDecisionBar *self)
{
  const BatonRow *review = baton_review_model_review (self->model);
  const GPtrArray *decisions = baton_review_model_decisions (self->model);
  GString *words = g_string_new (NULL);

  if (review == NULL)
    g_string_append (words, _ ("No review is open for this file."));
  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    {
      const BatonRow *decision = g_ptr_array_index (decisions, i);
      const char *person =
          baton_review_model_person (self->model, baton_row_text (decision, BATON_DECISION_PERSON));
      const char *note = baton_row_text (decision, BATON_DECISION_NOTE);

      if (words->len > 0)
        g_string_append_c (words, '\n');
      g_string_append_printf (words, _ ("%s: %s"), person,
          baton_review_status_words (baton_row_text (decision, BATON_DECISION_DECISION)));
      if (note != NULL)
        g_string_append_printf (words, " – %s", note);
    }
  if (words->len == 0)
    g_string_append (words, _ ("The reviewers have not decided yet."));
  return g_string_free (words, FALSE);
}

static void
update (BatonDecisionBar *self)
{
  const BatonRow *failed = baton_review_model_failed (self->model, NULL);
  gboolean mine = baton_review_model_waits_for_me (self->model) && baton_review_model_can_edit (self->model);
  gboolean another = mine && sees_another (self);
  g_autofree char *words = mine || !baton_review_model_is_loaded (self->model) ? NULL : outcome_words (self);
  g_autofree char *about =
      another ? g_strdup_printf (_ ("The review is about version %d"), subject_number (self)) : NULL;

  gtk_widget_set_visible (self->buttons, mine);
  gtk_widget_set_visible (self->excuse, mine);
  gtk_widget_set_sensitive (self->approve, failed == NULL && !another);
  gtk_widget_set_sensitive (self->with_changes, failed == NULL && !another);
  gtk_label_set_label (self->hint, another                  ? about
                                   : mine && failed != NULL ? _ ("A failed criterion cannot be approved")
                                                            : "");
  gtk_label_set_label (self->outcome, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), words != NULL);
  if (!mine)
    close_note (self, FALSE);
  else if (self->note != NULL)
    update_send (self);
}

void
baton_decision_bar_look_at (BatonDecisionBar *self, const BatonRow *version)
{
  if (g_strcmp0 (self->seen, version->id) == 0)
    return;
  g_free (self->seen);
  self->seen = g_strdup (version->id);
  self->seen_number = (int) baton_row_int (version, BATON_VERSION_NUMBER);
  update (self);
}

static void
baton_decision_bar_dispose (GObject *object)
{
  BatonDecisionBar *self = BATON_DECISION_BAR (object);

  if (self->model != NULL && self->note != NULL)
    close_note (self, FALSE);
  g_clear_object (&self->model);
  g_clear_pointer (&self->sending, g_free);
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->seen, g_free);
  G_OBJECT_CLASS (baton_decision_bar_parent_class)->dispose (object);
}

static void
baton_decision_bar_class_init (BatonDecisionBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_decision_bar_dispose;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
add_button (BatonDecisionBar *self, const char *words, const char *key, const char *style, GCallback callback)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (words), *hint = gtk_label_new (key);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (hint, "key-hint");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "decision");
  gtk_widget_add_css_class (button, style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
      GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
  g_signal_connect (button, "clicked", callback, self);
  return button;
}

static void
add_buttons (BatonDecisionBar *self)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  self->changes = add_button (self, _ ("Changes"), "C", "changes", G_CALLBACK (changes_cb));
  self->approve = add_button (self, _ ("Approve"), "A", "approve", G_CALLBACK (approve_cb));
  self->with_changes =
      add_button (self, _ ("Approve with changes"), "W", "with-changes", G_CALLBACK (with_changes_cb));
  gtk_widget_set_hexpand (self->changes, TRUE);
  gtk_box_append (GTK_BOX (pair), self->changes);
  gtk_box_append (GTK_BOX (pair), self->approve);
  gtk_box_append (GTK_BOX (self->buttons), pair);
  gtk_box_append (GTK_BOX (self->buttons), self->with_changes);
  gtk_box_append (GTK_BOX (self), self->buttons);
}

/* A menu button's own label can neither wrap nor be cut short, and would widen everything. */
static void
fill_menu_button (GtkMenuButton *button, const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_menu_button_set_child (button, label);
  gtk_menu_button_set_always_show_arrow (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
add_line (BatonDecisionBar *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->hint = GTK_LABEL (baton_wrapped_label (NULL, "caption"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->hint), TRUE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->hint));
  self->excuse = gtk_menu_button_new ();
  fill_menu_button (GTK_MENU_BUTTON (self->excuse), _ ("I cannot make the window"));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->excuse), GTK_ARROW_UP);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->excuse), fill_excuse_cb, self, NULL);
  gtk_widget_set_tooltip_text (self->excuse, _ ("Pass it on, or ask for time (X)"));
  gtk_widget_add_css_class (self->excuse, "flat");
  gtk_widget_add_css_class (self->excuse, "excuse");
  gtk_box_append (GTK_BOX (line), self->excuse);
  gtk_box_append (GTK_BOX (self), line);
}

static void
baton_decision_bar_init (BatonDecisionBar *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "decision-bar");
  self->note_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->note_send = gtk_button_new ();
  gtk_widget_add_css_class (self->note_send, "suggested-action");
  gtk_widget_set_halign (self->note_send, GTK_ALIGN_END);
  g_signal_connect_swapped (self->note_send, "clicked", G_CALLBACK (send_note), self);
  gtk_box_append (GTK_BOX (self->note_box), self->note_send);
  gtk_widget_set_visible (self->note_box, FALSE);
  gtk_box_append (GTK_BOX (self), self->note_box);
  self->outcome = GTK_LABEL (baton_wrapped_label (NULL, "dim-label"));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->outcome));
  add_buttons (self);
  add_line (self);
}

GtkWidget *
baton_decision_bar_new (BatonReviewModel *model, BatonNotice *notice)
{
  BatonDecisionBar *self = g_object_new (BATON_TYPE_DECISION_BAR, NULL);

  self->model = g_object_ref (model);
  self->notice = notice;
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
