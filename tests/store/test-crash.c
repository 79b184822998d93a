/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* A writer is killed in the middle of its work, again and again. What it was told is saved is there;
 * everything else is there whole or not at all. */

#include "test-board.h"
#include "test-snapshot.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS 200
#define KILLS_PER_WORKSPACE 20

typedef struct
{
  pid_t pid;
  int out;
} Writer;

static Writer
start_writer (const char *folder)
{
  Writer writer;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  writer.pid = fork ();
  g_assert_cmpint (writer.pid, >=, 0);
  if (writer.pid == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      execl (g_getenv ("BATON_TEST_WRITER"), "writer", folder, NULL);
      _exit (9);
    }
  close (ends[1]);
  writer.out = ends[0];
  return writer;
}

/* Lets it work for a while, kills it, and answers the last number that it printed. */
static gint64
kill_writer (Writer *writer, guint after_us)
{
  g_autoptr (GString) printed = g_string_new (NULL);
  char buffer[4096];
  ssize_t n;
  int status = 0;
  const char *line;

  g_usleep (after_us);
  kill (writer->pid, SIGKILL);
  while ((n = read (writer->out, buffer, sizeof buffer)) > 0)
    g_string_append_len (printed, buffer, n);
  close (writer->out);
  g_assert_cmpint (waitpid (writer->pid, &status, 0), ==, writer->pid);
  g_assert_true (WIFSIGNALED (status)); /* it did not end by itself */

  /* A number is complete with its line's end. */
  g_string_truncate (printed,
      g_strrstr (printed->str, "\n") != NULL ? (gsize) (g_strrstr (printed->str, "\n") - printed->str) : 0);
  line = g_strrstr (printed->str, "\n");
  return g_ascii_strtoll (line != NULL ? line + 1 : printed->str, NULL, 10);
}

static gint64
check_workspace (const char *folder, gint64 promised)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  BatonStore *store = baton_store_open (folder, BATON_STORE_CREATE, &error);
  gint64 found, operations;

  g_assert_no_error (error);
  found = baton_reader_last_seq (baton_store_reader (store));
  g_assert_cmpint (found, >=, promised);
  g_assert_true (baton_quick_check (baton_store_reader (store), NULL));
  g_assert_true (baton_verify (baton_store_database (store), &problems, &operations, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpint (operations, ==, found);
  baton_test_check_invariants (baton_store_reader (store));
  baton_store_close (store);
  return found;
}

static void
test_kill (void)
{
  BatonTestRandom random = baton_test_random (1);
  guint kills = baton_test_rounds (KILLS);
  gint64 total = 0;

  for (guint done = 0; done < kills;)
    {
      g_autofree char *folder = baton_test_folder_new ();
      gint64 found = 0;

      for (guint i = 0; i < KILLS_PER_WORKSPACE && done < kills; i++, done++)
        {
          Writer writer = start_writer (folder);
          /* Some are killed while they open or create the workspace. */
          guint after = baton_test_chance (&random, 25) ? baton_test_below (&random, 15000)
                                                        : baton_test_below (&random, 120000);
          gint64 promised = kill_writer (&writer, after);

          found = check_workspace (folder, MAX (promised, found));
        }
      total += found;
      baton_test_folder_remove (folder);
    }
  g_test_message ("%" G_GINT64_FORMAT " operations were written over %u kills", total, kills);
  g_assert_cmpint (total, >, kills);
}

/* The first moments of a workspace, when its file is made and the way it keeps its journal is chosen. */
static void
test_kill_at_birth (void)
{
  BatonTestRandom random = baton_test_random (2);
  guint kills = baton_test_rounds (150);
  guint born = 0;

  for (guint i = 0; i < kills; i++)
    {
      g_autofree char *folder = baton_test_folder_new ();
      Writer writer = start_writer (folder);
      gint64 promised = kill_writer (&writer, baton_test_below (&random, 20000));

      born += baton_store_exists (folder);
      check_workspace (folder, promised);
      baton_test_folder_remove (folder);
    }
  g_test_message ("%u of %u were born", born, kills);
}

/* Two programs cannot have one workspace open; a killed one leaves no lock behind. */
static void
test_second_process (void)
{
  g_autofree char *folder = baton_test_folder_new ();
  Writer writer = start_writer (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence =
      g_strdup_printf ("The workspace %s is open in another program. Close it there first.", folder);
  char byte;
  BatonStore *store;

  g_assert_cmpint (read (writer.out, &byte, 1), ==, 1); /* it has opened */
  store = baton_store_open (folder, BATON_STORE_CREATE, &error);
  g_assert_null (store);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_LOCKED);
  g_assert_cmpstr (error->message, ==, sentence);
  g_clear_error (&error);
  g_assert_false (baton_backup_restore (folder, "/nowhere.db", 1000000, NULL, &error));
  g_clear_error (&error);

  /* Reading beside it is welcome. */
  store = baton_store_open (folder, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_nonnull (baton_store_read_only_reason (store));
  g_assert_cmpint (baton_reader_last_seq (baton_store_reader (store)), >, 0);
  baton_store_close (store);

  kill_writer (&writer, 0);
  check_workspace (folder, 1);
  baton_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("BATON_TEST_WRITER"));
  g_test_add_func ("/crash/second-process", test_second_process);
  g_test_add_func ("/crash/kill-at-birth", test_kill_at_birth);
  g_test_add_func ("/crash/kill", test_kill);
  return g_test_run ();
}
