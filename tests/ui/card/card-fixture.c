/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "card-fixture.h"

#include "text-editor.h"
#include "test-folder.h"
#include "ui-run.h"

void
card_fixture_init (int *argc, char ***argv)
{
  ui_init (argc, argv);
  adw_init ();
  ui_load_style ("card/card.css");
  ui_load_style ("preview/preview.css");
  ui_load_style ("style.css");
}

static void
perform (CardFixture *f, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform (f->workspace, op, NULL, &error);
  g_assert_no_error (error);
}

static char *
new_id (CardFixture *f)
{
  char *id = baton_store_new_id ();

  g_ptr_array_add (f->ids, id);
  return id;
}

/* A row of an entity with a name; its id belongs to the fixture. */
static char *
add (CardFixture *f, BatonVerb verb, BatonField parent, const char *of, BatonField name, const char *text)
{
  char *id = new_id (f);
  BatonOp *op = baton_op_new (verb);
  BatonRow *row = baton_op_add_row (op, baton_verb_info (verb)->entity, id);

  if (parent != BATON_FIELD_NONE)
    baton_row_set_text (row, parent, of);
  baton_row_set_text (row, name, text);
  perform (f, op);
  return id;
}

static void
add_stages (CardFixture *f)
{
  static const char *const names[] = { "Ready for design", "In design", "In review", "Published" };
  static const char *const kinds[] = { "queue", "active", "review", "done" };
  static const char *const criteria[] = { "Sizes match the channel", "Colours from the palette",
    "Fonts licensed", "Alt text written", "Legal line present" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      BatonOp *op = baton_op_new (BATON_VERB_STAGE_ADD);
      BatonRow *row;

      f->stages[i] = new_id (f);
      row = baton_op_add_row (op, BATON_ENTITY_STAGE, f->stages[i]);
      baton_row_set_text (row, BATON_STAGE_BOARD, f->board_id);
      baton_row_set_text (row, BATON_STAGE_NAME, names[i]);
      baton_row_set_text (row, BATON_STAGE_KIND, kinds[i]);
      perform (f, op);
    }
  for (guint i = 0; i < G_N_ELEMENTS (criteria); i++)
    f->criteria[i] = add (
        f, BATON_VERB_CRITERION_ADD, BATON_CRITERION_STAGE, f->stages[1], BATON_CRITERION_TEXT, criteria[i]);
}

static char *
add_card (CardFixture *f, guint stage, const char *title)
{
  return add (f, BATON_VERB_CARD_ADD, BATON_CARD_STAGE, f->stages[stage], BATON_CARD_TITLE, title);
}

static void
set_texts (CardFixture *f)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_SET);

  baton_op_add_id (op, f->hero);
  baton_op_set_text (op, BATON_CARD_BRIEF,
      "## One picture, six sizes\nThe **spring sky** over the harbour, *early light*.\n\n1. Square first\n2. "
      "Then `4:5`"
      "\n   - no text in the upper third\n\n> Calm, not cold.\n\nReference: https://example.com/moods");
  baton_op_set_text (op, BATON_CARD_NOTES, "Cyan, not the brand blue: print turns it violet.");
  baton_op_set_text (op, BATON_CARD_AUDIENCE, "First-time buyers");
  baton_op_set_text (op, BATON_CARD_CHANNEL, f->channel);
  baton_op_set_text (op, BATON_CARD_ASSET_TYPE, f->asset_type);
  baton_op_set_text (op, BATON_CARD_OWNER, f->lea);
  baton_op_set_int (op, BATON_CARD_DUE, g_get_real_time () + 5 * G_TIME_SPAN_DAY);
  perform (f, op);
}

static void
link_card (CardFixture *f, BatonVerb verb, BatonField field, const char *id)
{
  BatonOp *op = baton_op_new (verb);

  baton_op_add_id (op, f->hero);
  baton_op_link (op, field, TRUE, id);
  perform (f, op);
}

