/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "criterion-row.h"

#include "review-ops.h"
#include "review-words.h"
#include "section.h"
#include "text-editor.h"

#include <glib/gi18n.h>

struct _BatonCriterionRow
{
  GtkBox parent_instance;

  BatonReviewModel *model; /* borrowed: it outlives the row */
  BatonNotice *notice;     /* borrowed */
  char *check;
  guint number;
  GtkWidget *button;
  GtkWidget *box; /* the state as a sign */
  GtkLabel *sign;
  GtkLabel *text;
  GtkLabel *note;          /* mine */
  GtkLabel *others;        /* what others found failed */
  BatonTextEditor *editor; /* for the note; NULL while not asked for */
};

G_DEFINE_FINAL_TYPE (BatonCriterionRow, baton_criterion_row, GTK_TYPE_BOX)

static const char *
state_of (BatonCriterionRow *self)
{
  const BatonRow *answer = baton_review_model_answer (self->model, self->check, NULL);
  const char *state = answer != NULL ? baton_row_text (answer, BATON_ANSWER_STATE) : NULL;

  return state != NULL ? state : "open";
}

static void
close_editor (BatonCriterionRow *self)
{
  if (self->editor == NULL)
    return;
  baton_text_editor_forget (self->editor);
  gtk_box_remove (GTK_BOX (self), GTK_WIDGET (self->editor));
  self->editor = NULL;
  gtk_widget_grab_focus (self->button);
}

static void
answer (BatonCriterionRow *self, const char *state, const char *note)
{
  const BatonRow *review = baton_review_model_review (self->model);

  if (review != NULL)
    baton_notice_perform (self->notice, baton_review_model_workspace (self->model),
        baton_review_op_answer (review->id, self->check, state, note), NULL, NULL);
}

static void
submit_cb (BatonTextEditor *editor, BatonCriterionRow *self)
{
  g_autofree char *note = g_strstrip (baton_text_editor_text (editor));

  if (*note == '\0')
    return;
  answer (self, "failed", note);
  close_editor (self);
}

/* Escape keeps what was typed for the next time, and the answer as it was. */
static void
escape_cb (BatonTextEditor *editor, BatonCriterionRow *self)
{
  gtk_box_remove (GTK_BOX (self), GTK_WIDGET (self->editor));
  self->editor = NULL;
  gtk_widget_grab_focus (self->button);
}

static void
ask_for_note (BatonCriterionRow *self)
{
  const BatonRow *review = baton_review_model_review (self->model);
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  const BatonRow *said = baton_review_model_answer (self->model, self->check, NULL);
  g_autofree char *key = NULL, *draft = NULL;

  if (self->editor != NULL || review == NULL)
    return;
  key = g_strdup_printf ("%s/%s/note", review->id, self->check);
  draft = baton_workspace_draft (workspace, key);
  self->editor = BATON_TEXT_EDITOR (baton_text_editor_new (workspace, key, BATON_EDITOR_ONE_LINE,
      _ ("What is wrong with it"), _ ("What is wrong with it? Enter says so")));
  if (draft == NULL && said != NULL)
    draft = g_strdup (baton_row_text (said, BATON_ANSWER_NOTE));
  baton_text_editor_set (self->editor, draft != NULL ? draft : "", "");
  gtk_widget_add_css_class (GTK_WIDGET (self->editor), "criterion-note");
  g_signal_connect (self->editor, "submit", G_CALLBACK (submit_cb), self);
  g_signal_connect (self->editor, "escape", G_CALLBACK (escape_cb), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->editor));
  baton_text_editor_focus (self->editor);
}

void
baton_criterion_row_press (BatonCriterionRow *self, gboolean fail)
{
  const char *state = state_of (self);

  if (!baton_review_model_waits_for_me (self->model) || !baton_review_model_can_edit (self->model))
    return;
  if (fail || g_str_equal (state, "not_applicable"))
    ask_for_note (self);
  else if (g_str_equal (state, "open"))
    answer (self, "complete", NULL);
  else if (g_str_equal (state, "complete"))
    answer (self, "not_applicable", NULL);
  else
    answer (self, "open", NULL);
}

static void
clicked_cb (GtkButton *button, BatonCriterionRow *self)
{
  baton_criterion_row_press (self, FALSE);
}

static void
show_sign (BatonCriterionRow *self, const char *state)
{
  static const char *const states[] = { "complete", "not_applicable", "failed", "open" };
  const char *sign = g_str_equal (state, "complete") ? "✓" : g_str_equal (state, "failed") ? "✕" : "";

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (states[i], state))
        gtk_widget_add_css_class (self->box, states[i]);
      else
        gtk_widget_remove_css_class (self->box, states[i]);
    }
  gtk_label_set_label (self->sign, sign);
}

