/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "review-fixture.h"

#include "blobs.h"
#include "review-ops.h"
#include "text-place.h"
#include "test-folder.h"
#include "ui-run.h"

#include <string.h>

void
review_fixture_init (int *argc, char ***argv)
{
  ui_init (argc, argv);
  adw_init ();
  ui_load_style ("card/card.css");
  ui_load_style ("preview/preview.css");
  ui_load_style ("review/review.css");
  ui_load_style ("style.css");
  gtk_icon_theme_add_resource_path (
      gtk_icon_theme_get_for_display (gdk_display_get_default ()), "/io/github/batonboard/Baton/icons");
}

void
review_perform (ReviewFixture *f, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform (f->workspace, op, NULL, &error);
  g_assert_no_error (error);
}

void
review_perform_as (ReviewFixture *f, char *person, BatonOp *op)
{
  op->person = g_strdup (person);
  review_perform (f, op);
}

static char *
keep (ReviewFixture *f, char *id)
{
  g_ptr_array_add (f->ids, id);
  return id;
}

static char *
add (ReviewFixture *f, BatonVerb verb, BatonField parent, const char *of, BatonField name, const char *text)
{
  char *id = keep (f, baton_store_new_id ());
  BatonOp *op = baton_op_new (verb);
  BatonRow *row = baton_op_add_row (op, baton_verb_info (verb)->entity, id);

  if (parent != BATON_FIELD_NONE)
    baton_row_set_text (row, parent, of);
  baton_row_set_text (row, name, text);
  review_perform (f, op);
  return id;
}

static char *
add_card (ReviewFixture *f, const char *title, const char *channel, gboolean fast)
{
  char *id = keep (f, baton_store_new_id ());
  BatonOp *op = baton_op_new (BATON_VERB_CARD_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

  baton_row_set_text (row, BATON_CARD_STAGE, f->stages[0]);
  baton_row_set_text (row, BATON_CARD_TITLE, title);
  baton_row_set_text (row, BATON_CARD_CHANNEL, channel);
  baton_row_set_text (row, BATON_CARD_ASSET_TYPE, f->type);
  if (fast)
    {
      baton_row_set_text (row, BATON_CARD_URGENCY, "fast");
      baton_row_set_text (row, BATON_CARD_FAST_REASON, "Printer's deadline");
    }
  review_perform (f, op);
  return id;
}

static char *
add_version (ReviewFixture *f, const char *asset, const char *parent, const char *file, const char *media,
    GBytes *bytes, const char *note)
{
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (f->folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = baton_blobs_add_bytes (blobs, bytes, &error);
  char *id = keep (f, baton_store_new_id ());
  BatonOp *op = baton_op_new (BATON_VERB_VERSION_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_VERSION, id);

  g_assert_no_error (error);
  baton_row_set_text (row, BATON_VERSION_ASSET, asset);
  baton_row_set_text (row, BATON_VERSION_PARENT, parent);
  baton_row_set_text (row, BATON_VERSION_FILE, file);
  baton_row_set_text (row, BATON_VERSION_BLOB, hash);
  baton_row_set_int (row, BATON_VERSION_SIZE, (gint64) g_bytes_get_size (bytes));
  baton_row_set_text (row, BATON_VERSION_MEDIA, media);
  baton_row_set_text (row, BATON_VERSION_NOTE, note);
  review_perform_as (f, f->lea, op);
  return id;
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
png_of (cairo_surface_t *surface)
{
  GByteArray *array = g_byte_array_new ();

  cairo_surface_write_to_png_stream (surface, write_cb, array);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (array);
}

/* Sea, sky and somebody before it; each version a little different. */
static GBytes *
draw_hero (int number)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 864, 1080);
  cairo_t *cr = cairo_create (surface);
  cairo_pattern_t *sea = cairo_pattern_create_linear (0, 0, 500, 1080);
  double top = 350 + 40 * (3 - number);

  cairo_pattern_add_color_stop_rgb (sea, 0, 0.57 + 0.06 * (4 - number), 0.88, 0.95);
  cairo_pattern_add_color_stop_rgb (sea, 0.45, 0.28, 0.79, 0.9);
  cairo_pattern_add_color_stop_rgb (sea, 1, 0, 0.25 + 0.07 * (4 - number), 0.54);
  cairo_set_source (cr, sea);
  cairo_paint (cr);
  cairo_pattern_destroy (sea);
  cairo_set_source_rgb (cr, 0.98, 0.83, 0.8);
  cairo_arc (cr, 432, top + 122, 122, G_PI, 0);
  cairo_line_to (cr, 554, top + 480);
  cairo_line_to (cr, 310, top + 480);
  cairo_fill (cr);
  cairo_destroy (cr);
  return png_of (surface);
}

static GBytes *
draw_plain (guint32 colour)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 640, 480);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (
      cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  return png_of (surface);
}

