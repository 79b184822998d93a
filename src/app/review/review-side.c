/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-side.h"

#include "person-face.h"
#include "review-words.h"
#include "section.h"
#include "time-request.h"

#include <glib/gi18n.h>

struct _BatonReviewSide
{
  GtkBox parent_instance;

  BatonReviewModel *model;
  BatonPersonFace *face;
  GtkLabel *whose;
  GtkLabel *window;
  GtkLabel *title;
  GtkLabel *facts;
  GtkBox *requests; /* for time */
  GtkLabel *asked;  /* what the requester said, and who cannot make the window */
  BatonNotice *notice;
  BatonCriteriaList *criteria;
  BatonConversation *conversation;
  BatonDecisionBar *decision;
};

G_DEFINE_FINAL_TYPE (BatonReviewSide, baton_review_side, GTK_TYPE_BOX)

static void
show_window (BatonReviewSide *self)
{
  const BatonRow *review = baton_review_model_review (self->model);
  gint64 ends = review != NULL && baton_row_int (review, BATON_REVIEW_CLOSED) == 0
                    ? baton_row_int (review, BATON_REVIEW_ENDS)
                    : 0;
  gint64 now = g_get_real_time ();
  g_autofree char *words = baton_review_window_words (ends, now);
  gboolean over;
  g_autofree char *left = baton_review_left (ends, now, &over);

  gtk_label_set_label (self->window, words != NULL ? words : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->window), left);
  if (over)
    gtk_widget_add_css_class (GTK_WIDGET (self->window), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->window), "error");
}

void
baton_review_side_tick (BatonReviewSide *self)
{
  show_window (self);
}

static void
show_whose (BatonReviewSide *self)
{
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  const BatonRow *review = baton_review_model_review (self->model);
  const char *me = baton_workspace_me (workspace);
  gboolean mine = review != NULL && me != NULL &&
                  baton_set_contains (baton_row_text (review, BATON_REVIEW_REVIEWERS), me);
  const char *person = mine || review == NULL ? me : baton_row_text (review, BATON_REVIEW_REQUESTER);

  baton_person_face_set (self->face, baton_workspace_lookup (workspace, BATON_ENTITY_PERSON, person),
      baton_review_model_person (self->model, person));
  gtk_label_set_label (self->whose, review == NULL ? _ ("Versions and comments")
                                    : mine         ? _ ("Your review")
                                                   : _ ("In review"));
}

/* "Instagram · Spring Launch" */
static char *
facts_words (BatonReviewSide *self, const BatonRow *card)
{
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  const BatonRow *asset = baton_review_model_asset (self->model);
  const char *parts[] = { baton_workspace_name_of (workspace, BATON_ENTITY_CHANNEL,
                              baton_row_text (card, BATON_CARD_CHANNEL), NULL),
    baton_workspace_name_of (workspace, BATON_ENTITY_BOARD, baton_row_text (card, BATON_CARD_BOARD), NULL),
    baton_row_text (asset, BATON_ASSET_NAME) };
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      if (words->len > 0)
        g_string_append (words, " · ");
      g_string_append (words, parts[i]);
    }
  return g_string_free (words, FALSE);
}

/* Who asked and said what, and who cannot make it. */
static char *
asked_words (BatonReviewSide *self)
{
  const BatonRow *review = baton_review_model_review (self->model);
  const GPtrArray *excuses = baton_review_model_excuses (self->model);
  const char *note = review != NULL ? baton_row_text (review, BATON_REVIEW_NOTE) : NULL;
  GString *words = g_string_new (NULL);

  if (note != NULL)
    g_string_append_printf (words, _ ("%s: “%s”"),
        baton_review_model_person (self->model, baton_row_text (review, BATON_REVIEW_REQUESTER)), note);
  for (guint i = 0; excuses != NULL && i < excuses->len; i++)
    {
      const BatonRow *excuse = g_ptr_array_index (excuses, i);
      const char *person =
          baton_review_model_person (self->model, baton_row_text (excuse, BATON_EXCUSE_PERSON));
      const char *reason = baton_row_text (excuse, BATON_EXCUSE_REASON);

      if (baton_time_request_waits (excuse))
        continue; /* it has a place of its own */
      if (words->len > 0)
        g_string_append_c (words, '\n');
      if (baton_row_text (excuse, BATON_EXCUSE_PASSED_TO) != NULL)
        g_string_append_printf (words, _ ("%s passed it on to %s"), person,
            baton_review_model_person (self->model, baton_row_text (excuse, BATON_EXCUSE_PASSED_TO)));
      else
        g_string_append_printf (words,
            baton_row_int (excuse, BATON_EXCUSE_MORE_TIME) == 0 ? _ ("%s cannot make the window")
            : baton_row_int (excuse, BATON_EXCUSE_GRANTED) != 0 ? _ ("%s was given more time")
                                                                : _ ("%s was given no more time"),
            person);
      if (reason != NULL)
        g_string_append_printf (words, ": “%s”", reason);
    }
  return g_string_free (words, FALSE);
}

