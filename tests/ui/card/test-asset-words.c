/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "assets-fixture.h"
#include "text-editor.h"
#include "words-popover.h"

/* Comments on words of a text, made where the text is read. */

static gboolean
shows_text (CardFixture *card, gpointer data)
{
  Assets *f = data;

  return g_str_equal (baton_preview_view_showing (baton_asset_section_preview (f->section)), "text");
}

static gboolean
is_up (CardFixture *card, gpointer widget)
{
  return gtk_widget_is_visible (widget);
}

static gboolean
is_down (CardFixture *card, gpointer widget)
{
  return !gtk_widget_is_visible (widget);
}

static void
select_plain (Assets *f, int from, int to)
{
  GtkTextView *view =
      GTK_TEXT_VIEW (ui_find_type (baton_asset_section_preview (f->section), GTK_TYPE_TEXT_VIEW, 0));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter first, last;

  gtk_widget_grab_focus (GTK_WIDGET (view));
  gtk_text_buffer_get_iter_at_offset (buffer, &first, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &last, to);
  gtk_text_buffer_select_range (buffer, &first, &last);
  ui_spin (50);
}

static void
say_about_selection (Assets *f, const char *words)
{
  GtkWidget *popover;

  card_fixture_forget (&f->card);
  g_assert_true (
      baton_preview_text_mark_selection (baton_preview_view_text (baton_asset_section_preview (f->section))));
  popover = ui_find_type (f->section, BATON_TYPE_WORDS_POPOVER, 0);
  g_assert_nonnull (popover);
  card_fixture_until (&f->card, is_down,
      gtk_widget_get_ancestor (ui_find_button (f->section, "Comment on the selection"), GTK_TYPE_POPOVER),
      "nothing over what is written");
  card_fixture_type (ui_find_type (popover, BATON_TYPE_TEXT_EDITOR, 0), words);
  g_signal_emit_by_name (ui_find_type (popover, BATON_TYPE_TEXT_EDITOR, 0), "submit");
  card_fixture_expect (&f->card, "comment.add");
  ui_spin (300);
  g_assert_false (gtk_widget_get_visible (popover));
}

/* The comment that was made last is about these characters. */
static void
assert_last_place (Assets *f, const char *place)
{
  BatonColumn *comments = baton_card_model_comments (f->card.pane->model);
  BatonItem *comment = baton_column_peek (comments, baton_column_size (comments) - 1);

  g_assert_cmpstr (baton_item_text (comment, BATON_COMMENT_SHAPE), ==, "text");
  g_assert_cmpstr (baton_item_text (comment, BATON_COMMENT_PLACE), ==, place);
  g_assert_cmpstr (baton_item_text (comment, BATON_COMMENT_VERSION), ==,
      baton_item_id (baton_asset_section_version (f->section)));
}

/* Words of a text are commented on where they are read; of an older version they are not. */
static void
test_words (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_write_text (f->folder, "copy.txt", "Früh im Jahr.\nSpring is here.\n");
  g_autofree char *two = NULL;
  GtkWidget *offer;
  BatonPreviewText *text;

  assets_add (f, one);
  card_fixture_until (&f->card, shows_text, f, "the text is seen");
  text = baton_preview_view_text (baton_asset_section_preview (f->section));
  offer = gtk_widget_get_ancestor (ui_find_button (text, "Comment on the selection"), GTK_TYPE_POPOVER);
  g_assert_false (baton_preview_text_mark_selection (text));
  select_plain (f, 14, 20);
  card_fixture_until (&f->card, is_up, offer, "the offer to comment");
  say_about_selection (f, "Which spring?");
  assert_last_place (f, "14-20");

  two = files_write_text (f->folder, "copy.txt", "Früh im Jahr.\nSummer is here.\n");
  assets_add (f, two);
  gtk_widget_activate_action (GTK_WIDGET (f->section), "asset.older", NULL);
  ui_spin (100);
  g_assert_cmpint (assets_shown_number (f), ==, 1);
  select_plain (f, 14, 20);
  g_assert_false (baton_preview_text_mark_selection (text));
  g_assert_false (gtk_widget_is_visible (offer));
}

/* A line that is broken for the eye: places are those of the file. */
static void
test_long_line (Assets *f, gconstpointer data)
{
  g_autofree char *line = g_strnfill (4000, 'x');
  g_autofree char *content = g_strconcat (line, "abc def", NULL);
  g_autofree char *one = files_write_text (f->folder, "copy.txt", content);

  assets_add (f, one);
  card_fixture_until (&f->card, shows_text, f, "the text is seen");
  select_plain (f, 4005, 4008);
  say_about_selection (f, "Which one?");
  assert_last_place (f, "4004-4007");
}

static void
test_formatted_words (Assets *f, gconstpointer data)
{
  g_autofree char *one =
      files_write_text (f->folder, "copy.md", "# Spring\n\nIt *is* **here**, it [says](x).\n");
  GtkWidget *label;

  assets_add (f, one);
  card_fixture_until (&f->card, shows_text, f, "the text is seen");
  label =
      ui_find_type (baton_preview_view_text (baton_asset_section_preview (f->section)), GTK_TYPE_LABEL, 1);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "It is here, it says (x).");
  gtk_widget_grab_focus (label);
  gtk_label_select_region (GTK_LABEL (label), 3, 10);
  say_about_selection (f, "Is it?");
  assert_last_place (f, "14-24");
}

/* Formatted words are found in their source only where there is no doubt. */
static void
test_find_words (void)
{
  guint from, to;

  g_assert_true (baton_preview_text_find ("Das *schöne* Kleid", "schöne Kleid", &from, &to));
  g_assert_cmpuint (from, ==, 5);
  g_assert_cmpuint (to, ==, 18);
  g_assert_true (baton_preview_text_find ("(a) [b](c.html)", "(a)", &from, &to));
  g_assert_false (baton_preview_text_find ("now and now", "now", &from, &to));
  g_assert_false (baton_preview_text_find ("now and then", "…", &from, &to));
  g_assert_false (baton_preview_text_find ("", "now", &from, &to));
}

int
main (int argc, char **argv)
{
  card_fixture_init (&argc, &argv);
  ASSETS_ADD ("words", test_words);
  ASSETS_ADD ("long-line", test_long_line);
  ASSETS_ADD ("formatted-words", test_formatted_words);
  g_test_add_func ("/card/assets/find-words", test_find_words);
  return g_test_run ();
}
