/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Files by content: what comes in is what was there, whole or not at all, whatever happens meanwhile. */

#include "blobs.h"
#include "test-mount.h"
#include "test-random.h"
#include "test-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEGABYTE (1024 * 1024)

typedef struct
{
  char *folder;
  BatonBlobs *blobs;
  BatonTestRandom random;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("baton-blobs-XXXXXX", NULL);
  f->blobs = baton_blobs_new (f->folder);
  f->random = baton_test_random (31);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  baton_blobs_unref (f->blobs);
  baton_test_folder_remove (f->folder);
  g_free (f->folder);
}

static GBytes *
make_bytes (Fixture *f, gsize length)
{
  guint64 *words = g_malloc (length + sizeof (guint64));

  for (gsize i = 0; i <= length / sizeof (guint64); i++)
    words[i] = baton_test_next (&f->random);
  return g_bytes_new_take (words, length);
}

static char *
make_file (Fixture *f, const char *name, gsize length)
{
  char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr (GBytes) bytes = make_bytes (f, length);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  return path;
}

static char *
add (Fixture *f, const char *path)
{
  g_autoptr (GError) error = NULL;
  gint64 size = -1;
  char *hash = baton_blobs_add_file (f->blobs, path, &size, NULL, NULL, NULL, &error);
  struct stat info;

  g_assert_no_error (error);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (size, ==, info.st_size);
  return hash;
}

static guint
count_incoming (Fixture *f)
{
  g_autofree char *place = g_build_filename (f->folder, "blobs", "incoming", NULL);
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
count_one (const char *hash, gint64 size, gint64 modified, gpointer data)
{
  *(guint *) data += 1;
  return TRUE;
}

static guint
count_blobs (Fixture *f)
{
  guint n = 0;

  baton_blobs_each (f->blobs, count_one, &n);
  return n;
}

static void
assert_same_content (const char *a, const char *b)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  gsize left_length, right_length;

  g_assert_true (g_file_get_contents (a, &left, &left_length, NULL));
  g_assert_true (g_file_get_contents (b, &right, &right_length, NULL));
  g_assert_cmpmem (left, left_length, right, right_length);
}

/* The hash is that of `b2sum -l 256`, where there is one. */
static void
assert_b2sum (const char *path, const char *hash)
{
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *command = g_strconcat ("b2sum -l 256 ", quoted, NULL);
  g_autofree char *answer = NULL;

  if (g_spawn_command_line_sync (command, &answer, NULL, NULL, NULL) && answer != NULL && *answer != '\0')
    g_assert_true (g_str_has_prefix (answer, hash));
}

static void
test_sizes (Fixture *f, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 127, 128, 129, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 8 * MEGABYTE,
    17 * MEGABYTE + 3 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = make_file (f, "source.bin", sizes[i]);
      g_autofree char *hash = add (f, path);
      g_autofree char *stored = baton_blobs_path (f->blobs, hash);
      g_autofree char *out = g_build_filename (f->folder, "out.bin", NULL);
      g_autoptr (GError) error = NULL;

      assert_b2sum (path, hash);
      assert_same_content (path, stored);
      g_assert_true (baton_blobs_has (f->blobs, hash));
      g_assert_cmpint (baton_blobs_size (f->blobs, hash), ==, (gint64) sizes[i]);
      g_assert_true (baton_blobs_verify (f->blobs, hash, NULL, &error));
      g_assert_true (baton_blobs_copy (f->blobs, hash, out, NULL, NULL, NULL, &error));
      g_assert_no_error (error);
      assert_same_content (path, out);
    }
  g_assert_cmpuint (count_blobs (f), ==, G_N_ELEMENTS (sizes));
  g_assert_cmpuint (count_incoming (f), ==, 0);
}