static void
add_belongings (CardFixture *f)
{
  static const char *const items[] = { "Square 1080 × 1080", "Portrait 4:5", "Story 9:16" };
  BatonOp *op;
  BatonRow *row;
  g_autofree char *id = baton_store_new_id ();

  f->checklist =
      add (f, BATON_VERB_CHECKLIST_ADD, BATON_CHECKLIST_CARD, f->hero, BATON_CHECKLIST_TITLE, "Sizes");
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    f->items[i] = add (f, BATON_VERB_ITEM_ADD, BATON_ITEM_CHECKLIST, f->checklist, BATON_ITEM_TEXT, items[i]);
  op = baton_op_new (BATON_VERB_ITEM_SET);
  baton_op_add_id (op, f->items[0]);
  baton_op_set_int (op, BATON_ITEM_DONE, 1);
  perform (f, op);
  add (f, BATON_VERB_COMMENT_ADD, BATON_COMMENT_CARD, f->hero, BATON_COMMENT_TEXT,
      "Which crop do we lead with?");
  op = baton_op_new (BATON_VERB_COMMENT_ADD);
  row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);
  baton_row_set_text (row, BATON_COMMENT_CARD, f->hero);
  baton_row_set_text (row, BATON_COMMENT_TEXT, "The **4:5**, the horizon is better there.");
  card_fixture_foreign (f, op);
  add (f, BATON_VERB_LINK_ADD, BATON_LINK_CARD, f->hero, BATON_LINK_URL, "https://example.com/brand/palette");
}

static void
build (CardFixture *f)
{
  g_assert_true (baton_workspace_ensure_me (f->workspace, "Ana Kovač", NULL));
  f->me = g_strdup (baton_workspace_me (f->workspace));
  g_ptr_array_add (f->ids, f->me);
  f->lea = add (f, BATON_VERB_PERSON_ADD, BATON_FIELD_NONE, NULL, BATON_PERSON_NAME, "Lea Moser");
  f->board_id = add (f, BATON_VERB_BOARD_ADD, BATON_FIELD_NONE, NULL, BATON_BOARD_NAME, "Spring Launch");
  add_stages (f);
  f->channel =
      add (f, BATON_VERB_CHANNEL_ADD, BATON_CHANNEL_BOARD, f->board_id, BATON_CHANNEL_NAME, "Instagram");
  f->campaign =
      add (f, BATON_VERB_CAMPAIGN_ADD, BATON_CAMPAIGN_BOARD, f->board_id, BATON_CAMPAIGN_NAME, "Spring");
  f->asset_type =
      add (f, BATON_VERB_ASSET_TYPE_ADD, BATON_ASSET_TYPE_BOARD, f->board_id, BATON_ASSET_TYPE_NAME, "Image");
  f->labels[0] = add (f, BATON_VERB_LABEL_ADD, BATON_LABEL_BOARD, f->board_id, BATON_LABEL_NAME, "Hero");
  f->labels[1] = add (f, BATON_VERB_LABEL_ADD, BATON_LABEL_BOARD, f->board_id, BATON_LABEL_NAME, "Paid");
  f->custom = add (f, BATON_VERB_CUSTOM_FIELD_ADD, BATON_CUSTOM_FIELD_BOARD, f->board_id,
      BATON_CUSTOM_FIELD_NAME, "Budget line");
  f->hero = add_card (f, 1, "Hero image");
  f->banner = add_card (f, 0, "Banner 970×250");
  f->print = add_card (f, 1, "Print ad A4, bleed");
  set_texts (f);
  link_card (f, BATON_VERB_CARD_LABEL, BATON_CARD_LABELS, f->labels[0]);
  link_card (f, BATON_VERB_CARD_MEMBER, BATON_CARD_MEMBERS, f->me);
  link_card (f, BATON_VERB_CARD_DEPEND, BATON_CARD_BLOCKERS, f->print);
  for (guint i = 0; i < 3; i++)
    link_card (f, BATON_VERB_CARD_TICK, BATON_CARD_DONE_CRITERIA, f->criteria[i]);
  add_belongings (f);
}