static char *
request (ReviewFixture *f, const char *version, gint64 ends, const char *note)
{
  g_autoptr (GPtrArray) reviewers = g_ptr_array_new ();
  BatonOp *op;
  char *id;

  g_ptr_array_add (reviewers, f->me);
  op = baton_review_op_request (version, reviewers, 0, ends, note);
  id = keep (f, g_strdup (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row->id));
  review_perform_as (f, f->lea, op);
  return id;
}

static void
add_hero (ReviewFixture *f, const char *channel)
{
  static const char *const notes[] = { NULL, "Horizon lowered", "Cooler sea",
    "Warmer skin, horizon lowered, as Rui asked on v3" };
  g_autoptr (BatonMark) mark = NULL, point = NULL;
  BatonOp *op;

  f->hero = add_card (f, "Hero image", channel, FALSE);
  f->hero_asset = add (f, BATON_VERB_ASSET_ADD, BATON_ASSET_CARD, f->hero, BATON_ASSET_NAME, "hero.png");
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) bytes = draw_hero (i + 1);

      f->hero_versions[i] = add_version (
          f, f->hero_asset, i > 0 ? f->hero_versions[i - 1] : NULL, "hero.png", "image/png", bytes, notes[i]);
      if (i != 2)
        continue;
      point = baton_mark_parse (BATON_MARK_POINT, "0.17,0.85");
      op = baton_review_op_comment (
          f->hero, f->hero_versions[2], point, 0, "Sea is cyan on purpose.", NULL, NULL, &f->settled_comment);
      keep (f, f->settled_comment);
      review_perform_as (f, f->ana, op);
      review_perform (f, baton_review_op_resolve (f->settled_comment, TRUE));
    }
  mark = baton_mark_parse (BATON_MARK_RECTANGLE, "0.285,0.25 0.71,0.46");
  op = baton_review_op_comment (f->hero, f->hero_versions[3], mark, 0,
      "Horizon still cuts her head in the 4:5 crop.", NULL, NULL, &f->open_comment);
  keep (f, f->open_comment);
  review_perform (f, op);
  review_perform_as (f, f->lea,
      baton_review_op_comment (
          f->hero, f->hero_versions[3], NULL, 0, "moves up 40 px in v5", f->open_comment, NULL, NULL));
  f->hero_review = request (f, f->hero_versions[3], g_get_real_time () + 6 * G_TIME_SPAN_HOUR, NULL);
}

void
review_mark_text (ReviewFixture *f, const char *words, const char *text, char **comment)
{
  const char *version = f->copy_versions[2] != NULL   ? f->copy_versions[2]
                        : f->copy_versions[1] != NULL ? f->copy_versions[1]
                                                      : f->copy_versions[0];
  gsize from = (gsize) (strstr (f->copy_text, words) - f->copy_text);
  g_autoptr (BatonMark) mark = baton_text_mark_new (f->copy_text, from, from + strlen (words));
  BatonOp *op = baton_review_op_comment (f->copy, version, mark, 0, text, NULL, NULL, comment);

  keep (f, *comment);
  review_perform_as (f, f->lea, op);
}

