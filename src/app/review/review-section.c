/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-section.h"

#include "request-dialog.h"
#include "review-words.h"
#include "section.h"
#include "time-request.h"
#include "wrap-box.h"

#include <glib/gi18n.h>

struct _BatonReviewSection
{
  GtkBox parent_instance;

  BatonCardModel *model;
  GtkBox *rows;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (BatonReviewSection, baton_review_section, GTK_TYPE_BOX)

/* One asset as it was read. */
typedef struct
{
  BatonRow *asset, *version, *review; /* version: the newest one; review: the open one, or NULL */
  GPtrArray *excuses;                 /* of the review, or NULL */
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_clear_pointer (&line->asset, baton_row_unref);
  g_clear_pointer (&line->version, baton_row_unref);
  g_clear_pointer (&line->review, baton_row_unref);
  g_clear_pointer (&line->excuses, g_ptr_array_unref);
  g_free (line);
}

/* The live row of an entity that hangs from the asset and has the highest number in a field. */
static BatonRow *
highest (BatonReader *reader, BatonEntity entity, BatonField parent, const char *asset, BatonField number)
{
  g_autoptr (GPtrArray) rows = baton_reader_rows (reader, entity, parent, asset, TRUE, NULL);
  BatonRow *best = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);

      if (baton_row_int (row, baton_entity_removed (entity)) == 0 &&
          (best == NULL || baton_row_int (row, number) > baton_row_int (best, number)))
        best = row;
    }
  return best != NULL ? baton_row_ref (best) : NULL;
}

static gpointer
read_lines (BatonReader *reader, gpointer card, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GPtrArray) assets =
      baton_reader_rows (reader, BATON_ENTITY_ASSET, BATON_ASSET_CARD, card, TRUE, error);

  if (assets == NULL)
    return NULL;
  for (guint i = 0; i < assets->len; i++)
    {
      BatonRow *asset = g_ptr_array_index (assets, i);
      Line *line;

      if (baton_row_int (asset, BATON_ASSET_REMOVED) != 0)
        continue;
      line = g_new0 (Line, 1);
      line->asset = baton_row_ref (asset);
      line->version =
          highest (reader, BATON_ENTITY_VERSION, BATON_VERSION_ASSET, asset->id, BATON_VERSION_NUMBER);
      line->review =
          highest (reader, BATON_ENTITY_REVIEW, BATON_REVIEW_ASSET, asset->id, BATON_REVIEW_CREATED);
      if (line->review != NULL && baton_row_int (line->review, BATON_REVIEW_CLOSED) != 0)
        g_clear_pointer (&line->review, baton_row_unref);
      if (line->review != NULL)
        line->excuses = baton_reader_rows (
            reader, BATON_ENTITY_EXCUSE, BATON_EXCUSE_REVIEW, line->review->id, TRUE, NULL);
      g_ptr_array_add (lines, line);
    }
  return g_steal_pointer (&lines);
}

/* "Rui Keller, Ana Kovač" */
static char *
reviewer_names (BatonReviewSection *self, const BatonRow *review)
{
  g_auto (GStrv) ids = baton_set_split (baton_row_text (review, BATON_REVIEW_REVIEWERS));
  GString *names = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", baton_card_model_person (self->model, ids[i]));
  return g_string_free (names, FALSE);
}

/* "v4 in review by Rui Keller, window ends 17:20", "v3 approved", "v1" */
static char *
line_words (BatonReviewSection *self, const Line *line)
{
  g_autofree char *name = baton_review_version_name (line->version);
  const char *status = baton_review_status_words (baton_row_text (line->version, BATON_VERSION_STATUS));
  g_autofree char *names = NULL, *window = NULL;

  if (line->review == NULL)
    return *status != '\0' ? g_strdup_printf ("%s · %s", name, status)
                           : g_strdup_printf (_ ("%s · not reviewed"), name);
  names = reviewer_names (self, line->review);
  window = baton_review_window_words (baton_row_int (line->review, BATON_REVIEW_ENDS), g_get_real_time ());
  if (window == NULL)
    return g_strdup_printf (_ ("%s · %s reviews"), name, names);
  return g_strdup_printf (_ ("%s · %s reviews, %s"), name, names, window);
}

