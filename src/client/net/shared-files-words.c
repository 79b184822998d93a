/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "shared-files-private.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>

/* Files on their way, in words. */

static char *
travelling (BatonFileTransfer *self)
{
  g_autofree char *done = g_format_size ((guint64) self->done), *size = g_format_size ((guint64) self->size);
  g_autofree char *speed = g_format_size ((guint64) self->speed);

  if (self->speed > 0)
    return g_strdup_printf (_ ("%s of %s · %s/s"), done, size, speed);
  return self->done > 0 ? g_strdup_printf (_ ("%s of %s"), done, size) : g_strdup (_ ("Beginning"));
}

static char *
waiting (BatonFileTransfer *self)
{
  gboolean up = self->way == BATON_BLOB_UP;

  if (self->files == NULL || !self->files->ready)
    return g_strdup (up ? _ ("Goes up when connected") : _ ("Arrives when connected"));
  if (self->files->paused)
    return g_strdup (_ ("Paused"));
  if (self->damaged && self->message == NULL)
    return g_strdup (_ ("Damaged on this computer; it is fetched again"));
  if (self->message != NULL)
    return g_strdup_printf (_ ("Tries again soon. %s"), self->message);
  return g_strdup (_ ("Waiting"));
}

static char *
away (BatonFileTransfer *self)
{
  const char *name =
      self->files != NULL && self->files->workspace != NULL
          ? baton_workspace_name_of (self->files->workspace, BATON_ENTITY_PERSON, self->author, NULL)
          : NULL;

  return name != NULL ? g_strdup_printf (_ ("Arriving from %s: the server has not got it yet"), name)
                      : g_strdup (_ ("The server has not got it yet"));
}

static char *
failed (BatonFileTransfer *self)
{
  const char *why = self->message != NULL ? self->message : "";

  switch (self->code)
    {
    case BATON_ERROR_LIMIT:
      return g_strdup_printf (_ ("%s The file is safe on this computer. Ask whoever runs the server for more "
                                 "room, then try again."),
          why);
    case BATON_ERROR_FORBIDDEN:
      return g_strdup_printf (_ ("%s The file stays on this computer."), why);
    case BATON_ERROR_FULL:
      return g_strdup_printf (_ ("%s Make room on this computer, then try again."), why);
    default:
      return g_strdup (why);
    }
}

char *
baton_file_transfer_words (BatonFileTransfer *self)
{
  g_return_val_if_fail (BATON_IS_FILE_TRANSFER (self), NULL);
  switch (self->state)
    {
    case BATON_FILE_TRAVELS:
      return travelling (self);
    case BATON_FILE_WAITS:
      return waiting (self);
    case BATON_FILE_AWAY:
      return away (self);
    case BATON_FILE_FAILED:
      return failed (self);
    case BATON_FILE_GIVEN_UP:
      return g_strdup (_ ("Not fetched; it stays at the server"));
    case BATON_FILE_DONE:
    default:
      return g_strdup (self->way == BATON_BLOB_UP ? _ ("Sent") : _ ("Here"));
    }
}

void
baton_files_totals (BatonFiles *self, BatonFileTotals *totals)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->list);
  BatonFileTransfer *transfer;

  *totals = (BatonFileTotals){ 0 };
  for (; (transfer = baton_files_list_at (iter)) != NULL; iter = g_sequence_iter_next (iter))
    {
      if (transfer->state == BATON_FILE_FAILED)
        totals->failed++;
      if (transfer->state != BATON_FILE_TRAVELS && transfer->state != BATON_FILE_WAITS &&
          transfer->state != BATON_FILE_AWAY)
        continue;
      totals->n[transfer->way]++;
      totals->bytes[transfer->way] += transfer->size - transfer->done;
      totals->speed[transfer->way] += baton_file_transfer_speed (transfer);
    }
}

static void
add_words (GString *words, const char *more)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", more);
}

char *
baton_files_words (BatonFiles *self)
{
  g_autoptr (GString) words = g_string_new (NULL);
  BatonFileTotals totals;
  gint64 bytes, speed;

  baton_files_totals (self, &totals);
  bytes = totals.bytes[BATON_BLOB_UP] + totals.bytes[BATON_BLOB_DOWN];
  speed = totals.speed[BATON_BLOB_UP] + totals.speed[BATON_BLOB_DOWN];
  if (totals.failed > 0)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u file needs you", "%u files need you", totals.failed), totals.failed);

      add_words (words, text);
    }
  if (totals.n[BATON_BLOB_UP] > 0)
    {
      guint n = totals.n[BATON_BLOB_UP];
      g_autofree char *text = g_strdup_printf (ngettext ("%u file to send", "%u files to send", n), n);

      add_words (words, text);
    }
  if (totals.n[BATON_BLOB_DOWN] > 0)
    {
      guint n = totals.n[BATON_BLOB_DOWN];
      g_autofree char *text = g_strdup_printf (ngettext ("%u file to fetch", "%u files to fetch", n), n);

      add_words (words, text);
    }
  if (bytes > 0)
    {
      g_autofree char *size = g_format_size ((guint64) bytes);
      g_autofree char *text = g_strdup_printf (_ ("%s to go"), size);

      add_words (words, text);
    }
  if (speed > 0)
    {
      g_autofree char *size = g_format_size ((guint64) speed);
      g_autofree char *text = g_strdup_printf (_ ("%s/s"), size);

      add_words (words, text);
    }
  if (self->paused && words->len > 0)
    add_words (words, _ ("paused"));
  return words->len > 0 ? g_strdup (words->str) : NULL;
}

char *
baton_board_files_words (const BatonBoardFiles *files)
{
  g_autofree char *size = g_format_size ((guint64) files->missing);

  if (files->files == 0)
    return g_strdup (_ ("There are no files on this board yet."));
  if (files->here == files->files)
    return g_strdup_printf (
        ngettext ("The only file is here.", "All %u files are here.", files->files), files->files);
  return g_strdup_printf (files->keep
                              ? ngettext ("%u of %u file is here, %s to come.",
                                    "%u of %u files are here, %s to come.", files->files)
                              : ngettext ("%u of %u file is here, %s come when they are needed.",
                                    "%u of %u files are here, %s come when they are needed.", files->files),
      files->here, files->files, size);
}