/* Who asked for time and waits for an answer. */
static void
show_requests (BatonReviewSide *self)
{
  const BatonRow *review = baton_review_model_review (self->model);
  const GPtrArray *excuses = baton_review_model_excuses (self->model);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->requests))) != NULL)
    gtk_box_remove (self->requests, child);
  for (guint i = 0; review != NULL && excuses != NULL && i < excuses->len; i++)
    {
      const BatonRow *excuse = g_ptr_array_index (excuses, i);

      if (baton_row_int (review, BATON_REVIEW_CLOSED) == 0 && baton_time_request_waits (excuse))
        gtk_box_append (self->requests,
            baton_time_request_new (baton_review_model_workspace (self->model), review, excuse,
                baton_review_model_person (self->model, baton_row_text (excuse, BATON_EXCUSE_PERSON))));
    }
  gtk_widget_set_visible (
      GTK_WIDGET (self->requests), gtk_widget_get_first_child (GTK_WIDGET (self->requests)) != NULL);
}

static void
update (BatonReviewSide *self)
{
  const BatonRow *card = baton_review_model_card (self->model);
  g_autofree char *facts = NULL, *asked = NULL;

  if (card == NULL)
    return;
  show_whose (self);
  show_window (self);
  show_requests (self);
  facts = facts_words (self, card);
  asked = asked_words (self);
  gtk_label_set_label (self->title, baton_row_text (card, BATON_CARD_TITLE));
  gtk_label_set_label (self->facts, facts);
  gtk_label_set_label (self->asked, asked);
  gtk_widget_set_visible (GTK_WIDGET (self->asked), *asked != '\0');
}

BatonCriteriaList *
baton_review_side_criteria (BatonReviewSide *self)
{
  return self->criteria;
}

BatonConversation *
baton_review_side_conversation (BatonReviewSide *self)
{
  return self->conversation;
}

BatonDecisionBar *
baton_review_side_decision (BatonReviewSide *self)
{
  return self->decision;
}

BatonNotice *
baton_review_side_notice (BatonReviewSide *self)
{
  return self->notice;
}

static void
baton_review_side_dispose (GObject *object)
{
  g_clear_object (&BATON_REVIEW_SIDE (object)->model);
  G_OBJECT_CLASS (baton_review_side_parent_class)->dispose (object);
}

static void
baton_review_side_class_init (BatonReviewSideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_review_side_dispose;
}

static void
baton_review_side_init (BatonReviewSide *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "review-side");
  gtk_widget_add_css_class (GTK_WIDGET (self), "card-pane");
  gtk_widget_set_size_request (GTK_WIDGET (self), 330, -1);
}

static GtkWidget *
create_head (BatonReviewSide *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->face = BATON_PERSON_FACE (baton_person_face_new (24));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->face));
  self->whose = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->whose, 0);
  gtk_label_set_ellipsize (self->whose, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->whose), "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->whose), TRUE);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->whose));
  self->window = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->window, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->window), "numeric");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->window));
  gtk_widget_add_css_class (head, "review-head");
  return head;
}

static GtkWidget *
create_body (BatonReviewSide *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 15);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->title = GTK_LABEL (baton_wrapped_label (NULL, "title-4"));
  self->facts = GTK_LABEL (baton_wrapped_label (NULL, "dim-label"));
  self->asked = GTK_LABEL (baton_wrapped_label (NULL, "review-asked"));
  gtk_box_append (GTK_BOX (names), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (names), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (body), names);
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->asked));
  self->requests = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->requests));
  self->criteria = BATON_CRITERIA_LIST (baton_criteria_list_new (self->model, self->notice));
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->criteria));
  self->conversation = BATON_CONVERSATION (baton_conversation_new (self->model, self->notice));
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->conversation));
  gtk_widget_add_css_class (body, "review-body");
  return body;
}

GtkWidget *
baton_review_side_new (BatonReviewModel *model)
{
  BatonReviewSide *self = g_object_new (BATON_TYPE_REVIEW_SIDE, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->model = g_object_ref (model);
  self->notice = BATON_NOTICE (baton_notice_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->notice), "pane-notice");
  gtk_box_append (GTK_BOX (self), create_head (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), create_body (self));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self), scrolled);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->notice));
  self->decision = BATON_DECISION_BAR (baton_decision_bar_new (model, self->notice));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->decision));
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