static void
add_copy_version (ReviewFixture *f, guint i, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  f->copy_versions[i] = add_version (
      f, f->copy_asset, i > 0 ? f->copy_versions[i - 1] : NULL, "copy.txt", "text/plain", bytes, NULL);
  f->copy_text = text;
}

void
review_next_copy (ReviewFixture *f, const char *text)
{
  add_copy_version (f, 2, text);
  f->copy_review = request (f, f->copy_versions[2], g_get_real_time () - G_TIME_SPAN_HOUR, NULL);
}

static void
add_copy (ReviewFixture *f, const char *channel)
{
  f->copy = add_card (f, "Landing page copy", channel, FALSE);
  f->copy_asset = add (f, BATON_VERB_ASSET_ADD, BATON_ASSET_CARD, f->copy, BATON_ASSET_NAME, "copy.txt");
  add_copy_version (f, 0,
      "Spring by the sea\n\nThe first warm days are here. Save 20 % on every ticket until Sunday.\nBook "
      "now.\n");
  review_mark_text (f, "Save 20 % on every ticket", "Is this true of day tickets?", &f->copy_comments[0]);
  review_mark_text (f, "Book now.", "Where does this lead?", &f->copy_comments[1]);
  add_copy_version (f, 1,
      "Spring by the sea\n\nThe first warm days are here. Save 25 % on all day tickets until Sunday "
      "evening.\n"
      "Kids travel for free.\nBook now.\n");
  f->copy_review = request (f, f->copy_versions[1], g_get_real_time () - 2 * G_TIME_SPAN_HOUR, NULL);
}

static void
add_print (ReviewFixture *f, const char *channel)
{
  g_autoptr (GBytes) bytes = draw_plain (0x335577);

  f->print = add_card (f, "Print ad A4", channel, TRUE);
  f->print_asset = add (f, BATON_VERB_ASSET_ADD, BATON_ASSET_CARD, f->print, BATON_ASSET_NAME, "print.png");
  f->print_version = add_version (f, f->print_asset, NULL, "print.png", "image/png", bytes, NULL);
  f->print_review = request (
      f, f->print_version, g_get_real_time () + 23 * G_TIME_SPAN_HOUR, "The printer waits until noon.");
}

void
review_add (ReviewFixture *f, const char *title, guint32 colour, gint64 ends, char **review)
{
  g_autoptr (GBytes) bytes = draw_plain (colour);
  char *card = add_card (f, title, NULL, FALSE);
  char *asset = add (f, BATON_VERB_ASSET_ADD, BATON_ASSET_CARD, card, BATON_ASSET_NAME, "plain.png");
  char *version = add_version (f, asset, NULL, "plain.png", "image/png", bytes, NULL);

  *review = request (f, version, ends, NULL);
}

void
review_add_asset (ReviewFixture *f, const char *title, const char *file, char **card, char **asset)
{
  *card = add_card (f, title, NULL, FALSE);
  *asset = add (f, BATON_VERB_ASSET_ADD, BATON_ASSET_CARD, *card, BATON_ASSET_NAME, file);
}

char *
review_add_version (ReviewFixture *f, const char *asset, const char *parent, const char *file,
    const char *media, GBytes *bytes)
{
  return add_version (f, asset, parent, file, media, bytes, NULL);
}

static void
add_stages (ReviewFixture *f)
{
  static const char *const names[] = { "In review", "In design", "Approved" };
  static const char *const kinds[] = { "review", "active", "done" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      BatonOp *op = baton_op_new (BATON_VERB_STAGE_ADD);
      BatonRow *row;

      f->stages[i] = keep (f, baton_store_new_id ());
      row = baton_op_add_row (op, BATON_ENTITY_STAGE, f->stages[i]);
      baton_row_set_text (row, BATON_STAGE_BOARD, f->board);
      baton_row_set_text (row, BATON_STAGE_NAME, names[i]);
      baton_row_set_text (row, BATON_STAGE_KIND, kinds[i]);
      review_perform (f, op);
    }
}