static void
performed_cb (BatonWorkspace *workspace, gpointer op, gpointer effect, CardFixture *f)
{
  g_ptr_array_add (f->verbs, (gpointer) baton_verb_info (((BatonOp *) op)->verb)->name);
}

static void
open_window (CardFixture *f)
{
  g_autoptr (GError) error = NULL;

  f->board = baton_board_open (f->workspace, f->board_id, &error);
  g_assert_no_error (error);
  f->verbs = g_ptr_array_new ();
  g_signal_connect (f->workspace, "performed", G_CALLBACK (performed_cb), f);
  f->window = GTK_WINDOW (gtk_window_new ());
  f->pane = baton_card_pane_new ();
  gtk_window_set_child (f->window, GTK_WIDGET (f->pane));
  gtk_window_set_default_size (f->window, 380, 900);
  gtk_window_present (f->window);
}

void
card_fixture_open (CardFixture *f, BatonStoreFlags flags)
{
  g_autoptr (GError) error = NULL;

  *f = (CardFixture){ .ids = g_ptr_array_new_with_free_func (g_free) };
  f->folder = g_dir_make_tmp ("baton-card-XXXXXX", &error);
  g_assert_no_error (error);
  f->workspace = baton_workspace_open (f->folder, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
  build (f);
  if (flags & BATON_STORE_READ_ONLY)
    {
      baton_workspace_close (f->workspace);
      g_clear_object (&f->workspace);
      f->workspace = baton_workspace_open (f->folder, flags, &error);
      g_assert_no_error (error);
    }
  open_window (f);
}

void
card_fixture_reopen (CardFixture *f, BatonStoreFlags flags)
{
  g_autoptr (GError) error = NULL;

  f->workspace = baton_workspace_open (f->folder, flags, &error);
  g_assert_no_error (error);
  open_window (f);
}

void
card_fixture_close (CardFixture *f, gboolean keep)
{
  baton_card_pane_set_card (f->pane, NULL, NULL);
  gtk_window_destroy (f->window);
  ui_spin (20);
  g_signal_handlers_disconnect_by_data (f->workspace, f);
  g_clear_object (&f->board);
  baton_workspace_close (f->workspace);
  g_clear_object (&f->workspace);
  g_clear_pointer (&f->verbs, g_ptr_array_unref);
  if (!keep)
    {
      baton_test_folder_remove (f->folder);
      g_clear_pointer (&f->folder, g_free);
      g_clear_pointer (&f->ids, g_ptr_array_unref);
    }
}

void
card_fixture_until (CardFixture *f, CardCondition condition, gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (!condition (f, data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("Waited in vain: %s", what);
      ui_spin (5);
    }
}

static gboolean
is_loaded (CardFixture *f, gpointer data)
{
  return baton_card_model_is_loaded (baton_card_pane_model (f->pane));
}

void
card_fixture_show (CardFixture *f, const char *card)
{
  baton_card_pane_set_card (f->pane, f->board, card);
  card_fixture_until (f, is_loaded, NULL, "the card is loaded");
  ui_spin (60);
  card_fixture_forget (f);
}

void
card_fixture_forget (CardFixture *f)
{
  g_ptr_array_set_size (f->verbs, 0);
}

static gboolean
has_operation (CardFixture *f, gpointer data)
{
  return f->verbs->len > 0;
}

void
card_fixture_expect (CardFixture *f, const char *verb)
{
  card_fixture_until (f, has_operation, NULL, verb);
  ui_spin (40);
  g_assert_cmpuint (f->verbs->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (f->verbs, 0), ==, verb);
  card_fixture_forget (f);
}

void
card_fixture_foreign (CardFixture *f, BatonOp *op)
{
  op->person = g_strdup (f->lea);
  perform (f, op);
}

void
card_fixture_type (gpointer editor, const char *text)
{
  GtkWidget *view = ui_find_type (editor, GTK_TYPE_TEXT_VIEW, 0);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}