static void
request_cb (GtkButton *button, BatonReviewSection *self)
{
  baton_request_dialog_present (GTK_WIDGET (button), baton_card_model_workspace (self->model),
      g_object_get_data (G_OBJECT (button), "version"));
}

static GtkWidget *
create_line (BatonReviewSection *self, const Line *line)
{
  /* The words above the buttons: beside them, a narrow pane would leave room for a letter a line. */
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6),
            *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *buttons = baton_wrap_box_new (6);
  GtkWidget *compare = gtk_button_new_with_label (_ ("Compare…")), *request;
  g_autofree char *state = line_words (self, line);
  gboolean over = line->review != NULL && baton_row_int (line->review, BATON_REVIEW_ENDS) != 0 &&
                  baton_row_int (line->review, BATON_REVIEW_ENDS) <= g_get_real_time ();

  gtk_box_append (
      GTK_BOX (words), baton_wrapped_label (baton_row_text (line->asset, BATON_ASSET_NAME), NULL));
  gtk_box_append (GTK_BOX (words), baton_wrapped_label (state, over ? "error" : "dim-label"));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), buttons);
  if (line->review == NULL && baton_card_model_can_edit (self->model))
    {
      request = gtk_button_new_with_label (_ ("Request review…"));
      g_object_set_data_full (G_OBJECT (request), "version", g_strdup (line->version->id), g_free);
      g_signal_connect_object (request, "clicked", G_CALLBACK (request_cb), self, 0);
      gtk_box_append (GTK_BOX (buttons), request);
    }
  gtk_widget_set_tooltip_text (compare, _ ("Versions side by side, with their comments"));
  gtk_widget_add_css_class (compare, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (compare), "s", line->asset->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (compare), "win.review-asset");
  gtk_box_append (GTK_BOX (buttons), compare);
  return box;
}

/* Who asked for time and waits for an answer. */
static void
add_requests (BatonReviewSection *self, const Line *line)
{
  for (guint i = 0; line->excuses != NULL && i < line->excuses->len; i++)
    {
      const BatonRow *excuse = g_ptr_array_index (line->excuses, i);

      if (baton_time_request_waits (excuse))
        gtk_box_append (self->rows,
            baton_time_request_new (baton_card_model_workspace (self->model), line->review, excuse,
                baton_card_model_person (self->model, baton_row_text (excuse, BATON_EXCUSE_PERSON))));
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonReviewSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);
  GtkWidget *child;
  guint shown = 0;

  if (lines == NULL || self->model == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, child);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);

      if (line->version == NULL)
        continue;
      gtk_box_append (self->rows, create_line (self, line));
      add_requests (self, line);
      shown++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), shown > 0);
}

static void
refresh (BatonReviewSection *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  baton_workspace_query_async (baton_card_model_workspace (self->model), read_lines,
      g_strdup (baton_card_model_id (self->model)), g_free, (GDestroyNotify) g_ptr_array_unref, self->reading,
      read_cb, g_object_ref (self));
}

static void
baton_review_section_dispose (GObject *object)
{
  BatonReviewSection *self = BATON_REVIEW_SECTION (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (baton_review_section_parent_class)->dispose (object);
}

static void
baton_review_section_class_init (BatonReviewSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_review_section_dispose;
}

static void
baton_review_section_init (BatonReviewSection *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_box_append (GTK_BOX (self), baton_section_heading (_ ("Reviews")));
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->rows));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
baton_review_section_new (BatonCardModel *model)
{
  BatonReviewSection *self = g_object_new (BATON_TYPE_REVIEW_SECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "touched", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "tick", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
