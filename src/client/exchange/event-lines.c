/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "event-lines.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE (1 << 20)
#define PACKED_PIECE (1 << 16)
#define LONGEST_RECORD (64 << 20)

struct _BatonEventLines
{
  GFileInputStream *file;
  gint64 size;
  gint64 done;

  GConverter *unpack; /* NULL: not packed */
  char packed[PACKED_PIECE];
  gsize packed_from;
  gsize packed_to;
  gboolean member_open; /* a gzip file is one or several members, one after the other */
  gboolean file_ended;

  char *text;
  gsize room;
  gsize from; /* what is not parsed yet: text[from … to) */
  gsize to;
  gboolean ended;

  char delimiter;
  char quote;
  guint line;
  gboolean converted;
};

void
baton_event_lines_free (BatonEventLines *lines)
{
  g_clear_object (&lines->file);
  g_clear_object (&lines->unpack);
  g_free (lines->text);
  g_free (lines);
}

static gboolean
fail_reading (GError *cause, GError **error)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_IO, _ ("The file cannot be read: %s."), cause->message);
  g_error_free (cause);
  return FALSE;
}

static gboolean
read_file (BatonEventLines *self, char *buffer, gsize length, gsize *got, GError **error)
{
  GError *local = NULL;
  gssize n = g_input_stream_read (G_INPUT_STREAM (self->file), buffer, length, NULL, &local);

  *got = n > 0 ? (gsize) n : 0;
  if (n < 0)
    return fail_reading (local, error);
  self->file_ended = n == 0;
  self->done += n;
  return TRUE;
}

static gboolean
refill_packed (BatonEventLines *self, GError **error)
{
  gsize got;

  if (self->packed_from > 0)
    memmove (self->packed, self->packed + self->packed_from, self->packed_to - self->packed_from);
  self->packed_to -= self->packed_from;
  self->packed_from = 0;
  if (self->packed_to == PACKED_PIECE || self->file_ended)
    return TRUE;
  if (!read_file (self, self->packed + self->packed_to, PACKED_PIECE - self->packed_to, &got, error))
    return FALSE;
  self->packed_to += got;
  return TRUE;
}

/* Zeros behind a member fill up a block, as on a tape; gzip itself passes over them. */
static void
skip_padding (BatonEventLines *self)
{
  while (!self->member_open && self->packed_from < self->packed_to && self->packed[self->packed_from] == '\0')
    self->packed_from++;
}

/* Unpacks something, or sets ended. */
static gboolean
unpack (BatonEventLines *self, gsize *got, GError **error)
{
  *got = 0;
  while (*got == 0)
    {
      g_autoptr (GError) local = NULL;
      gsize used = 0;
      GConverterResult result;

      skip_padding (self);
      if (!refill_packed (self, error))
        return FALSE;
      if (self->packed_to > 0 && !self->member_open && self->packed[0] == '\0')
        continue;
      if (self->packed_to == 0 && !self->member_open)
        {
          self->ended = TRUE;
          return TRUE;
        }
      result = g_converter_convert (self->unpack, self->packed, self->packed_to, self->text + self->to,
          self->room - self->to, self->file_ended ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &used,
          got, &local);
      self->packed_from = used;
      self->member_open =
          result == G_CONVERTER_CONVERTED ||
          (result == G_CONVERTER_ERROR && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT));
      if (result == G_CONVERTER_FINISHED)
        g_converter_reset (self->unpack);
      if (result == G_CONVERTER_ERROR && (!self->member_open || self->file_ended))
        {
          g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
              _ ("The packed file is damaged or ends too early, after line %u. Nothing was imported."),
              self->line);
          return FALSE;
        }
    }
  return TRUE;
}

/* More text behind what is there. */
static gboolean
refill (BatonEventLines *self, GError **error)
{
  gsize got;

  if (self->from > 0)
    memmove (self->text, self->text + self->from, self->to - self->from);
  self->to -= self->from;
  self->from = 0;
  if (self->to + PIECE > self->room)
    {
      self->room = MAX (self->room * 2, self->to + PIECE);
      self->text = g_realloc (self->text, self->room);
    }
  if (self->unpack != NULL)
    {
      if (!unpack (self, &got, error))
        return FALSE;
    }
  else
    {
      if (!read_file (self, self->text + self->to, self->room - self->to, &got, error))
        return FALSE;
      self->ended = got == 0;
    }
  self->to += got;
  return TRUE;
}