static void
test_known_hash (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = baton_blobs_add_bytes (f->blobs, bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hash, ==, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void
test_once (Fixture *f, gconstpointer data)
{
  g_autofree char *path = make_file (f, "a.bin", 3 * MEGABYTE);
  g_autofree char *first = add (f, path);
  g_autofree char *second = add (f, path);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (count_blobs (f), ==, 1);
  g_assert_cmpuint (count_incoming (f), ==, 0);
}

static void
refused (Fixture *f, const char *path, BatonBlobProgress progress, gpointer data, GCancellable *cancellable,
    int code)
{
  g_autoptr (GError) error = NULL;
  guint before = count_blobs (f);
  g_autofree char *hash = baton_blobs_add_file (f->blobs, path, NULL, progress, data, cancellable, &error);

  g_assert_null (hash);
  g_assert_error (error, BATON_ERROR, code);
  g_assert_cmpuint (strlen (error->message), >, 20);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (count_blobs (f), ==, before);
  g_assert_cmpuint (count_incoming (f), ==, 0);
}

static void
test_no_files (Fixture *f, gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (f->folder, "pipe", NULL);
  g_autofree char *gone = g_build_filename (f->folder, "gone\n\xff", NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autofree char *large = make_file (f, "large.bin", 20 * MEGABYTE);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  refused (f, f->folder, NULL, NULL, NULL, BATON_ERROR_INVALID);
  refused (f, pipe, NULL, NULL, NULL, BATON_ERROR_INVALID);
  refused (f, "/dev/zero", NULL, NULL, NULL, BATON_ERROR_INVALID);
  refused (f, gone, NULL, NULL, NULL, BATON_ERROR_NOT_FOUND);
  g_cancellable_cancel (cancelled);
  refused (f, large, NULL, NULL, cancelled, BATON_ERROR_CANCELLED);
}

/* Names that are a trial for everything that shows or builds them. */
static void
test_names (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "new\nline", "..hidden", "\xff\xfe not text", "%s%n", "a b'c\"d",
    "-rf" };
  g_autofree char *longest = g_strnfill (255, 'x');

  for (guint i = 0; i <= G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = make_file (f, i < G_N_ELEMENTS (names) ? names[i] : longest, 1000);
      g_autofree char *hash = add (f, path);

      g_assert_true (baton_blobs_has (f->blobs, hash));
    }
}

typedef struct
{
  const char *path;
  const char *how;
} Meddler;

/* Somebody works on the file while it is being copied, before the first stretch is told. */
static gpointer
meddle (gpointer data)
{
  Meddler *meddler = data;

  g_usleep (2000);
  if (g_str_equal (meddler->how, "append"))
    {
      int fd = open (meddler->path, O_WRONLY | O_APPEND);

      g_assert_cmpint (write (fd, "more", 4), ==, 4);
      close (fd);
    }
  else if (g_str_equal (meddler->how, "cut"))
    g_assert_cmpint (truncate (meddler->path, 5), ==, 0);
  else if (g_str_equal (meddler->how, "write"))
    {
      int fd = open (meddler->path, O_WRONLY);

      g_assert_cmpint (pwrite (fd, "other", 5, 30), ==, 5);
      close (fd);
    }
  else
    g_unlink (meddler->path);
  return NULL;
}

/* Whatever others do to a file meanwhile: it is taken as it was, or refused; never something in between. */
static void
test_changing (Fixture *f, gconstpointer data)
{
  static const char *const hows[] = { "append", "cut", "write", "unlink" };

  for (guint i = 0; i < 4 * 5; i++)
    {
      g_autofree char *path = make_file (f, "moving.bin", 24 * MEGABYTE);
      g_autofree char *whole = add (f, path);
      g_autofree char *blob = baton_blobs_path (f->blobs, whole);
      Meddler meddler = { path, hows[i % 4] };
      g_autoptr (GError) error = NULL;
      g_autofree char *hash = NULL;
      GThread *thread;

      g_unlink (blob);
      thread = g_thread_new ("meddler", meddle, &meddler);
      hash = baton_blobs_add_file (f->blobs, path, NULL, NULL, NULL, NULL, &error);
      g_thread_join (thread);
      if (hash != NULL)
        g_assert_true (g_str_equal (hash, whole) || baton_blobs_verify (f->blobs, hash, NULL, NULL));
      else
        g_assert_true (g_error_matches (error, BATON_ERROR, BATON_ERROR_STALE) ||
                       g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_FOUND));
      g_assert_cmpuint (count_incoming (f), ==, 0);
    }
}

/* Grown by 4 bytes in the midst of the copying: for certain. */
static void
grow (gint64 done, gint64 total, gpointer data)
{
  int fd = open (data, O_WRONLY | O_APPEND);

  g_assert_cmpint (write (fd, "more", 4), ==, 4);
  close (fd);
}

static void
test_growing (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "big.bin", NULL);
  int fd = open (path, O_RDWR | O_CREAT, 0600);

  /* Large enough for the first report to come before the end. */
  g_assert_cmpint (ftruncate (fd, G_GINT64_CONSTANT (500) * MEGABYTE), ==, 0);
  close (fd);
  refused (f, path, grow, path, NULL, BATON_ERROR_STALE);
  g_unlink (path);
}