static void
build (ReviewFixture *f)
{
  static const char *const checks[] = { "Brand colours correct", "Safe area for 4:5 and 1:1",
    "Alt text present", "File format and size", "Legal line" };
  char *instagram, *web, *print;
  BatonOp *op;

  g_assert_true (baton_workspace_ensure_me (f->workspace, "Rui Keller", NULL));
  f->me = keep (f, g_strdup (baton_workspace_me (f->workspace)));
  f->lea = add (f, BATON_VERB_PERSON_ADD, BATON_FIELD_NONE, NULL, BATON_PERSON_NAME, "Lea Moser");
  f->ana = add (f, BATON_VERB_PERSON_ADD, BATON_FIELD_NONE, NULL, BATON_PERSON_NAME, "Ana Kovač");
  f->board = add (f, BATON_VERB_BOARD_ADD, BATON_FIELD_NONE, NULL, BATON_BOARD_NAME, "Spring Launch");
  add_stages (f);
  op = baton_op_new (BATON_VERB_BOARD_SET);
  baton_op_add_id (op, f->board);
  baton_op_set_text (op, BATON_BOARD_ON_CHANGES, f->stages[1]);
  baton_op_set_text (op, BATON_BOARD_ON_APPROVED, f->stages[2]);
  review_perform (f, op);
  f->type =
      add (f, BATON_VERB_ASSET_TYPE_ADD, BATON_ASSET_TYPE_BOARD, f->board, BATON_ASSET_TYPE_NAME, "Image");
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    f->checks[i] = add (f, BATON_VERB_REVIEW_CHECK_ADD, BATON_REVIEW_CHECK_ASSET_TYPE, f->type,
        BATON_REVIEW_CHECK_TEXT, checks[i]);
  instagram = add (f, BATON_VERB_CHANNEL_ADD, BATON_CHANNEL_BOARD, f->board, BATON_CHANNEL_NAME, "Instagram");
  web = add (f, BATON_VERB_CHANNEL_ADD, BATON_CHANNEL_BOARD, f->board, BATON_CHANNEL_NAME, "Web");
  print = add (f, BATON_VERB_CHANNEL_ADD, BATON_CHANNEL_BOARD, f->board, BATON_CHANNEL_NAME, "Print");
  add_hero (f, instagram);
  add_copy (f, web);
  add_print (f, print);
}

static void
performed_cb (BatonWorkspace *workspace, gpointer op, gpointer effect, ReviewFixture *f)
{
  g_ptr_array_add (f->verbs, (gpointer) baton_verb_info (((BatonOp *) op)->verb)->name);
}

void
review_fixture_fill (ReviewFixture *f, const char *folder)
{
  g_autoptr (GError) error = NULL;

  *f = (ReviewFixture){ .ids = g_ptr_array_new_with_free_func (g_free), .verbs = g_ptr_array_new () };
  f->folder = g_strdup (folder);
  f->workspace = baton_workspace_open (f->folder, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
  build (f);
}

void
review_fixture_open (ReviewFixture *f, gboolean view)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("baton-review-XXXXXX", &error);

  g_assert_no_error (error);
  review_fixture_fill (f, folder);
  g_signal_connect (f->workspace, "performed", G_CALLBACK (performed_cb), f);
  if (!view)
    return;
  f->window = GTK_WINDOW (gtk_window_new ());
  f->view = BATON_REVIEW_VIEW (baton_review_view_new ());
  gtk_window_set_child (f->window, GTK_WIDGET (f->view));
  gtk_window_set_default_size (f->window, 1200, 780);
  gtk_window_present (f->window);
  baton_review_view_set_workspace (f->view, f->workspace);
}

void
review_fixture_leave (ReviewFixture *f)
{
  baton_workspace_close (f->workspace);
  g_clear_object (&f->workspace);
  g_clear_pointer (&f->folder, g_free);
  g_clear_pointer (&f->ids, g_ptr_array_unref);
  g_clear_pointer (&f->verbs, g_ptr_array_unref);
}