/* What packed files begin with tells them; the name does not matter. */
static gboolean
look_at_start (BatonEventLines *self, GError **error)
{
  const guint8 *start = (const guint8 *) self->packed;

  if (!refill_packed (self, error))
    return FALSE;
  if (self->packed_to >= 2 && start[0] == 0x1f && start[1] == 0x8b)
    self->unpack = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  else
    {
      self->room = 2 * PIECE;
      self->text = g_realloc (self->text, self->room);
      memcpy (self->text, self->packed, self->packed_to);
      self->to = self->packed_to;
      self->packed_to = 0;
      self->ended = self->file_ended;
    }
  while (!self->ended && self->to < PIECE / 4)
    {
      if (!refill (self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_start (BatonEventLines *self, GError **error)
{
  const char *text = self->text;

  if (self->to >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    self->from = 3;
  if (self->to == self->from)
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_INVALID, _ ("The file is empty. Nothing was imported."));
      return FALSE;
    }
  if (memchr (text, '\0', self->to) == NULL)
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("This is no text file in UTF-8, so it cannot be an event log. Save it as CSV in UTF-8 and try again."
         " Nothing was imported."));
  return FALSE;
}

BatonEventLines *
baton_event_lines_open (const char *path, GError **error)
{
  g_autoptr (BatonEventLines) self = g_new0 (BatonEventLines, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) local = NULL;

  self->line = 1;
  self->delimiter = ',';
  self->quote = '"';
  self->file = g_file_read (file, NULL, &local);
  if (self->file == NULL)
    {
      g_set_error (error, BATON_ERROR,
          g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? BATON_ERROR_NOT_FOUND : BATON_ERROR_IO,
          _ ("The file cannot be read: %s."), local->message);
      return NULL;
    }
  info = g_file_input_stream_query_info (self->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  self->size = info != NULL ? g_file_info_get_size (info) : 0;
  return look_at_start (self, error) && check_start (self, error) ? g_steal_pointer (&self) : NULL;
}

const char *
baton_event_lines_start (BatonEventLines *lines, gsize *length)
{
  const char *text = lines->text + lines->from;
  gsize n = lines->to - lines->from;
  const char *end = lines->ended ? NULL : g_strrstr_len (text, (gssize) n, "\n");

  *length = end != NULL ? (gsize) (end - text) + 1 : n;
  return text;
}

void
baton_event_lines_set_format (BatonEventLines *lines, char delimiter, char quote)
{
  lines->delimiter = delimiter;
  lines->quote = quote;
}

static void
make_valid (BatonEventLines *self, GString *cell)
{
  g_autofree char *converted = NULL;
  g_autofree char *valid = NULL;

  if (g_utf8_validate_len (cell->str, cell->len, NULL))
    return;
  self->converted = TRUE;
  converted = g_convert (cell->str, (gssize) cell->len, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  valid = converted == NULL ? g_utf8_make_valid (cell->str, (gssize) cell->len) : NULL;
  g_string_assign (cell, converted != NULL ? converted : valid);
}

gboolean
baton_event_lines_next (BatonEventLines *self, GPtrArray *cells, guint *n_cells, guint *line, GError **error)
{
  while (TRUE)
    {
      g_autoptr (GError) local = NULL;
      BatonCsvParser parser;
      gboolean found;

      baton_csv_parser_init (
          &parser, self->text + self->from, self->to - self->from, self->delimiter, self->quote);
      parser.line = self->line;
      found = baton_csv_parser_next (&parser, cells, n_cells, line, &local);
      /* What ends with the piece may go on in the next. */
      if (!self->ended && parser.at == parser.end && self->to - self->from < LONGEST_RECORD)
        {
          if (!refill (self, error))
            return FALSE;
          continue;
        }
      if (!found)
        {
          if (local != NULL)
            g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      self->from = (gsize) (parser.at - self->text);
      self->line = parser.line;
      for (guint i = 0; i < *n_cells; i++)
        make_valid (self, g_ptr_array_index (cells, i));
      return TRUE;
    }
}

gint64
baton_event_lines_done (BatonEventLines *lines)
{
  return lines->done;
}

gint64
baton_event_lines_size (BatonEventLines *lines)
{
  return lines->size;
}

gboolean
baton_event_lines_converted (BatonEventLines *lines)
{
  return lines->converted;
}