static void
flip_bit (const char *path, gint64 at)
{
  int fd;
  guint8 byte;

  g_assert_cmpint (chmod (path, 0600), ==, 0);
  fd = open (path, O_RDWR);
  g_assert_cmpint (pread (fd, &byte, 1, at), ==, 1);
  byte ^= 4;
  g_assert_cmpint (pwrite (fd, &byte, 1, at), ==, 1);
  close (fd);
}

static void
test_flipped_bit (Fixture *f, gconstpointer data)
{
  g_autofree char *path = make_file (f, "a.bin", 2 * MEGABYTE);
  g_autofree char *hash = add (f, path);
  g_autofree char *blob = baton_blobs_path (f->blobs, hash);
  g_autofree char *out = g_build_filename (f->folder, "out.bin", NULL);
  g_autofree char *again = NULL;
  g_autoptr (BatonBlobs) other = baton_blobs_new (f->folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (baton_blobs_is_damaged (other, hash));
  flip_bit (blob, 1234567);
  g_assert_false (baton_blobs_copy (f->blobs, hash, out, NULL, NULL, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  g_assert_false (baton_blobs_verify (f->blobs, hash, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
  g_clear_error (&error);

  /* Everybody knows it now, and nobody takes it for the file. */
  g_assert_true (baton_blobs_is_damaged (f->blobs, hash));
  g_assert_true (baton_blobs_is_damaged (other, hash));
  g_assert_false (baton_blobs_has (other, hash));

  /* The same content coming in again heals it. */
  again = add (f, path);
  g_assert_cmpstr (again, ==, hash);
  g_assert_true (baton_blobs_has (f->blobs, hash));
  g_assert_false (baton_blobs_is_damaged (other, hash));
  g_assert_true (baton_blobs_verify (f->blobs, hash, NULL, &error));
  g_unlink (blob);
  g_assert_false (baton_blobs_verify (f->blobs, hash, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND);
}

/* What a transfer that is cut off anywhere, and taken up by another process, ends in. */
static void
test_parts (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *path = make_file (f, "a.bin", 200000 + baton_test_below (&f->random, 3 * MEGABYTE));
      g_autofree char *hash = add (f, path);
      g_autofree char *blob = baton_blobs_path (f->blobs, hash);
      g_autofree char *content = NULL;
      g_autoptr (BatonBlobPart) part = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      g_assert_null (baton_blob_part_open (f->blobs, hash, 10, &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_EXISTS);
      g_clear_error (&error);
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      g_unlink (blob);
      part = baton_blob_part_open (f->blobs, hash, (gint64) length, &error);
      g_assert_no_error (error);
      while (baton_blob_part_offset (part) < (gint64) length)
        {
          gint64 offset = baton_blob_part_offset (part);
          gsize most = 1 + baton_test_below (&f->random, MEGABYTE);
          gsize n = MIN (most, length - (gsize) offset);

          g_assert_false (baton_blob_part_finish (part, NULL, &error));
          g_assert_error (error, BATON_ERROR, BATON_ERROR_STALE);
          g_clear_error (&error);
          g_assert_false (baton_blob_part_append (part, offset + 1, content, n, &error));
          g_assert_error (error, BATON_ERROR, BATON_ERROR_STALE);
          g_clear_error (&error);
          baton_blob_part_append (part, offset, content + offset, n, &error);
          g_assert_no_error (error);
          if (!baton_test_chance (&f->random, 40))
            continue;
          g_assert_null (baton_blob_part_open (f->blobs, hash, (gint64) length, &error));
          g_assert_error (error, BATON_ERROR, BATON_ERROR_LOCKED);
          g_clear_error (&error);
          baton_blob_part_close (part);
          part = baton_blob_part_open (f->blobs, hash, (gint64) length, &error);
          g_assert_no_error (error);
          g_assert_cmpint (baton_blob_part_offset (part), ==, offset + (gint64) n);
        }
      g_assert_false (baton_blob_part_append (part, (gint64) length, "x", 1, &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_true (baton_blob_part_finish (part, NULL, &error));
      g_assert_no_error (error);
      assert_same_content (path, blob);
    }
  g_assert_cmpuint (count_incoming (f), ==, 0);
}

static void
test_wrong_part (Fixture *f, gconstpointer data)
{
  static const char hash[] =
      "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"; /* of "abc" */
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonBlobPart) part = baton_blob_part_open (f->blobs, hash, 3, &error);

  g_assert_true (baton_blob_part_append (part, 0, "abd", 3, &error));
  g_assert_false (baton_blob_part_finish (part, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (baton_blobs_has (f->blobs, hash));
  g_assert_cmpuint (count_incoming (f), ==, 0);
  g_clear_pointer (&part, baton_blob_part_close);
  part = baton_blob_part_open (f->blobs, hash, 3, &error);
  g_assert_true (baton_blob_part_append (part, 0, "abc", 3, &error));
  g_assert_true (baton_blob_part_finish (part, NULL, &error));
  g_assert_true (baton_blobs_has (f->blobs, hash));
  g_assert_null (baton_blob_part_open (f->blobs, "../../etc/passwd", 3, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
}

static void
fill_disk (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "filler", NULL);
  g_autofree char *block = g_malloc0 (MEGABYTE);
  int fd = open (path, O_RDWR | O_CREAT | O_APPEND, 0600);

  while (write (fd, block, MEGABYTE) > 0)
    continue;
  close (fd);
}

/* Somebody else fills the disk while we copy. */
static gpointer
fill_later (gpointer folder)
{
  g_usleep (500);
  fill_disk (folder);
  return NULL;
}

static void
test_full_disk (Fixture *f, gconstpointer data)
{
  g_autofree char *mounted = g_dir_make_tmp ("baton-full-XXXXXX", NULL);
  g_autofree char *path = make_file (f, "large.bin", 30 * MEGABYTE);
  g_autofree char *filler = g_build_filename (mounted, "filler", NULL);
  Fixture full = { mounted, baton_blobs_new (mounted), f->random };

  if (!baton_test_mount (mounted, 20))
    {
      g_test_skip ("no file systems of its own are permitted here");
      baton_blobs_unref (full.blobs);
      g_rmdir (mounted);
      return;
    }
  refused (&full, path, NULL, NULL, NULL, BATON_ERROR_FULL); /* told at once */
  for (guint left = 0; left < 12; left += 3)
    {
      /* Told when it happens: somebody takes the room while we copy. */
      GThread *thread;
      g_autoptr (GError) error = NULL;
      g_autofree char *hash = NULL;
      g_autofree char *medium = make_file (f, "medium.bin", 15 * MEGABYTE);
      g_autofree char *keep = g_build_filename (mounted, "keep", NULL);
      g_autofree char *block = g_malloc0 (left * MEGABYTE + 1);

      g_file_set_contents (keep, block, left * MEGABYTE, NULL);
      thread = g_thread_new ("filler", fill_later, mounted);
      hash = baton_blobs_add_file (full.blobs, medium, NULL, NULL, NULL, NULL, &error);
      g_thread_join (thread);
      if (hash == NULL)
        g_assert_error (error, BATON_ERROR, BATON_ERROR_FULL);
      else
        g_assert_true (
            baton_blobs_verify (full.blobs, hash, NULL, NULL) && baton_blobs_delete (full.blobs, hash));
      g_assert_cmpuint (count_incoming (&full), ==, 0);
      g_assert_cmpuint (count_blobs (&full), ==, 0);
      g_unlink (filler);
      g_unlink (keep);
    }
  {
    /* And when room is there again, it goes on. */
    g_autofree char *small = make_file (f, "small.bin", 5 * MEGABYTE);
    g_autofree char *hash = add (&full, small);

    g_assert_true (baton_blobs_has (full.blobs, hash));
  }
  baton_blobs_unref (full.blobs);
  baton_test_unmount (mounted);
}

/* A process that adds until it is killed. */
static void
add_for_ever (const char *folder, const char *path)
{
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (folder);

  for (guint i = 0;; i++)
    {
      int fd = open (path, O_WRONLY);
      g_autofree char *hash = NULL;

      if (pwrite (fd, &i, sizeof i, (i % 4) * MEGABYTE) != sizeof i)
        _exit (1);
      close (fd);
      hash = baton_blobs_add_file (blobs, path, NULL, NULL, NULL, NULL, NULL);
    }
}

static gboolean
verify_one (const char *hash, gint64 size, gint64 modified, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (size, ==, 5 * MEGABYTE);
  g_assert_true (baton_blobs_verify (data, hash, NULL, &error));
  g_assert_no_error (error);
  return TRUE;
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  g_autofree char *path = make_file (f, "source.bin", 5 * MEGABYTE);
  guint rounds = baton_test_rounds (12);

  /* A slow machine has not kept anything by then: it gets more time, round by round. */
  for (guint i = 0; i < rounds || (count_blobs (f) == 0 && i < 10 * rounds); i++)
    {
      pid_t child = fork ();

      if (child == 0)
        add_for_ever (f->folder, path);
      g_usleep ((5000 + baton_test_below (&f->random, 60000)) * (1 + i / rounds));
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
      baton_blobs_each (f->blobs, verify_one, f->blobs);
      g_assert_cmpuint (count_incoming (f), <=, 1);
      baton_blobs_sweep (f->blobs, 0);
      g_assert_cmpuint (count_incoming (f), ==, 0);
    }
  g_assert_cmpuint (count_blobs (f), >, 0);
}

/* What is being written stays when the leftovers are swept away. */
static void
test_sweep (Fixture *f, gconstpointer data)
{
  static const char hash[] = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";
  g_autoptr (GError) error = NULL;
  BatonBlobPart *part = baton_blob_part_open (f->blobs, hash, 3, &error);

  g_assert_true (baton_blob_part_append (part, 0, "ab", 2, &error));
  g_assert_cmpuint (baton_blobs_sweep (f->blobs, 0), ==, 0);
  baton_blob_part_close (part);
  g_assert_cmpuint (baton_blobs_sweep (f->blobs, G_TIME_SPAN_DAY), ==, 0);
  part = baton_blob_part_open (f->blobs, hash, 3, &error);
  g_assert_cmpint (baton_blob_part_offset (part), ==, 2);
  baton_blob_part_close (part);
  g_assert_cmpuint (baton_blobs_sweep (f->blobs, 0), ==, 1);
  g_assert_cmpuint (count_incoming (f), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  baton_test_mount_init ();
  baton_test_init (&argc, &argv);
  ADD ("/blobs/sizes", test_sizes);
  ADD ("/blobs/known-hash", test_known_hash);
  ADD ("/blobs/once", test_once);
  ADD ("/blobs/no-files", test_no_files);
  ADD ("/blobs/names", test_names);
  ADD ("/blobs/changing", test_changing);
  ADD ("/blobs/growing", test_growing);
  ADD ("/blobs/flipped-bit", test_flipped_bit);
  ADD ("/blobs/parts", test_parts);
  ADD ("/blobs/wrong-part", test_wrong_part);
  ADD ("/blobs/full-disk", test_full_disk);
  ADD ("/blobs/killed", test_killed);
  ADD ("/blobs/sweep", test_sweep);
  return g_test_run ();
}