void
review_fixture_close (ReviewFixture *f)
{
  g_autofree char *folder = g_strdup (f->folder);

  if (f->window != NULL)
    {
      baton_review_view_set_workspace (f->view, NULL);
      gtk_window_destroy (f->window);
      ui_spin (20);
    }
  g_signal_handlers_disconnect_by_data (f->workspace, f);
  review_fixture_leave (f);
  baton_test_folder_remove (folder);
}

void
review_until (ReviewFixture *f, ReviewCondition condition, gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!condition (f, data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("Waited in vain: %s", what);
      ui_spin (5);
    }
}

static gboolean
shows (ReviewFixture *f, gpointer review)
{
  BatonReviewModel *model = baton_review_view_model (f->view);

  return g_strcmp0 (baton_review_view_review (f->view), review) == 0 && model != NULL &&
         baton_review_model_is_loaded (model) &&
         (baton_image_view_picture (
              baton_compare_view_picture (baton_review_view_compare (f->view), FALSE)) != NULL ||
             g_strcmp0 (baton_review_view_asset (f->view), f->copy_asset) == 0);
}

void
review_wait_for (ReviewFixture *f, const char *review)
{
  review_until (f, shows, (gpointer) review, "the review to be shown");
  ui_spin (60);
  review_forget (f);
}

void
review_forget (ReviewFixture *f)
{
  g_ptr_array_set_size (f->verbs, 0);
}

static gboolean
has_operation (ReviewFixture *f, gpointer data)
{
  return f->verbs->len > 0;
}

void
review_expect (ReviewFixture *f, const char *verb)
{
  review_until (f, has_operation, NULL, verb);
  ui_spin (60);
  g_assert_cmpuint (f->verbs->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (f->verbs, 0), ==, verb);
  review_forget (f);
}

/* A key as the widget's own controllers see it, the capturing ones first. */
gboolean
review_press_on (gpointer widget, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean taken = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &taken);
      if (taken)
        return TRUE;
    }
  return FALSE;
}

gboolean
review_press (ReviewFixture *f, guint key)
{
  return review_press_on (f->view, key, 0);
}

BatonTextEditor *
review_editor (ReviewFixture *f)
{
  GtkWidget *focus = gtk_window_get_focus (f->window);

  g_assert_nonnull (focus);
  g_assert_true (GTK_IS_TEXT_VIEW (focus));
  return BATON_TEXT_EDITOR (gtk_widget_get_ancestor (focus, BATON_TYPE_TEXT_EDITOR));
}

/* Types where the keyboard is, and sends it as the key would. */
void
review_type (ReviewFixture *f, const char *text)
{
  GtkTextView *view = GTK_TEXT_VIEW (gtk_window_get_focus (f->window));

  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (view), text, -1);
}

void
review_submit (ReviewFixture *f)
{
  g_signal_emit_by_name (review_editor (f), "submit");
}

BatonRow *
review_last_comment (ReviewFixture *f, const char *card)
{
  g_autoptr (GPtrArray) rows = baton_reader_rows (
      baton_workspace_reader (f->workspace), BATON_ENTITY_COMMENT, BATON_COMMENT_CARD, card, FALSE, NULL);

  return baton_row_ref (g_ptr_array_index (rows, rows->len - 1));
}

BatonThreadRow *
review_thread (ReviewFixture *f, const char *comment)
{
  BatonConversation *conversation = baton_review_side_conversation (baton_review_view_side (f->view));
  GtkWidget *row;

  for (guint i = 0; (row = ui_find_type (conversation, BATON_TYPE_THREAD_ROW, i)) != NULL; i++)
    {
      if (g_str_equal (baton_thread_row_comment (BATON_THREAD_ROW (row)), comment))
        return BATON_THREAD_ROW (row);
    }
  return NULL;
}

BatonRow *
review_row (ReviewFixture *f, BatonEntity entity, const char *id)
{
  return baton_reader_row (baton_workspace_reader (f->workspace), entity, id);
}

void
review_show_hero (ReviewFixture *f)
{
  review_fixture_open (f, TRUE);
  review_wait_for (f, f->print_review);
  baton_review_view_show_review (f->view, f->hero_review);
  review_wait_for (f, f->hero_review);
}
