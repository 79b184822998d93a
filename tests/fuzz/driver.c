/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* What runs a target where there is no libFuzzer, and in every run of the tests: the corpus, then for some
 * seconds changed copies of it.
 *
 *   fuzz-TARGET [--seconds N] [--dict FILE] [--most N] FILE|FOLDER…
 *
 * Prints its seed (BATON_TEST_SEED repeats it). The input that is being tried is kept in fuzz-TARGET.last in
 * the folder for temporary files, from where it is put into the corpus when it has found something. */

#include "fuzz.h"

#include "test-random.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static double seconds = 3;
static int most = 64 * 1024;
static char *dictionary;
static char **files;

static const GOptionEntry entries[] = {
  { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long changed copies are tried", "N" },
  { "dict", 0, 0, G_OPTION_ARG_FILENAME, &dictionary, "Words that mean something to the target", "FILE" },
  { "most", 0, 0, G_OPTION_ARG_INT, &most, "Bytes of an input", "N" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE|FOLDER…" },
  { NULL },
};

static GPtrArray *corpus; /* GBytes */
static GPtrArray *words;  /* GBytes */

/* The present input outlives a crash. */
typedef struct
{
  char *path;
  int fd;
} Last;

static void
last_open (Last *last, const char *program)
{
  g_autofree char *name = g_path_get_basename (program);
  g_autofree char *file = g_strdup_printf ("%s.last", name);

  last->path = g_build_filename (g_get_tmp_dir (), file, NULL);
  last->fd = open (last->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_assert_cmpint (last->fd, >=, 0);
}

static void
last_set (Last *last, const GByteArray *input)
{
  if (ftruncate (last->fd, input->len) != 0 || pwrite (last->fd, input->data, input->len, 0) < 0)
    g_error ("%s cannot be written", last->path);
}

static void
last_close (Last *last)
{
  close (last->fd);
  unlink (last->path);
  g_free (last->path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
read_corpus (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  if (dir == NULL)
    g_ptr_array_add (names, g_strdup (path));
  g_ptr_array_sort (names, compare_names); /* the same order on every machine */
  for (guint i = 0; i < names->len; i++)
    {
      char *text;
      gsize length;
      g_autoptr (GError) error = NULL;

      if (!g_file_get_contents (g_ptr_array_index (names, i), &text, &length, &error))
        g_error ("%s", error->message);
      g_ptr_array_add (corpus, g_bytes_new_take (text, length));
    }
}

/* A dictionary as libFuzzer has it: name="word", with \xNN, \\ and \". */
static void
read_dictionary (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  if (dictionary == NULL)
    return;
  if (!g_file_get_contents (dictionary, &text, NULL, &error))
    g_error ("%s", error->message);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *from = strchr (lines[i], '"');
      const char *to = strrchr (lines[i], '"');
      g_autoptr (GString) word = g_string_new (NULL);

      if (lines[i][0] == '#' || from == to)
        continue;
      for (const char *p = from + 1; p < to; p++)
        {
          if (*p == '\\' && p[1] == 'x')
            {
              g_string_append_c (
                  word, (char) (g_ascii_xdigit_value (p[2]) << 4 | g_ascii_xdigit_value (p[3])));
              p += 3;
            }
          else
            {
              p += *p == '\\';
              g_string_append_c (word, *p);
            }
        }
      g_ptr_array_add (words, g_bytes_new (word->str, word->len));
    }
}

static GBytes *
pick (BatonTestRandom *random, GPtrArray *from)
{
  return g_ptr_array_index (from, baton_test_below (random, from->len));
}

/* Bytes of `other` at `at`, in the place of `gone` bytes. */
static void
put (GByteArray *input, guint at, guint gone, const guint8 *other, gsize length)
{
  g_autofree guint8 *copy = g_memdup2 (other, length);
  guint rest = input->len - at - gone;
  guint size = input->len;

  if (length > gone)
    g_byte_array_set_size (input, size + (guint) length - gone);
  memmove (input->data + at + length, input->data + at + gone, rest);
  if (length > 0)
    memcpy (input->data + at, copy, length);
  g_byte_array_set_size (input, at + (guint) length + rest);
}

static void
change_number (BatonTestRandom *random, GByteArray *input, guint at)
{
  static const char *const numbers[] = { "0", "-1", "1", "2147483648", "9223372036854775807",
    "-9223372036854775808", "9223372036854775808", "1e308", "4294967296", "0.5" };
  const char *number = numbers[baton_test_below (random, G_N_ELEMENTS (numbers))];
  guint end;

  while (at < input->len && !g_ascii_isdigit (input->data[at]))
    at++;
  for (end = at; end < input->len && g_ascii_isdigit (input->data[end]);)
    end++;
  if (end > at)
    put (input, at, end - at, (const guint8 *) number, strlen (number));
}

static void
change_once (BatonTestRandom *random, GByteArray *input)
{
  guint at = baton_test_below (random, input->len + 1);
  guint left = input->len - at;
  guint span = 1 + baton_test_below (random, 1 + MIN (left, baton_test_chance (random, 20) ? 4096 : 16));
  guint8 byte = (guint8) baton_test_below (random, 256);
  gsize length;
  const guint8 *other;

  switch (baton_test_below (random, 9))
    {
    case 0: /* a bit */
      if (left > 0)
        input->data[at] ^= (guint8) (1 << baton_test_below (random, 8));
      break;
    case 1: /* a byte in the place of one */
      if (left > 0)
        input->data[at] = byte;
      break;
    case 2: /* one more */
      put (input, at, 0, &byte, 1);
      break;
    case 3: /* some gone */
      put (input, at, MIN (span, left), NULL, 0);
      break;
    case 4: /* some twice */
      put (input, at, 0, input->data + at, MIN (span, left));
      break;
    case 5: /* a part of another input */
      other = g_bytes_get_data (pick (random, corpus), &length);
      if (length > 0)
        {
          guint from = baton_test_below (random, (guint) length);

          put (input, at, baton_test_chance (random, 50) ? left : MIN (span, left), other + from,
              MIN (length - from, (gsize) span * 4));
        }
      break;
    case 6:
      change_number (random, input, at);
      break;
    default: /* a word, between others or over them */
      if (words->len > 0)
        {
          other = g_bytes_get_data (pick (random, words), &length);
          put (input, at, baton_test_chance (random, 50) ? MIN ((guint) length, left) : 0, other, length);
        }
      break;
    }
}

static void
try (const GByteArray *input, Last *last)
{
  /* A copy of exactly this size, so that a sanitizer sees who reads behind it. */
  g_autofree guint8 *copy = g_memdup2 (input->data, input->len);

  last_set (last, input);
  LLVMFuzzerTestOneInput (copy, input->len);
}

static guint64
try_changed (Last *last)
{
  BatonTestRandom random = baton_test_random (0);
  gint64 until = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  g_autoptr (GByteArray) input = g_byte_array_new ();
  guint64 n = 0;

  for (; g_get_monotonic_time () < until; n++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (pick (&random, corpus), &length);
      guint changes = 1 + baton_test_below (&random, baton_test_chance (&random, 30) ? 30 : 4);

      g_byte_array_set_size (input, 0);
      g_byte_array_append (input, data, (guint) MIN (length, (gsize) most));
      for (guint i = 0; i < changes; i++)
        change_once (&random, input);
      if (input->len > (guint) most)
        g_byte_array_set_size (input, (guint) most);
      try (input, last);
    }
  return n;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE|FOLDER…");
  g_autoptr (GError) error = NULL;
  Last last = { 0 };
  guint64 n;

  baton_test_init (&argc, &argv);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || files == NULL)
    g_error ("%s", error != NULL ? error->message : "no corpus was named");
  corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (char **file = files; *file != NULL; file++)
    read_corpus (*file);
  read_dictionary ();
  g_assert_cmpuint (corpus->len, >, 0);
  last_open (&last, argv[0]);
  g_print ("seed %" G_GUINT64_FORMAT ", %u inputs, %u words; the present input is in %s\n",
      baton_test_seed (), corpus->len, words->len, last.path);
  for (guint i = 0; i < corpus->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (corpus, i), &length);
      g_autoptr (GByteArray) input = g_byte_array_new ();

      g_byte_array_append (input, data, (guint) length);
      try (input, &last);
    }
  n = try_changed (&last);
  g_print ("%" G_GUINT64_FORMAT " changed inputs in %.1f s\n", n, seconds);
  last_close (&last);
  g_ptr_array_unref (corpus);
  g_ptr_array_unref (words);
  g_strfreev (files);
  g_free (dictionary);
  return 0;
}
