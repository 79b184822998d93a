/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "time-request.h"

#include "notice.h"
#include "review-ops.h"
#include "review-words.h"
#include "section.h"

#include <glib/gi18n.h>

typedef struct
{
  BatonWorkspace *workspace;
  BatonRow *excuse;
  BatonNotice *notice; /* borrowed: it is below the widget that owns this */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->workspace);
  baton_row_unref (request->excuse);
  g_free (request);
}

gboolean
baton_time_request_waits (const BatonRow *excuse)
{
  return baton_row_int (excuse, BATON_EXCUSE_REMOVED) == 0 &&
         baton_row_int (excuse, BATON_EXCUSE_MORE_TIME) != 0 &&
         baton_row_value (excuse, BATON_EXCUSE_GRANTED)->kind == BATON_VALUE_NONE;
}

static void
answer (GtkWidget *box, gboolean granted)
{
  Request *request = g_object_get_data (G_OBJECT (box), "request");

  baton_notice_perform (
      request->notice, request->workspace, baton_review_op_grant (request->excuse, granted), NULL, NULL);
}

static void
give_cb (GtkButton *button, GtkWidget *box)
{
  answer (box, TRUE);
}

static void
decline_cb (GtkButton *button, GtkWidget *box)
{
  answer (box, FALSE);
}

/* Who asks does not give, unless they have asked for the review themselves. */
static gboolean
may_answer (BatonWorkspace *workspace, const BatonRow *review, const BatonRow *excuse)
{
  const char *me = baton_workspace_me (workspace);

  return baton_workspace_read_only_reason (workspace) == NULL && me != NULL &&
         (g_strcmp0 (me, baton_row_text (excuse, BATON_EXCUSE_PERSON)) != 0 ||
             g_strcmp0 (me, baton_row_text (review, BATON_REVIEW_REQUESTER)) == 0);
}

static GtkWidget *
create_buttons (GtkWidget *box)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *give = gtk_button_new_with_label (_ ("Give the time"));
  GtkWidget *decline = gtk_button_new_with_label (_ ("Decline"));

  gtk_widget_add_css_class (give, "suggested-action");
  gtk_widget_add_css_class (give, "small-button");
  gtk_widget_add_css_class (decline, "small-button");
  g_signal_connect_object (give, "clicked", G_CALLBACK (give_cb), box, 0);
  g_signal_connect_object (decline, "clicked", G_CALLBACK (decline_cb), box, 0);
  gtk_box_append (GTK_BOX (line), give);
  gtk_box_append (GTK_BOX (line), decline);
  return line;
}

GtkWidget *
baton_time_request_new (
    BatonWorkspace *workspace, const BatonRow *review, const BatonRow *excuse, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Request *request = g_new0 (Request, 1);
  const char *reason = baton_row_text (excuse, BATON_EXCUSE_REASON);
  g_autofree char *until =
      baton_review_time_words (baton_row_int (excuse, BATON_EXCUSE_MORE_TIME), g_get_real_time ());
  g_autofree char *asks = g_strdup_printf (_ ("%s asks for time until %s"), name, until);
  g_autofree char *words = reason != NULL ? g_strdup_printf ("%s: “%s”", asks, reason) : g_strdup (asks);

  request->workspace = g_object_ref (workspace);
  request->excuse = baton_row_copy (excuse);
  request->notice = BATON_NOTICE (baton_notice_new ());
  g_object_set_data_full (G_OBJECT (box), "request", request, request_free);
  gtk_box_append (GTK_BOX (box), baton_wrapped_label (words, NULL));
  if (may_answer (workspace, review, excuse))
    gtk_box_append (GTK_BOX (box), create_buttons (box));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (request->notice));
  gtk_widget_add_css_class (box, "review-asked");
  return box;
}
