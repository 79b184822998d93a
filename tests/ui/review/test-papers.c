/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "papers.h"
#include "passport.h"
#include "review-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* A card on paper, out of the program: saved in every format and printed, read by other programs. */

typedef struct
{
  gboolean done;
  GError *error;
} Written;

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Written *written = data;

  written->done = TRUE;
  g_assert_true (g_task_propagate_boolean (G_TASK (result), &written->error) == (written->error == NULL));
}

static gboolean
is_written (ReviewFixture *f, gpointer data)
{
  return ((Written *) data)->done;
}

static GError *
write_to (ReviewFixture *f, const char *card, BatonPapers what, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Written written = { FALSE, NULL };

  baton_papers_write_async (f->workspace, card, what, file, NULL, written_cb, &written);
  review_until (f, is_written, &written, "the file");
  return written.error;
}

/* What is in a file; of a PDF its text. */
static char *
text_of (const char *path)
{
  g_autofree char *command = g_strdup_printf ("pdftotext -layout '%s' -", path);
  char *text;

  if (g_str_has_suffix (path, ".pdf"))
    g_assert_true (g_spawn_command_line_sync (command, &text, NULL, NULL, NULL));
  else
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static gboolean
can_read_pdf (void)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");

  if (program == NULL)
    g_test_skip ("pdftotext is not installed");
  return program != NULL;
}

static void
assert_says (const char *text, const char *const *words)
{
  for (; *words != NULL; words++)
    {
      if (strstr (text, *words) == NULL)
        g_error ("“%s” is not in “%s”", *words, text);
    }
}

static void
test_save (void)
{
  static const struct
  {
    BatonPapers what;
    const char *name, *begin, *words[4];
  } cases[] = {
    { BATON_PAPERS_PASSPORT, "passport.pdf", "", { "Hero image", "Lea", NULL } },
    { BATON_PAPERS_PASSPORT, "passport", "%PDF-", { "Hero image", NULL } },
    { BATON_PAPERS_PASSPORT, "passport.HTML", "<!DOCTYPE html>", { "Hero image", "Lea", NULL } },
    { BATON_PAPERS_PASSPORT, "passport.md", "# ", { "Hero image", "Lea", NULL } },
    { BATON_PAPERS_NOTES, "notes.csv", "\"Asset\",", { "Lea", NULL } },
    { BATON_PAPERS_NOTES, "notes.pdf", "", { "Review notes: Hero image", NULL } },
  };
  ReviewFixture f;

  if (!can_read_pdf ())
    return;
  review_fixture_open (&f, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (f.folder, cases[i].name, NULL);
      g_autofree char *content = NULL, *text = NULL;

      g_assert_no_error (write_to (&f, f.hero, cases[i].what, path));
      g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
      if (!g_str_has_prefix (content, cases[i].begin))
        g_error ("%s begins with “%.20s”", cases[i].name, content);
      if (g_str_has_prefix (content, "%PDF-") && !g_str_has_suffix (path, ".pdf"))
        continue;
      text = text_of (path);
      assert_says (text, cases[i].words);
    }
  review_fixture_close (&f);
}

/* What was there before stays whole when nothing can take its place. */
static void
test_failure (void)
{
  ReviewFixture f;
  g_autofree char *path = NULL, *content = NULL;
  GError *error;

  review_fixture_open (&f, FALSE);
  path = g_build_filename (f.folder, "old.pdf", NULL);
  g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
  error = write_to (&f, "no such card", BATON_PAPERS_PASSPORT, path);
  g_assert_nonnull (error);
  g_error_free (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "what was there");
  error = write_to (&f, f.hero, BATON_PAPERS_PASSPORT, "/nowhere/at/all.pdf");
  g_assert_nonnull (error);
  g_error_free (error);
  review_fixture_close (&f);
}

static guint
count_pages (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\f';
  return n;
}

/* On the paper that is there: letters stay letters, and every page comes out whole. */
static void
print_on (ReviewFixture *f, const char *paper)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.pdf", f->folder, paper), *text = NULL;
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPrintOperation) print = NULL;
  g_autoptr (GError) error = NULL;
  GtkPaperSize *size = gtk_paper_size_new (paper);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_paper_size_free (size);
  print = baton_papers_print_operation (f->workspace, f->hero, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (gtk_print_settings_get (
                       gtk_print_operation_get_print_settings (print), GTK_PRINT_SETTINGS_OUTPUT_BASENAME),
      ==, "Hero image passport");
  gtk_print_operation_set_default_page_setup (print, setup);
  gtk_print_operation_set_export_filename (print, path);
  g_assert_cmpint (gtk_print_operation_run (print, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
      GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  text = text_of (path);
  assert_says (text, (const char *const[]){ "Hero image", "Lea", NULL });
  /* The number stands at the foot of the last page, so that page is there to its end. */
  g_assert_cmpuint (count_pages (text), >=, 1);
  {
    g_autofree char *foot = g_strdup_printf (" %u\n", count_pages (text));

    assert_says (text, (const char *const[]){ foot, NULL });
  }
}

static void
test_print (void)
{
  ReviewFixture f;
  g_autoptr (GError) error = NULL;

  if (!can_read_pdf ())
    return;
  review_fixture_open (&f, FALSE);
  print_on (&f, GTK_PAPER_NAME_A4);
  print_on (&f, GTK_PAPER_NAME_LETTER);
  print_on (&f, GTK_PAPER_NAME_A5);
  g_assert_null (baton_papers_print_operation (f.workspace, "no such card", &error));
  g_assert_nonnull (error);
  review_fixture_close (&f);
}

int
main (int argc, char **argv)
{
  review_fixture_init (&argc, &argv);
  g_test_add_func ("/papers/save", test_save);
  g_test_add_func ("/papers/failure", test_failure);
  g_test_add_func ("/papers/print", test_print);
  return g_test_run ();
}