/* "Rui: failed – the logo is too small", one line for each other reviewer who found it failed. */
static char *
others_words (BatonCriterionRow *self)
{
  const GPtrArray *answers = baton_review_model_answers (self->model);
  const char *me = baton_workspace_me (baton_review_model_workspace (self->model));
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < answers->len; i++)
    {
      const BatonRow *said = g_ptr_array_index (answers, i);
      const char *person = baton_row_text (said, BATON_ANSWER_PERSON);

      if (g_strcmp0 (baton_row_text (said, BATON_ANSWER_CHECK), self->check) != 0 ||
          g_strcmp0 (person, me) == 0 || g_strcmp0 (baton_row_text (said, BATON_ANSWER_STATE), "failed") != 0)
        continue;
      if (words->len > 0)
        g_string_append_c (words, '\n');
      /* Translators: what another reviewer found failed: "Rui: the logo is too small". */
      g_string_append_printf (words, _ ("%s: %s"), baton_review_model_person (self->model, person),
          baton_row_text (said, BATON_ANSWER_NOTE));
    }
  return g_string_free (words, FALSE);
}

static const char *
text_of (BatonCriterionRow *self)
{
  const GPtrArray *checks = baton_review_model_checks (self->model);

  for (guint i = 0; i < checks->len; i++)
    {
      const BatonRow *check = g_ptr_array_index (checks, i);

      if (g_str_equal (check->id, self->check))
        return baton_row_text (check, BATON_REVIEW_CHECK_TEXT);
    }
  return "";
}

void
baton_criterion_row_update (BatonCriterionRow *self)
{
  const char *state = state_of (self);
  const BatonRow *mine = baton_review_model_answer (self->model, self->check, NULL);
  const char *note = mine != NULL ? baton_row_text (mine, BATON_ANSWER_NOTE) : NULL;
  gboolean not_applicable = g_str_equal (state, "not_applicable");
  g_autofree char *others = others_words (self);
  /* Translators: a line of a checklist that does not apply: "Legal line (not applicable)". */
  g_autofree char *text = not_applicable ? g_strdup_printf (_ ("%s (not applicable)"), text_of (self))
                                         : g_strdup (text_of (self));
  /* Translators: a line of a checklist for a screen reader: "Brand colours correct: complete". */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), text_of (self), baton_review_state_words (state));

  show_sign (self, state);
  gtk_label_set_label (self->text, text);
  if (not_applicable)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "dim-label");
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL && self->editor == NULL);
  gtk_label_set_label (self->others, others);
  gtk_widget_set_visible (GTK_WIDGET (self->others), *others != '\0');
  gtk_widget_set_sensitive (self->button, baton_review_model_can_edit (self->model));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

const char *
baton_criterion_row_check (BatonCriterionRow *self)
{
  return self->check;
}

static void
baton_criterion_row_finalize (GObject *object)
{
  g_free (BATON_CRITERION_ROW (object)->check);
  G_OBJECT_CLASS (baton_criterion_row_parent_class)->finalize (object);
}

static void
baton_criterion_row_class_init (BatonCriterionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_criterion_row_finalize;
}

static void
baton_criterion_row_init (BatonCriterionRow *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

static GtkWidget *
create_face (BatonCriterionRow *self)
{
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *digit = g_strdup_printf ("%u", self->number);
  GtkWidget *hint = gtk_label_new (self->number <= 9 ? digit : NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "check-sign");
  gtk_widget_set_valign (self->box, GTK_ALIGN_START);
  self->sign = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->sign), TRUE);
  gtk_widget_set_hexpand (self->box, FALSE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->sign));
  gtk_box_append (GTK_BOX (face), self->box);
  self->text = GTK_LABEL (baton_wrapped_label (NULL, NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_box_append (GTK_BOX (face), GTK_WIDGET (self->text));
  gtk_widget_add_css_class (hint, "key-hint");
  gtk_widget_set_valign (hint, GTK_ALIGN_START);
  gtk_widget_set_visible (hint, self->number <= 9);
  gtk_box_append (GTK_BOX (face), hint);
  return face;
}

GtkWidget *
baton_criterion_row_new (BatonReviewModel *model, const char *check, guint number, BatonNotice *notice)
{
  BatonCriterionRow *self = g_object_new (BATON_TYPE_CRITERION_ROW, NULL);

  self->model = model;
  self->notice = notice;
  self->check = g_strdup (check);
  self->number = number;
  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "criterion-button");
  gtk_widget_set_tooltip_text (
      self->button, _ ("Complete, not applicable, failed; with Shift and the number failed at once"));
  gtk_button_set_child (GTK_BUTTON (self->button), create_face (self));
  g_signal_connect (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (self), self->button);
  self->note = GTK_LABEL (baton_wrapped_label (NULL, "criterion-words"));
  self->others = GTK_LABEL (baton_wrapped_label (NULL, "criterion-words"));
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->others), "error");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->others));
  baton_criterion_row_update (self);
  return GTK_WIDGET (self);
}
